using System.Text.Json.Serialization;
using Soracom.Sandbox.Operators;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.DataEntries;

/// <summary>A time during which a group had Harvest on, in Unix milliseconds; without an end it still has.</summary>
internal sealed record HarvestTime(string GroupId, long From, long? To);

/// <summary>
/// What the SIMs of a coverage have sent: those of groups that have Harvest on, while it was on, as long as they are or were online. Kept are
/// only these times, and what somebody has deleted.
/// </summary>
internal sealed class SimDataPart() : Part<SimDataState>(SimDataStateJson.Default.SimDataState)
{
    private readonly List<HarvestTime> times = [];
    private readonly HashSet<string> deleted = new(StringComparer.Ordinal);

    public Telemetry Telemetry => Telemetry.Of(Home.Origin.Fleet);

    public static bool HarvestIsOn(Group? group) => group?.Configuration.GetValueOrDefault("SoracomHarvest")?.GetValueOrDefault("enabled") == "true";

    public override void Seed()
    {
        var groups = Home.Account.Data(Home.Coverage ?? throw new InvalidOperationException("Data are of a coverage.")).Groups(null, int.MaxValue, HarvestIsOn).Items;
        times.AddRange(groups.Select(group => new HarvestTime(group.GroupId, group.CreatedTime, To: null)));
    }

    /// <summary>A group's Harvest goes on or off. Called before the group is changed.</summary>
    public void Switch(string groupId, bool on, DateTimeOffset now)
    {
        var open = times.FindIndex(time => time.GroupId == groupId && time.To is null);
        if (on && open < 0)
        {
            times.Add(new HarvestTime(groupId, now.ToUnixTimeMilliseconds(), To: null));
        }
        else if (!on && open >= 0)
        {
            times[open] = times[open] with { To = now.ToUnixTimeMilliseconds() };
        }
    }

    /// <summary>What a SIM sent at the same times as <see cref="Times"/>, under its SIM ID or an IMSI of it.</summary>
    public IEnumerable<DataEntry> Entries(Sim sim, string resourceType, string resourceId, long from, long to, bool newestFirst, DateTimeOffset now)
    {
        var telemetry = Telemetry;
        return Times(sim, from, to, newestFirst, now).Select(time =>
            new DataEntry(resourceType, resourceId, time, "application/json", telemetry.Content(sim.SimId, time)) { Category = telemetry.Category });
    }

    public void Delete(Sim sim, long time) => deleted.Add(NameOf(sim, time));

    /// <summary>The times of a SIM's entries between two times, both included.</summary>
    /// <param name="sim">The SIM.</param>
    /// <param name="from">The earliest time.</param>
    /// <param name="to">The latest time.</param>
    /// <param name="newestFirst">The order.</param>
    /// <param name="now">The present.</param>
    public IEnumerable<long> Times(Sim sim, long from, long to, bool newestFirst, DateTimeOffset now)
    {
        var present = now.ToUnixTimeMilliseconds();
        var last = Math.Min(to, sim is { Online: false, Session.LastUpdatedAt: var since } ? Math.Min(since, present) : present);
        var first = Math.Max(from, (now - Home.Account.Part<AccountPart>().HarvestKept).ToUnixTimeMilliseconds());
        if (sim.Session is null || sim.GroupId is null)
        {
            return [];
        }

        // Their order is the order of time: a group's Harvest goes on after it went off.
        var own = times.Where(time => time.GroupId == sim.GroupId);
        return (newestFirst ? own.Reverse() : own).SelectMany(time => Within(sim, Math.Max(first, time.From), Math.Min(last, time.To - 1 ?? last), newestFirst));
    }

    protected override SimDataState Save() => new([.. times], [.. deleted.Order(StringComparer.Ordinal)]);

    protected override void Load(SimDataState saved)
    {
        times.AddRange(saved.Times);
        deleted.UnionWith(saved.Deleted);
    }

    private static string NameOf(Sim sim, long time) => $"{sim.SimId}/{time}";

    private IEnumerable<long> Within(Sim sim, long from, long to, bool newestFirst)
    {
        var telemetry = Telemetry;
        var earliest = telemetry.NotBefore(sim.SimId, from);
        if (to < earliest)
        {
            yield break;
        }

        var count = ((to - earliest) / telemetry.Pause) + 1;
        for (var i = 0L; i < count; i++)
        {
            var time = earliest + ((newestFirst ? count - 1 - i : i) * telemetry.Pause);
            if (!deleted.Contains(NameOf(sim, time)))
            {
                yield return time;
            }
        }
    }
}

/// <param name="Times">In the order of their beginnings.</param>
/// <param name="Deleted">SIM ID and time of entries.</param>
internal sealed record SimDataState(List<HarvestTime> Times, List<string> Deleted);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(SimDataState))]
internal sealed partial class SimDataStateJson : JsonSerializerContext;
