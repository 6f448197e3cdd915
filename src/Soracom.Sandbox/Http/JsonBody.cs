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
    /// <summary>The bytes as they were sent, for bodies that are not JSON.</summary>
    public ReadOnlyMemory<byte> Bytes => bytes;

    public JsonFields Object() => new(Root(JsonValueKind.Object));

    /// <summary>The same where the body may be left out; clients send nothing at all, or an empty object.</summary>
    public JsonFields OptionalObject() => bytes.IsEmpty ? new(JsonElement.Parse("{}"u8)) : Object();

    /// <summary>A bare array of strings.</summary>
    public IReadOnlyList<string> TextArray() =>
        [.. Root(JsonValueKind.Array).EnumerateArray().Select(item => Checked(item, JsonValueKind.String).GetString()!)];

    public IEnumerable<JsonFields> ObjectArray() =>
        [.. Root(JsonValueKind.Array).EnumerateArray().Select(item => new JsonFields(Checked(item, JsonValueKind.Object)))];

    private static JsonElement Checked(JsonElement element, JsonValueKind kind) =>
        element.ValueKind == kind ? element : throw new VendorException(VendorErrors.WrongBody, kind switch
        {
            JsonValueKind.Array => "array",
            JsonValueKind.String => "string",
            _ => "object",
        });

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

    public decimal? Number(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } value when value.TryGetDecimal(out var number) => number,
        _ => throw new VendorException(VendorErrors.NotANumber, name),
    };

    /// <summary>An object within this one.</summary>
    public JsonFields? Object(string name) => Member(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Object } value => new JsonFields(value),
        _ => throw new VendorException(VendorErrors.NotAnObject, name),
    };

    /// <summary>An array of objects; empty when it is not given.</summary>
    public IReadOnlyList<JsonFields> Objects(string name) => [.. Items(name).Select(item => item.ValueKind == JsonValueKind.Object
        ? new JsonFields(item)
        : throw new VendorException(VendorErrors.NotAnObject, name))];

    /// <summary>An array of strings, or null when it is not given.</summary>
    public IReadOnlyList<string>? Texts(string name) => Member(name) is null
        ? null
        : [.. Items(name).Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : throw new VendorException(VendorErrors.NotAString, name))];

    /// <summary>One of an enumeration's values, spelt as the definition does; null when it is not given.</summary>
    public string? Choice(string name, params ReadOnlySpan<string> choices) =>
        Text(name) is not { } text ? null
        : choices.Contains(text) ? text
        : throw new VendorException(VendorErrors.NotAChoice, name, string.Join(", ", choices));

    /// <summary>A member of any type, to be kept as it came; null when it is not there at all.</summary>
    public JsonElement? Value(string name) => element.TryGetProperty(name, out var value) ? value : null;

    /// <summary>All members, for objects whose names are data.</summary>
    public IEnumerable<JsonProperty> Members => element.EnumerateObject();

    /// <summary>All members of an object that maps names to strings; of a repeated name the last one counts, as everywhere in JSON.</summary>
    public Dictionary<string, string> TextMembers()
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in Members)
        {
            values[member.Name] = member.Value.ValueKind == JsonValueKind.String
                ? member.Value.GetString()!
                : throw new VendorException(VendorErrors.NotAString, member.Name);
        }

        return values;
    }

    private JsonElement[] Items(string name) => Member(name) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } value => [.. value.EnumerateArray()],
        _ => throw new VendorException(VendorErrors.NotAnArray, name),
    };

    private JsonElement? Member(string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
