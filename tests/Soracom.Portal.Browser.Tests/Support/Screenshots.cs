using Microsoft.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>Pictures for people to look at, kept with the test results.</summary>
internal static class Screenshots
{
    private const string FolderVariable = "PORTAL_SCREENSHOTS";

    private static readonly string Folder = Environment.GetEnvironmentVariable(FolderVariable) is { Length: > 0 } named
        ? named
        : Path.Combine(RepositoryRoot(), "TestResults", "screenshots");

    /// <summary>Keeps a picture of the page, named after page and look: whole, or of a long table what fits the window.</summary>
    public static Task KeepAsync(this Visitor visitor, string name, bool whole = true) => visitor.Page.ScreenshotAsync(new()
    {
        Path = Path.Combine(Folder, $"{name}.{visitor.Look.Name}.png"),
        FullPage = whole,
        Animations = ScreenshotAnimations.Disabled,
    });

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder.Parent is { } parent && !File.Exists(Path.Combine(folder.FullName, "Soracom.Portal.sln")))
        {
            folder = parent;
        }

        return folder.FullName;
    }
}
