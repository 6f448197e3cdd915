namespace Soracom.Portal.Data.Billing;

/// <summary>
/// How far a tenant's coupons, long term discounts and statements of payments have been read from the vendor in one coverage, and what the account
/// pays with: of a card its brand and its last four digits, and nothing else.
/// </summary>
public sealed class PaymentReading : ITenantOwned
{
    /// <summary>The longest name of a payer, in characters.</summary>
    public const int NameLength = 256;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose they are. With the credential of another operator they are read from the beginning.</summary>
    public required string OperatorId { get; set; }

    /// <summary>When the last whole reading began, UTC; null before the first.</summary>
    public DateTimeOffset? ReadAt { get; set; }

    /// <summary>When coupons were read last, UTC; null when never.</summary>
    public DateTimeOffset? CouponsAt { get; set; }

    /// <summary>When long term discounts were read last, UTC; null when never.</summary>
    public DateTimeOffset? DiscountsAt { get; set; }

    /// <summary>When statements were read last, UTC; null when never.</summary>
    public DateTimeOffset? StatementsAt { get; set; }

    /// <summary>When what the account pays with was read last, UTC; null when never.</summary>
    public DateTimeOffset? MethodAt { get; set; }

    /// <summary>Whether the account pays with something that the vendor tells of.</summary>
    public bool HasMethod { get; set; }

    /// <summary>A card's brand; empty where it is not told.</summary>
    public string CardBrand { get; set; } = "";

    /// <summary>A card's last four digits; empty where they are not told.</summary>
    public string CardDigits { get; set; } = "";

    /// <summary>What is wrong with what it is paid with, in the vendor's word; empty when nothing is.</summary>
    public string MethodError { get; set; } = "";

    /// <summary>When that was registered or changed, UTC; null where it is not told.</summary>
    public DateTimeOffset? MethodChangedAt { get; set; }

    /// <summary>Whom statements are made out to, in one line; empty where that is not told.</summary>
    public string Payer { get; set; } = "";

    /// <summary>When that was read last, UTC; null when never.</summary>
    public DateTimeOffset? PayerAt { get; set; }

    /// <summary>The vendor's operations that the credential was refused the last time, with spaces between.</summary>
    public string Denied { get; set; } = "";

    /// <summary>When the last try failed, UTC; null once one went well again.</summary>
    public DateTimeOffset? FailedAt { get; set; }

    /// <summary>In which way it failed.</summary>
    public string? Failure { get; set; }

    /// <summary>Until when nobody reads without being asked to, UTC; null for no such time.</summary>
    public DateTimeOffset? NotBefore { get; set; }

    /// <summary>Who reads just now; null when nobody does.</summary>
    public Guid? Holder { get; set; }

    /// <summary>Until when that is taken for granted, UTC.</summary>
    public DateTimeOffset? HeldUntil { get; set; }
}
