using System.Text.RegularExpressions;

namespace Soracom.Portal.Data.Tenants;

/// <summary>The form of the names that stand for tenants and resellers in addresses.</summary>
public static partial class Slugs
{
    /// <summary>Whether a text can be a slug: 2 to 63 lower-case letters, digits and hyphens, no hyphen at either end.</summary>
    /// <param name="text">The text in question.</param>
    /// <returns>True when it can.</returns>
    public static bool IsValid(string text) => Pattern().IsMatch(text);

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,61}[a-z0-9]\\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Pattern();
}
