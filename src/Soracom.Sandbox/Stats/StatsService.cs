namespace Soracom.Sandbox.Stats;

/// <summary>A service whose use is counted.</summary>
/// <param name="Name">In paths.</param>
/// <param name="Title">In operations' ids.</param>
/// <param name="Map">The member that holds the counts.</param>
/// <param name="HasDate">Whether a row tells its time as text too.</param>
internal sealed record StatsService(string Name, string Title, string Map, bool HasDate)
{
    public static IReadOnlyList<StatsService> All { get; } =
    [
        new("beam", "Beam", "beamStatsMap", HasDate: true),
        new("funk", "Funk", "funkStatsMap", HasDate: false),
        new("funnel", "Funnel", "funnelStatsMap", HasDate: false),
        new("harvest", "Harvest", "harvestStatsMap", HasDate: false),
    ];

    /// <summary>In groups' configuration.</summary>
    public string Namespace => $"Soracom{Title}";
}
