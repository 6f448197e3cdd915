using System.Text.Json;
using System.Text.Json.Nodes;

namespace Soracom.Portal.Features.Groups.Settings;

/// <summary>Between JSON that is read and JSON that is put together.</summary>
internal static class JsonNodes
{
    /// <summary>A member of an object; null when it has none of this name.</summary>
    public static JsonElement? Member(this JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>A text that is a member of an object; null when it has none of this name, or is no object.</summary>
    public static string? Text(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.Member(name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>A value as a part of another; null stands for JSON's null.</summary>
    public static JsonNode? ToNode(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => JsonObject.Create(element),
        JsonValueKind.Array => JsonArray.Create(element),
        _ => JsonValue.Create(element),
    };

    /// <summary>What was put together, as a value.</summary>
    public static JsonElement ToElement(this JsonNode? node) => JsonSerializer.SerializeToElement(node);
}
