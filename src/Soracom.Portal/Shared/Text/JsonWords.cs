using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace Soracom.Portal.Shared.Text;

/// <summary>JSON that others made, for people to read. It is text and nothing else: pages encode it like any other.</summary>
public static class JsonWords
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>The members that commonly hold what an object has to say.</summary>
    private static readonly string[] Messages = ["message", "errorMessage", "error", "reason"];

    /// <summary>What an object has to say, in a line: its message where it has one.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The line; a dash when there is nothing.</returns>
    public static string Brief(JsonElement? json) => json switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "–",
        { ValueKind: JsonValueKind.Object } body when Message(body) is { } message => Names.Shortened(message),
        { ValueKind: JsonValueKind.String } text => Names.Shortened(text.GetString()!),
        { } other => Names.Shortened(other.GetRawText()),
    };

    /// <summary>Whether there is more to an object than <see cref="Brief"/> says.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>True when there is.</returns>
    public static bool IsMoreThanAMessage(JsonElement? json) =>
        json is { ValueKind: JsonValueKind.Object } body ? Message(body) is null || body.EnumerateObject().Skip(1).Any() : json is { ValueKind: JsonValueKind.Array };

    /// <summary>JSON with a line for each member.</summary>
    /// <param name="json">The JSON.</param>
    /// <returns>The lines.</returns>
    public static string Pretty(JsonElement? json) => json is { } value ? JsonSerializer.Serialize(value, Indented) : string.Empty;

    private static string? Message(JsonElement body) =>
        Messages.Select(name => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null).FirstOrDefault(text => !string.IsNullOrEmpty(text));
}
