using System.Globalization;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>How much time the timeline shows.</summary>
public enum TimelineZoom
{
    /// <summary>A calendar month, day by day.</summary>
    Month,

    /// <summary>A day by the clocks where the camera is, which may have 23 or 25 hours.</summary>
    Day,

    /// <summary>Six hours.</summary>
    SixHours,

    /// <summary>An hour.</summary>
    Hour,

    /// <summary>Ten minutes.</summary>
    TenMinutes,

    /// <summary>A minute.</summary>
    Minute,
}

/// <summary>What of a camera's past is in sight and what of it is chosen. All of it is in the page's address.</summary>
public sealed record RecordingsView
{
    private const string DayFormat = "yyyy-MM-dd";

    // Of an address anything may be asked. No camera is older, and calendars have to be able to step from here.
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A moment with the ten minutes around it.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The view.</returns>
    public static RecordingsView Around(DateTimeOffset moment) => new() { Zoom = TimelineZoom.TenMinutes, At = moment.AddMinutes(-5), Moment = moment };

    /// <summary>How much is in sight.</summary>
    public TimelineZoom Zoom { get; init; } = TimelineZoom.Day;

    /// <summary>The day that is in sight, or one of the month; null for today.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Where less than a day is in sight: the first moment of it; null for the day's first, or the last that has come.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The period that is chosen.</summary>
    public Period? Chosen { get; init; }

    /// <summary>The moment that was pointed at.</summary>
    public DateTimeOffset? Moment { get; init; }

    /// <summary>What alone is listed; null for everything.</summary>
    public PastKind? Kind { get; init; }

    /// <summary>The label that listed events have; empty for any.</summary>
    public string Label { get; init; } = "";

    /// <summary>How much time each zoom but the month and the day shows.</summary>
    /// <param name="zoom">The zoom.</param>
    /// <returns>The time.</returns>
    public static TimeSpan SpanOf(TimelineZoom zoom) => zoom switch
    {
        TimelineZoom.SixHours => TimeSpan.FromHours(6),
        TimelineZoom.Hour => TimeSpan.FromHours(1),
        TimelineZoom.TenMinutes => TimeSpan.FromMinutes(10),
        TimelineZoom.Minute => TimeSpan.FromMinutes(1),
        _ => TimeSpan.FromDays(1),
    };

