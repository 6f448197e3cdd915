using Microsoft.Playwright;

namespace Soracom.Portal.Browser.Tests.Support;

/// <summary>The one browser of a run, started by the first test that needs it.</summary>
public sealed class TheBrowser : IAsyncDisposable
{
    private static readonly string[] Arguments =
    [
        // Containers lack the namespaces that the browser's own sandbox wants; it opens nothing but this portal.
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-background-networking",
    ];

    private readonly BrowserChoice choice = BrowserChoice.Make(Environment.GetEnvironmentVariable, File.Exists);
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> running;

    public TheBrowser()
    {
        running = new(StartAsync);
        if (choice.Executable is null && !choice.Required)
        {
            // Once a run: the runner prints how many tests are skipped, but not why.
            TestContext.Current.SendDiagnosticMessage("{0} Browser tests are skipped.", choice.Explanation);
        }
    }

    /// <summary>The browser; without one the test is skipped, or fails where one is required.</summary>
    /// <returns>The browser.</returns>
    public async Task<IBrowser> GetAsync()
    {
        if (choice.Executable is null)
        {
            Assert.SkipUnless(choice.Required, choice.Explanation);
            Assert.Fail($"{BrowserChoice.RequireVariable} is set. {choice.Explanation}");
        }

        return (await running.Value).Browser;
    }

    public async ValueTask DisposeAsync()
    {
        if (running.IsValueCreated)
        {
            var (playwright, browser) = await running.Value;
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        // Two cores shared with the portal, its sandbox and other tests: patience costs nothing where all is well.
        Assertions.SetDefaultExpectTimeout(20_000);
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = choice.Executable, Args = Arguments }));
    }
}
