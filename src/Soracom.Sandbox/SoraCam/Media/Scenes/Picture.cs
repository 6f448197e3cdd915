namespace Soracom.Sandbox.SoraCam.Media.Scenes;

/// <summary>
/// One picture of 1920 × 1080 pixels, kept as cells of 4 × 4 pixels of one colour: full-range BT.601 luma for each cell,
/// chroma for each two by two. Both encoders understand cells, which makes them small, fast and nearly lossless.
/// </summary>
internal sealed class Picture
{
    public const int PixelWidth = 1920;
    public const int PixelHeight = 1080;
    public const int CellPixels = 4;

    /// <summary>In cells.</summary>
    public const int Width = PixelWidth / CellPixels;

    /// <summary>In cells, rounded up to whole macroblocks of four: the last two rows are coded and cropped away.</summary>
    public const int Height = 272;

    public const int ChromaWidth = Width / 2;
    public const int ChromaHeight = Height / 2;

    public byte[] Luma { get; } = new byte[Width * Height];

    public byte[] Cb { get; } = new byte[ChromaWidth * ChromaHeight];

    public byte[] Cr { get; } = new byte[ChromaWidth * ChromaHeight];

    public void CopyFrom(Picture other)
    {
        other.Luma.CopyTo(Luma, 0);
        other.Cb.CopyTo(Cb, 0);
        other.Cr.CopyTo(Cr, 0);
    }

    /// <summary>Fills a rectangle of cells; what lies outside the picture is left out. Even edges keep chroma sharp.</summary>
    public void Fill(int x, int y, int width, int height, Colour colour)
    {
        var (left, right) = (Math.Clamp(x, 0, Width), Math.Clamp(x + width, 0, Width));
        var (top, bottom) = (Math.Clamp(y, 0, Height), Math.Clamp(y + height, 0, Height));
        for (var row = top; row < bottom; row++)
        {
            Luma.AsSpan((row * Width) + left, right - left).Fill(colour.Luma);
        }

        for (var row = top / 2; row < bottom / 2; row++)
        {
            var (start, length) = ((row * ChromaWidth) + (left / 2), (right / 2) - (left / 2));
            Cb.AsSpan(start, length).Fill(colour.Cb);
            Cr.AsSpan(start, length).Fill(colour.Cr);
        }
    }

    /// <summary>Takes out what a wide angle does to the picture: its middle is drawn larger, and what is straight near the edges bends less.</summary>
    public void Straighten()
    {
        Straighten(Luma, Width, Height);
        Straighten(Cb, ChromaWidth, ChromaHeight);
        Straighten(Cr, ChromaWidth, ChromaHeight);
    }

    /// <summary>Fills a disc of cells around (<paramref name="x"/>, <paramref name="y"/>), two rows at a time so that chroma follows.</summary>
    public void FillDisc(int x, int y, int radius, Colour colour)
    {
        for (var row = -radius; row < radius; row += 2)
        {
            var half = (int)Math.Sqrt((radius * radius) - ((row + 1) * (row + 1))) & ~1;
            Fill(x - half, y + row, 2 * half, 2, colour);
        }
    }

    private static void Straighten(byte[] plane, int width, int height)
    {
        const double Strength = 0.15;
        var bent = plane.ToArray();
        for (var row = 0; row < height; row++)
        {
            for (var column = 0; column < width; column++)
            {
                var (x, y) = (((2.0 * column) + 1 - width) / width, ((2.0 * row) + 1 - height) / height);
                var nearer = 1 / (1 + (Strength * (1 - (((x * x) + (y * y)) / 2))));
                plane[(row * width) + column] = bent[((int)(((y * nearer) + 1) / 2 * height) * width) + (int)(((x * nearer) + 1) / 2 * width)];
            }
        }
    }
}
