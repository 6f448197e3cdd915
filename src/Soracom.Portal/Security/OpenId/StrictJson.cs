using System.Text.Json;
using System.Text.Unicode;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// JSON objects that came from outside, read without leniency: valid UTF-8, no member twice, no comments, no deep nesting, and a
/// member of another type than the expected one is an error. An absent member and null are the same.
/// Every violation is an <see cref="OpenIdSignInException"/> with <see cref="SignInFailure.Protocol"/> that quotes nothing.
/// </summary>
internal static class StrictJson
{
    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = 16,
    };

    /// <param name="utf8">The text.</param>
    /// <param name="what">What is being read, as the subject of a sentence: "The ID token's header".</param>
    public static JsonDocument ParseObject(ReadOnlyMemory<byte> utf8, string what)
    {
        if (!Utf8.IsValid(utf8.Span))
        {
            throw Malformed($"{what} is not UTF-8.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
        }
        catch (JsonException)
        {
            // The exception is not passed on: its message quotes the text.
            throw Malformed($"{what} is not strict JSON.");
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw Malformed($"{what} is not a JSON object.");
    }

    extension(JsonElement json)
    {
        public JsonElement? Member(string name) =>
            json.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

        public string? Text(string name) => json.Member(name) is { } member ? AsText(member, name) : null;

        public string RequiredText(string name) =>
            json.Text(name) is { Length: > 0 } text ? text : throw Malformed($"'{name}' is missing or empty.");

        /// <summary>The strings of an array; null when the member is absent.</summary>
        public IReadOnlyList<string>? Texts(string name) => json.Member(name) is { } member
            ? [.. AsArray(member, name).Select(element => AsText(element, name))]
            : null;

        public IEnumerable<JsonElement> RequiredArray(string name) =>
            json.Member(name) is { } member ? AsArray(member, name) : throw Malformed($"'{name}' is missing.");

        /// <summary>A moment as whole seconds since 1970 (RFC 7519 NumericDate); null when the member is absent.</summary>
        public DateTimeOffset? Instant(string name)
        {
            if (json.Member(name) is not { } member)
            {
                return null;
            }

            if (member.ValueKind != JsonValueKind.Number
                || !member.TryGetInt64(out var seconds)
                || seconds < 0
                || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            {
                throw Malformed($"'{name}' is not a moment in whole seconds.");
            }

            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        }

        /// <summary>True or false; false when the member is absent.</summary>
        public bool Flag(string name) => json.Member(name)?.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False or null => false,
            _ => throw Malformed($"'{name}' is neither true nor false."),
        };
    }

    public static string AsText(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw Malformed($"'{name}' is not text.");
        }

        try
        {
            return element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Malformed($"'{name}' holds half of a surrogate pair.");
        }
    }

    private static JsonElement.ArrayEnumerator AsArray(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Array ? element.EnumerateArray() : throw Malformed($"'{name}' is not a list.");

    private static OpenIdSignInException Malformed(string message) => new(SignInFailure.Protocol, message);
}
