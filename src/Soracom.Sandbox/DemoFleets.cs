namespace Soracom.Sandbox;

/// <summary>The demo operators that a sandbox can serve.</summary>
public static class DemoFleets
{
    /// <summary>A small logistics company: 60 SIMs, 42 in Japan and 18 abroad, that cover everything a SIM can be.</summary>
    public const string Aoba = "aoba";

    /// <summary>An energy company: 10,000 SIMs of the Japan coverage.</summary>
    public const string Nagisa = "nagisa";

    /// <summary>A metering company: 100,000 SIMs of the Global coverage, made when they are first asked for.</summary>
    public const string Metro = "metro";

    /// <summary>A small forwarder of Hamburg: 12 SIMs of the Global coverage, billed in euros.</summary>
    public const string Hansa = "hansa";

    /// <summary>An IMSI that a SIM of <see cref="Aoba"/> and one of <see cref="Nagisa"/> both carry, to show that accounts are kept apart.</summary>
    public const string SharedImsi = "001100000004242";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Aoba, Nagisa, Metro, Hansa];
}
