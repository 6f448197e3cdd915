using System.Text;

namespace Soracom.Portal.Security.OpenId;

/// <summary>Where a browser is sent after signing in or out: never to another site.</summary>
internal static class LocalUrl
{
    // The URL travels in the protected state, which travels in a URL.
    private const int LongestKept = 1024;

    /// <summary>
    /// The URL in ASCII, as a header takes it, when it is a path of this site (<c>/...</c>, with or without a query, in ASCII at most
    /// 1,024 characters); otherwise <c>/</c>.
    /// </summary>
    public static string OrRoot(string? url) => url is not null && IsLocal(url) && InAscii(url) is { Length: <= LongestKept } ascii ? ascii : "/";

    // "//host" and "/\host" are other sites to a browser, which also drops control characters and reads '\' as '/'.
    private static bool IsLocal(string url) =>
        url.StartsWith('/')
        && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\', StringComparison.Ordinal)
        && !url.Any(char.IsControl);

    // People type and share addresses in their own script.
    private static string InAscii(string url) =>
        Ascii.IsValid(url) ? url : string.Concat(url.EnumerateRunes().Select(rune => rune.IsAscii ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));
}
