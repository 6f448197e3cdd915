using Soracom.Api.Billing;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>How far the days of a month go: one that is counted and was not told is missing, one that is ahead is not.</summary>
internal static class BillDays
{
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
