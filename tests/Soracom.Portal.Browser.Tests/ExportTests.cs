using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Exports;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>An export of footage, from the choice of a period to the files on one's own disk.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class ExportTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "aoba";
    private const string Gate = "川崎第一 正門";

    [Fact]
    public async Task Footage_IsPlannedExportedAndDownloaded_AndOfferedToWhoeverAsksAgain()
    {
        var portal = await FreshPortalAsync();
        var (camera, from) = await RecordedAsync(portal, TimeSpan.FromSeconds(40));
        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("operator");
        await visitor.OpenLiveAsync(PortalUrls.Exports(Aoba));
        await visitor.SettledAsync();
        await visitor.KeepAsync("exports-empty");
        await visitor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = visitor.Words["Exports.New"] }).ClickAsync();

        // Choices, and what they come to.
        await visitor.Page.GetByLabel(visitor.Words["Exports.Camera"], new() { Exact = true }).SelectOptionAsync(camera);
        await FillAsync(visitor, "#from", from);
        await FillAsync(visitor, "#to", from.AddSeconds(-1));
        await Expect(visitor.Page.GetByText(visitor.Words["Error.ExportPeriod.Title"])).ToBeVisibleAsync();
        await FillAsync(visitor, "#to", from.AddSeconds(20));
        var begin = visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.Begin"] });
        await Expect(begin).ToBeVisibleAsync();
        await visitor.Page.Locator("#reason").FillAsync("盗難の調査 #12");
        await visitor.KeepAsync("export-new");
        Assert.Empty(await visitor.FindingsAsync());
        var planned = visitor.Location;
        await begin.ClickAsync();

        // It goes on by itself.
        var badge = visitor.Page.Locator("main .card .badge").First;
        await Expect(badge).ToBeVisibleAsync();
        await visitor.KeepAsync("export-under-way");
        Assert.Empty(await visitor.FindingsAsync());
        await Expect(badge).ToHaveTextAsync(visitor.Words["ExportState.Done"], new() { Timeout = 60_000 });
        var done = visitor.Location;
        await visitor.KeepAsync("export-done");
        Assert.Empty(await visitor.FindingsAsync());

        // All of it, with what says what it is.
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Locator("a[download][href$='.zip']").ClickAsync());
        using (var zip = await ZipFile.OpenReadAsync(await download.PathAsync(), TestContext.Current.CancellationToken))
        {
            using var manifest = await JsonDocument.ParseAsync(zip.Entries[0].Open(), cancellationToken: TestContext.Current.CancellationToken);
            var piece = Assert.Single(manifest.RootElement.GetProperty("pieces").EnumerateArray());
            await using var content = await zip.Entries[1].OpenAsync(TestContext.Current.CancellationToken);
            Assert.Equal(piece.GetProperty("sha256").GetString(), Convert.ToHexStringLower(await SHA256.HashDataAsync(content, TestContext.Current.CancellationToken)));
            Assert.Equal("盗難の調査 #12", manifest.RootElement.GetProperty("export").GetProperty("reason").GetString());
        }

        var alone = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.Locator("main tbody a[download]").ClickAsync());
        Assert.EndsWith(".mp4", alone.SuggestedFilename, StringComparison.Ordinal);

        // Once more: it is there.
        await visitor.OpenLiveAsync(planned);
        await Expect(visitor.Page.GetByText(visitor.Words["Exports.AllThere"])).ToBeVisibleAsync();
        await Expect(begin).ToHaveCountAsync(0);
        await visitor.KeepAsync("export-there");
        Assert.Empty(await visitor.FindingsAsync());
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "#1" }).ClickAsync();
        await visitor.AtAsync(done);

        // With another sound it is not.
        var otherwise = $"{planned}&sound=mp3";
        await visitor.OpenLiveAsync(otherwise);
        await Expect(visitor.Page.GetByText(visitor.Words["FootageDifference.Sound"])).ToBeVisibleAsync();
        await Expect(begin).ToBeVisibleAsync();
        await visitor.OpenLiveAsync(done);

        foreach (var look in (Look[])[Look.Dark, Look.Japanese, Look.Phone])
        {
            var other = await VisitAsync(portal, look);
            await other.SignInAsync("owner");
            foreach (var (name, path) in new[] { ("exports", PortalUrls.Exports(Aoba)), ("export-there", planned), ("export-otherwise", otherwise), ("export-done", done), ("export-rules", PortalUrls.ExportRules(Aoba)) })
            {
                await other.OpenLiveAsync(path);
                await other.SettledAsync();
                await other.KeepAsync(name);
                Assert.Empty(await other.FindingsAsync());
                Assert.Equal(0, await other.SidewaysAsync());
            }
        }

        // Away with it.
        await visitor.LiveAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.Remove"] }).ClickAsync();
        await new Dialog(visitor).AnswerAsync(visitor.Words["Exports.Remove"]);
        await Expect(badge).ToHaveTextAsync(visitor.Words["ExportState.Removed"]);
        await Expect(visitor.Page.Locator("a[download]")).ToHaveCountAsync(0);
        await visitor.KeepAsync("export-removed");
    }

    [Fact]
    public async Task Owner_WantsReasons_AndWhoeverGivesNone_IsToldAndLosesNothing()
    {
        var portal = await FreshPortalAsync();
        var (camera, from) = await RecordedAsync(portal, TimeSpan.FromSeconds(40));
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner");
        await owner.OpenLiveAsync(PortalUrls.ExportRules(Aoba));
        await owner.Page.GetByRole(AriaRole.Checkbox).CheckAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["SimChange.Save"] }).ClickAsync();
        await Expect(owner.Page.GetByText(owner.Words["Exports.Rules.Saved"])).ToBeVisibleAsync();

        var visitor = await VisitAsync(portal, Look.Japanese);
        await visitor.SignInAsync("operator");
        await visitor.OpenLiveAsync(PortalUrls.ExportRules(Aoba));
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["SimChange.Save"] })).ToHaveCountAsync(0);
        await visitor.OpenLiveAsync(PortalUrls.NewExport(Aoba, new ExportDraft { Camera = camera, From = from, To = from.AddSeconds(20) }));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.Begin"] }).ClickAsync();
        await Expect(visitor.Page.GetByText(visitor.Words["Error.ExportReasonMissing.Title"])).ToBeVisibleAsync();
        await visitor.KeepAsync("export-reason-missing");
        await visitor.Page.Locator("#reason").FillAsync("点検");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.Begin"] }).ClickAsync();

        await Expect(visitor.Page.Locator("main .card .badge").First).ToBeVisibleAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Exports.Cancel"] }).ClickAsync();
        await new Dialog(visitor).AnswerAsync(visitor.Words["Exports.Cancel"]);
        await Expect(visitor.Page.Locator("main .card .badge").First).ToHaveTextAsync(visitor.Words["ExportState.Cancelled"]);
    }

    [Fact]
    public async Task Period_WhereClocksArePutBack_IsTheSecondHourForWhoeverOpensTheLink()
    {
        var portal = await FreshPortalAsync();
        await using (var db = portal.Database.ForInstallation())
        {
            await db.Tenants.Where(tenant => tenant.Slug == Aoba).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.TimeZone, "America/New_York"), TestContext.Current.CancellationToken);
        }

        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("operator");
        await visitor.OpenLiveAsync(PortalUrls.NewExport(Aoba));
        await TypeAsync(visitor, "#to", "2025-03-09T02:30:05");
        await Expect(visitor.Page.Locator("#to-help")).ToHaveTextAsync(visitor.Words["TypedFault.LeftOut"]);
        await Expect(visitor.Page.Locator("#to")).ToHaveValueAsync("2025-03-09T02:30:05");
        await TypeAsync(visitor, "#from", "2025-11-02T01:30:05");
        // The first of the two hours is in the address before the second is chosen.
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=2025-11-02T05(?::|%3A)30(?::|%3A)05Z", default, TimeSpan.FromSeconds(1)));
        var second = visitor.Page.Locator("input[name=from-twice]").Nth(1);
        await second.CheckAsync();
        await Expect(visitor.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("from=2025-11-02T06(?::|%3A)30(?::|%3A)05Z", default, TimeSpan.FromSeconds(1)));
        await visitor.KeepAsync("export-twice");
        Assert.Empty(await visitor.FindingsAsync());
        var link = visitor.Location;

        foreach (var look in (Look[])[Look.Dark, Look.Japanese, Look.Phone])
        {
            var other = await VisitAsync(portal, look);
            await other.SignInAsync("owner");
            await other.OpenLiveAsync(link);
            await other.SettledAsync();
            await Expect(other.Page.Locator("input[name=from-twice]").Nth(1)).ToBeCheckedAsync();
            await other.KeepAsync("export-twice");
            Assert.Empty(await other.FindingsAsync());
            Assert.Equal(0, await other.SidewaysAsync());
        }
    }

    /// <summary>Types a time into a field, by the tenant's clocks.</summary>
    private static Task FillAsync(Visitor visitor, string field, DateTimeOffset time) =>
        TypeAsync(visitor, field, Shared.Text.Times.Local(time, "Asia/Tokyo").ToString("yyyy-MM-dd'T'HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture));

    private static async Task TypeAsync(Visitor visitor, string field, string time)
    {
        await visitor.Page.Locator(field).FillAsync(time);
        await visitor.Page.Locator(field).BlurAsync();
    }

    /// <summary>A moment at which the gate's camera had been recording, and went on for a while.</summary>
    private static async Task<(string Camera, DateTimeOffset From)> RecordedAsync(PortalHost portal, TimeSpan length)
    {
        var account = portal.Sandbox.Operators.Single(one => one.Fleet == Aoba);
        var client = portal.Clients.For(new SoracomAccount("test", SoracomCoverage.Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey))));
        var camera = (await client.SoraCam.ListSoraCamDevicesAsync()).Single(one => one.Name == Gate).DeviceId;
        var now = CameraScreen.Now;
        var page = await client.SoraCam.ListSoraCamDeviceRecordingsAndEventsAsync(camera, from: new UnixMilliseconds(now.AddDays(-3)), to: new UnixMilliseconds(now), sort: SortOrder.Descending);
        var from = page.Content.Records!.First(one => one.EndTime - one.StartTime > length).StartTime!.Value.AddSeconds(5);
        return (camera, from.AddTicks(-(from.Ticks % TimeSpan.TicksPerSecond)));
    }
}
