namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>The vendor's operations that list what an account has paid and may take off.</summary>
public static class PaymentOperations
{
    /// <summary>Coupons.</summary>
    public const string Coupons = "listCoupons";

    /// <summary>Long term discounts.</summary>
    public const string Discounts = "listVolumeDiscounts";

    /// <summary>Statements of payments.</summary>
    public const string Statements = "listPaymentStatements";

    /// <summary>All of them.</summary>
    internal static readonly IReadOnlyList<string> Lists = [Coupons, Discounts, Statements];
}