    /// <summary>Reads an address. What it does not know it leaves out.</summary>
    /// <param name="uri">An address with or without a query string.</param>
    /// <returns>The view.</returns>
    public static RecordingsView Parse(string uri)
    {
        var address = new QueryReader(uri);
        return new RecordingsView
        {
            Zoom = address.Choice("zoom", TimelineZoom.Day),
            Day = DateOnly.TryParseExact(address.Text("day"), DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Sane(day) : null,
            At = Sane(PeriodAddress.Moment(address.Text("at"))),
            Chosen = address.Period() is { } chosen && Sane(chosen.From) is not null && Sane(chosen.To) is not null ? chosen : null,
            Moment = Sane(PeriodAddress.Moment(address.Text("moment"))),
            Kind = Enum.TryParse<PastKind>(address.Text("kind"), ignoreCase: true, out var kind) && Enum.IsDefined(kind) ? kind : null,
            Label = address.Text("label"),
        };
    }

    /// <summary>The day that somebody typed or picked.</summary>
    /// <param name="text">Such as 2026-11-22.</param>
    /// <returns>The day; null where it is none.</returns>
    public static DateOnly? DayOf(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? Sane(day) : null;

    /// <summary>The time that is in sight.</summary>
    /// <param name="now">The time.</param>
    /// <param name="zone">IANA time zone of where the camera is.</param>
    /// <returns>The period, UTC.</returns>
    public Period Window(DateTimeOffset now, string zone)
    {
        var day = Day ?? Times.DayOf(At ?? now, zone);
        if (Zoom == TimelineZoom.Month)
        {
            var month = new DateOnly(day.Year, day.Month, 1);
            return Between(month, month.AddMonths(1), zone);
        }

        if (Zoom == TimelineZoom.Day)
        {
            return Between(day, day.AddDays(1), zone);
        }

        var span = SpanOf(Zoom);
        var start = At ?? (Day is null ? Floor(now - span, TimeSpan.FromTicks(span.Ticks / 60)) : Times.StartOf(day, zone).ToUniversalTime());
        return new Period(start, start + span);
    }

    /// <summary>The day in sight, or the first of what is in sight.</summary>
    /// <param name="now">The time.</param>
    /// <param name="zone">IANA time zone of where the camera is.</param>
    /// <returns>The day.</returns>
    public DateOnly DayInSight(DateTimeOffset now, string zone) => Zoom is TimelineZoom.Month or TimelineZoom.Day && Day is { } day ? day : Times.DayOf(Window(now, zone).From, zone);

    /// <summary>What comes before or after what is in sight.</summary>
    /// <param name="steps">How many of what is in sight; a fraction moves by a part of it, where it is not a month or a day.</param>
    /// <param name="now">The time.</param>
    /// <param name="zone">IANA time zone of where the camera is.</param>
    /// <returns>The view.</returns>
    public RecordingsView Moved(double steps, DateTimeOffset now, string zone)
    {
        var whole = steps < 0 ? -1 : 1;
        return Zoom switch
        {
            TimelineZoom.Month => Showing(FirstOfMonth(DayInSight(now, zone)).AddMonths(whole)),
            TimelineZoom.Day => Showing(DayInSight(now, zone).AddDays(whole)),
            _ => Showing(Window(now, zone).From + (steps * SpanOf(Zoom))),
        };
    }

    /// <summary>More or less of the time around a moment.</summary>
    /// <param name="zoom">How much.</param>
    /// <param name="around">The moment.</param>
    /// <param name="place">Where the moment is to be in what is in sight, from 0 to 1.</param>
    /// <param name="zone">IANA time zone of where the camera is.</param>
    /// <returns>The view.</returns>
    public RecordingsView Zoomed(TimelineZoom zoom, DateTimeOffset around, double place, string zone)
    {
        if (zoom is TimelineZoom.Month or TimelineZoom.Day)
        {
            return this with { Zoom = zoom, Day = Times.DayOf(around, zone), At = null };
        }

        var span = SpanOf(zoom);
        return (this with { Zoom = zoom }).Showing(Floor(around - (place * span), TimeSpan.FromTicks(span.Ticks / 60)));
    }

    /// <summary>Writes it to an address.</summary>
    internal void Write(QueryWriter query) => query
        .Add("zoom", Zoom == TimelineZoom.Day ? null : Zoom.ToString().ToLowerInvariant())
        .Add("day", Zoom is TimelineZoom.Month or TimelineZoom.Day || At is null ? Day?.ToString(DayFormat, CultureInfo.InvariantCulture) : null)
        .Add("at", Zoom is TimelineZoom.Month or TimelineZoom.Day || At is not { } at ? null : PeriodAddress.Of(at))
        .Add(Chosen)
        .Add("moment", Moment is { } moment ? PeriodAddress.Of(moment) : null)
        .Add("kind", Kind?.ToString().ToLowerInvariant())
        .Add("label", Label);

    private static DateOnly FirstOfMonth(DateOnly day) => new(day.Year, day.Month, 1);

    private static Period Between(DateOnly first, DateOnly end, string zone) => new(Times.StartOf(first, zone).ToUniversalTime(), Times.StartOf(end, zone).ToUniversalTime());

    private static DateTimeOffset Floor(DateTimeOffset moment, TimeSpan step) => new(moment.UtcTicks - (moment.UtcTicks % step.Ticks), TimeSpan.Zero);

    private static DateOnly? Sane(DateOnly day) => day.Year is >= 2000 and < 2100 ? day : null;

    private static DateTimeOffset? Sane(DateTimeOffset? moment) => moment >= First && moment < Last ? moment : null;

    private RecordingsView Showing(DateOnly day) => Sane(day) is { } sane ? this with { Day = sane, At = null } : this;

    private RecordingsView Showing(DateTimeOffset start) => Sane(start) is { } sane ? this with { Day = null, At = Floor(sane, TimeSpan.FromSeconds(1)) } : this;
}
