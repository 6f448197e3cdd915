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
}
