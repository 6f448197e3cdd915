using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;

namespace Soracom.Portal.Shared.Text;

/// <summary>Instants in words and figures.</summary>
public static class Times
{
    /// <summary>An instant in a time zone, to the minute.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>Such as 2026-11-20 18:05.</returns>
    public static string Full(DateTimeOffset instant, string zone) =>
        Local(instant, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>An instant in a time zone, to the second.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>Such as 2026-11-20 18:05:12.</returns>
    public static string ToTheSecond(DateTimeOffset instant, string zone) =>
        Local(instant, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Whether a time zone is known.</summary>
    /// <param name="zone">Such as Asia/Tokyo.</param>
    /// <returns>True when it is.</returns>
    public static bool IsZone(string zone) => TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    /// <summary>An instant by the clocks of a time zone.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>The same instant.</returns>
    public static DateTimeOffset Local(DateTimeOffset instant, string zone) => TimeZoneInfo.ConvertTime(instant, Zone(zone));

    /// <summary>The time of day of an instant in a time zone, to the second.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>Such as 18:05:12.</returns>
    public static string OfDay(DateTimeOffset instant, string zone) => Local(instant, zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>How long something took, in its two largest units.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="span">How long.</param>
    /// <returns>Such as 3 d 4 h, or 25 s.</returns>
    public static string Span(IStringLocalizer<Strings> words, TimeSpan span)
    {
        ArgumentNullException.ThrowIfNull(words);
        return span switch
        {
            { TotalDays: >= 1, Hours: 0 } => words["Time.SpanWholeDays", (int)span.TotalDays],
            { TotalDays: >= 1 } => words["Time.SpanDays", (int)span.TotalDays, span.Hours],
            { TotalHours: >= 1, Minutes: 0 } => words["Time.SpanWholeHours", (int)span.TotalHours],
            { TotalHours: >= 1 } => words["Time.SpanHours", (int)span.TotalHours, span.Minutes],
            { TotalMinutes: >= 1, Seconds: 0 } => words["Time.SpanWholeMinutes", (int)span.TotalMinutes],
            { TotalMinutes: >= 1 } => words["Time.SpanMinutes", (int)span.TotalMinutes, span.Seconds],
            _ => words["Time.SpanSeconds", (int)span.TotalSeconds],
        };
    }

    /// <summary>The day that an instant lies in, in a time zone.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>The day.</returns>
    public static DateOnly DayOf(DateTimeOffset instant, string zone) => DateOnly.FromDateTime(Local(instant, zone).DateTime);

    /// <summary>An instant in UTC, to the second.</summary>
    /// <param name="instant">The instant.</param>
    /// <returns>Such as 2026-11-20 09:05:12 UTC.</returns>
    public static string Utc(DateTimeOffset instant) => instant.ToUniversalTime().ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>How long ago, or ahead, an instant is, in one unit.</summary>
    /// <param name="words">The texts.</param>
    /// <param name="instant">The instant.</param>
    /// <param name="now">Now.</param>
    /// <returns>Such as 3 min ago.</returns>
    public static string Relative(IStringLocalizer<Strings> words, DateTimeOffset instant, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(words);
        var distance = (now - instant).Duration();
        var direction = instant > now ? "In" : "Ago";
        return distance switch
        {
            { TotalSeconds: < 60 } => words["Time.Now"],
            { TotalMinutes: < 60 } => words[$"Time.Minutes{direction}", (int)distance.TotalMinutes],
            { TotalHours: < 24 } => words[$"Time.Hours{direction}", (int)distance.TotalHours],
            _ => words[$"Time.Days{direction}", (int)distance.TotalDays],
        };
    }

    /// <summary>The instant at which a day begins in a time zone.</summary>
    /// <param name="day">The day.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>The instant.</returns>
    public static DateTimeOffset StartOf(DateOnly day, string zone) => Instant(day.ToDateTime(TimeOnly.MinValue), zone);

    /// <summary>The instant at which clocks of a time zone show a time.</summary>
    /// <param name="time">What the clocks show; where they leave it out, the next time that they show.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>The instant.</returns>
    public static DateTimeOffset Instant(DateTime time, string zone)
    {
        var place = Zone(zone);
        var start = DateTime.SpecifyKind(time, DateTimeKind.Unspecified);
        while (place.IsInvalidTime(start))
        {
            // Clocks that go forward leave out an hour, at midnight the day's first.
            start = start.AddMinutes(30);
        }

        return new DateTimeOffset(start, place.GetUtcOffset(start));
    }

    /// <summary>The instant at which a zone's clocks show a time; the first of two where they are put back, the next where they leave it out.</summary>
    /// <param name="shown">The time that they show.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>The instant.</returns>
    public static DateTimeOffset InZone(DateTime shown, string zone)
    {
        var place = Zone(zone);
        var time = DateTime.SpecifyKind(shown, DateTimeKind.Unspecified);
        while (place.IsInvalidTime(time))
        {
            time = time.AddMinutes(30);
        }

        return new DateTimeOffset(time, place.IsAmbiguousTime(time) ? place.GetAmbiguousTimeOffsets(time).Max() : place.GetUtcOffset(time));
    }

    /// <summary>Whether a zone's clocks show a time at all: where they are put forward, they leave some out.</summary>
    /// <param name="shown">The time.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>False where they leave it out.</returns>
    public static bool IsShown(DateTime shown, string zone) => !Zone(zone).IsInvalidTime(DateTime.SpecifyKind(shown, DateTimeKind.Unspecified));

    /// <summary>Both instants at which a zone's clocks show the time of an instant, as they are put back.</summary>
    /// <param name="instant">One of them.</param>
    /// <param name="zone">IANA time zone.</param>
    /// <returns>Both with their offsets; null where the clocks show it once.</returns>
    public static (DateTimeOffset First, DateTimeOffset Second)? Both(DateTimeOffset instant, string zone)
    {
        var place = Zone(zone);
        if (!place.IsAmbiguousTime(instant))
        {
            return null;
        }

        var shown = Local(instant, zone).DateTime;
        var offsets = place.GetAmbiguousTimeOffsets(shown);
        return (new DateTimeOffset(shown, offsets.Max()), new DateTimeOffset(shown, offsets.Min()));
    }

    private static TimeZoneInfo Zone(string id) => TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
