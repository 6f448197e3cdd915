using System.Text.Json;

namespace Soracom.Api.Tests.Contract;

/// <summary>The type of a value on the wire.</summary>
internal sealed record ContractSchema
{
    private static readonly IReadOnlyDictionary<string, ContractSchema> NoProperties = new Dictionary<string, ContractSchema>();

    /// <summary>The name of a schema of the table; then nothing else is set.</summary>
    public string? Reference { get; init; }

    /// <summary>string, integer, number, boolean, array, object or any</summary>
    public string Type { get; init; } = "any";

    public string? Format { get; init; }

    public IReadOnlyList<string> Values { get; init; } = [];

    public bool Nullable { get; init; }

    public string? Default { get; init; }

    public double? Minimum { get; init; }

    public double? Maximum { get; init; }

    public int? MinLength { get; init; }

    public int? MaxLength { get; init; }

    public int? MaxItems { get; init; }

    public ContractSchema? Items { get; init; }

    public IReadOnlyDictionary<string, ContractSchema> Properties { get; init; } = NoProperties;

    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What members beyond <see cref="Properties"/> hold; null when there must be none.</summary>
    public ContractSchema? Map { get; init; }

    /// <summary>Whether the definition says that there may be no further members.</summary>
    public bool Closed { get; init; }

    /// <summary>One of these fits; empty otherwise.</summary>
    public IReadOnlyList<ContractSchema> Any { get; init; } = [];

    public static ContractSchema Read(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return ReadShort(json.GetString()!);
        }

        var map = json.TryGetProperty("map", out var more) ? more : default;
        return new ContractSchema
        {
            Type = Text(json, "t") ?? "any",
            Format = Text(json, "f"),
            Values = json.TryGetProperty("enum", out var values) ? [.. values.EnumerateArray().Select(value => value.ToString())] : [],
            Nullable = json.TryGetProperty("nullable", out _),
            Default = json.TryGetProperty("default", out var standard) ? standard.ToString() : null,
            Minimum = Number(json, "min"),
            Maximum = Number(json, "max"),
            MinLength = (int?)Number(json, "minLength"),
            MaxLength = (int?)Number(json, "maxLength"),
            MaxItems = (int?)Number(json, "maxItems"),
            Items = json.TryGetProperty("items", out var items) ? Read(items) : null,
            Properties = json.TryGetProperty("properties", out var properties)
                ? properties.EnumerateObject().ToDictionary(property => property.Name, property => Read(property.Value), StringComparer.Ordinal)
                : NoProperties,
            Required = json.TryGetProperty("required", out var required) ? [.. required.EnumerateArray().Select(name => name.GetString()!)] : [],
            Map = map.ValueKind switch
            {
                JsonValueKind.True => new ContractSchema(),
                JsonValueKind.String or JsonValueKind.Object => Read(map),
                _ => null,
            },
            Closed = map.ValueKind == JsonValueKind.False,
            Any = json.TryGetProperty("any", out var any) ? [.. any.EnumerateArray().Select(Read)] : [],
        };
    }

    private static ContractSchema ReadShort(string text)
    {
        if (text.StartsWith('#'))
        {
            return new ContractSchema { Reference = text[1..] };
        }

        var parts = text.Split(':', 2);
        return new ContractSchema { Type = parts[0], Format = parts.ElementAtOrDefault(1) };
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetDouble() : null;
}
