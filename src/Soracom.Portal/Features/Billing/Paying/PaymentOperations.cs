namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>The vendor's operations that tell what an account has paid and may take off, and what it pays with.</summary>
public static class PaymentOperations
{
    /// <summary>Coupons.</summary>
    public const string Coupons = "listCoupons";

    /// <summary>Long term discounts.</summary>
    public const string Discounts = "listVolumeDiscounts";

    /// <summary>Statements of payments.</summary>
    public const string Statements = "listPaymentStatements";

    /// <summary>What the account pays with.</summary>
    public const string Method = "getPaymentMethod";

    /// <summary>Whom statements are made out to.</summary>
    public const string Payer = "getPayerInformation";

    /// <summary>Those that list something.</summary>
    internal static readonly IReadOnlyList<string> Lists = [Coupons, Discounts, Statements];
}
