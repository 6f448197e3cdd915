using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>What a day of a month holds.</summary>
/// <param name="Day">The day.</param>
/// <param name="Period">From its beginning to its end where the camera is; 23 or 25 hours where clocks are changed.</param>
/// <param name="Recorded">How much was recorded.</param>
/// <param name="Events">How much was noticed.</param>
/// <param name="IsRead">Whether all of it, as far as it has come, was read.</param>
public sealed record DayShare(DateOnly Day, Period Period, TimeSpan Recorded, int Events, bool IsRead)
{
    /// <summary>How much of the day was recorded, from 0 to 1.</summary>
    public double Share => Recorded / Period.Length;

    /// <summary>The days of a month.</summary>
    /// <param name="month">The month, from its beginning to its end in the zone.</param>
    /// <param name="book">What was read.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">IANA time zone of where the camera is.</param>
    internal static IReadOnlyList<DayShare> Of(Period month, PastBook book, DateTimeOffset now, string zone)
    {
        var first = Times.DayOf(month.From, zone);
        var days = new List<Period>();
        for (var day = first; ; day = day.AddDays(1))
        {
            var start = Times.StartOf(day, zone).ToUniversalTime();
            if (start >= month.To)
            {
                break;
            }

            days.Add(new Period(start, Times.StartOf(day.AddDays(1), zone).ToUniversalTime()));
        }

        var recorded = new TimeSpan[days.Count];
        var at = 0;
        foreach (var part in book.Recorded(month, now))
        {
            while (days[at].To <= part.From)
            {
                at++;
            }

            for (var day = at; day < days.Count && days[day].From < part.To; day++)
            {
                recorded[day] += part.Within(days[day]).Length;
            }
        }

        var noticed = book.In(month, now).Where(item => item.Kind != PastKind.Recording && item.From >= month.From).CountBy(item => Times.DayOf(item.From, zone)).ToDictionary();
        return [.. days.Select((period, day) => new DayShare(
            first.AddDays(day), period, recorded[day], noticed.GetValueOrDefault(first.AddDays(day)), book.Missing(period with { To = period.To < now ? period.To : now }).Count == 0))];
    }
}
