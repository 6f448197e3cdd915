using System.Buffers.Binary;
using Soracom.Sandbox.SoraCam.Media.Avc;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Api.Tests.Sandbox.Media;

/// <summary>
/// A decoder for what the encoder may write. It shares the code tables with it (which have their own test) and nothing else:
/// scaling and transforms are the standard's arithmetic, so that the two can't agree on a mistake there.
/// </summary>
internal sealed class AvcReader
{
    // LevelScale(4, 0, 0) with flat scaling lists; 28 for luma and 22 for chroma have the remainder 4.
    private const int Scale = 256;

    private static readonly int[] ZigZag = [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];

    private static readonly int[][] Signs = [[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, -1, 1], [1, -1, 1, -1]];

    private readonly Picture shown = new();
    private byte[] bytes = [];
    private int position;

    /// <summary>Decodes one slice, which has its length before it, over the picture before it.</summary>
    public Picture Read(ReadOnlySpan<byte> sample)
    {
        Assert.Equal(sample.Length - 4, BinaryPrimitives.ReadInt32BigEndian(sample));
        bytes = WithoutPrevention(sample[4..]);
        position = 0;
        var isKey = Bits(8) == 0x65;
        Assert.Equal([0, isKey ? 7 : 5, 0], [Unsigned(), Unsigned(), Unsigned()]);
        Bits(AvcHeaders.FrameNumberBits);
        if (isKey)
        {
            Unsigned();
        }

        Assert.Equal(0, Bits(isKey ? 2 : 3));
        Assert.Equal([0, 1], [Unsigned(), Unsigned()]);

        const int Count = AvcEncoder.MacroblocksAcross * AvcEncoder.MacroblocksDown;
        for (var i = 0; i < Count; i++)
        {
            i += isKey ? 0 : Unsigned();
            if (i < Count)
            {
                ReadMacroblock(i % AvcEncoder.MacroblocksAcross, i / AvcEncoder.MacroblocksAcross, Unsigned() - (isKey ? 1 : 6));
            }

            // A run of skipped macroblocks may end the slice, not go past it.
            Assert.InRange(i, 0, Count);
        }

        Assert.Equal(1, Bits(1));
        Assert.InRange((bytes.Length * 8) - position, 0, 7);
        return shown;
    }

    private static byte[] WithoutPrevention(ReadOnlySpan<byte> unit)
    {
        var kept = new List<byte>();
        var zeros = 0;
        foreach (var value in unit)
        {
            if (zeros == 2)
            {
                // Lower would be a start code, and 3 is there to be taken out.
                Assert.True(value >= 3);
                zeros = 0;
                if (value == 3)
                {
                    continue;
                }
            }

            kept.Add(value);
            zeros = value == 0 ? zeros + 1 : 0;
        }

        return [.. kept];
    }

    private void ReadMacroblock(int column, int row, int type)
    {
        Assert.InRange(type, 0, 6);
        var (mode, hasChroma) = (type % 4, type / 4 == 1);
        var chromaMode = Unsigned();
        Assert.Equal(0, Unsigned());

        var levels = Levels(16, CoefficientCodes.LumaToken, CoefficientCodes.LumaZeros);
        var start = (4 * row * Picture.Width) + (4 * column);
        var cells = new byte[16];
        for (var i = 0; i < 16; i++)
        {
            var sum = 0;
            for (var j = 0; j < 16; j++)
            {
                sum += levels[j] * Signs[i / 4][ZigZag[j] / 4] * Signs[i % 4][ZigZag[j] % 4];
            }

            var predicted = mode switch
            {
                0 => shown.Luma[start - Picture.Width + (i % 4)],
                1 => shown.Luma[start + (i / 4 * Picture.Width) - 1],
                _ => 128,
            };
            var dc = ((sum * Scale) + 2) >> 2;
            cells[i] = (byte)Math.Clamp(predicted + ((dc + 32) >> 6), 0, 255);
        }

        Assert.True(mode != 2 || (column == 0 && row == 0));
        for (var i = 0; i < 16; i++)
        {
            shown.Luma[start + (i / 4 * Picture.Width) + (i % 4)] = cells[i];
        }

        var chroma = (2 * row * Picture.ChromaWidth) + (2 * column);
        ReadChroma(shown.Cb, chroma, chromaMode, hasChroma);
        ReadChroma(shown.Cr, chroma, chromaMode, hasChroma);
    }

