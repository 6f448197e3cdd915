using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Shared.Usage;

/// <summary>How long the periods are that usage is shown by.</summary>
public enum UsagePeriod
{
    /// <summary>Days, in UTC.</summary>
    Day,

    /// <summary>Months, in UTC.</summary>
    Month,

    /// <summary>Slots of five minutes within a day of the tenant's.</summary>
    Minutes,
}

/// <summary>Periods that follow each other. Months and days are UTC's, as the vendor counts them; minutes are those of a day in the tenant's time zone.</summary>
/// <param name="Starts">When each period begins, in the order of time.</param>
/// <param name="End">When the last one ends.</param>
internal sealed record UsagePeriods(IReadOnlyList<DateTimeOffset> Starts, DateTimeOffset End)
{
    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5);

    /// <summary>The last months, the present one included.</summary>
    public static UsagePeriods OfMonths(DateTimeOffset now, int months)
    {
        var today = now.UtcDateTime;
        var first = new DateTimeOffset(today.Year, today.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1 - months);
        return new UsagePeriods([.. Enumerable.Range(0, months).Select(month => first.AddMonths(month))], first.AddMonths(months));
    }

    /// <summary>The last days, today included.</summary>
    public static UsagePeriods OfDays(DateTimeOffset now, int days)
    {
        var end = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(1);
        return new UsagePeriods([.. Enumerable.Range(0, days).Select(day => end.AddDays(day - days))], end);
    }

    /// <summary>The slots of five minutes of a day.</summary>
    public static UsagePeriods OfMinutes(DateOnly day, string zone)
    {
        var (start, end) = (Times.StartOf(day, zone).ToUniversalTime(), Times.StartOf(day.AddDays(1), zone).ToUniversalTime());
        return new UsagePeriods([.. Enumerable.Range(0, (int)((end - start) / Slot)).Select(slot => start + (slot * Slot))], end);
    }

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
}
