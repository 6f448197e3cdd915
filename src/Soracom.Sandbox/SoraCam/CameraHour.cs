using Soracom.Sandbox.Fleets;

namespace Soracom.Sandbox.SoraCam;

/// <summary>Something that happens before a camera.</summary>
/// <param name="Type">motion, sound or other.</param>
/// <param name="Start">Unix milliseconds; the beginning of no other event of the account.</param>
/// <param name="End">Unix milliseconds.</param>
/// <param name="Label">What is seen, if anything is known.</param>
/// <param name="IsLost">Whether its recording fails.</param>
internal sealed record Happening(string Type, long Start, long End, string? Label, bool IsLost);

/// <summary>
/// What happens before a camera in an hour, and when its connection fails: a function of seed, camera and hour, so that
/// months of it need no memory. Whether the camera notices is another matter.
/// </summary>
internal sealed class CameraHour
{
    public const long Milliseconds = 3_600_000;

    private const int Slots = 12;
    private const long SlotMilliseconds = Milliseconds / Slots;
    private const int GapsPerCent = 3;
    private const int SoundsPerCent = 2;
    private const int JapanAheadHours = 9;

    private static readonly string?[] Labels = ["person", "person", "person", "vehicle", null];

    private CameraHour(Span? gap, IReadOnlyList<Happening> happenings)
    {
        Gap = gap;
        Happenings = happenings;
    }

    /// <summary>When nothing reaches the cloud.</summary>
    public Span? Gap { get; }

    /// <summary>In their order, without overlap, none of them across the end of the hour.</summary>
    public IReadOnlyList<Happening> Happenings { get; }

    /// <summary>The beginning of the hour that a time lies in.</summary>
    public static long Floor(long time) => time - (time % Milliseconds);

    public static CameraHour Of(int seed, Camera camera, long hour)
    {
        var random = new SeededRandom(seed, $"{camera.DeviceId}/{hour}");
        Span? gap = null;
        if (random.Chance(GapsPerCent))
        {
            var start = hour + (random.Next(1, 20) * 60_000);
            gap = new Span(start, start + (random.Next(2, 40) * 60_000));
        }

        var inJapan = ((hour / Milliseconds) + JapanAheadHours) % 24;
        var motionPerCent = inJapan is >= 7 and < 20 ? camera.Liveliness : camera.Liveliness / 8;
        var happenings = new List<Happening>();
        for (var slot = 0; slot < Slots; slot++)
        {
            var chance = random.Next(100);
            var start = hour + (slot * SlotMilliseconds) + (random.Next(2, 240) * 1000) + camera.Ordinal;
            var isLost = random.Chance(1);
            if (chance < motionPerCent)
            {
                happenings.Add(new("motion", start, start + (random.Next(8, 46) * 1000), random.Pick(Labels), isLost));
            }
            else if (chance < motionPerCent + SoundsPerCent)
            {
                happenings.Add(new("sound", start, start + (random.Next(3, 11) * 1000), Label: null, isLost));
            }
            else if (chance == 99)
            {
                happenings.Add(new("other", start, start + (random.Next(2, 6) * 1000), Label: null, isLost));
            }
        }

        return new CameraHour(gap, happenings);
    }
}
