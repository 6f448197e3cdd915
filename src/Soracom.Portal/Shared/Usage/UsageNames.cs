using System.Globalization;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Shared.Usage;

/// <summary>What periods are called in tables and at columns.</summary>
internal static class UsageNames
{
    /// <summary>A period's name.</summary>
    public static string Of(UsagePeriod period, DateTimeOffset start, string zone) => period switch
    {
        UsagePeriod.Month => Write(start, "yyyy-MM"),
        UsagePeriod.Day => Write(start, "yyyy-MM-dd"),
        _ => Times.Full(start, zone),
    };

    /// <summary>A time as it is written.</summary>
    public static string Write(DateTimeOffset time, string format) => time.ToString(format, CultureInfo.InvariantCulture);
}
