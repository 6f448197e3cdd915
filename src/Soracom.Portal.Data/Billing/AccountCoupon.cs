namespace Soracom.Portal.Data.Billing;

/// <summary>A coupon of an account, as the vendor told it last.</summary>
public sealed class AccountCoupon : ITenantOwned
{
    /// <summary>The longest code, in characters.</summary>
    public const int CodeLength = 128;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose it is; with the credential of another operator it is not to be seen.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The vendor's code.</summary>
    public required string Code { get; init; }

    /// <summary>What it was worth when it was issued; null where that is not told.</summary>
    public decimal? Amount { get; set; }

    /// <summary>What is left; null where that is not told.</summary>
    public decimal? Balance { get; set; }

    /// <summary>ISO 4217; empty where it is not told.</summary>
    public string Currency { get; set; } = "";

    /// <summary>The charges that it is taken off; empty where that is not told.</summary>
    public string BillItem { get; set; } = "";

    /// <summary>The last month that it is good for, such as 202604; null for no such month.</summary>
    public int? GoodUntil { get; set; }

    /// <summary>When the vendor last told it, UTC. It is kept where the vendor tells it no more.</summary>
    public required DateTimeOffset ToldAt { get; set; }
}
