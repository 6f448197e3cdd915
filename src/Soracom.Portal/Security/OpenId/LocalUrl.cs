namespace Soracom.Portal.Security.OpenId;

/// <summary>Where a browser is sent after signing in or out: never to another site.</summary>
internal static class LocalUrl
{
    // The URL travels in the protected state, which travels in a URL.
    private const int LongestKept = 1024;

    /// <summary>
    /// The URL when it is a path of this site (<c>/...</c>, with or without a query, at most 1,024 characters); otherwise <c>/</c>.
    /// </summary>
    public static string OrRoot(string? url) => url is not null && IsLocal(url) ? url : "/";

    // "//host" and "/\host" are other sites to a browser, which also drops control characters and reads '\' as '/'.
    private static bool IsLocal(string url) =>
        url.Length <= LongestKept
        && url.StartsWith('/')
        && !url.StartsWith("//", StringComparison.Ordinal)
        && !url.Contains('\\', StringComparison.Ordinal)
        && !url.Any(char.IsControl);
}
