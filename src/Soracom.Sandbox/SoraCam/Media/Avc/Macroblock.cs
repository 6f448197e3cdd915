using System.Runtime.InteropServices;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam.Media.Avc;

/// <summary>Writes one Intra_16x16 macroblock, predicted from above or from the left, and keeps what the decoder makes of it.</summary>
internal sealed class Macroblock(BitWriter bits)
{
    private const int FirstIntra16X16Type = 1;
    private const int TypesPerChromaPattern = 4;

    // Intra_16x16 prediction: vertical, horizontal, DC. Chroma numbers them differently.
    private const int FromAbove = 0;
    private const int FromLeft = 1;
    private const int FromNothing = 2;
    private const int ChromaFromAbove = 2;
    private const int ChromaFromLeft = 1;
    private const int ChromaFromNothing = 0;
    private const int Middle = 128;

    private readonly int[] lumaLevels = new int[16];
    private readonly int[] cbLevels = new int[4];
    private readonly int[] crLevels = new int[4];

    public Picture Decoded { get; } = new();

    private static ReadOnlySpan<byte> ZigZag => [0, 1, 4, 8, 5, 2, 3, 6, 9, 12, 13, 10, 7, 11, 14, 15];

    /// <param name="picture">What is to be seen.</param>
    /// <param name="column">In macroblocks.</param>
    /// <param name="row">In macroblocks.</param>
    /// <param name="firstType">Where the slice's kind starts to count types of intra macroblocks.</param>
    public void Write(Picture picture, int column, int row, int firstType)
    {
        if (TryWriteAsPredicted(picture, column, row, firstType))
        {
            return;
        }

        var mode = CodeLuma(picture.Luma, (4 * row * Picture.Width) + (4 * column), column, row);

        var chromaStart = (2 * row * Picture.ChromaWidth) + (2 * column);
        var chromaMode = ChromaMode(column, row);
        CodeChroma(picture.Cb, Decoded.Cb, chromaStart, chromaMode, cbLevels);
        CodeChroma(picture.Cr, Decoded.Cr, chromaStart, chromaMode, crLevels);
        var hasChroma = cbLevels.AsSpan().ContainsAnyExcept(0) || crLevels.AsSpan().ContainsAnyExcept(0);

        bits.PutUnsigned((uint)(firstType + FirstIntra16X16Type + mode + (hasChroma ? TypesPerChromaPattern : 0)));
        bits.PutUnsigned((uint)chromaMode);
        bits.PutSigned(0);                                           // mb_qp_delta
        CoefficientWriter.WriteLumaDc(bits, lumaLevels);
        if (hasChroma)
        {
            CoefficientWriter.WriteChromaDc(bits, cbLevels);
            CoefficientWriter.WriteChromaDc(bits, crLevels);
        }
    }

    private static int ChromaMode(int column, int row) => row > 0 ? ChromaFromAbove : column > 0 ? ChromaFromLeft : ChromaFromNothing;

    /// <summary>The short way for most of a key picture: luma as on the left or above, chroma as above, no coefficients.</summary>
    private bool TryWriteAsPredicted(Picture picture, int column, int row, int firstType)
    {
        if (column == 0 || row == 0)
        {
            return false;
        }

        var chroma = (2 * row * Picture.ChromaWidth) + (2 * column);
        var start = (4 * row * Picture.Width) + (4 * column);
        if (!IsChromaAsAbove(picture.Cb, Decoded.Cb, chroma) || !IsChromaAsAbove(picture.Cr, Decoded.Cr, chroma))
        {
            return false;
        }

        // Four cells at a time, as one number.
        var above = MemoryMarshal.Read<uint>(Decoded.Luma.AsSpan(start - Picture.Width));
        var (isAbove, isLeft) = (true, true);
        for (var at = start; at < start + (4 * Picture.Width); at += Picture.Width)
        {
            var cells = MemoryMarshal.Read<uint>(picture.Luma.AsSpan(at));
            isAbove &= cells == above;
            isLeft &= cells == Decoded.Luma[at - 1] * 0x01010101u;
        }

        if (!isAbove && !isLeft)
        {
            return false;
        }

        bits.PutUnsigned((uint)(firstType + FirstIntra16X16Type + (isAbove ? FromAbove : FromLeft)));
        bits.PutUnsigned(ChromaFromAbove);
        bits.PutSigned(0);
        bits.Put(1, 1);                                              // no luma coefficients
        Keep(picture.Luma, Decoded.Luma, start, Picture.Width, 4);
        Keep(picture.Cb, Decoded.Cb, chroma, Picture.ChromaWidth, 2);
        Keep(picture.Cr, Decoded.Cr, chroma, Picture.ChromaWidth, 2);
        return true;

        static void Keep(byte[] source, byte[] decoded, int start, int stride, int size)
        {
            for (var line = 0; line < size; line++)
            {
                source.AsSpan(start + (line * stride), size).CopyTo(decoded.AsSpan(start + (line * stride)));
            }
        }
    }