    private void ReadChroma(byte[] plane, int start, int mode, bool hasLevels)
    {
        var c = hasLevels ? Levels(4, CoefficientCodes.ChromaToken, CoefficientCodes.ChromaZeros) : new int[4];
        int[] sums = [c[0] + c[1] + c[2] + c[3], c[0] - c[1] + c[2] - c[3], c[0] + c[1] - c[2] - c[3], c[0] - c[1] - c[2] + c[3]];
        for (var i = 0; i < 4; i++)
        {
            var predicted = mode switch
            {
                1 => plane[start + (i / 2 * Picture.ChromaWidth) - 1],
                2 => plane[start - Picture.ChromaWidth + (i % 2)],
                _ => 128,
            };
            var dc = ((sums[i] * Scale) << 3) >> 5;
            sums[i] = Math.Clamp(predicted + ((dc + 32) >> 6), 0, 255);
        }

        for (var i = 0; i < 4; i++)
        {
            plane[start + (i / 2 * Picture.ChromaWidth) + (i % 2)] = (byte)sums[i];
        }
    }

    private int[] Levels(int most, CoefficientCodes.Code[][] tokens, CoefficientCodes.Code[][] zeros)
    {
        var scanned = new int[most];
        var (ones, count) = Code(tokens);
        if (count == 0)
        {
            return scanned;
        }

        var levels = new int[count];
        var suffixBits = count > 10 && ones < 3 ? 1 : 0;
        for (var i = 0; i < count; i++)
        {
            levels[i] = i < ones ? 1 - (2 * Bits(1)) : Level(ref suffixBits, isFirst: i == ones && ones < 3);
        }

        var left = count < most ? Code([zeros[count - 1]]).Column : 0;
        var place = count + left - 1;
        for (var i = 0; i < count; i++)
        {
            scanned[place] = levels[i];
            var run = left > 0 && i < count - 1 ? Code([CoefficientCodes.Run[Math.Min(left, 7) - 1]]).Column : 0;
            left -= run;
            place -= run + 1;
        }

        return scanned;
    }

    private int Level(ref int suffixBits, bool isFirst)
    {
        var prefix = 0;
        while (Bits(1) == 0)
        {
            prefix++;
        }

        Assert.InRange(prefix, 0, 15);
        var size = prefix == 14 && suffixBits == 0 ? 4 : prefix == 15 ? 12 : suffixBits;
        var code = (prefix << suffixBits) + Bits(size) + (prefix == 15 && suffixBits == 0 ? 15 : 0) + (isFirst ? 2 : 0);
        var level = code % 2 == 0 ? (code + 2) >> 1 : (-code - 1) >> 1;
        suffixBits = Math.Max(1, suffixBits);
        if (Math.Abs(level) > 3 << (suffixBits - 1) && suffixBits < 6)
        {
            suffixBits++;
        }

        return level;
    }

    private (int Row, int Column) Code(CoefficientCodes.Code[][] table)
    {
        var bits = 0u;
        for (var length = 1; length <= 16; length++)
        {
            bits = (bits << 1) | (uint)Bits(1);
            for (var row = 0; row < table.Length; row++)
            {
                var column = Array.IndexOf(table[row], new CoefficientCodes.Code(bits, length));
                if (column >= 0)
                {
                    return (row, column);
                }
            }
        }

        throw new InvalidDataException("No such code.");
    }

    private int Unsigned()
    {
        var zeros = 0;
        while (Bits(1) == 0)
        {
            zeros++;
        }

        return (1 << zeros) - 1 + Bits(zeros);
    }

    private int Bits(int count)
    {
        var value = 0;
        for (var i = 0; i < count; i++, position++)
        {
            value = (value << 1) | ((bytes[position / 8] >> (7 - (position % 8))) & 1);
        }

        return value;
    }
}
