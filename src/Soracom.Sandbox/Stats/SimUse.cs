using Soracom.Sandbox.Billing;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Stats;

/// <summary>
/// What a SIM uses in one month, out of the same <see cref="SimMonth"/> that its bill is made of: the bytes of an hour are its units times the hour's weight, so that hours, days, months
/// and the bill add up exactly. An hour counts once it is over.
/// </summary>
internal readonly struct SimUse
{
    private const int PacketBytes = 400;

    private readonly SimMonth month;
    private readonly ulong chance;

    /// <param name="sim">The SIM as it is now.</param>
    /// <param name="month">What it does in the month.</param>
    public SimUse(Sim sim, SimMonth month)
    {
        Sim = sim;
        this.month = month;
        chance = Hash(sim.SimId, 0);

        // Most devices report; some fetch.
        UpUnits = month.TrafficUnits * (long)(25 + (chance % 60)) / 100;
        DownUnits = month.TrafficUnits - UpUnits;
    }

    /// <summary>The SIM as it is now.</summary>
    public Sim Sim { get; }

    /// <summary>Bytes sent, for each unit of an hour's weight.</summary>
    public long UpUnits { get; }

    public long DownUnits { get; }

    /// <summary>The first day in service, counted from 0.</summary>
    public int FirstDay => month.FirstDay;

    public int LastDay => month.LastDay;

    /// <summary>The traffic of an hour of that weight.</summary>
    public Counters Hour(int weight) => new(UpUnits * weight, DownUnits * weight, Packets(UpUnits * weight), Packets(DownUnits * weight));

    /// <summary>An hour's traffic in one of its slots: devices send at times, so that many slots have none.</summary>
    public Counters Slot(Counters hour, DateTimeOffset start, int slot)
    {
        var seed = Hash(Sim.SimId, (ulong)start.ToUnixTimeSeconds());
        long before = 0, upTo = 0, all = 0;
        for (var i = 0; i < StatsRange.SlotsOfAnHour; i++)
        {
            // One slot has some in any case.
            var share = i == (int)(seed % StatsRange.SlotsOfAnHour) ? 2 : (long)((seed >> (4 * i)) & 15) switch { > 12 => 3, > 9 => 1, _ => 0 };
            all += share;
            before += i < slot ? share : 0;
            upTo += i <= slot ? share : 0;
        }

        return (hour * upTo / all) - (hour * before / all);
    }

    /// <summary>How often a service was used in an hour, by the words that it counts under.</summary>
    public IEnumerable<(string Name, long Count)> Counts(StatsService service, CoverageData data) => service.Name switch
    {
        "beam" => BeamCounts(),
        "harvest" => month.StoresData ? [(Protocol("in"), 1 + (long)(chance / 100 % 12))] : [],
        _ => month.TrafficUnits > 0 && IsEnabled(service, data) ? [(Protocol("in"), 1 + (long)(chance / 1000 % 6))] : [],
    };

    /// <summary>Requests that came in, and those that went out again.</summary>
    private IEnumerable<(string Name, long Count)> BeamCounts()
    {
        var hourly = (long)month.BeamRequests / 24;
        return hourly == 0 ? [] : [(Protocol("in"), (hourly + 1) / 2), (Protocol("out"), hourly / 2)];
    }

    private string Protocol(string direction) => direction + (chance / 10_000 % 3) switch { 0 => "Http", 1 => "Mqtt", _ => "Tcp" };

    /// <summary>These two leave no mark on the bill; a SIM uses them when its group does.</summary>
    private bool IsEnabled(StatsService service, CoverageData data) =>
        Sim.GroupId is { } groupId
            && data.FindGroup(groupId) is { } group
            && group.Configuration.TryGetValue(service.Namespace, out var values)
            && values.TryGetValue("enabled", out var enabled)
            && enabled == "true";

    private static long Packets(long bytes) => (bytes + PacketBytes - 1) / PacketBytes;

    /// <summary>FNV-1a, mixed; the same in every process.</summary>
    private static ulong Hash(string text, ulong number)
    {
        var hash = 14695981039346656037 ^ number;
        foreach (var character in text)
        {
            hash = (hash ^ character) * 1099511628211;
        }

        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        return hash ^ (hash >> 31);
    }
}
