using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Forecasting;

/// <summary>What a forecast is made of; all of one currency.</summary>
internal sealed record ForecastInput
{
    /// <summary>How many months before the present one have their days looked at.</summary>
    public const int MonthsBefore = 2;

    /// <summary>How many closed months say what taxes and discounts make of a net amount.</summary>
    public const int FactorMonths = 3;

    /// <summary>Japan's consumption tax, which totals in yen contain and days do not; where no closed month says it more exactly.</summary>
    private const decimal YenFactor = 1.1m;

    /// <summary>Items that are older than the total by more tell nothing of what has been charged by the month since.</summary>
    private static readonly TimeSpan ItemsWithin = TimeSpan.FromDays(1);

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
        // A day that was told before it was over, and not since, is neither a whole one nor the one that is under way.
        var today = DateOnly.FromDateTime(asOf.UtcDateTime);
        var halves = months.Select(one => one.PartDay()).Where(day => day != today).ToHashSet();
        var known = days.Where(day => day.Currency == month.Currency && !halves.Contains(day.Day) && (!day.IsPart || day.Day == today)).ToDictionary(day => day.Day, day => day.Amount);
        return new ForecastInput
        {
            Month = current,
            Currency = month.Currency,
            AsOf = asOf,
            Amount = amount + month.CouponAmount,
            Days = known,
            MonthlyBefore = before is null ? null : MonthlyOf(before, known, BillMonths.Of(before.Month).End()),
            MonthlyNow = MonthlyOf(month, known, asOf),
            GrossFactor = FactorOf(months.Where(other => other.Month < month.Month && other.Currency == month.Currency)) ?? FactorOf(month) ?? (month.Currency == Currencies.Yen ? YenFactor : 1),
        };
    }

    /// <summary>
    /// What a month cost by the month rather than by the day, net: what its days leave of its items. Days that the vendor did not tell are in its items
    /// too, and are taken for average ones; those before all that are known are none. Days are taken as far as items are counted, and nothing is known where
    /// items are too old: what was charged since is in the total, and must not be expected once more.
    /// </summary>
    private static decimal? MonthlyOf(BillMonth month, Dictionary<DateOnly, decimal> days, DateTimeOffset asOf)
    {
        if (month is not { ItemsTotal: { } items, ItemsAsOf: { } until } || until < asOf - ItemsWithin)
        {
            return null;
        }

        var (first, last, before) = (BillMonths.Of(month.Month).FirstDay, BillMonths.Of(month.Month).LastDay, DateOnly.FromDateTime(until.UtcDateTime));
        var own = days.Where(day => day.Key >= first && day.Key <= last).ToList();
        var whole = own.Where(day => day.Key < before).ToList();
        if (own.Count == 0)
        {
            return null;
        }

        var begin = days.Keys.Min() is var earliest && earliest > first ? earliest : first;
        var end = last < before ? last : before.AddDays(-1);
        var missing = end.DayNumber - begin.DayNumber + 1 - whole.Count;
        var underWay = own.Where(day => day.Key == before).Sum(day => day.Value * ShareOf(before, until, month.DaysUntil() ?? asOf));
        return items - whole.Sum(day => day.Value) - underWay - (missing > 0 && whole.Count > 0 ? missing * whole.Average(day => day.Value) : 0);
    }

    /// <summary>How much of a day, which is counted up to one time, lies before another.</summary>
    private static decimal ShareOf(DateOnly day, DateTimeOffset until, DateTimeOffset asOf)
    {
        var (begin, end) = (new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
        var counted = asOf < end ? asOf : end;
        return until >= counted ? 1 : (decimal)(until - begin).Ticks / (counted - begin).Ticks;
    }

    /// <summary>
    /// What closed months' net items were multiplied by: the middle one of the last, so that one of them that says something else has no say. A bill that
    /// was corrected after it was closed no longer is its items with tax.
    /// </summary>
    private static decimal? FactorOf(IEnumerable<BillMonth> months)
    {
        var factors = months.OrderByDescending(month => month.Month).Take(FactorMonths + 1)
            .Where(month => month is { Stage: BillStage.Final, Revision: <= 1 }).Take(FactorMonths).Select(FactorOf).OfType<decimal>().ToList();
        return factors.Count switch
        {
            0 => null,
            < FactorMonths => factors[0],
            _ => factors.Order().ElementAt(FactorMonths / 2),
        };
    }

    /// <summary>What a month's net items were multiplied by; null where that is not known, as items are older than the total, or is none that taxes and discounts could make.</summary>
    private static decimal? FactorOf(BillMonth? month) =>
        month is { Amount: { } amount, ItemsTotal: { } items and > 0 } && !month.HasOldItems() && (amount + month.CouponAmount) / items is var factor and > 0.5m and < 1.5m ? factor : null;
}
