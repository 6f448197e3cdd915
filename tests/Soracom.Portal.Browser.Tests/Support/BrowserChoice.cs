namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>Which browser the tests drive, or why there is none.</summary>
/// <param name="Executable">The browser's executable; null when there is none.</param>
/// <param name="Explanation">What to do when there is none; empty when there is one.</param>
/// <param name="Required">Whether its absence is a failure and not a reason to skip.</param>
internal sealed record BrowserChoice(string? Executable, string Explanation, bool Required)
{
    public const string ExecutableVariable = "PORTAL_CHROMIUM";

    public const string RequireVariable = "PORTAL_REQUIRE_BROWSER";

    private static readonly string[] KnownPlaces =
    [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
        "/opt/google/chrome/chrome",
        "/usr/bin/microsoft-edge",
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        @"C:\Program Files\Google\Chrome\Application\chrome.exe",
        @"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
        @"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    ];

    /// <summary>Chooses: what the variable names and nothing else; without it the first of the usual places.</summary>
    /// <param name="variable">Reads an environment variable.</param>
    /// <param name="exists">Whether there is a file.</param>
    /// <returns>The choice.</returns>
    public static BrowserChoice Make(Func<string, string?> variable, Func<string, bool> exists)
    {
        var required = variable(RequireVariable) is "1" or "true";
        if (variable(ExecutableVariable) is { Length: > 0 } named)
        {
            return exists(named)
                ? new BrowserChoice(named, string.Empty, required)
                : new BrowserChoice(null, $"{ExecutableVariable} names {named}, which is not there.", required);
        }

        return KnownPlaces.FirstOrDefault(exists) is { } found
            ? new BrowserChoice(found, string.Empty, required)
            : new BrowserChoice(null, $"There is no Chromium, Chrome or Edge. Install one (Debian: apt-get install chromium), or let {ExecutableVariable} name one.", required);
    }
}
