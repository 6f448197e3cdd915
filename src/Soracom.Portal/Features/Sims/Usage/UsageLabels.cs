using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Usage;

namespace Soracom.Portal.Features.Sims.Usage;

/// <summary>What periods are called below columns.</summary>
internal static class UsageLabels
{
    private const int MonthsApart = 3;
    private const int HoursApart = 3;

    /// <summary>What stands below a column; null below most.</summary>
    public static string? Mark(UsageQuery query, DateTimeOffset start, string zone) => query.Period switch
    {
        UsagePeriod.Month => (start.Month - 1) % MonthsApart == 0 ? UsageNames.Write(start, "yyyy-MM") : null,
        UsagePeriod.Day when query.Days == UsageQuery.Spans[0] => start.Day is 1 or 6 or 11 or 16 or 21 or 26 ? UsageNames.Write(start, "MM-dd") : null,
        UsagePeriod.Day when query.Days == UsageQuery.Spans[1] => start.Day is 1 or 16 ? UsageNames.Write(start, "MM-dd") : null,
        UsagePeriod.Day => start.Day == 1 && (start.Month - 1) % MonthsApart == 0 ? UsageNames.Write(start, "yyyy-MM") : null,
        _ => Times.Local(start, zone) is { Minute: 0 } local && local.Hour % HoursApart == 0 ? UsageNames.Write(local, "HH:mm") : null,
    };
}
