using System.Text.RegularExpressions;

namespace Soracom.Portal.Security.OpenId;

/// <summary>Text from outside, made fit for a log line: printable, short, and without what looks like a code or a token.</summary>
internal static partial class LogText
{
    private const int LongestRead = 4096;
    private const int LongestKept = 300;
    private const string Removed = "[removed]";

    /// <param name="value">The text as it came.</param>
    /// <param name="secrets">Values that the text may repeat and that must not be kept, whatever they look like.</param>
    public static string Clean(string? value, params ReadOnlySpan<string?> secrets)
    {
        if (string.IsNullOrEmpty(value))
        {
            return "(none)";
        }

        // A secret cut in two would not be recognised: remove first, shorten afterwards.
        foreach (var secret in secrets)
        {
            if (!string.IsNullOrEmpty(secret))
            {
                value = value.Replace(secret, Removed, StringComparison.Ordinal);
            }
        }

        var read = value.Length > LongestRead ? value[..LongestRead] : value;
        var text = OpaqueRun().Replace(Unprintable().Replace(read, "?"), Removed);
        return text.Length > LongestKept ? text[..LongestKept] + "..." : text;
    }

    // Codes and the parts of a token are runs of base64url; a GUID, which providers use to name an incident, has 36 characters.
    [GeneratedRegex("[A-Za-z0-9_-]{40,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OpaqueRun();

    [GeneratedRegex("[^ -~]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Unprintable();
}
