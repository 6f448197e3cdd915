using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Soracom.Api.Billing;
using Soracom.Api.Http;

namespace Soracom.Api.Payments;

/// <summary>The account's coupons (wire: ListCouponResponse).</summary>
public sealed record CouponList
{
    [JsonPropertyName("couponList"), AllowNull]
    public IReadOnlyList<Coupon> Coupons { get; init => field = value ?? []; } = [];
}

/// <summary>A coupon that is taken off bills until it is used up or ends (wire: CouponResponse).</summary>
public sealed record Coupon
{
    public string? CouponCode { get; init; }

    /// <summary>What it was worth when it was issued.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What is left.</summary>
    public decimal? Balance { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    /// <summary>The charges that it is taken off.</summary>
    public string? BillItemName { get; init; }

    /// <summary>The last month that it is good for.</summary>
    public YearMonth? ExpiryYearMonth { get; init; }

    /// <summary>The order by which it was bought.</summary>
    public string? OrderId { get; init; }
}

/// <summary>The account's long term discounts (wire: ListVolumeDiscountResponse).</summary>
public sealed record LongTermDiscountList
{
    [JsonPropertyName("volumeDiscountList"), AllowNull]
    public IReadOnlyList<LongTermDiscount> Discounts { get; init => field = value ?? []; } = [];
}

/// <summary>A contract on a lower basic charge for a number of SIMs (wire: GetVolumeDiscountResponse).</summary>
public sealed record LongTermDiscount
{
    public string? ContractId { get; init; }

    [JsonConverter(typeof(DigitTimeConverter))]
    public DateTimeOffset? ContractDateTime { get; init; }

    public int? ContractTermMonth { get; init; }

    [JsonConverter(typeof(DigitDayConverter))]
    public DateOnly? StartDate { get; init; }

    [JsonConverter(typeof(DigitDayConverter))]
    public DateOnly? EndDate { get; init; }

    [WireValues(typeof(LongTermDiscountStatus))]
    public string? Status { get; init; }

    /// <summary>SIMs.</summary>
    public int? Quantity { get; init; }

    /// <summary>For a SIM and month.</summary>
    public decimal? UnitPrice { get; init; }

    public decimal? InitialCost { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    [JsonPropertyName("volumeDiscountPaymentType"), WireValues(typeof(LongTermDiscountPayment))]
    public string? PaymentType { get; init; }

    [JsonPropertyName("volumeDiscountType"), WireValues(typeof(LongTermDiscountType))]
    public string? DiscountType { get; init; }
}

/// <summary>Values of <see cref="LongTermDiscount.Status"/>.</summary>
public static class LongTermDiscountStatus
{
    public const string Active = "active";
    public const string Expired = "expired";
}

/// <summary>Values of <see cref="LongTermDiscount.PaymentType"/>.</summary>
public static class LongTermDiscountPayment
{
    public const string Monthly = "MONTHLY";
    public const string Prepayment = "PREPAYMENT";
}

/// <summary>Values of <see cref="LongTermDiscount.DiscountType"/>.</summary>
public static class LongTermDiscountType
{
    public const string BasicChargeV2 = "SORACOM_AIR_BASIC_CHARGE_V2";
    public const string BasicCharge = "SORACOM_AIR_BASIC_CHARGE";
    public const string MonthlyFixedBasicCharge = "SORACOM_AIR_MONTHLY_FIXED_BASIC_CHARGE";
}
