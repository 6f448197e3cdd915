using System.Text;
using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A job over many SIMs, from a CSV file to its result file.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class JobTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "aoba";

    [Fact]
    public async Task File_WithAMistake_IsRefusedByLine_MendedItRuns_AndTheResultTellsEveryRow()
    {
        var portal = await FreshPortalAsync();
        var simIds = await SimIdsAsync(portal, 40);
        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("owner");
        await visitor.OpenLiveAsync(PortalUrls.Jobs(Aoba));
        await visitor.KeepAsync("jobs-empty");
        await visitor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = visitor.Words["Jobs.New"] }).ClickAsync();
        await Expect(visitor.Page.Locator("#csv")).ToBeVisibleAsync();
        await visitor.KeepAsync("job-new");
        Assert.Empty(await visitor.FindingsAsync());

        await ChooseAsync(visitor, ["sim_id,tag:campaign", .. simIds.Select(simId => $"{simId},autumn"), "8942310099999999999,autumn"]);
        await Expect(visitor.Page.Locator("main [role=alert]")).ToContainTextAsync("8942310099999999999");
        await Expect(visitor.Page.Locator("main [role=alert] td.num")).ToHaveTextAsync("42");
        await visitor.KeepAsync("job-file-problems");
        Assert.Empty(await visitor.FindingsAsync());

        await ChooseAsync(visitor, ["sim_id,tag:campaign,name", .. simIds.Select(simId => $"{simId},autumn,=1+{simId[^2..]}")]);
        var start = visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Jobs.Start", "80"] });
        await Expect(start).ToBeVisibleAsync();
        Assert.Equal(0, await TaggedAsync(portal));
        await visitor.KeepAsync("job-dry-run", whole: false);
        Assert.Empty(await visitor.FindingsAsync());
        await start.ClickAsync();

        await Expect(visitor.Page.Locator("main .card .badge").First).ToHaveTextAsync(visitor.Words["JobState.Done"], new() { Timeout = 60_000 });
        Assert.Equal(40, await TaggedAsync(portal));
        var done = visitor.Location;
        await visitor.KeepAsync("job-done", whole: false);
        Assert.Empty(await visitor.FindingsAsync());

        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Jobs.Result"] }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(81, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains(visitor.Words["JobItem.Done"], line, StringComparison.Ordinal));
        // A name that looks like a formula is none to a spreadsheet.
        Assert.All(lines.Where(line => line.Contains("=1+", StringComparison.Ordinal)), line => Assert.Contains("'=1+", line, StringComparison.Ordinal));

        await visitor.OpenLiveAsync(PortalUrls.Jobs(Aoba));
        await Expect(visitor.Page.Locator("main tbody tr")).ToHaveCountAsync(1);
        await visitor.KeepAsync("jobs", whole: false);
        Assert.Empty(await visitor.FindingsAsync());

        foreach (var look in (Look[])[Look.Dark, Look.Japanese, Look.Phone])
        {
            var other = await VisitAsync(portal, look);
            await other.SignInAsync("owner");
            foreach (var (name, path) in new[] { ("jobs", PortalUrls.Jobs(Aoba)), ("job-new", PortalUrls.NewJob(Aoba)), ("job-done", done) })
            {
                await other.OpenLiveAsync(path);
                await other.SettledAsync();
                await other.KeepAsync(name);
                Assert.Equal(0, await other.SidewaysAsync());
            }
        }
    }

    [Fact]
    public async Task List_TakenOutAsCsv_ChangedInOneCell_AndReadBack_ChangesThatAlone()
    {
        var visitor = await VisitAsync(await FreshPortalAsync(), Look.Japanese);
        await visitor.SignInAsync("owner", PortalUrls.Sims(Aoba));
        var sims = new SimsPage(visitor);
        await sims.HoldsAsync(60);
        await visitor.LiveAsync();

        var taken = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { Name = visitor.Words["Sims.Export"] }).ClickAsync());
        var lines = await File.ReadAllLinesAsync(await taken.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Equal(61, lines.Length);
        var line = Array.FindIndex(lines, text => text.Contains("フォークリフト 12", StringComparison.Ordinal));
        lines[line] = lines[line].Replace("フォークリフト 12", "フォークリフト 十二号", StringComparison.Ordinal);

        await visitor.OpenLiveAsync(PortalUrls.NewJob(Aoba));
        await ChooseAsync(visitor, lines);
        await Expect(visitor.Page.Locator("main tbody tr")).ToHaveCountAsync(1);
        await Expect(visitor.Page.Locator("main tbody tr")).ToContainTextAsync("フォークリフト 十二号");
        await visitor.KeepAsync("job-round-trip");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Jobs.StartOne"] }).ClickAsync();
        await Expect(visitor.Page.Locator("main .card .badge").First).ToHaveTextAsync(visitor.Words["JobState.Done"], new() { Timeout = 60_000 });

        await visitor.OpenLiveAsync(PortalUrls.Sims(Aoba) + "?q=十二号");
        await Expect(sims.Names).ToHaveTextAsync(["フォークリフト 十二号"]);
    }

    /// <summary>Chooses a file, once more while the portal is still reading the account's SIMs.</summary>
    private static async Task ChooseAsync(Visitor visitor, string[] lines)
    {
        var file = new FilePayload { Name = "変更.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(string.Join("\r\n", lines)) };
        var reading = visitor.Page.GetByText(visitor.Words["Error.JobInventory.Title"]);
        do
        {
            await visitor.Page.Locator("#csv").SetInputFilesAsync(Array.Empty<FilePayload>());
            await visitor.Page.Locator("#csv").SetInputFilesAsync(file);
            await Expect(reading.Or(visitor.Page.Locator("main [role=alert] td")).Or(visitor.Page.Locator(".pills")).First).ToBeVisibleAsync();
        }
        while (await reading.IsVisibleAsync());
    }

    private static async Task<IReadOnlyList<string>> SimIdsAsync(PortalHost portal, int count) =>
        [.. (await Client(portal).Sims.ListSimsAsync(limit: count)).Items.Select(sim => sim.SimId)];

    private static async Task<int> TaggedAsync(PortalHost portal) => (await Client(portal).Sims.ListSimsAsync(limit: 100)).Items.Count(sim => sim.Tags.ContainsKey("campaign"));

    private static ISoracomClient Client(PortalHost portal)
    {
        var account = portal.Sandbox.Operators.Single(one => one.Fleet == Aoba);
        return portal.Clients.For(new SoracomAccount("test", SoracomCoverage.Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey))));
    }
}
