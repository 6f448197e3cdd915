using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Resources;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>A camera's past in words and figures.</summary>
internal static class PastWords
{
    /// <summary>The icon of a kind.</summary>
    public static string Icon(PastKind kind) => kind switch
    {
        PastKind.Recording => "video",
        PastKind.Motion => "activity",
        PastKind.Sound => "volume-2",
        _ => "circle-dot",
    };

    /// <summary>A length to the second, in all its units: what is charged for is counted in seconds.</summary>
    public static string Length(IStringLocalizer<Strings> words, TimeSpan span)
    {
        var whole = TimeSpan.FromSeconds(Math.Round(span.TotalSeconds));
        return whole >= TimeSpan.FromHours(1) ? words["Recordings.Hours", (int)whole.TotalHours, whole.Minutes, whole.Seconds]
            : whole >= TimeSpan.FromMinutes(1) ? words["Recordings.Minutes", whole.Minutes, whole.Seconds]
            : words["Recordings.Seconds", whole.Seconds];
    }

    /// <summary>One of a kind, in a word.</summary>
    public static string One(IStringLocalizer<Strings> words, PastKind kind) => kind == PastKind.Recording ? words["Past.Recording"] : words[$"PastKind.{kind}"];

    /// <summary>What the vendor's recognition saw; a word that is not known is shown as it is.</summary>
    public static string Label(IStringLocalizer<Strings> words, string label) => label switch
    {
        "person" => words["EventLabel.Person"],
        "vehicle" => words["EventLabel.Vehicle"],
        "pet" => words["EventLabel.Pet"],
        _ => label,
    };

    /// <summary>How much of a day was recorded: in hours and minutes, since a day has 23 or 25 of them too.</summary>
    public static string OfDay(IStringLocalizer<Strings> words, TimeSpan span) =>
        span < TimeSpan.FromMinutes(1) ? words["Recordings.Seconds", (int)span.TotalSeconds]
        : span < TimeSpan.FromHours(1) ? words["Camera.Minutes", (int)span.TotalMinutes]
        : span.Minutes == 0 ? words["Camera.Hours", (int)span.TotalHours]
        : words["Camera.HoursMinutes", (int)span.TotalHours, span.Minutes];

    /// <summary>A day with its weekday, in the words of whoever looks.</summary>
    public static string Day(DateOnly day) => day.ToString("D", CultureInfo.CurrentCulture);

    /// <summary>What is in sight.</summary>
    public static string Title(TimelineZoom zoom, Period window, string zone)
    {
        var (from, to) = (Times.Local(window.From, zone), Times.Local(window.To, zone));
        var day = DateOnly.FromDateTime(from.DateTime);
        var format = zoom == TimelineZoom.Minute ? "HH:mm:ss" : "HH:mm";
        return zoom switch
        {
            TimelineZoom.Month => from.ToString("Y", CultureInfo.CurrentCulture),
            TimelineZoom.Day => Day(day),
            _ => $"{Day(day)}, {from.ToString(format, CultureInfo.InvariantCulture)} – {to.ToString(format, CultureInfo.InvariantCulture)}",
        };
    }

    /// <summary>A moment by the viewer's clocks, where they show something else than the camera's; null otherwise.</summary>
    public static string? Theirs(DateTimeOffset at, string zone, string? viewerZone) =>
        viewerZone is null || Times.Local(at, viewerZone).Offset == Times.Local(at, zone).Offset ? null : Times.ToTheSecond(at, viewerZone);
}
