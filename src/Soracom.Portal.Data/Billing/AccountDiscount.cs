namespace Soracom.Portal.Data.Billing;

/// <summary>A contract on a long term discount of an account, as the vendor told it last.</summary>
public sealed class AccountDiscount : ITenantOwned
{
    /// <summary>The longest id, in characters.</summary>
    public const int IdLength = 128;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose it is; with the credential of another operator it is not to be seen.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The vendor's id of the contract.</summary>
    public required string ContractId { get; init; }

    /// <summary>Its first day, UTC's; null where that is not told.</summary>
    public DateOnly? From { get; set; }

    /// <summary>Its last day, UTC's; null where that is not told.</summary>
    public DateOnly? Until { get; set; }

    /// <summary>For how many SIMs; null where that is not told.</summary>
    public int? Sims { get; set; }

    /// <summary>For a SIM and month; null where that is not told.</summary>
    public decimal? UnitPrice { get; set; }

    /// <summary>ISO 4217; empty where it is not told.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The vendor's word for how it is paid; empty where it is not told.</summary>
    public string PaymentType { get; set; } = "";

    /// <summary>The vendor's word for what it is taken off; empty where it is not told.</summary>
    public string DiscountType { get; set; } = "";

    /// <summary>The vendor's word for how it stands; empty where it is not told.</summary>
    public string Status { get; set; } = "";

    /// <summary>When the vendor last told it, UTC. It is kept where the vendor tells it no more.</summary>
    public required DateTimeOffset ToldAt { get; set; }
}
