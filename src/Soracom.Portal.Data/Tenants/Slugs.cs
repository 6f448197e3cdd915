using System.Buffers;

namespace Soracom.Portal.Data.Tenants;

/// <summary>The form of the names that stand for tenants and resellers in addresses.</summary>
public static class Slugs
{
    private const int MostCharacters = 63;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether a text can be a slug: 2 to 63 lower-case letters, digits and hyphens, no hyphen at either end.</summary>
    /// <param name="text">The text in question.</param>
    /// <returns>True when it can.</returns>
    public static bool IsValid(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text is { Length: >= 2 and <= MostCharacters } and not (['-', ..] or [.., '-']) && !text.AsSpan().ContainsAnyExcept(Characters);
    }
}
