using System.Text.Json;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Http;

/// <summary>Writing what several objects of the API share.</summary>
internal static class JsonWriting
{
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }

    public static void WriteNumberIfAny(this Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    /// <summary>An IPv4 address in dotted form.</summary>
    public static void WriteAddress(this Utf8JsonWriter json, string name, uint address)
    {
        Span<char> text = stackalloc char[15];
        text.TryWrite($"{address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255}", out var length);
        json.WriteString(name, text[..length]);
    }

    /// <summary>Tags always hold a name, an empty one when the thing is unnamed.</summary>
    public static void WriteTags(this Utf8JsonWriter json, Tags tags)
    {
        json.WriteStartObject("tags");
        json.WriteString(Tags.NameTag, tags.Name);
        foreach (var (name, value) in tags.Pairs)
        {
            if (name != Tags.NameTag)
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
    }
}
