using System.Text;

namespace Soracom.Portal.Shared.Text;

/// <summary>Text as it is searched: full- and half-width forms, and upper and lower case, made the same (NFKC, lower case).</summary>
internal static class Folding
{
    /// <summary>Folds a text. Control characters become spaces, so that no text can pretend to be two fields.</summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.ToLowerInvariant() : Clean(text.ToLowerInvariant());
        }

        return Clean(Normalized(text).ToLowerInvariant());
    }

    /// <summary>Whether a text has all words of what somebody has typed.</summary>
    public static bool HasAll(string text, IReadOnlyList<string> words)
    {
        var folded = Fold(text);
        return words.All(word => folded.Contains(word, StringComparison.Ordinal));
    }

    /// <summary>The words of what somebody has typed, all of which have to be found; between quotes, spaces do not part them.</summary>
    public static IReadOnlyList<string> Words(string typed)
    {
        var words = new List<string>();
        var parts = Fold(typed).Split('"');
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1)
            {
                words.Add(parts[i]);
            }
            else
            {
                words.AddRange(parts[i].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return [.. words.Where(word => word.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static string Normalized(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair, which has no normal form: with the replacement character in its place, the rest can be found.
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Normalize(NormalizationForm.FormKC);
        }
    }

    private static string Clean(string text)
    {
        return string.Create(text.Length, text, static (clean, text) =>
        {
            for (var i = 0; i < clean.Length; i++)
            {
                clean[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
        });
    }
}
