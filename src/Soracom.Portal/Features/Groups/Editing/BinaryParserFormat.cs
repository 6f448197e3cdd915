using System.Globalization;
using System.Text.Json.Nodes;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What can be wrong with a format of the binary parser, or with a sample that it is tried on.</summary>
public enum BinaryFault
{
    /// <summary>There is no value in it.</summary>
    Empty,

    /// <summary>No name, type and length between colons.</summary>
    TooShort,

    /// <summary>Characters in a name that it may not have.</summary>
    Name,

    /// <summary>Two values of one name.</summary>
    SameName,

    /// <summary>No number of a byte.</summary>
    Index,

    /// <summary>A type that there is not.</summary>
    Type,

    /// <summary>A length, or a bit, that the type can't have.</summary>
    Length,

    /// <summary>Something after the length that means nothing.</summary>
    Option,

    /// <summary>A division by nothing.</summary>
    Zero,

    /// <summary>More beside the name of a format that the vendor knows.</summary>
    BesideName,

    /// <summary>The sample ends before the value.</summary>
    SampleTooShort,

    /// <summary>Bytes that are no characters of ASCII.</summary>
    NotAscii,

    /// <summary>No number that JSON could say.</summary>
    NotFinite,

    /// <summary>How the service reads this is not documented: rather nothing than a guess.</summary>
    Undocumented,
}

/// <summary>Something wrong with a format.</summary>
/// <param name="Fault">What.</param>
/// <param name="Field">Which value of it.</param>
internal sealed record BinaryProblem(BinaryFault Fault, string Field);

/// <summary>One value out of a sample.</summary>
/// <param name="Field">The value's definition.</param>
/// <param name="At">The byte that it begins in.</param>
/// <param name="Value">The value; null where there is none.</param>
/// <param name="Fault">Why there is none.</param>
internal sealed record BinaryReading(BinaryField Field, int At, JsonNode? Value, BinaryFault? Fault);

/// <summary>
/// A format of the vendor's binary parser: values with spaces between them, each name:byte:type:length, then byte order, first bit and
/// arithmetic where they are needed; or the name of a format that the vendor knows, which begins with @.
/// </summary>
internal sealed class BinaryParserFormat
{
    private const string BigEndian = "big-endian";
    private const string LittleEndian = "little-endian";

    private BinaryParserFormat(IReadOnlyList<BinaryField> fields, string? known) => (Fields, Known) = (fields, known);

    /// <summary>The values, in their order; none for one that the vendor knows.</summary>
    public IReadOnlyList<BinaryField> Fields { get; }

    /// <summary>The name of a format that the vendor knows; null for one that is written out.</summary>
    public string? Known { get; }

