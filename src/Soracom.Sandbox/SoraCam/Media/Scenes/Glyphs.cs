using System.Collections.Frozen;

namespace Soracom.Sandbox.SoraCam.Media.Scenes;

/// <summary>A font of 5 × 7 dots with what a clock and a device id need. Every other character is drawn as a space.</summary>
internal static class Glyphs
{
    /// <summary>Cells a dot is wide and high.</summary>
    public const int DotCells = 2;

    /// <summary>Cells from one character to the next.</summary>
    public const int Advance = 6 * DotCells;

    public const int Height = 7 * DotCells;

    private const int Columns = 5;

    // Seven rows of five dots, two hexadecimal digits a row.
    private static readonly FrozenDictionary<char, byte[]> Rows = new Dictionary<char, string>
    {
        ['0'] = "0E11131519110E",
        ['1'] = "040C040404040E",
        ['2'] = "0E11010204081F",
        ['3'] = "1F02040201110E",
        ['4'] = "02060A121F0202",
        ['5'] = "1F101E0101110E",
        ['6'] = "0608101E11110E",
        ['7'] = "1F010204080808",
        ['8'] = "0E11110E11110E",
        ['9'] = "0E11110F01020C",
        ['A'] = "0E11111F111111",
        ['B'] = "1E11111E11111E",
        ['C'] = "0E11101010110E",
        ['D'] = "1C12111111121C",
        ['E'] = "1F10101E10101F",
        ['F'] = "1F10101E101010",
        ['-'] = "0000001F000000",
        [':'] = "00040400040400",
    }.ToFrozenDictionary(glyph => glyph.Key, glyph => Convert.FromHexString(glyph.Value));

    public static void Draw(Picture picture, int x, int y, ReadOnlySpan<char> text, Colour colour)
    {
        foreach (var character in text)
        {
            if (Rows.TryGetValue(character, out var glyph))
            {
                Draw(picture, x, y, glyph, colour);
            }

            x += Advance;
        }
    }

    private static void Draw(Picture picture, int x, int y, byte[] glyph, Colour colour)
    {
        for (var row = 0; row < glyph.Length; row++)
        {
            for (var column = 0; column < Columns; column++)
            {
                if ((glyph[row] >> (Columns - 1 - column) & 1) != 0)
                {
                    picture.Fill(x + (column * DotCells), y + (row * DotCells), DotCells, DotCells, colour);
                }
            }
        }
    }
}
