namespace Soracom.Portal.Data.Billing;

/// <summary>A statement of a payment of an account, as the vendor told it last. Its file is the vendor's.</summary>
public sealed class AccountStatement : ITenantOwned
{
    /// <summary>The longest id, in characters.</summary>
    public const int IdLength = 128;

    /// <summary>The longest list of months, in characters.</summary>
    public const int MonthsLength = 512;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose it is; with the credential of another operator it is not to be seen.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The vendor's id of the statement.</summary>
    public required string StatementId { get; init; }

    /// <summary>When it was paid, UTC; null where that is not told.</summary>
    public DateTimeOffset? PaidAt { get; set; }

    /// <summary>What was paid; null where that is not told.</summary>
    public decimal? Amount { get; set; }

    /// <summary>ISO 4217; empty where it is not told.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The months that it is for, such as 202604, with spaces between; empty where it is for none.</summary>
    public string Months { get; set; } = "";

    /// <summary>The order that it is for; empty where it is for months.</summary>
    public string OrderId { get; set; } = "";

    /// <summary>The vendor's word for how it was paid; empty where it is not told.</summary>
    public string Method { get; set; } = "";

    /// <summary>What it was paid with, such as a card's last digits; empty where it is not told.</summary>
    public string Instrument { get; set; } = "";

    /// <summary>When the vendor last told it, UTC. It is kept where the vendor tells it no more.</summary>
    public required DateTimeOffset ToldAt { get; set; }
}