    /// <summary>Reads a format, or tells all that is wrong with it.</summary>
    public static (BinaryParserFormat? Format, IReadOnlyList<BinaryProblem> Problems) Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts is [] || Array.Find(parts, part => part.StartsWith('@')) is not { } known)
        {
            return Written(parts);
        }

        return parts.Length > 1 ? (null, [new BinaryProblem(BinaryFault.BesideName, known)])
            : known.Length > 1 && known.AsSpan(1).IndexOfAnyExcept(KnownNames) < 0 ? (new BinaryParserFormat([], known), [])
            : (null, [new BinaryProblem(BinaryFault.Name, known)]);
    }

    /// <summary>What the parser would make of a payload.</summary>
    public IReadOnlyList<BinaryReading> Read(ReadOnlySpan<byte> payload)
    {
        var readings = new List<BinaryReading>();
        var next = 0;
        foreach (var field in Fields)
        {
            var at = field.Index ?? next;
            if (at > payload.Length - field.Bytes)
            {
                readings.Add(new BinaryReading(field, at, null, BinaryFault.SampleTooShort));
            }
            else
            {
                var (value, fault) = field.Read(payload.Slice(at, field.Bytes));
                readings.Add(new BinaryReading(field, at, value, fault));
            }

            next = at + field.Bytes;
        }

        return readings;
    }

    private static System.Buffers.SearchValues<char> KnownNames { get; } = System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");

    private static (BinaryParserFormat? Format, IReadOnlyList<BinaryProblem> Problems) Written(string[] parts)
    {
        var (fields, problems) = (new List<BinaryField>(), new List<BinaryProblem>());
        foreach (var part in parts)
        {
            var (field, fault) = Field(part);
            if (field is null)
            {
                problems.Add(new BinaryProblem(fault, part));
            }
            else if (fields.Exists(other => other.Name == field.Name))
            {
                problems.Add(new BinaryProblem(BinaryFault.SameName, field.Name));
            }
            else
            {
                fields.Add(field);
            }
        }

        return problems.Count > 0 ? (null, problems) : fields.Count == 0 ? (null, [new BinaryProblem(BinaryFault.Empty, string.Empty)]) : (new BinaryParserFormat(fields, null), []);
    }

    private static (BinaryField? Field, BinaryFault Fault) Field(string text)
    {
        var parts = text.Split(':');
        if (parts[0].Length == 0 || !parts[0].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '#' or '-' or '_' or '$'))
        {
            return (null, BinaryFault.Name);
        }

        if (parts.Length < 3)
        {
            return (null, BinaryFault.TooShort);
        }

        // The byte may be left out, with its colon or without.
        var withoutByte = TypeOf(parts[1]) is not null;
        var index = withoutByte || parts[1].Length == 0 ? (int?)null : Number(parts[1], 0, 65535);
        if (!withoutByte && parts[1].Length > 0 && index is null)
        {
            return (null, BinaryFault.Index);
        }

        var rest = parts.AsSpan(withoutByte ? 1 : 2);
        return TypeOf(rest[0]) is not { } type ? (null, BinaryFault.Type)
            : rest.Length < 2 ? (null, BinaryFault.TooShort)
            : Typed(new BinaryField(text, parts[0], index, type, 1), rest[1], rest[2..]);
    }

    private static (BinaryField? Field, BinaryFault Fault) Typed(BinaryField field, string length, ReadOnlySpan<string> options)
    {
        if (field.Type == BinaryType.Bool)
        {
            return Number(length, 0, 7) is not { } bit ? (null, BinaryFault.Length) : options.IsEmpty ? (field with { Bit = bit }, default) : (null, BinaryFault.Option);
        }

        var number = field.Type switch
        {
            BinaryType.Char => Number(length, 1, 65535),
            BinaryType.Float => length is "32" or "64" ? Number(length, 32, 64) : null,
            _ => Number(length, 1, 64),
        };
        if (number is not { } size)
        {
            return (null, BinaryFault.Length);
        }

        field = field with { Length = size };
        return field.Type == BinaryType.Char ? (options.IsEmpty ? (field, default) : (null, BinaryFault.Option)) : WithOptions(field, options);
    }

    /// <summary>Byte order, first bit, arithmetic: in this order, each where it is needed.</summary>
    private static (BinaryField? Field, BinaryFault Fault) WithOptions(BinaryField field, ReadOnlySpan<string> options)
    {
        if (options is [BigEndian or LittleEndian, ..])
        {
            field = field with { LittleEndian = options[0] == LittleEndian };
            options = options[1..];
        }

        if (options is [var first, ..] && Number(first, 0, 7) is { } bit)
        {
            field = field with { Bit = bit };
            options = options[1..];
        }

        var operations = new List<BinaryOperation>();
        foreach (var option in options)
        {
            if (option.Length < 2 || option[0] is not ('+' or '-' or '*' or '/')
                || !decimal.TryParse(option.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var operand))
            {
                return (null, BinaryFault.Option);
            }

            if (option[0] == '/' && operand == 0)
            {
                return (null, BinaryFault.Zero);
            }

            operations.Add(new BinaryOperation(option[0], operand));
        }

        return (field with { Operations = operations }, default);
    }

    private static BinaryType? TypeOf(string text) => text switch
    {
        "bool" => BinaryType.Bool,
        "int" => BinaryType.Int,
        "uint" => BinaryType.Uint,
        "float" => BinaryType.Float,
        "char" => BinaryType.Char,
        _ => null,
    };

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null;
}
