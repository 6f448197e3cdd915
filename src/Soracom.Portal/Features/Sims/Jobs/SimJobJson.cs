using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Soracom.Portal.Features.Sims.Changes;

namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>Changes and details as jobs keep them.</summary>
internal static class SimJobJson
{
    private static readonly JsonSerializerOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>A change as JSON, with its kind.</summary>
    public static string Write(SimChange change) => JsonSerializer.Serialize(change, Options);

    /// <summary>A change out of JSON.</summary>
    public static SimChange ReadChange(string json) => JsonSerializer.Deserialize<SimChange>(json, Options) ?? throw new JsonException("There is no change.");

    /// <summary>Texts as JSON.</summary>
    public static string Write(IReadOnlyList<string> texts) => JsonSerializer.Serialize(texts, Options);

    /// <summary>Texts out of JSON; none where there are none.</summary>
    public static IReadOnlyList<string> ReadTexts(string? json) => json is null ? [] : JsonSerializer.Deserialize<string[]>(json, Options) ?? [];
}
