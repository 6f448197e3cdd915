using System.Buffers;
using System.Buffers.Binary;

namespace Soracom.Sandbox.SoraCam.Media.Avc;

/// <summary>Puts a slice into the form that MP4 holds: a length in four bytes, and no bytes that look like a start code.</summary>
internal static class NetworkUnit
{
    private const int LengthBytes = 4;

    public static int Write(ReadOnlySpan<byte> unit, IBufferWriter<byte> output)
    {
        // Two zeros, then 0 to 3, would be taken for a start code: a 3 goes between. At worst every third byte gets one.
        var target = output.GetSpan(LengthBytes + (unit.Length * 3 / 2) + 1);
        var length = LengthBytes;
        var zeros = 0;
        foreach (var value in unit)
        {
            if (zeros == 2 && value <= 3)
            {
                target[length++] = 3;
                zeros = 0;
            }

            target[length++] = value;
            zeros = value == 0 ? zeros + 1 : 0;
        }

        BinaryPrimitives.WriteInt32BigEndian(target, length - LengthBytes);
        output.Advance(length);
        return length;
    }
}
