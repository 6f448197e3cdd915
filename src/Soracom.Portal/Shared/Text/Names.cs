using System.Globalization;
using System.Text;

namespace Soracom.Portal.Shared.Text;

/// <summary>
/// Names as others gave them: of any length, invisible, or with marks that turn the writing around. Pages show them by
/// <see cref="NameText"/>; sentences, titles and labels, which hold no markup, take <see cref="InText"/>.
/// </summary>
public static class Names
{
    /// <summary>The most characters of a name that are shown in one place; the rest is on hover.</summary>
    public const int MostShown = 200;

    private const int MostInText = 80;
    private const char FirstStrongIsolate = '\u2068';
    private const char PopDirectionalIsolate = '\u2069';

    /// <summary>Whether there is nothing to see of a name: it is missing, or all of its characters are invisible.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True when nobody could see or click it.</returns>
    public static bool IsBlank(string? name) => name is null || name.EnumerateRunes().All(IsInvisible);

    /// <summary>The name in one line and without marks that force a direction of writing on it: those reach beyond the name's end.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name.</returns>
    public static string Plain(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var plain = new StringBuilder(name.Length);
        foreach (var rune in name.EnumerateRunes().Where(rune => !ForcesDirection(rune)))
        {
            plain.Append(Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>The plain name, cut where it is too long to be shown.</summary>
    /// <param name="name">The name.</param>
    /// <returns>At most <see cref="MostShown"/> characters, the ellipsis not counted.</returns>
    public static string Shortened(string name) => Cut(Plain(name), MostShown);

    /// <summary>The name for the middle of a sentence: short, and apart from the writing around it where it runs from right to left.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The name; a dash where there is nothing to see of it.</returns>
    public static string InText(string? name)
    {
        if (name is null || IsBlank(name))
        {
            return "–";
        }

        var cut = Cut(Plain(name), MostInText);
        return cut.EnumerateRunes().Any(IsRightToLeft) ? $"{FirstStrongIsolate}{cut}{PopDirectionalIsolate}" : cut;
    }

    private static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        var end = char.IsLowSurrogate(text[most]) ? most - 1 : most;
        return string.Concat(text.AsSpan(0, end), "…");
    }

    private static bool IsInvisible(Rune rune) =>
        Rune.IsWhiteSpace(rune)
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        // Fillers, joiners and variation selectors: letters and marks by their category, and yet nothing to see.
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);

    // Embeddings, overrides and isolates. A mark such as U+200F is a character like others, and belongs to Arabic and Hebrew text.
    private static bool ForcesDirection(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    private static bool IsRightToLeft(Rune rune) =>
        rune.Value is (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFF) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
