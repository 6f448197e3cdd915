using System.Text.Json;

namespace Soracom.Sandbox.Auth;

/// <summary>What permission documents and trust policies have in common: an object with statements.</summary>
internal static class StatementReader
{
    /// <exception cref="JsonException">The text is no such document.</exception>
    public static IReadOnlyList<T> Read<T>(string document, Func<JsonElement, T> read)
    {
        using var json = JsonDocument.Parse(document);
        try
        {
            return [.. json.RootElement.GetProperty("statements").EnumerateArray().Select(read)];
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new JsonException("It is not a document of statements.", e);
        }
    }

    /// <summary>A string, or an array of strings.</summary>
    public static string[] Texts(JsonElement json) => json.ValueKind == JsonValueKind.Array ? [.. json.EnumerateArray().Select(Text)] : [Text(json)];

    /// <summary>The condition of a statement, or null when it has none.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="notUnderstood">What takes the place of a condition of an unknown form.</param>
    public static Func<CallFacts, bool>? Condition(JsonElement statement, bool notUnderstood) =>
        ConditionText(statement) is { Length: > 0 } text ? Auth.Condition.Parse(text) ?? (_ => notUnderstood) : null;

    /// <summary>Whether no condition of a document is longer than <see cref="Auth.Condition.Longest"/>.</summary>
    /// <exception cref="JsonException">The text is no document of statements.</exception>
    public static bool ConditionsAreShort(string document) => Read(document, ConditionText).All(text => text is not { Length: > Auth.Condition.Longest });

    private static string? ConditionText(JsonElement statement) =>
        statement.TryGetProperty("condition", out var condition) && condition.ValueKind != JsonValueKind.Null ? Text(condition) : null;

    private static string Text(JsonElement json) => json.GetString() ?? throw new JsonException("Null is not allowed here.");
}
