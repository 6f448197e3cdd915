using System.Text.Json;
using System.Text.Unicode;
using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Http;

/// <summary>
/// A request body, parsed when an operation asks for it; the content type is not looked at, as clients of this API
/// send some JSON bodies without one. What is not what the operation expects is a vendor error.
/// </summary>
internal sealed class JsonBody(ReadOnlyMemory<byte> bytes)
{
    public JsonFields Object() => new(Root(JsonValueKind.Object));

    public IEnumerable<JsonFields> ObjectArray() =>
        [.. Root(JsonValueKind.Array).EnumerateArray().Select(item => new JsonFields(Checked(item, JsonValueKind.Object)))];

    private static JsonElement Checked(JsonElement element, JsonValueKind kind) =>
        element.ValueKind == kind ? element : throw new VendorException(VendorErrors.WrongBody, kind == JsonValueKind.Array ? "array" : "object");

    private JsonElement Root(JsonValueKind kind)
    {
        if (bytes.IsEmpty)
        {
            throw new VendorException(VendorErrors.BodyMissing);
        }

        try
        {
            return Checked(Parse(), kind);
        }
        catch (JsonException)
        {
            throw new VendorException(VendorErrors.BodyMalformed);
        }
    }

    private JsonElement Parse()
    {
        // The parser looks into strings only when they are read. Checking them here keeps a broken one
        // (bad UTF-8, half a surrogate pair) from surfacing in the middle of an operation.
        if (!Utf8.IsValid(bytes.Span))
        {
            throw new JsonException();
        }

        var reader = new Utf8JsonReader(bytes.Span);
        while (reader.Read())
        {
            if (reader.ValueIsEscaped && reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
            {
                EnsureWholeCharacters(ref reader);
            }
        }

        return JsonElement.Parse(bytes.Span);
    }

    private static void EnsureWholeCharacters(ref Utf8JsonReader reader)
    {
        try
        {
            reader.GetString();
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException(message: null, e);
        }
    }
}

/// <summary>The members of a JSON object, read by type. Members nobody asks for are ignored; null counts as not given.</summary>
internal readonly struct JsonFields(JsonElement element)
{
    public string? Text(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw new VendorException(VendorErrors.NotAString, name),
    };

    public string RequiredText(string name) => Text(name) ?? throw new VendorException(VendorErrors.Required, name);

    public long? Integer(string name, long minimum, long maximum)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Number || !member.TryGetInt64(out var value))
        {
            throw new VendorException(VendorErrors.NotAnInteger, name);
        }

        return value >= minimum && value <= maximum
            ? value
            : throw new VendorException(VendorErrors.OutOfRange, name, $"{minimum}", $"{maximum}");
    }

    public bool? Flag(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw new VendorException(VendorErrors.NotABoolean, name),
    };

    private JsonElement? Member(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