    private static bool IsChromaAsAbove(byte[] source, byte[] decoded, int at)
    {
        var above = MemoryMarshal.Read<ushort>(decoded.AsSpan(at - Picture.ChromaWidth));
        return MemoryMarshal.Read<ushort>(source.AsSpan(at)) == above
            && MemoryMarshal.Read<ushort>(source.AsSpan(at + Picture.ChromaWidth)) == above;
    }

    private int CodeLuma(byte[] source, int start, int column, int row)
    {
        Span<int> above = stackalloc int[16];
        Span<int> left = stackalloc int[16];
        var aboveCost = row > 0 ? Differ(source, start, above, Picture.Width, 1, start - Picture.Width) : int.MaxValue;
        var leftCost = column > 0 ? Differ(source, start, left, 1, Picture.Width, start - 1) : int.MaxValue;
        var mode = row == 0 && column == 0 ? FromNothing : aboveCost <= leftCost ? FromAbove : FromLeft;
        var differences = mode == FromLeft ? left : above;
        if (mode == FromNothing)
        {
            for (var i = 0; i < 16; i++)
            {
                differences[i] = source[start + (i / 4 * Picture.Width) + (i % 4)] - Middle;
            }
        }

        Span<int> levels = stackalloc int[16];
        if (differences.ContainsAnyExcept(0))
        {
            Hadamard(differences, levels);
            for (var i = 0; i < 16; i++)
            {
                levels[i] = Divide(levels[i], 16);
            }
        }

        for (var i = 0; i < 16; i++)
        {
            lumaLevels[i] = levels[ZigZag[i]];
        }

        KeepLuma(source, start, differences, levels);
        return mode;
    }

    // Prediction runs along one axis: across it the neighbours repeat.
    private int Differ(byte[] source, int start, Span<int> differences, int along, int across, int neighbours)
    {
        var cost = 0;
        for (var i = 0; i < 4; i++)
        {
            var predicted = Decoded.Luma[neighbours + (i * across)];
            for (var j = 0; j < 4; j++)
            {
                var at = (i * across) + (j * along);
                var difference = source[start + at] - predicted;
                differences[across == 1 ? (j * 4) + i : (i * 4) + j] = difference;
                cost += Math.Abs(difference);
            }
        }

        return cost;
    }

    private void KeepLuma(byte[] source, int start, Span<int> differences, ReadOnlySpan<int> levels)
    {
        Span<int> decoded = stackalloc int[16];
        Hadamard(levels, decoded);
        for (var i = 0; i < 16; i++)
        {
            var at = start + (i / 4 * Picture.Width) + (i % 4);
            var predicted = source[at] - differences[i];
            Decoded.Luma[at] = (byte)Math.Clamp(predicted + decoded[i], 0, 255);
        }
    }

    private static void CodeChroma(byte[] source, byte[] decoded, int start, int mode, int[] levels)
    {
        Span<int> predicted = stackalloc int[4];
        Span<int> differences = stackalloc int[4];
        for (var i = 0; i < 4; i++)
        {
            var (line, place) = (i / 2, i % 2);
            predicted[i] = mode switch
            {
                ChromaFromAbove => decoded[start - Picture.ChromaWidth + place],
                ChromaFromLeft => decoded[start + (line * Picture.ChromaWidth) - 1],
                _ => Middle,
            };
            differences[i] = source[start + (line * Picture.ChromaWidth) + place] - predicted[i];
        }

        Span<int> sums = stackalloc int[4];
        Hadamard2(differences, sums);
        for (var i = 0; i < 4; i++)
        {
            levels[i] = Divide(sums[i], 4);
        }

        Hadamard2(levels, sums);
        for (var i = 0; i < 4; i++)
        {
            decoded[start + (i / 2 * Picture.ChromaWidth) + (i % 2)] = (byte)Math.Clamp(predicted[i] + sums[i], 0, 255);
        }
    }

    private static void Hadamard(ReadOnlySpan<int> input, Span<int> output)
    {
        Span<int> half = stackalloc int[16];
        for (var i = 0; i < 4; i++)
        {
            Turn(input[i * 4], input[(i * 4) + 1], input[(i * 4) + 2], input[(i * 4) + 3], half[(i * 4)..], 1);
        }

        for (var i = 0; i < 4; i++)
        {
            Turn(half[i], half[i + 4], half[i + 8], half[i + 12], output[i..], 4);
        }

        static void Turn(int a, int b, int c, int d, Span<int> output, int step)
        {
            output[0] = a + b + c + d;
            output[step] = a + b - c - d;
            output[2 * step] = a - b - c + d;
            output[3 * step] = a - b + c - d;
        }
    }

    private static void Hadamard2(ReadOnlySpan<int> input, Span<int> output)
    {
        var (a, b, c, d) = (input[0], input[1], input[2], input[3]);
        output[0] = a + b + c + d;
        output[1] = a - b + c - d;
        output[2] = a + b - c - d;
        output[3] = a - b - c + d;
    }

    private static int Divide(int value, int by) => (value + (value < 0 ? -by / 2 : by / 2)) / by;
}
