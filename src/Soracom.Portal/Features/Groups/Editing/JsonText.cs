using System.Text;
using System.Text.Json;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What can be wrong with JSON that somebody types.</summary>
public enum JsonFault
{
    /// <summary>There is nothing.</summary>
    Empty,

    /// <summary>Something opened is not closed.</summary>
    EndsEarly,

    /// <summary>A comma with nothing after it.</summary>
    TrailingComma,

    /// <summary>Two members, or two elements, with nothing between them.</summary>
    MissingComma,

    /// <summary>A line ends within a text.</summary>
    LineBreak,

    /// <summary>A character that has no place there.</summary>
    Unexpected,

    /// <summary>Two members of one name: only one would survive.</summary>
    Duplicate,

    /// <summary>An escape that stands for no character.</summary>
    BadEscape,

    /// <summary>Deeper than anything that is read.</summary>
    TooDeep,

    /// <summary>JSON, but no object where an object of keys belongs.</summary>
    NotObject,

    /// <summary>A mask where no secret was.</summary>
    UnknownMask,
}

/// <summary>Something wrong in a text of JSON.</summary>
/// <param name="Fault">What.</param>
/// <param name="Line">In which line, from 1.</param>
/// <param name="Column">At which character of it, from 1.</param>
/// <param name="Found">What is there: the character, or the name.</param>
public sealed record JsonProblem(JsonFault Fault, int Line, int Column, string Found);

/// <summary>Checks JSON while it is typed, and says where it is wrong.</summary>
internal static class JsonText
{
    private const int Deepest = 60;

    /// <summary>What is wrong first; null when it is JSON in which no object names a member twice.</summary>
    public static JsonProblem? Check(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new JsonProblem(JsonFault.Empty, 1, 1, string.Empty);
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes);
        var names = new Stack<HashSet<string>>();
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth > Deepest)
                {
                    return At(JsonFault.TooDeep, bytes, reader.TokenStartIndex, string.Empty);
                }

                if (Wrong(ref reader, names) is var (fault, found))
                {
                    return At(fault, bytes, reader.TokenStartIndex, found);
                }
            }
        }
        catch (JsonException error)
        {
            return Syntax(bytes, OffsetOf(bytes, error));
        }

        return null;
    }

    /// <summary>A value out of a text; a problem when it is none.</summary>
    public static (JsonElement? Value, JsonProblem? Problem) Read(string text)
    {
        if (Check(text) is { } problem)
        {
            return (null, problem);
        }

        using var document = JsonDocument.Parse(text);
        return (document.RootElement.Clone(), null);
    }

    private static (JsonFault Fault, string Found)? Wrong(ref Utf8JsonReader reader, Stack<HashSet<string>> names)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                names.Push(new HashSet<string>(StringComparer.Ordinal));
                return null;
            case JsonTokenType.EndObject:
                names.Pop();
                return null;
            case JsonTokenType.PropertyName or JsonTokenType.String:
                if (Text(ref reader) is not { } text)
                {
                    return (JsonFault.BadEscape, string.Empty);
                }

                return reader.TokenType == JsonTokenType.PropertyName && !names.Peek().Add(text) ? (JsonFault.Duplicate, text) : null;
            default:
                return null;
        }
    }

    /// <summary>Null where an escape is half a character.</summary>
    private static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static int OffsetOf(byte[] bytes, JsonException error)
    {
        var offset = 0;
        for (var line = error.LineNumber ?? 0; line > 0; line--)
        {
            offset = Array.IndexOf(bytes, (byte)'\n', offset) + 1;
        }

        return (int)Math.Min(bytes.Length, offset + (error.BytePositionInLine ?? 0));
    }

    private static JsonProblem Syntax(byte[] bytes, int offset)
    {
        if (bytes.AsSpan(offset).Trim(" \t\r\n"u8).IsEmpty)
        {
            return At(JsonFault.EndsEarly, bytes, offset, string.Empty);
        }

        if (bytes[offset] < (byte)' ')
        {
            return At(JsonFault.LineBreak, bytes, offset, string.Empty);
        }

        var before = bytes.AsSpan(0, offset).TrimEnd(" \t\r\n"u8);
        return bytes[offset] is (byte)'}' or (byte)']' && before is [.., (byte)',']
            ? At(JsonFault.TrailingComma, bytes, before.Length - 1, string.Empty)
            : bytes[offset] is (byte)'"' or (byte)'{' or (byte)'[' && before is [.., (byte)'"' or (byte)'}' or (byte)']' or (>= (byte)'0' and <= (byte)'9') or (byte)'e' or (byte)'l']
            ? At(JsonFault.MissingComma, bytes, before.Length, string.Empty)
            : At(JsonFault.Unexpected, bytes, offset, Rune.DecodeFromUtf8(bytes.AsSpan(offset), out var rune, out _) == System.Buffers.OperationStatus.Done ? rune.ToString() : string.Empty);
    }

    private static JsonProblem At(JsonFault fault, byte[] bytes, long offset, string found)
    {
        var before = bytes.AsSpan(0, (int)offset);
        var line = before.LastIndexOf((byte)'\n') + 1;
        return new JsonProblem(fault, before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[line..]) + 1, found);
    }
}
