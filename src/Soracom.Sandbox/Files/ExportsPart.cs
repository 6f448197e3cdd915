using System.Text.Json.Serialization;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Files;

/// <summary>The exports of one coverage that were asked for asynchronously. They take a while and are then there.</summary>
internal sealed class ExportsPart() : Part<ExportsPart.State>(ExportsJson.Default.State)
{
    /// <summary>How long it takes to write a file.</summary>
    public static readonly TimeSpan Work = TimeSpan.FromSeconds(5);

    /// <summary>How long a file can be asked for.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    private readonly Dictionary<string, Export> exports = new(StringComparer.Ordinal);

    /// <summary>Begins an export, and gives its id.</summary>
    public string Begin(string kind, string key, DateTimeOffset now)
    {
        foreach (var old in exports.Where(export => export.Value.Ready + Kept < now).Select(export => export.Key).ToList())
        {
            exports.Remove(old);
        }

        var id = $"fe_{Guid.NewGuid()}";
        exports.Add(id, new Export(kind, key, now + Work));
        return id;
    }

    public Export? Find(string id) => exports.GetValueOrDefault(id);

    protected override State Save() => new(new(exports, StringComparer.Ordinal));

    protected override void Load(State saved)
    {
        foreach (var (id, export) in saved.Exports)
        {
            exports.Add(id, export);
        }
    }

    internal sealed record State(Dictionary<string, Export> Exports);
}

/// <param name="Kind">The name of a <see cref="Downloads.DownloadKind"/>.</param>
/// <param name="Key">What the file is to that kind.</param>
/// <param name="Ready">When it is there.</param>
internal sealed record Export(string Kind, string Key, DateTimeOffset Ready);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(ExportsPart.State))]
internal sealed partial class ExportsJson : JsonSerializerContext;
