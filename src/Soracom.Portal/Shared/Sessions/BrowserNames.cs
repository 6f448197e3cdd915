namespace Soracom.Portal.Shared.Sessions;

/// <summary>Browsers and systems by the names that people know. A browser may call itself anything: it is a hint, never a proof.</summary>
internal static class BrowserNames
{
    // The first that is found: most browsers name those before them as well.
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("CriOS/", "Chrome"), ("FxiOS/", "Firefox"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("Windows", "Windows"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Macintosh", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>A user agent in short.</summary>
    /// <param name="userAgent">As the browser names itself.</param>
    /// <returns>Such as "Edge, Windows"; null where nothing is recognised.</returns>
    public static string? Of(string? userAgent)
    {
        string?[] parts = [Find(Browsers, userAgent), Find(Systems, userAgent)];
        return parts.Any(part => part is not null) ? string.Join(", ", parts.OfType<string>()) : null;
    }

    private static string? Find((string Mark, string Name)[] known, string? userAgent) =>
        userAgent is null ? null : known.FirstOrDefault(one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name;
}
