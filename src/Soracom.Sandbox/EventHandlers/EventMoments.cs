using System.Globalization;
using Soracom.Sandbox.Billing;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>The moments that rules and actions name, in UTC.</summary>
internal static class EventMoments
{
    /// <summary>When a moment comes that is named at another; null for never.</summary>
    /// <param name="part">The rule or action.</param>
    /// <param name="moment">The property with the moment's word.</param>
    /// <param name="offset">The property with the minutes that come on top.</param>
    /// <param name="at">Now.</param>
    public static DateTimeOffset? After(EventPart part, string moment, string offset, DateTimeOffset at)
    {
        // What is found at midnight is of the day that ends there, and so is what comes with the next day.
        var within = at.AddTicks(-1);
        DateTimeOffset? start = part.Text(moment) switch
        {
            "IMMEDIATELY" => at,
            "BEGINNING_OF_NEXT_DAY" => new DateTimeOffset(within.UtcDateTime.Date.AddDays(1), TimeSpan.Zero),
            "BEGINNING_OF_NEXT_MONTH" => BillMonth.Of(within).End,
            "AFTER_ONE_DAY" => at.AddDays(1),
            _ => null,
        };
        return start?.AddMinutes(int.Parse(part.Text(offset) ?? "0", CultureInfo.InvariantCulture));
    }
}
