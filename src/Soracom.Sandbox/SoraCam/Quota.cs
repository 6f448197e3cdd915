using System.Collections.Frozen;
using System.Globalization;

namespace Soracom.Sandbox.SoraCam;

/// <summary>What a camera may export and stream in a month, in seconds; exports and streams share it. Months are those of UTC.</summary>
internal static class Quota
{
    public const int DefaultHours = 72;
    public const int MostHours = 1500;

    public const int NewestSeconds = 300;
    public const int MostSeconds = 900;

    private const long SecondsAnHour = 3600;

    public static string Month(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);

    public static long Limit(Camera camera) => (camera.LimitHours ?? DefaultHours) * SecondsAnHour;

    public static long Used(Camera camera, DateTimeOffset time) => camera.Used.GetValueOrDefault(Month(time));

    /// <summary>What is charged for: the part above what is free, whatever the limit is.</summary>
    public static long Billed(long used) => Math.Max(0, used - (DefaultHours * SecondsAnHour));

    public static Camera Charge(Camera camera, DateTimeOffset time, long seconds) => camera with
    {
        Used = camera.Used.Append(new(Month(time), Used(camera, time) + seconds))
            .GroupBy(month => month.Key, StringComparer.Ordinal)
            .ToFrozenDictionary(month => month.Key, month => month.Last().Value, StringComparer.Ordinal),
    };

    /// <summary>What recordings cost: every second that has begun.</summary>
    public static long Cost(IEnumerable<Span> pieces) => (pieces.Sum(piece => piece.End - piece.Start) + 999) / 1000;
}
