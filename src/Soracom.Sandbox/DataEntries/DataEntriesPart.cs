using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.DataEntries;

/// <summary>Harvest Data of one coverage: what devices have sent, by resource and time. A resource has one entry at a time.</summary>
internal sealed class DataEntriesPart() : Part<DataEntriesState>(DataEntriesJson.Default.DataEntriesState)
{
    private readonly SortedDictionary<(string Type, string Id), SortedList<long, DataEntry>> resources =
        new(Comparer<(string Type, string Id)>.Create(static (left, right) =>
            string.CompareOrdinal(left.Type, right.Type) is not 0 and var order ? order : string.CompareOrdinal(left.Id, right.Id)));

    /// <summary>What has entries.</summary>
    public IEnumerable<(string Type, string Id)> Resources => resources.Keys;

    /// <summary>A resource's entries, oldest first.</summary>
    public IEnumerable<DataEntry> EntriesOf(string resourceType, string resourceId) =>
        resources.TryGetValue((resourceType, resourceId), out var entries) ? entries.Values : [];

    public DataEntry? Find(string resourceType, string resourceId, long time) =>
        resources.TryGetValue((resourceType, resourceId), out var entries) ? entries.GetValueOrDefault(time) : null;

    /// <summary>Adds an entry, or replaces the one of the same time.</summary>
    public void Put(DataEntry entry)
    {
        if (!resources.TryGetValue((entry.ResourceType, entry.ResourceId), out var entries))
        {
            resources.Add((entry.ResourceType, entry.ResourceId), entries = []);
        }

        entries[entry.Time] = entry;
    }

    public void Remove(DataEntry entry)
    {
        if (resources.TryGetValue((entry.ResourceType, entry.ResourceId), out var entries) && entries.Remove(entry.Time) && entries.Count == 0)
        {
            resources.Remove((entry.ResourceType, entry.ResourceId));
        }
    }

    protected override DataEntriesState Save() => new([.. resources.Values.SelectMany(entries => entries.Values)]);

    protected override void Load(DataEntriesState saved) => saved.Entries.ForEach(Put);
}

/// <param name="ResourceType">Such as Sim or SoraCam.</param>
/// <param name="ResourceId">Which one.</param>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="ContentType">As it was sent.</param>
/// <param name="Content">Text as it is, JSON as text too, and other bytes as JSON with a <c>payload</c> in base 64.</param>
internal sealed record DataEntry(string ResourceType, string ResourceId, long Time, string ContentType, string Content)
{
    /// <summary>What the entry belongs to beside its resource, if to anything.</summary>
    public string? Category { get; init; }
}

internal sealed record DataEntriesState(List<DataEntry> Entries);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DataEntriesState))]
internal sealed partial class DataEntriesJson : JsonSerializerContext;
