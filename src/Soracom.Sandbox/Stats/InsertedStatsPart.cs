using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Stats;

/// <summary>The statistics that somebody has inserted, which come on top of what SIMs do by themselves. Times are Unix seconds.</summary>
internal sealed class InsertedStatsPart() : Part<InsertedStatsState>(InsertedStatsJson.Default.InsertedStatsState)
{
    private readonly Dictionary<string, SortedDictionary<long, Dictionary<string, Counters>>> air = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<long, Dictionary<string, long>>> beam = new(StringComparer.Ordinal);

    /// <summary>Whether anybody has inserted traffic.</summary>
    public bool HasAir => air.Count > 0;

    /// <summary>Adds traffic by speed class; false when that moment has some.</summary>
    public bool AddAir(string imsi, long time, Dictionary<string, Counters> traffic) => Add(air, imsi, time, traffic);

    /// <summary>Adds counts by name; false when that moment has some.</summary>
    public bool AddBeam(string imsi, long time, Dictionary<string, long> counts) => Add(beam, imsi, time, counts);

    public IEnumerable<(DateTimeOffset Time, string SpeedClass, Counters Traffic)> Air(Sim sim) => Of(air, sim);

    public IEnumerable<(DateTimeOffset Time, string Name, long Count)> Beam(Sim sim) => Of(beam, sim);

    protected override InsertedStatsState Save() => new(air, beam);

    protected override void Load(InsertedStatsState saved)
    {
        foreach (var (imsi, rows) in saved.Air)
        {
            air.Add(imsi, rows);
        }

        foreach (var (imsi, rows) in saved.Beam)
        {
            beam.Add(imsi, rows);
        }
    }

    private static bool Add<T>(Dictionary<string, SortedDictionary<long, Dictionary<string, T>>> all, string imsi, long time, Dictionary<string, T> values)
    {
        if (!all.TryGetValue(imsi, out var rows))
        {
            all.Add(imsi, rows = []);
        }

        return rows.TryAdd(time, values);
    }

    private static IEnumerable<(DateTimeOffset Time, string Key, T Value)> Of<T>(Dictionary<string, SortedDictionary<long, Dictionary<string, T>>> all, Sim sim) =>
        all.Count == 0 ? [] :
        from profile in sim.Profiles
        from subscriber in profile.Subscribers
        where all.ContainsKey(subscriber.Imsi)
        from row in all[subscriber.Imsi]
        from value in row.Value
        select (DateTimeOffset.FromUnixTimeSeconds(row.Key), value.Key, value.Value);
}

/// <param name="Air">By IMSI, time and speed class.</param>
/// <param name="Beam">By IMSI, time and name.</param>
internal sealed record InsertedStatsState(
    Dictionary<string, SortedDictionary<long, Dictionary<string, Counters>>> Air,
    Dictionary<string, SortedDictionary<long, Dictionary<string, long>>> Beam);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InsertedStatsState))]
internal sealed partial class InsertedStatsJson : JsonSerializerContext;
