using System.Globalization;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Usage;

/// <summary>What periods are called: in tables and below columns.</summary>
internal static class UsageLabels
{
    private const int MonthsApart = 3;
    private const int HoursApart = 3;

    /// <summary>A period's name.</summary>
    public static string Name(UsagePeriod period, DateTimeOffset start, string zone) => period switch
    {
        UsagePeriod.Month => Write(start, "yyyy-MM"),
        UsagePeriod.Day => Write(start, "yyyy-MM-dd"),
        _ => Times.Full(start, zone),
    };

    /// <summary>What stands below a column; null below most.</summary>
    public static string? Mark(UsageQuery query, DateTimeOffset start, string zone) => query.Period switch
    {
        UsagePeriod.Month => (start.Month - 1) % MonthsApart == 0 ? Write(start, "yyyy-MM") : null,
        UsagePeriod.Day when query.Days == UsageQuery.Spans[0] => start.Day is 1 or 6 or 11 or 16 or 21 or 26 ? Write(start, "MM-dd") : null,
        UsagePeriod.Day when query.Days == UsageQuery.Spans[1] => start.Day is 1 or 16 ? Write(start, "MM-dd") : null,
        UsagePeriod.Day => start.Day == 1 && (start.Month - 1) % MonthsApart == 0 ? Write(start, "yyyy-MM") : null,
        _ => Times.Local(start, zone) is { Minute: 0 } local && local.Hour % HoursApart == 0 ? Write(local, "HH:mm") : null,
    };

    private static string Write(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
