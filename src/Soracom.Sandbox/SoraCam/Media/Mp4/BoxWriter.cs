using System.Buffers.Binary;
using System.Text;

namespace Soracom.Sandbox.SoraCam.Media.Mp4;

/// <summary>The boxes of ISO/IEC 14496-12: a length, four letters, content, nested. Numbers are big-endian.</summary>
internal sealed class BoxWriter
{
    private byte[] bytes = new byte[1024];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>Starts a box, whose length is filled in when the answer is disposed.</summary>
    public Scope Open(string type)
    {
        var start = Length;
        Put32(0);
        PutText(type);
        return new(this, start);
    }

    /// <summary>Starts a box that has a version and flags.</summary>
    public Scope Open(string type, byte version, int flags = 0)
    {
        var scope = Open(type);
        Put32(((uint)version << 24) | (uint)flags);
        return scope;
    }

    public void Put8(byte value) => Extend(1)[0] = value;

    public void Put16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Extend(2), (ushort)value);

    public void Put32(long value) => BinaryPrimitives.WriteUInt32BigEndian(Extend(4), (uint)value);

    public void Put64(long value) => BinaryPrimitives.WriteInt64BigEndian(Extend(8), value);

    public void PutText(string ascii) => Encoding.ASCII.GetBytes(ascii, Extend(ascii.Length));

    public void Put(ReadOnlySpan<byte> content) => content.CopyTo(Extend(content.Length));

    public void PutZeros(int count) => Extend(count).Clear();

    private Span<byte> Extend(int count)
    {
        if (bytes.Length - Length < count)
        {
            Array.Resize(ref bytes, Math.Max(bytes.Length * 2, Length + count));
        }

        Length += count;
        return bytes.AsSpan(Length - count, count);
    }

    public readonly ref struct Scope(BoxWriter writer, int start)
    {
        public void Dispose() =>
            BinaryPrimitives.WriteInt32BigEndian(writer.bytes.AsSpan(start), writer.Length - start);
    }
}
