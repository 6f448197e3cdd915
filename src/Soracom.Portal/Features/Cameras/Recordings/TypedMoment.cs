using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>What is wrong with a time that was typed.</summary>
public enum TypedFault
{
    /// <summary>Nothing was typed.</summary>
    Missing,

    /// <summary>It is no time.</summary>
    Unreadable,

    /// <summary>No clock shows that time on that day: clocks were put forward over it.</summary>
    LeftOut,
}

/// <summary>A moment that somebody typed, by the clocks of a place.</summary>
/// <param name="At">The moment; null where it is none.</param>
/// <param name="Fault">Why it is none.</param>
internal readonly partial record struct TypedMoment(DateTimeOffset? At, TypedFault? Fault = null)
{
    private static readonly string[] TimeFormats = ["H:m", "H:m:s"];
    private static readonly string[] DayFormats = ["yyyy-M-d"];

    /// <summary>Reads what was typed: a time of day, of the day in sight, or a day and a time, in the digits of any keyboard.</summary>
    /// <param name="text">Such as 9:05, 09:05:30 or 2026-11-22 09:05; with Z or +09:00 behind it the clocks of the place don't matter.</param>
    /// <param name="day">The day in sight.</param>
    /// <param name="zone">IANA time zone of the place.</param>
    /// <returns>The moment, or why there is none.</returns>
    public static TypedMoment Read(string? text, DateOnly day, string zone)
    {
        var typed = (text ?? "").Normalize(NormalizationForm.FormKC).Trim();
        if (typed.Length == 0)
        {
            return new TypedMoment(At: null, TypedFault.Missing);
        }

        if (Shape().Match(typed) is not { Success: true } parts)
        {
            return new TypedMoment(At: null, TypedFault.Unreadable);
        }

        var written = parts.Groups["day"] is { Success: true } named
            ? DateOnly.TryParseExact(named.Value.Replace('/', '-').Replace('.', '-'), DayFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) && read.Year is >= 2000 and < 2100 ? read : (DateOnly?)null
            : day;
        // The end of a day is told as 24:00 too.
        var isEnd = parts.Groups["time"].Value is "24:00" or "24:00:00";
        if (written is not { } date || !TimeOnly.TryParseExact(isEnd ? "0:00" : parts.Groups["time"].Value, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            return new TypedMoment(At: null, TypedFault.Unreadable);
        }

        var shown = date.AddDays(isEnd ? 1 : 0).ToDateTime(time);
        if (parts.Groups["offset"] is { Success: true, Value: var offset })
        {
            return Offset(offset) is { } ahead ? new TypedMoment(new DateTimeOffset(shown, ahead).ToUniversalTime()) : new TypedMoment(At: null, TypedFault.Unreadable);
        }

        var at = Times.InZone(shown, zone);
        return Times.Local(at, zone).DateTime == shown
            // Where clocks show it twice it is the first of them, and somebody can say that the second is meant.
            ? new TypedMoment(at.ToUniversalTime())
            : new TypedMoment(At: null, TypedFault.LeftOut);
    }

    /// <summary>A moment as it is typed.</summary>
    /// <param name="at">The moment.</param>
    /// <param name="zone">IANA time zone of the place.</param>
    /// <returns>Such as 2026-11-22 09:05:00; with its offset where clocks show that time twice and this is the second.</returns>
    public static string Written(DateTimeOffset at, string zone)
    {
        var local = Times.Local(at, zone);
        var plain = local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        return Times.InZone(local.DateTime, zone) == at ? plain : plain + local.ToString("zzz", CultureInfo.InvariantCulture);
    }

    private static TimeSpan? Offset(string text) =>
        text is "Z" or "z" ? TimeSpan.Zero
        : DateTimeOffset.TryParseExact($"2026-01-01 {text}", "yyyy-MM-dd zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read.Offset
        : null;

    [GeneratedRegex(@"^(?:(?<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})(?:T|\s+))?(?<time>\d{1,2}:\d{2}(?::\d{2})?)\s*(?<offset>[Zz]|[+-]\d{2}:\d{2})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shape();
}
