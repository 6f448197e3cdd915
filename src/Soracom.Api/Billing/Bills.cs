using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Billing;

/// <summary>The closed months of an account (wire: GetBillingHistoryResponse).</summary>
public sealed record BillingHistory
{
    /// <summary>Newest first, 18 at most.</summary>
    [AllowNull]
    public IReadOnlyList<MonthlyBill> BillList { get; init => field = value ?? []; } = [];
}

/// <summary>What one month costs, taxes and discounts included (wire: MonthlyBill).</summary>
public sealed record MonthlyBill
{
    public YearMonth? YearMonth { get; init; }

    /// <summary>Gross, in whole yen or with two decimals; null where the vendor does not say.</summary>
    public decimal? Amount { get; init; }

    /// <summary>What coupons took off.</summary>
    public decimal? AppliedCouponAmount { get; init; }

    /// <summary>The vendor leaves it out at times: the coverage's own then.</summary>
    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    [WireValues(typeof(BillState))]
    public string? State { get; init; }

    [WireValues(typeof(PaymentStatus))]
    public string? PaymentStatus { get; init; }

    /// <summary>For getPaymentTransaction; null until the month is paid for.</summary>
    public string? PaymentTransactionId { get; init; }
}

/// <summary>What the current month has come to so far, preliminary (wire: GetLatestBill).</summary>
public sealed record LatestBill
{
    public decimal? Amount { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    /// <summary>Up to when usage is counted.</summary>
    [JsonConverter(typeof(DigitTimeConverter))]
    public DateTimeOffset? LastEvaluatedTime { get; init; }
}

/// <summary>A month by days (wire: DailyBillResponse).</summary>
public sealed record DailyBills
{
    /// <summary>Newest first. What is charged by the month is in none of them, so that they don't add up to the month's bill.</summary>
    [AllowNull]
    public IReadOnlyList<DailyBill> BillList { get; init => field = value ?? []; } = [];
}

/// <summary>One day's charges (wire: DailyBill).</summary>
public sealed record DailyBill
{
    [JsonConverter(typeof(DigitDayConverter))]
    public DateOnly? Date { get; init; }

    public decimal? Amount { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }
}

/// <summary>A month's net costs by bill item (wire: BillingSummaryResponseOfBillItems).</summary>
public sealed record BillItemSummary
{
    public YearMonth? YearMonth { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdatedTime { get; init; }

    /// <summary>The dearest first; net and each rounded up, so that the sum is not the bill's amount.</summary>
    [AllowNull]
    public IReadOnlyList<BillItemCost> CostBreakdownList { get; init => field = value ?? []; } = [];
}

/// <summary>What a bill item costs (wire: BillItemCostBreakdown).</summary>
public sealed record BillItemCost
{
    public string? BillItemName { get; init; }

    public string? BillItemCategory { get; init; }

    public decimal? Amount { get; init; }
}

/// <summary>A month's net costs by SIM (wire: BillingSummaryResponseOfSims).</summary>
public sealed record SimCostSummary
{
    public YearMonth? YearMonth { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    [JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? UpdatedTime { get; init; }

    /// <summary>The 100 dearest SIMs at most, the dearest first; net, each rounded up.</summary>
    [AllowNull]
    public IReadOnlyList<SimCost> CostBreakdownList { get; init => field = value ?? []; } = [];
}

/// <summary>What a SIM costs (wire: SimCostBreakdown).</summary>
public sealed record SimCost
{
    public string? SimId { get; init; }

    public decimal? Amount { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BillingHistory))]
[JsonSerializable(typeof(LatestBill))]
[JsonSerializable(typeof(DailyBills))]
[JsonSerializable(typeof(IReadOnlyList<BillItemSummary>))]
[JsonSerializable(typeof(IReadOnlyList<SimCostSummary>))]
internal sealed partial class BillingJson : JsonSerializerContext;
