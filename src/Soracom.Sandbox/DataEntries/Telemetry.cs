using System.Globalization;

namespace Soracom.Sandbox.DataEntries;

/// <summary>
/// What the devices of a fleet send, and when. Nothing of it is kept: an entry follows from the device and the time, so that a hundred thousand
/// devices have a past and a present of their own for nothing.
/// </summary>
/// <param name="Pause">Between two entries of a device, in milliseconds.</param>
/// <param name="Category">Of the entries; null for none.</param>
/// <param name="Measures">What is in an entry.</param>
internal sealed record Telemetry(long Pause, string? Category, IReadOnlyList<Measure> Measures)
{
    private const long Minute = 60_000;
    private const double DayLength = 24 * 60 * Minute;

    private static readonly Telemetry Trucks = new(5 * Minute, "location",
    [
        new("lat", 35.4, 0.3, 0.01, 5), new("lng", 139.6, 0.3, 0.01, 5), new("speed", 40, 38, 2, 1), new("temperature", 4.5, 1.5, 0.4, 1),
    ]);

    private static readonly Telemetry Plants = new(15 * Minute, null, [new("power", 42, 40, 1.5, 2), new("voltage", 202, 3, 0.5, 1), new("temperature", 31, 9, 0.6, 1)]);

    private static readonly Telemetry Meters = new(60 * Minute, null, [new("flow", 0.6, 0.5, 0.08, 3), new("battery", 3.6, 0.05, 0.01, 2)]);

    /// <summary>That of a demo fleet, or of anybody else's devices.</summary>
    public static Telemetry Of(string? fleet) => fleet switch
    {
        DemoFleets.Aoba => Trucks,
        DemoFleets.Nagisa => Plants,
        _ => Meters,
    };

    /// <summary>The time of an entry that is not before a time.</summary>
    public long NotBefore(string device, long time)
    {
        var phase = (long)(Chance(device, 0) * Pause);
        return phase + ((long)Math.Ceiling((time - phase) / (double)Pause) * Pause);
    }

    /// <summary>The content of a device's entry: a wave of a day, each device's at its own time, and some noise.</summary>
    public string Content(string device, long time) => "{" + string.Join(',', Measures.Select((measure, index) =>
    {
        var wave = Math.Sin(2 * Math.PI * ((time / DayLength) + Chance(device, index + 1)));
        var noise = (2 * Chance(device, time + index)) - 1;
        var value = Math.Round(measure.Middle + (measure.Swing * wave) + (measure.Noise * noise), measure.Digits);
        return string.Create(CultureInfo.InvariantCulture, $"\"{measure.Name}\":{value}");
    })) + "}";

    /// <summary>From 0 to below 1, the same for the same device and number.</summary>
    private static double Chance(string device, long number)
    {
        var state = 14695981039346656037UL ^ (ulong)number;
        foreach (var character in device)
        {
            state = (state ^ character) * 1099511628211;
        }

        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        return (state >> 11) / (double)(1UL << 53);
    }
}

/// <param name="Name">The member.</param>
/// <param name="Middle">The value that it goes around.</param>
/// <param name="Swing">How far it goes within a day.</param>
/// <param name="Noise">How far it trembles.</param>
/// <param name="Digits">Behind the point.</param>
internal sealed record Measure(string Name, double Middle, double Swing, double Noise, int Digits);
