using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Forecasting;

/// <summary>What a forecast is made of; all of one currency.</summary>
internal sealed record ForecastInput
{
    /// <summary>How many months before the present one are looked at.</summary>
    public const int MonthsBefore = 2;

    /// <summary>Japan's consumption tax, which totals in yen contain and days do not; where no closed month says it more exactly.</summary>
    private const decimal YenFactor = 1.1m;

    /// <summary>The month.</summary>
    public required YearMonth Month { get; init; }

    /// <summary>ISO 4217.</summary>
    public required string Currency { get; init; }

    /// <summary>Up to when usage is counted, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What the month has come to by then: gross, with what is charged by the month as far as the vendor has counted it.</summary>
    public required decimal Amount { get; init; }

    /// <summary>What days cost, net, those of months before too. The day that is under way is counted up to <see cref="AsOf"/>. A day that is missing is not known.</summary>
    public required IReadOnlyDictionary<DateOnly, decimal> Days { get; init; }

    /// <summary>What the month before cost by the month rather than by the day, net; null where it is not known.</summary>
    public decimal? MonthlyBefore { get; init; }

    /// <summary>What this month has cost by the month rather than by the day so far, net; null where it is not known.</summary>
    public decimal? MonthlyNow { get; init; }

    /// <summary>What a net amount is multiplied by to be part of a total: taxes and discounts.</summary>
    public required decimal GrossFactor { get; init; }

    /// <summary>Puts together what is known of a month.</summary>
    /// <param name="month">The month; one that has an amount.</param>
    /// <param name="months">The month and those before it.</param>
    /// <param name="days">Days of these months.</param>
    /// <returns>The input; null where the month has no amount yet.</returns>
    public static ForecastInput? Of(BillMonth month, IReadOnlyCollection<BillMonth> months, IEnumerable<BillDay> days)
    {
        if (month is not { Amount: { } amount, AsOf: { } asOf })
        {
            return null;
        }

        var current = BillMonths.Of(month.Month);
        var before = months.SingleOrDefault(other => other.Month == current.AddMonths(-1).Number() && other.Currency == month.Currency);
        var closed = months.Where(other => other.Stage == BillStage.Final && other.Currency == month.Currency).MaxBy(other => other.Month);
        return new ForecastInput
        {
            Month = current,
            Currency = month.Currency,
            AsOf = asOf,
            Amount = amount + month.CouponAmount,
            Days = days.Where(day => day.Currency == month.Currency).ToDictionary(day => day.Day, day => day.Amount),
            MonthlyBefore = before?.ItemsTotal - before?.DaysTotal,
            MonthlyNow = month.ItemsTotal - month.DaysTotal,
            GrossFactor = FactorOf(closed) ?? FactorOf(month) ?? (month.Currency == Currencies.Yen ? YenFactor : 1),
        };
    }

    /// <summary>What a month's net items were multiplied by; null where that is not known, or is none that taxes and discounts could make.</summary>
    private static decimal? FactorOf(BillMonth? month) =>
        month is { Amount: { } amount, ItemsTotal: { } items and > 0 } && (amount + month.CouponAmount) / items is var factor and > 0.5m and < 1.5m ? factor : null;
}
