using System.Buffers.Binary;
using System.Text;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>Reads the MessagePack that a circuit's messages are made of, value by value.</summary>
/// <param name="source">The values.</param>
internal ref struct PackReader(ReadOnlySpan<byte> source)
{
    private ReadOnlySpan<byte> rest = source;

    /// <summary>Reads how many values an array has; they follow.</summary>
    public int Array()
    {
        var tag = Byte();
        return tag switch
        {
            >= 0x90 and <= 0x9f => tag & 0x0f,
            0xdc => (int)Big(2),
            0xdd => (int)Big(4),
            _ => throw Unexpected(tag, "an array"),
        };
    }

    /// <summary>Reads an integer.</summary>
    public long Number()
    {
        var tag = Byte();
        return tag switch
        {
            <= 0x7f => tag,
            >= 0xe0 => (sbyte)tag,
            0xcc => (long)Big(1),
            0xcd => (long)Big(2),
            0xce => (long)Big(4),
            0xcf => (long)Big(8),
            0xd0 => (sbyte)Big(1),
            0xd1 => (short)Big(2),
            0xd2 => (int)Big(4),
            0xd3 => (long)Big(8),
            _ => throw Unexpected(tag, "an integer"),
        };
    }

    /// <summary>Reads a boolean.</summary>
    public bool Boolean()
    {
        var tag = Byte();
        return tag switch
        {
            0xc2 => false,
            0xc3 => true,
            _ => throw Unexpected(tag, "a boolean"),
        };
    }

    /// <summary>Reads a string, or null.</summary>
    public string? Text()
    {
        var tag = Byte();
        return tag switch
        {
            0xc0 => null,
            >= 0xa0 and <= 0xbf => Encoding.UTF8.GetString(Take(tag & 0x1f)),
            0xd9 => Encoding.UTF8.GetString(Take((int)Big(1))),
            0xda => Encoding.UTF8.GetString(Take((int)Big(2))),
            0xdb => Encoding.UTF8.GetString(Take((int)Big(4))),
            _ => throw Unexpected(tag, "a string"),
        };
    }

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var tag = Byte();
        return tag switch
        {
            0xc4 => Take((int)Big(1)),
            0xc5 => Take((int)Big(2)),
            0xc6 => Take((int)Big(4)),
            _ => throw Unexpected(tag, "bytes"),
        };
    }

    /// <summary>Passes over a map without entries, as which all messages have their headers.</summary>
    public void NoEntries()
    {
        var tag = Byte();
        if (tag != 0x80)
        {
            throw Unexpected(tag, "no headers");
        }
    }

    private static InvalidDataException Unexpected(byte tag, string expected) => new($"A message has 0x{tag:x2} where {expected} was expected.");

    private byte Byte() => Take(1)[0];

    private ulong Big(int size)
    {
        var bytes = Take(size);
        return size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt64BigEndian(bytes),
        };
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > rest.Length)
        {
            throw new InvalidDataException("A message ends too early.");
        }

        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }
}
