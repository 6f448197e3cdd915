using System.Buffers.Binary;
using System.Numerics;
using Soracom.Sandbox.SoraCam.Media.Scenes;

namespace Soracom.Sandbox.SoraCam.Media.Jpeg;

/// <summary>
/// Stills: a baseline JPEG with chroma at half size. A block of 8 × 8 samples is four cells, so that its cosine transform is
/// that of a step from the left half to the right, one from the upper half to the lower, and their product.
/// </summary>
internal static class JpegEncoder
{
    public const string ContentType = "image/jpeg";

    public const int DefaultQuality = 85;

    // The transform in one dimension of four ones and four minus ones; only odd frequencies are in it.
    private static readonly double[] HalvesTransform = [.. Enumerable.Range(0, 8).Select(frequency =>
        Enumerable.Range(0, 8).Sum(n => (n < 4 ? 1 : -1) * Math.Cos(((2 * n) + 1) * frequency * Math.PI / 16)))];

    /// <param name="picture">What is to be seen.</param>
    /// <param name="quality">1 to 100, as libjpeg counts it: smaller files to the one side, truer colours to the other.</param>
    public static byte[] Encode(Picture picture, int quality = DefaultQuality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        var steps = Steps(quality);
        using var file = new MemoryStream();
        WriteHeaders(file, steps);
        WriteScan(file, picture, steps);
        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static int[] Steps(int quality)
    {
        var scale = quality < 50 ? 5000 / quality : 200 - (2 * quality);
        return [.. JpegTables.Steps.ToArray().Select(value => Math.Clamp(((value * scale) + 50) / 100, 1, 255))];
    }

    private static void WriteHeaders(MemoryStream file, int[] steps)
    {
        file.Write([0xFF, 0xD8]);
        Segment(file, 0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]);
        Segment(file, 0xDB, [0, .. JpegTables.ZigZag.ToArray().Select(place => (byte)steps[place])]);
        Segment(file, 0xC0,
        [
            8, Picture.PixelHeight >> 8, Picture.PixelHeight & 0xFF, Picture.PixelWidth >> 8, Picture.PixelWidth & 0xFF,
            3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0,                   // component, sampling, quantiser
        ]);
        Segment(file, 0xC4, [0x00, .. JpegTables.Dc.Counts, .. JpegTables.Dc.Symbols, 0x10, .. JpegTables.Ac.Counts, .. JpegTables.Ac.Symbols]);
        Segment(file, 0xDA, [3, 1, 0, 2, 0, 3, 0, 0, 63, 0]);
    }

    private static void Segment(MemoryStream file, byte marker, ReadOnlySpan<byte> content)
    {
        Span<byte> head = [0xFF, marker, 0, 0];
        BinaryPrimitives.WriteUInt16BigEndian(head[2..], (ushort)(content.Length + 2));
        file.Write(head);
        file.Write(content);
    }

    private static void WriteScan(MemoryStream file, Picture picture, int[] steps)
    {
        var bits = new BitWriter();
        var (luma, cb, cr) = (0, 0, 0);
        for (var row = 0; row < Picture.Height / 4; row++)
        {
            for (var column = 0; column < Picture.Width / 4; column++)
            {
                for (var block = 0; block < 4; block++)
                {
                    var at = (((4 * row) + (block / 2 * 2)) * Picture.Width) + (4 * column) + (block % 2 * 2);
                    luma = WriteBlock(bits, picture.Luma, at, Picture.Width, steps, luma);
                }

                var chroma = (2 * row * Picture.ChromaWidth) + (2 * column);
                cb = WriteBlock(bits, picture.Cb, chroma, Picture.ChromaWidth, steps, cb);
                cr = WriteBlock(bits, picture.Cr, chroma, Picture.ChromaWidth, steps, cr);
            }
        }

        bits.Align(stopBit: false);
        foreach (var value in bits.Written)
        {
            file.WriteByte(value);
            if (value == 0xFF)
            {
                file.WriteByte(0);                                   // not a marker
            }
        }
    }

    /// <returns>The DC level, which the next block of the component counts from.</returns>
    private static int WriteBlock(BitWriter bits, byte[] cells, int at, int stride, int[] steps, int lastDc)
    {
        var (a, b, c, d) = (cells[at] - 128, cells[at + 1] - 128, cells[at + stride] - 128, cells[at + stride + 1] - 128);
        var dc = Quantise(2 * (a + b + c + d), steps[0]);
        WriteValue(bits, JpegTables.Dc, run: 0, dc - lastDc);
        var run = 0;
        if (a != b || a != c || a != d)
        {
            var across = (a - b + c - d) * Math.Sqrt(2) / 4;
            var down = (a + b - c - d) * Math.Sqrt(2) / 4;
            var both = (a - b - c + d) / 16.0;
            foreach (var place in JpegTables.ZigZag[1..])
            {
                var (u, v) = (place % 8, place / 8);
                var value = v == 0 ? across * HalvesTransform[u] : u == 0 ? down * HalvesTransform[v] : both * HalvesTransform[u] * HalvesTransform[v];
                var level = Quantise(value, steps[place]);
                if (level == 0)
                {
                    run++;
                    continue;
                }

                for (; run >= 16; run -= 16)
                {
                    JpegTables.Ac.Write(bits, 0xF0);
                }

                WriteValue(bits, JpegTables.Ac, run, level);
                run = 0;
            }
        }
        else
        {
            run = 63;
        }

        if (run > 0)
        {
            JpegTables.Ac.Write(bits, 0);                            // nothing more in this block
        }

        return dc;
    }

    private static int Quantise(double value, int step) => (int)Math.Round(value / step);

    private static void WriteValue(BitWriter bits, HuffmanTable table, int run, int value)
    {
        var size = value == 0 ? 0 : BitOperations.Log2((uint)Math.Abs(value)) + 1;
        table.Write(bits, (run << 4) | size);
        bits.Put((uint)(value < 0 ? value + (1 << size) - 1 : value), size);
    }
}
