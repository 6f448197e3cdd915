using System.Buffers;
using System.Runtime.InteropServices;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam.Media.Avc;

/// <summary>
/// A constrained-baseline H.264 encoder for pictures made of cells. A macroblock is 4 × 4 cells, and a cell is what one DC
/// coefficient of an Intra_16x16 macroblock can say; so there are macroblocks with DC coefficients and no others, and those
/// that did not change since the picture before are skipped. Not for several threads at once.
/// </summary>
/// <remarks>
/// Quantiser 28 (22 for chroma) has the scale 64, which the inverse transform divides out again: a level is a difference in
/// luma or chroma. What is lost is the rounding of the Hadamard transform, at most a few steps where a macroblock has
/// several colours; flat ones are exact. The encoder keeps what the decoder will have and predicts from that.
/// </remarks>
internal sealed class AvcEncoder
{
    public const int MacroblocksAcross = Picture.Width / 4;
    public const int MacroblocksDown = Picture.Height / 4;

    private const byte KeySlice = 0x65;
    private const byte PredictedSlice = 0x61;
    private const int IntraInPredictedSlice = 5;

    private readonly BitWriter bits = new();
    private readonly Picture previous = new();
    private readonly Macroblock macroblock;
    private int frameNumber;

    public AvcEncoder()
    {
        macroblock = new(bits);
    }

    /// <summary>What a decoder shows after the last picture.</summary>
    public Picture Decoded => macroblock.Decoded;

    /// <summary>Writes a picture that needs no other (IDR), the first of a group.</summary>
    /// <param name="picture">What is to be seen.</param>
    /// <param name="keyId">Differs from that of the key pictures before and after; below 65536.</param>
    /// <param name="output">Gets the slice with its length in four bytes before it.</param>
    /// <returns>Bytes written.</returns>
    public int WriteKey(Picture picture, int keyId, IBufferWriter<byte> output)
    {
        frameNumber = 0;
        Begin(KeySlice, keyId);
        for (var row = 0; row < MacroblocksDown; row++)
        {
            for (var column = 0; column < MacroblocksAcross; column++)
            {
                macroblock.Write(picture, column, row, firstType: 0);
            }
        }

        return End(picture, output);
    }

    /// <summary>Writes a picture as what changed since the one before.</summary>
    /// <returns>Bytes written.</returns>
    public int WriteNext(Picture picture, IBufferWriter<byte> output)
    {
        frameNumber = (frameNumber + 1) & ((1 << AvcHeaders.FrameNumberBits) - 1);
        Begin(PredictedSlice, keyId: 0);
        var skipped = 0u;
        for (var row = 0; row < MacroblocksDown; row++)
        {
            if (IsRowSame(picture, row))
            {
                skipped += MacroblocksAcross;
                continue;
            }

            for (var column = 0; column < MacroblocksAcross; column++)
            {
                if (IsSame(picture, column, row))
                {
                    skipped++;
                    continue;
                }

                bits.PutUnsigned(skipped);
                skipped = 0;
                macroblock.Write(picture, column, row, IntraInPredictedSlice);
            }
        }

        if (skipped > 0)
        {
            bits.PutUnsigned(skipped);
        }

        return End(picture, output);
    }

    private void Begin(byte header, int keyId)
    {
        bits.Clear();
        bits.Put(header, 8);
        AvcHeaders.WriteSlice(bits, header == KeySlice, frameNumber, keyId);
    }

    private int End(Picture picture, IBufferWriter<byte> output)
    {
        bits.Align(stopBit: true);
        previous.CopyFrom(picture);
        return NetworkUnit.Write(bits.Written, output);
    }

    private bool IsRowSame(Picture picture, int row)
    {
        const int LumaBytes = 4 * Picture.Width;
        const int ChromaBytes = 2 * Picture.ChromaWidth;
        return Same(picture.Luma, previous.Luma, row * LumaBytes, LumaBytes)
            && Same(picture.Cb, previous.Cb, row * ChromaBytes, ChromaBytes)
            && Same(picture.Cr, previous.Cr, row * ChromaBytes, ChromaBytes);

        static bool Same(byte[] one, byte[] other, int start, int length) =>
            one.AsSpan(start, length).SequenceEqual(other.AsSpan(start, length));
    }

    private bool IsSame(Picture picture, int column, int row)
    {
        for (var line = 0; line < 4; line++)
        {
            var at = (((4 * row) + line) * Picture.Width) + (4 * column);
            if (MemoryMarshal.Read<uint>(picture.Luma.AsSpan(at)) != MemoryMarshal.Read<uint>(previous.Luma.AsSpan(at)))
            {
                return false;
            }
        }

        for (var line = 0; line < 2; line++)
        {
            var at = (((2 * row) + line) * Picture.ChromaWidth) + (2 * column);
            if (MemoryMarshal.Read<ushort>(picture.Cb.AsSpan(at)) != MemoryMarshal.Read<ushort>(previous.Cb.AsSpan(at))
                || MemoryMarshal.Read<ushort>(picture.Cr.AsSpan(at)) != MemoryMarshal.Read<ushort>(previous.Cr.AsSpan(at)))
            {
                return false;
            }
        }

        return true;
    }
}
