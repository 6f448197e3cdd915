using System.Globalization;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>A mark on the scale of a timeline.</summary>
/// <param name="Share">Where it stands, from 0 to 1.</param>
/// <param name="Text">What clocks show there.</param>
public readonly record struct TimelineMark(double Share, string Text)
{
    /// <summary>The marks of a day or less.</summary>
    /// <param name="window">The period.</param>
    /// <param name="zoom">How much it is.</param>
    /// <param name="zone">IANA time zone whose clocks are shown.</param>
    /// <returns>Marks at whole hours, minutes or seconds of that zone, in the order of time; an hour that is there twice has two.</returns>
    public static IReadOnlyList<TimelineMark> Of(Period window, TimelineZoom zoom, string zone)
    {
        var step = StepOf(zoom);
        var format = zoom == TimelineZoom.Minute ? "HH:mm:ss" : "HH:mm";
        var marks = new List<TimelineMark>();
        for (var moment = Next(window.From, step, zone); moment < window.To; moment = Next(moment + TimeSpan.FromTicks(1), step, zone))
        {
            marks.Add(new TimelineMark(TimelineDrawing.Share(window, moment), Times.Local(moment, zone).ToString(format, CultureInfo.InvariantCulture)));
        }

        return marks;
    }

    private static TimeSpan StepOf(TimelineZoom zoom) => zoom switch
    {
        TimelineZoom.SixHours => TimeSpan.FromMinutes(30),
        TimelineZoom.Hour => TimeSpan.FromMinutes(5),
        TimelineZoom.TenMinutes => TimeSpan.FromMinutes(1),
        TimelineZoom.Minute => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromHours(2),
    };

    /// <summary>The first moment, from one on, at which the zone's clocks show a whole number of steps.</summary>
    private static DateTimeOffset Next(DateTimeOffset from, TimeSpan step, string zone)
    {
        // By steps of a quarter of an hour at most, so that clocks that are put forward or back between two marks are noticed.
        var stride = step < TimeSpan.FromMinutes(15) ? step : TimeSpan.FromMinutes(15);
        var moment = new DateTimeOffset(from.UtcTicks + ((stride.Ticks - (from.UtcTicks % stride.Ticks)) % stride.Ticks), TimeSpan.Zero);
        while (Times.Local(moment, zone).TimeOfDay.Ticks % step.Ticks != 0)
        {
            moment += stride;
        }

        return moment;
    }
}
