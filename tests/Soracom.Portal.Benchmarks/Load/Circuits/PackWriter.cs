using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Soracom.Portal.Benchmarks.Load.Circuits;

/// <summary>Writes what a circuit's messages are made of as MessagePack, each in the shape that any reader takes.</summary>
internal sealed class PackWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new();

    /// <summary>What was written.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    /// <summary>Begins an array of at most 15 values, which follow.</summary>
    public PackWriter Array(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 15);
        return Byte((byte)(0x90 | length));
    }

    /// <summary>Writes a map without entries.</summary>
    public PackWriter NoEntries() => Byte(0x80);

    /// <summary>Writes a value; null, a string, an integer or a boolean.</summary>
    /// <exception cref="ArgumentException">It is something else.</exception>
    public PackWriter Value(object? value) => value switch
    {
        null => Byte(0xc0),
        bool yes => Byte((byte)(yes ? 0xc3 : 0xc2)),
        int number => Number(number),
        long number => Number(number),
        string text => Text(text),
        _ => throw new ArgumentException($"No message carries a {value.GetType().Name}.", nameof(value)),
    };

    private PackWriter Number(long number)
    {
        Byte(0xd3);
        BinaryPrimitives.WriteInt64BigEndian(buffer.GetSpan(sizeof(long)), number);
        buffer.Advance(sizeof(long));
        return this;
    }

    private PackWriter Text(string text)
    {
        Byte(0xdb);
        BinaryPrimitives.WriteInt32BigEndian(buffer.GetSpan(sizeof(int)), Encoding.UTF8.GetByteCount(text));
        buffer.Advance(sizeof(int));
        Encoding.UTF8.GetBytes(text, buffer);
        return this;
    }

    private PackWriter Byte(byte value)
    {
        buffer.GetSpan(1)[0] = value;
        buffer.Advance(1);
        return this;
    }
}
