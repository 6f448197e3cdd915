namespace Soracom.Sandbox.Fleets;

/// <summary>The mix of states in a large fleet: most in service, a stock of new cards, a few in every other state.</summary>
internal static class FleetStatus
{
    public static (string Status, Connection Connection) Pick(SeededRandom random, int onlinePercent, bool canStandBy) => random.Next(100) switch
    {
        < 88 => ("active", random.Chance(onlinePercent) ? Connection.Online : Connection.Offline),
        < 92 => ("ready", Connection.None),
        < 94 => (canStandBy ? "standby" : "inactive", Connection.Offline),
        < 97 => ("inactive", Connection.Offline),
        < 99 => ("suspended", Connection.Offline),
        _ => ("terminated", Connection.Offline),
    };
}
