using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Usage;

namespace Soracom.Portal.Features.Sims.Usage;

/// <summary>The periods that a query is about.</summary>
internal static class UsageRange
{
    /// <summary>Months that are kept, the present one included.</summary>
    public const int Months = 18;

    /// <summary>Days whose minutes are kept, today included.</summary>
    public const int MinuteDays = 32;

    /// <summary>The periods of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The tenant's time zone.</param>
    public static UsagePeriods Of(UsageQuery query, DateTimeOffset now, string zone) => query.Period switch
    {
        UsagePeriod.Month => UsagePeriods.OfMonths(now, Months),
        UsagePeriod.Minutes => UsagePeriods.OfMinutes(DayOf(query, now, zone), zone),
        _ => UsagePeriods.OfDays(now, query.Days),
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
}
