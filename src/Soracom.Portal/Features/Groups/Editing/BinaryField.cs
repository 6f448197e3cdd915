using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Soracom.Portal.Features.Groups.Editing;

/// <summary>What the binary parser makes of some bits.</summary>
internal enum BinaryType
{
    /// <summary>One bit.</summary>
    Bool,

    /// <summary>A whole number, in two's complement.</summary>
    Int,

    /// <summary>A whole number from 0.</summary>
    Uint,

    /// <summary>A number of IEEE 754.</summary>
    Float,

    /// <summary>Characters of ASCII.</summary>
    Char,
}

/// <summary>A step of arithmetic after reading.</summary>
/// <param name="Sign">One of + - * /.</param>
/// <param name="Operand">The second number.</param>
internal readonly record struct BinaryOperation(char Sign, decimal Operand)
{
    /// <summary>The result.</summary>
    public decimal Of(decimal number) => Sign switch
    {
        '+' => number + Operand,
        '-' => number - Operand,
        '*' => number * Operand,
        _ => number / Operand,
    };

    /// <summary>The result.</summary>
    public double Of(double number) => Sign switch
    {
        '+' => number + (double)Operand,
        '-' => number - (double)Operand,
        '*' => number * (double)Operand,
        _ => number / (double)Operand,
    };
}

/// <summary>One value of a format.</summary>
/// <param name="Text">As it stands in the format.</param>
/// <param name="Name">Its name in the JSON.</param>
/// <param name="Index">The byte that it begins in; null for the one after the last that was read.</param>
/// <param name="Type">What it is.</param>
/// <param name="Length">Its length: in bits, in characters for <see cref="BinaryType.Char"/>.</param>
internal sealed record BinaryField(string Text, string Name, int? Index, BinaryType Type, int Length)
{
    /// <summary>The bit of its first byte that it begins at; 7 is the first that comes.</summary>
    public int Bit { get; init; } = 7;

    /// <summary>Whether its bytes come lowest first.</summary>
    public bool LittleEndian { get; init; }

    /// <summary>What is done with the number, in this order.</summary>
    public IReadOnlyList<BinaryOperation> Operations { get; init; } = [];

    /// <summary>How many bytes it reaches into.</summary>
    public int Bytes => Type == BinaryType.Char ? Length : ((7 - Bit) + Length + 7) / 8;

    /// <summary>Its value, or why it has none.</summary>
    /// <param name="bytes">Its bytes, so many as <see cref="Bytes"/>.</param>
    public (JsonNode? Value, BinaryFault? Fault) Read(ReadOnlySpan<byte> bytes) => Type switch
    {
        BinaryType.Bool => (JsonValue.Create((bytes[0] >> Bit & 1) == 1), null),
        BinaryType.Char => Ascii.IsValid(bytes) ? (JsonValue.Create(Encoding.ASCII.GetString(bytes)), null) : (null, BinaryFault.NotAscii),
        // How the service reads little-endian numbers that are no whole bytes is not documented.
        _ when LittleEndian && (Bit != 7 || Length % 8 != 0) => (null, BinaryFault.Undocumented),
        BinaryType.Float when Bit != 7 => (null, BinaryFault.Undocumented),
        BinaryType.Float => Floating(bytes),
        _ => (Whole(bytes), null),
    };

    private (JsonNode? Value, BinaryFault? Fault) Floating(ReadOnlySpan<byte> bytes)
    {
        double number = (Length, LittleEndian) switch
        {
            (32, false) => BinaryPrimitives.ReadSingleBigEndian(bytes),
            (32, true) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
            (_, false) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
            _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        };
        number = Operations.Aggregate(number, (result, operation) => operation.Of(result));
        return double.IsFinite(number) ? (JsonValue.Create(number), null) : (null, BinaryFault.NotFinite);
    }

    private JsonNode Whole(ReadOnlySpan<byte> bytes)
    {
        UInt128 bits = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            bits = (bits << 8) | bytes[LittleEndian ? bytes.Length - 1 - i : i];
        }

        bits >>= (bytes.Length * 8) - (7 - Bit) - Length;
        bits &= (UInt128.One << Length) - 1;
        var number = (decimal)bits;
        if (Type == BinaryType.Int && (bits >> (Length - 1)) == 1)
        {
            number -= (decimal)(UInt128.One << Length);
        }

        return Operations.Count == 0 ? JsonValue.Create(number) : Calculated(number);
    }

    /// <summary>Exactly where that is possible.</summary>
    private JsonNode Calculated(decimal number)
    {
        try
        {
            return JsonNode.Parse(Operations.Aggregate(number, (result, operation) => operation.Of(result)).ToString("0.############################", CultureInfo.InvariantCulture))!;
        }
        catch (OverflowException)
        {
            return JsonValue.Create(Operations.Aggregate((double)number, (result, operation) => operation.Of(result)));
        }
    }
}
