using System.Globalization;
using System.Text;

namespace Soracom.Portal.Shared.Text;

/// <summary>Comparison as people expect of a search box: case and width (full, half) make no difference.</summary>
public static class TextMatch
{
    /// <summary>Whether a text contains another.</summary>
    /// <param name="text">The text.</param>
    /// <param name="part">What to look for; empty is in every text.</param>
    /// <returns>True when it does.</returns>
    public static bool Contains(string text, string part)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(part);
        return CultureInfo.InvariantCulture.CompareInfo.IndexOf(
            text.Normalize(NormalizationForm.FormKC), part.Trim().Normalize(NormalizationForm.FormKC), CompareOptions.IgnoreCase) >= 0;
    }

    /// <summary>Cuts a text where it holds what was searched for. Letter case makes no difference.</summary>
    /// <param name="text">The text.</param>
    /// <param name="terms">What was searched for.</param>
    /// <returns>The parts, which make up the text; each with whether it was searched for.</returns>
    public static IEnumerable<(string Part, bool Found)> Parts(string text, IReadOnlyList<string> terms)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(terms);
        return terms.Count == 0 ? [(text, false)] : Cut(text, terms);
    }

    private static IEnumerable<(string Part, bool Found)> Cut(string text, IReadOnlyList<string> terms)
    {
        var at = 0;
        while (at < text.Length)
        {
            var (start, length) = terms
                .Where(term => term.Length > 0)
                .Select(term => (Start: text.IndexOf(term, at, StringComparison.OrdinalIgnoreCase), term.Length))
                .Where(hit => hit.Start >= 0)
                .OrderBy(hit => hit.Start).ThenByDescending(hit => hit.Length)
                .FirstOrDefault((text.Length, 0));
            if (start > at)
            {
                yield return (text[at..start], false);
            }

            if (length > 0)
            {
                yield return (text.Substring(start, length), true);
            }

            at = start + length;
        }
    }
}
