using System.Numerics;

namespace Soracom.Sandbox.SoraCam.Media;

/// <summary>Bits into bytes, the most significant first, with the exponential-Golomb numbers of H.264.</summary>
internal sealed class BitWriter
{
    private byte[] bytes = new byte[4096];
    private int length;
    private ulong pending;
    private int pendingBits;

    /// <summary>The whole bytes so far; <see cref="Align"/> first.</summary>
    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    public void Clear() => (length, pending, pendingBits) = (0, 0, 0);

    /// <param name="value">Its low <paramref name="count"/> bits are written; the others must be 0.</param>
    /// <param name="count">0 to 32.</param>
    public void Put(uint value, int count)
    {
        pending = (pending << count) | value;
        pendingBits += count;
        while (pendingBits >= 8)
        {
            pendingBits -= 8;
            Append((byte)(pending >> pendingBits));
        }
    }

    public void PutFlag(bool value) => Put(value ? 1u : 0u, 1);

    /// <summary>ue(v): small numbers take few bits.</summary>
    public void PutUnsigned(uint value)
    {
        var bits = BitOperations.Log2(value + 1);
        Put(0, bits);
        Put(value + 1, bits + 1);
    }

    /// <summary>se(v).</summary>
    public void PutSigned(int value) => PutUnsigned(value > 0 ? ((uint)value * 2) - 1 : (uint)(-value) * 2);

    /// <summary>Fills the last byte: with a 1 and zeros as H.264 ends its units, or with ones as JPEG does.</summary>
    public void Align(bool stopBit)
    {
        if (stopBit)
        {
            Put(1, 1);
        }

        var missing = (8 - pendingBits) & 7;
        Put(stopBit ? 0 : (1u << missing) - 1, missing);
    }

    private void Append(byte value)
    {
        if (length == bytes.Length)
        {
            Array.Resize(ref bytes, length * 2);
        }

        bytes[length++] = value;
    }
}
