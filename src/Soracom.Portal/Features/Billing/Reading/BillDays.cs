using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>How far the days of a month go: one that is counted and was not told is missing, one that is ahead is not.</summary>
internal static class BillDays
{
    /// <summary>What the whole days of a month that is under way cost, beside the same days of another; null where not all of them are known of both.</summary>
    /// <param name="month">The month.</param>
    /// <param name="against">The other one.</param>
    /// <param name="days">Days of both.</param>
    /// <returns>The days.</returns>
    public static BillAlike? Alike(BillMonth month, BillMonth? against, IReadOnlyCollection<BillDay> days)
    {
        if (against is null || against.Currency != month.Currency)
        {
            return null;
        }

        var (now, other) = (BillMonths.Of(month.Month), BillMonths.Of(against.Month));
        var known = days.Where(day => day.Currency == month.Currency && !day.IsPart).ToDictionary(day => day.Day, day => day.Amount);
        var whole = Math.Min(WholeOf(month), WholeOf(against));
        decimal? Sum(YearMonth one)
        {
            var amounts = Enumerable.Range(0, Math.Max(0, whole)).Select(day => known.TryGetValue(one.FirstDay.AddDays(day), out var amount) ? amount : (decimal?)null).ToList();
            return amounts.Count == 0 || amounts.Contains(null) ? null : amounts.Sum();
        }

        return Sum(now) is { } so && Sum(other) is { } was ? new BillAlike(whole, so, was) : null;
    }

    /// <summary>How many days of a month were over when they were told.</summary>
    private static int WholeOf(BillMonth month)
    {
        var own = BillMonths.Of(month.Month);
        return month.DaysUntil() is { } until ? Math.Clamp(DateOnly.FromDateTime(until.UtcDateTime).DayNumber - own.FirstDay.DayNumber, 0, own.Days()) : 0;
    }

    /// <summary>The last day that is counted.</summary>
    /// <param name="month">The month.</param>
    /// <param name="told">The last day that was told.</param>
    /// <param name="asOf">Up to when usage is counted, UTC; null where that was not told.</param>
    /// <param name="now">The time: of a month that is over all days are counted, whoever has asked for them.</param>
    /// <returns>The day, of the month.</returns>
    public static DateOnly LastCounted(YearMonth month, DateOnly told, DateTimeOffset? asOf, DateTimeOffset now)
    {
        if (now >= month.End())
        {
            return month.LastDay;
        }

        var counted = asOf is { } until ? DateOnly.FromDateTime(until.UtcDateTime.AddTicks(-1)) : told;
        return counted > month.LastDay ? month.LastDay : counted > told ? counted : told;
    }
}
