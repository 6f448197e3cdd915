using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Usage;

/// <summary>The periods that a query is about. Months and days are UTC's, as the vendor counts them; minutes are those of a day in the tenant's time zone.</summary>
/// <param name="Starts">When each period begins, in the order of time.</param>
/// <param name="End">When the last one ends.</param>
internal sealed record UsageRange(IReadOnlyList<DateTimeOffset> Starts, DateTimeOffset End)
{
    /// <summary>Months that are kept, the present one included.</summary>
    public const int Months = 18;

    /// <summary>Days whose minutes are kept, today included.</summary>
    public const int MinuteDays = 32;

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    /// <summary>The periods of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The tenant's time zone.</param>
    public static UsageRange Of(UsageQuery query, DateTimeOffset now, string zone) => query.Period switch
    {
        UsagePeriod.Month => OfMonths(now.UtcDateTime),
        UsagePeriod.Minutes => OfMinutes(DayOf(query, now, zone), zone),
        _ => OfDays(now.UtcDateTime, query.Days),
    };

    /// <summary>The day whose minutes are shown: the one that was asked for where it is kept, or the nearest that is.</summary>
    public static DateOnly DayOf(UsageQuery query, DateTimeOffset now, string zone)
    {
        var today = Today(now, zone);
        var day = query.Day ?? today;
        return day > today ? today : day < FirstDay(now, zone) ? FirstDay(now, zone) : day;
    }

    /// <summary>Today in a time zone.</summary>
    public static DateOnly Today(DateTimeOffset now, string zone) => Times.DayOf(now, zone);

    /// <summary>The first day whose minutes are kept.</summary>
    public static DateOnly FirstDay(DateTimeOffset now, string zone) => Today(now, zone).AddDays(1 - MinuteDays);

    /// <summary>Which period a moment lies in; -1 when in none.</summary>
    public int IndexOf(DateTimeOffset moment)
    {
        if (moment >= End)
        {
            return -1;
        }

        var (low, high) = (0, Starts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Starts[middle] <= moment ? (middle + 1, high) : (low, middle);
        }

        return low - 1;
    }

    private static UsageRange OfMonths(DateTime now)
    {
        var first = new DateTimeOffset(now.Year, now.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - Months);
        return new UsageRange([.. Enumerable.Range(0, Months).Select(month => first.AddMonths(month))], first.AddMonths(Months));
    }

    private static UsageRange OfDays(DateTime now, int days)
    {
        var end = new DateTimeOffset(now.Date, TimeSpan.Zero).AddDays(1);
        return new UsageRange([.. Enumerable.Range(0, days).Select(day => end.AddDays(day - days))], end);
    }

    private static UsageRange OfMinutes(DateOnly day, string zone)
    {
        var (start, end) = (Times.StartOf(day, zone).ToUniversalTime(), Times.StartOf(day.AddDays(1), zone).ToUniversalTime());
        return new UsageRange([.. Enumerable.Range(0, (int)((end - start) / Slot)).Select(slot => start + (slot * Slot))], end);
    }
}
