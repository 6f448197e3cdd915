using System.Net;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.Jobs;
using Soracom.Portal.Features.Sims.Jobs.Pages;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>What is done with SIMs that were selected out of several tenants: taken out as a file, or changed by jobs, of which each is one tenant's.</summary>
public sealed class PortfolioSelectionTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;

    private readonly PortalScene scene = own.Scene;
    private SignedIn person = null!;
    private Portfolio portfolio = null!;

    public async ValueTask InitializeAsync()
    {
        foreach (var (slug, coverage) in new[] { (PortalScene.Aoba, Japan), (PortalScene.Aoba, SoracomCoverage.Global), (PortalScene.Nagisa, Japan) })
        {
            await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(slug), coverage, Watchdog.Token);
        }

        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        portfolio = await scene.Get<TenantAccess>().OpenAllAsync(person, Permission.SimsRead, Watchdog.Token);
    }

    public ValueTask DisposeAsync()
    {
        portfolio.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Export_AView_SaysWhoseEachSimIs_AndEachTrailTellsOfItsOwn()
    {
        var file = await ReadAsync(new SimSelection.Matching(SimQuery.Parse($"?q={DemoFleets.SharedImsi}&tenant=aoba&tenant=nagisa&sort=tenant"), 0, []));

        Assert.Equal("Account,SIM ID,Coverage,Name", file[0]);
        Assert.Equal(["Aoba Logistics 青葉物流", "Nagisa Energy"], file.Skip(1).Select(line => line.Split(',')[0]));
        foreach (var slug in new[] { PortalScene.Aoba, PortalScene.Nagisa })
        {
            var entry = Assert.Single(await ExportsAsync(slug));
            Assert.Equal((AuditOutcome.Succeeded, "1", $"?q={DemoFleets.SharedImsi}"), (entry.Outcome, entry.ObjectName, entry.Detail));
        }
    }

    [Fact]
    public async Task Export_OneTenantChosen_LeavesNoTraceWithTheOther()
    {
        var file = await ReadAsync(new SimSelection.Matching(SimQuery.Parse("?tenant=aoba&coverage=g"), 0, []));

        Assert.Equal(18, file.Length - 1);
        Assert.Equal("18", Assert.Single(await ExportsAsync(PortalScene.Aoba)).ObjectName);
        Assert.Empty(await ExportsAsync(PortalScene.Nagisa));
    }

    [Fact]
    public async Task Export_Picked_HoldsExactlyThat_AndNothingOfTenantsThatOneMayNotSee()
    {
        var (ours, theirs) = (await SharedAsync(PortalScene.Aoba), await SharedAsync(PortalScene.Nagisa));
        var elsewhere = new SimKey(PortalScene.Komorebi, Japan, ours.SimId);
        var notTheirs = ours with { Coverage = SoracomCoverage.Global };

        var file = await ReadAsync(new SimSelection.Picked([ours, theirs, elsewhere, notTheirs]));

        Assert.Equal([$"Aoba Logistics 青葉物流,{ours.SimId},jp", $"Nagisa Energy,{theirs.SimId},jp"], file.Skip(1).Select(line => line[..line.LastIndexOf(',')]));
    }

    [Fact]
    public async Task Export_AllButSome_LeavesOutThoseOfTheRightTenantOnly()
    {
        var ours = await SharedAsync(PortalScene.Aoba);

        var file = await ReadAsync(new SimSelection.Matching(SimQuery.Parse($"?q={DemoFleets.SharedImsi}"), 2, [ours]));

        Assert.StartsWith("Nagisa Energy,", Assert.Single(file.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_RightEndedMeanwhile_HoldsNothingOfThatTenant()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM TenantMembers WHERE PersonId = $person AND TenantId = (SELECT Id FROM Tenants WHERE Slug = 'nagisa')", ("$person", person.PersonId.ToString().ToUpperInvariant()));
        var theirs = new SimKey(PortalScene.Nagisa, Japan, (await VendorSharedAsync(PortalScene.Nagisa)).SimId);

        Assert.Single((await ReadAsync(new SimSelection.Matching(SimQuery.Parse($"?q={DemoFleets.SharedImsi}"), 0, []))).Skip(1));
        Assert.Empty((await ReadAsync(new SimSelection.Picked([theirs]))).Skip(1));
        Assert.Empty(await ExportsAsync(PortalScene.Nagisa));
    }

    [Fact]
    public async Task Export_BrokenOff_IsRecordedAllTheSame()
    {
        var brokenOff = await Record.ExceptionAsync(() => scene.Get<SimExport>().WriteAsync(
            portfolio, new SimSelection.Matching(SimQuery.Parse("?tenant=nagisa"), 0, []), SimListColumn.Default, new NarrowStream(), Watchdog.Token));

        Assert.IsType<IOException>(brokenOff);
        var entry = Assert.Single(await ExportsAsync(PortalScene.Nagisa));
        Assert.Equal(AuditOutcome.Failed, entry.Outcome);
        Assert.NotEqual("0", entry.ObjectName);
    }

    [Fact]
    public async Task Fetch_ByAddressOrForm_IsAFile()
    {
        using var visitor = new Visitor(scene, person);

        var file = await visitor.GetAsync(PortalUrls.PortfolioExport(SimQuery.Parse($"?q={DemoFleets.SharedImsi}")));
        Assert.Equal((HttpStatusCode.OK, "text/csv; charset=utf-8"), (file.Status, file.Headers["Content-Type"]));
        Assert.Equal(3, Lines(file.Body).Length);

        var page = await visitor.GetAsync(PortalUrls.PortfolioSims());
        var picked = SimExportEndpoint.Format([await SharedAsync(PortalScene.Aoba), await SharedAsync(PortalScene.Nagisa)]);
        Assert.Equal(HttpStatusCode.BadRequest, (await visitor.PostAsync(PortalUrls.PortfolioExport(), from: null, (SimExportEndpoint.SimsField, picked))).Status);
        Assert.Equal(3, Lines((await visitor.PostAsync(PortalUrls.PortfolioExport(), page, (SimExportEndpoint.SimsField, picked))).Body).Length);

        using var nobody = new Visitor(scene);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(PortalUrls.PortfolioExport())).Status);
        using var stranger = new Visitor(scene, await scene.SignInAsync());
        Assert.Single(Lines((await stranger.GetAsync(PortalUrls.PortfolioExport())).Body));
    }

    [Fact]
    public async Task Change_OfOneAccount_LeadsStraightToItsJob()
    {
        await using var circuit = new ComponentScene(scene);
        var ours = await SharedAsync(PortalScene.Aoba);

        await Offered(circuit, await PartsAsync(new SimSelection.Picked([ours]), ""), new SimSelection.Picked([ours])).Find("button").ClickAsync(new());

        var uri = new Uri(circuit.Services.GetRequiredService<NavigationManager>().Uri);
        Assert.Equal("/t/aoba/jobs/new", uri.AbsolutePath);
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Aoba));
        var draft = NewJobQuery.Parse(uri.ToString()).Draft;
        Assert.Equal(ours.SimId, Assert.Single(db.SimJobItems.Where(item => item.JobId == draft)).SimId);
    }

    [Fact]
    public async Task Change_OfOneTenantByAView_LeadsToTheSameViewThere()
    {
        await using var circuit = new ComponentScene(scene);
        var view = new SimSelection.Matching(SimQuery.Parse("?status=active&tenant=aoba&coverage=jp&sort=tenant"), 42, []);

        var offered = Offered(circuit, await PartsAsync(view, "?status=active&tenant=aoba&coverage=jp&sort=tenant"), view);

        Assert.Equal("/t/aoba/jobs/new?coverage=jp&status=active&found=all", offered.Find("a").GetAttribute("href"));
    }

    [Fact]
    public async Task Change_WhereOneMayNot_IsNotOffered()
    {
        await using var circuit = new ComponentScene(scene);
        var selection = new SimSelection.Picked([await SharedAsync(PortalScene.Nagisa)]);

        Assert.Empty(Offered(circuit, await PartsAsync(selection, ""), selection).FindAll("a, button"));
    }

    [Fact]
    public async Task Change_OfSeveral_SaysHowManyOfEach_AndWhereOneMayNot()
    {
        await using var circuit = new ComponentScene(scene);
        var view = new SimSelection.Matching(SimQuery.All, 10_060, [await SharedAsync(PortalScene.Aoba)]);
        var parts = await PartsAsync(view, "");
        Assert.Equal([("aoba", Japan, 41), ("aoba", SoracomCoverage.Global, 18), ("nagisa", Japan, 10_000)], parts.Select(part => (part.Tenant.Slug, part.Coverage, part.Count)));

        var list = circuit.Render<SelectedParts>(parameters => parameters.Add(page => page.Selection, view).Add(page => page.Parts, parts));

        Assert.Equal(3, list.FindAll("li").Count);
        // What one took away can't be said by a view: those that are left are kept first.
        Assert.Equal("Change 41…", list.FindAll("li")[0].QuerySelector("button")!.TextContent.Trim());
        Assert.Equal("/t/aoba/jobs/new?coverage=g&found=all", list.FindAll("li")[1].QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("You may not change SIMs there", list.FindAll("li")[2].QuerySelector(".not")!.TextContent);
    }

    private static string[] Lines(string body) => body.TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    private static IRenderedComponent<ChangeSelectedOfSeveral> Offered(ComponentScene circuit, IReadOnlyList<SelectedPart> parts, SimSelection selection) =>
        circuit.Render<ChangeSelectedOfSeveral>(parameters => parameters.Add(offer => offer.Selection, selection).Add(offer => offer.Parts, parts));

    private async Task<IReadOnlyList<SelectedPart>> PartsAsync(SimSelection selection, string view)
    {
        var query = SimQuery.Parse(view);
        return SelectedPart.Of(selection, await scene.Get<SimList>().FindAsync(portfolio, query.Coverage, query.Lookup(scene.Clock.GetUtcNow()), Watchdog.Token));
    }

    private async Task<SimKey> SharedAsync(string slug) => new(slug, Japan, (await VendorSharedAsync(slug)).SimId);

    private async Task<Soracom.Portal.Data.Sims.InventorySim> VendorSharedAsync(string slug)
    {
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(slug));
        return db.InventorySims.Single(sim => sim.Imsis.Contains(DemoFleets.SharedImsi));
    }

    private async Task<string[]> ReadAsync(SimSelection selection)
    {
        using var file = new MemoryStream();
        await scene.Get<SimExport>().WriteAsync(portfolio, selection, SimListColumn.Of([SimColumn.Name]), file, Watchdog.Token);
        return Lines(System.Text.Encoding.UTF8.GetString(file.ToArray()));
    }

    private async Task<List<AuditEntry>> ExportsAsync(string slug) =>
        [.. (await scene.TrailAsync(slug)).Where(entry => entry.Action == AuditActions.SimsExported && entry.ActorId == person.PersonId)];

    /// <summary>Takes a little, and breaks.</summary>
    private sealed class NarrowStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => Take(count);

        public override void Write(ReadOnlySpan<byte> buffer) => Take(buffer.Length);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Take(count);
            return Task.CompletedTask;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Take(buffer.Length);
            return ValueTask.CompletedTask;
        }

        private void Take(int count)
        {
            SetLength(Length + count);
            if (Length > 50_000)
            {
                throw new IOException("The other side has gone.");
            }
        }
    }
}
