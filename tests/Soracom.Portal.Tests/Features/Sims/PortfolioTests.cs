using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>One list over several tenants: each for those who may, and no longer than they may.</summary>
public sealed class PortfolioTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    public async ValueTask InitializeAsync()
    {
        foreach (var (slug, coverage) in new[] { (PortalScene.Aoba, SoracomCoverage.Japan), (PortalScene.Aoba, SoracomCoverage.Global), (PortalScene.Nagisa, SoracomCoverage.Japan) })
        {
            await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(slug), coverage, Watchdog.Token);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Find_SeveralTenants_ListsTheSimsOfEachInOneOrder()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Operator);

        using var portfolio = await OpenAsync(person);
        var both = await FindAsync(portfolio, DemoFleets.SharedImsi);

        Assert.Equal([PortalScene.Aoba, PortalScene.Nagisa], both.Rows.Select(row => row!.Tenant.Slug).Order(StringComparer.Ordinal));
        Assert.Equal(10_060, (await FindAsync(portfolio, "")).Total);
        Assert.Equal(18, (await scene.Get<SimList>().FindAsync(portfolio, SoracomCoverage.Global, new SimLookup(), Watchdog.Token)).Total);
    }

    [Fact]
    public async Task Find_RoleThatMayNotReadSims_LeavesTheTenantOut()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Billing);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);

        using var portfolio = await OpenAsync(person);

        Assert.Equal(PortalScene.Nagisa, Assert.Single((await FindAsync(portfolio, DemoFleets.SharedImsi)).Rows)!.Tenant.Slug);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.ActorId == person.PersonId && entry.Outcome == AuditOutcome.Denied);
    }

    [Theory]
    [InlineData("DELETE FROM TenantMembers WHERE PersonId = $person AND TenantId = (SELECT Id FROM Tenants WHERE Slug = 'aoba')", "nagisa")]
    [InlineData("UPDATE TenantMembers SET Role = 'Billing' WHERE PersonId = $person AND TenantId = (SELECT Id FROM Tenants WHERE Slug = 'aoba')", "nagisa")]
    [InlineData("DELETE FROM TenantMembers WHERE PersonId = $person", "")]
    [InlineData("UPDATE SignInSessions SET EndedAt = 1 WHERE PersonId = $person", "")]
    public async Task Find_RightEndedMeanwhile_DropsThatTenantAndNoOther(string ended, string left)
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        using var portfolio = await OpenAsync(person);
        Assert.Equal(2, (await FindAsync(portfolio, DemoFleets.SharedImsi)).Total);

        await scene.TestDatabase.ExecuteAsync(ended, ("$person", person.PersonId.ToString().ToUpperInvariant()));

        Assert.Equal(left, string.Join(' ', (await FindAsync(portfolio, DemoFleets.SharedImsi)).Rows.Select(row => row!.Tenant.Slug)));
    }

    [Fact]
    public async Task Find_ResellersAdministrator_SeesTheTenantsOfTheReseller_AndTheTrailsSaySo()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, role: null);

        using var portfolio = await OpenAsync(person);

        Assert.Equal(2, (await FindAsync(portfolio, DemoFleets.SharedImsi)).Total);
        Assert.Single(await scene.TrailAsync(PortalScene.Nagisa), entry => entry.ActorId == person.PersonId && entry.Action == AuditActions.TenantOpened);
    }

    [Fact]
    public async Task Page_SaysWhoseEachSimIs_AndLeadsIntoItsTenant()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, person, "?q=" + DemoFleets.SharedImsi);

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("[data-row] a.strong").Count));
        Assert.Equal(["Aoba Logistics 青葉物流", "Nagisa Energy"], page.FindAll("[data-row] .of-tenant").Select(cell => cell.TextContent.Trim()).Order(StringComparer.Ordinal));
        Assert.Contains(page.FindAll("[data-row] a.strong"), link => link.GetAttribute("href")!.StartsWith("/t/nagisa/sims/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_RangeOverSeveralTenants_IsSelected_AndOneThatIsTooLongSaysWhatToDoInstead()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);
        var page = Open(circuit, person);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] a.strong")));
        var rows = page.FindComponent<VirtualRows>();

        await PressAsync("Home", "Shift+End");
        page.WaitForAssertion(() => Assert.Contains("A range holds at most 10,000 SIMs.", page.Find("p[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll(".selected"));

        await PressAsync("End", "ArrowUp", "Shift+PageUp");
        Assert.Empty(page.FindAll("p[role=status]"));
        var few = page.FindAll("[data-row][aria-selected=true]").Count;
        Assert.InRange(few, 2, 100);
        Assert.Contains($"{few} selected", page.Find(".selected").TextContent, StringComparison.Ordinal);

        await PressAsync("Home", "PageDown", "PageDown", "PageDown", "PageDown", "PageDown", "Shift+End");
        page.WaitForAssertion(() => Assert.Matches(@"^9,\d{3} selected", page.Find(".selected").TextContent.Trim()));

        async Task PressAsync(params string[] keys)
        {
            foreach (var key in keys)
            {
                await rows.InvokeAsync(() => rows.Instance.PressedAsync(key));
            }
        }
    }

    [Fact]
    public async Task Find_OneTenantChosen_ListsItAlone_AndCountsTheOthers()
    {
        using var portfolio = await OpenAsync(await PersonOfTwoAsync());

        var nagisa = await scene.Get<SimList>().FindAsync(portfolio, coverage: null, SimQuery.Parse($"?q={DemoFleets.SharedImsi}&tenant=nagisa").Lookup(scene.Clock.GetUtcNow()), Watchdog.Token);

        Assert.Equal(PortalScene.Nagisa, Assert.Single(nagisa.Rows)!.Tenant.Slug);
        Assert.Equal([("aoba", 1), ("nagisa", 1)], new SimFacets(nagisa).Tenants(["nagisa"]).Select(option => (option.Value, option.Count!.Value)));
        Assert.Equal(1, nagisa.Counts.Where(count => count.Key.Facet == SimFacet.Status).Sum(count => count.Value));
    }

    [Fact]
    public async Task Find_TenantThatOneMayNotEnter_FindsNothingOfIt()
    {
        using var portfolio = await OpenAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));

        var listing = await scene.Get<SimList>().FindAsync(portfolio, coverage: null, SimQuery.Parse("?tenant=nagisa").Lookup(scene.Clock.GetUtcNow()), Watchdog.Token);

        Assert.Equal(0, listing.Total);
        Assert.Equal([("aoba", "Aoba Logistics 青葉物流"), ("nagisa", "nagisa")], new SimFacets(listing).Tenants(["nagisa"]).Select(option => (option.Value, option.Label)));
    }

    [Theory]
    [InlineData("", "aoba nagisa")]
    [InlineData("&order=desc", "nagisa aoba")]
    public async Task Find_SortedByTenant_HasOneAfterTheOther_EachByName(string order, string tenants)
    {
        using var portfolio = await OpenAsync(await PersonOfTwoAsync());

        var lookup = SimQuery.Parse($"?coverage=jp&sort=tenant{order}").Lookup(scene.Clock.GetUtcNow());
        var last = order.Length == 0 ? 42 : 10_000;
        var rows = (await scene.Get<SimList>().FindAsync(portfolio, SoracomCoverage.Japan, lookup with { Skip = last - 40, Take = 80 }, Watchdog.Token)).Rows;

        Assert.Equal(tenants, string.Join(' ', rows.Select(row => row!.Tenant.Slug).Distinct()));
        Assert.Equal(40, rows.Count(row => row!.Tenant.Slug == tenants[..tenants.IndexOf(' ', StringComparison.Ordinal)]));
        Assert.Contains(rows, row => row!.Sim.Name.Length > 0);
        foreach (var tenant in rows.GroupBy(row => row!.Tenant))
        {
            var names = tenant.Where(row => row!.Sim.Name.Length > 0).Select(row => Folding.Fold(row!.Sim.Name)).ToList();
            Assert.Equal(order.Length == 0 ? names.Order(StringComparer.Ordinal) : names.OrderDescending(StringComparer.Ordinal), names);
        }
    }

    [Fact]
    public async Task Page_ChooseATenant_IsInTheAddress()
    {
        await using var circuit = new ComponentScene(scene);
        var page = Open(circuit, await PersonOfTwoAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] a.strong")));

        var menu = page.FindAll("details.filter").First(filter => filter.QuerySelector("summary")!.TextContent.Trim() == "Account");
        Assert.Equal(
            [("Aoba Logistics 青葉物流", "60"), ("Nagisa Energy", "10,000")],
            menu.QuerySelectorAll("label").Select(label => (label.QuerySelector("span")!.TextContent, label.QuerySelector(".many")!.TextContent)));
        await menu.QuerySelectorAll("input")[1].ChangeAsync(new ChangeEventArgs { Value = true });

        Assert.EndsWith("/portfolio/sims?tenant=nagisa", circuit.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_SortByTenant_IsInTheAddress()
    {
        await using var circuit = new ComponentScene(scene);
        var page = Open(circuit, await PersonOfTwoAsync());
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] a.strong")));

        await page.InvokeAsync(() => page.Find("[role=columnheader].of-tenant button").ClickAsync(new()));

        Assert.EndsWith("/portfolio/sims?sort=tenant", circuit.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_ARightInOneTenantEnds_GoesBlankAndTheBrowserAsksAnew()
    {
        await using var circuit = new ComponentScene(scene);
        var person = await PersonOfTwoAsync();
        var page = Open(circuit, person);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] a.strong")));
        await using (var db = scene.Database.ForTenant(await scene.TenantIdAsync(PortalScene.Nagisa)))
        {
            db.TenantMembers.Remove(db.TenantMembers.Single(member => member.PersonId == person.PersonId));
            await db.SaveChangesAsync(Watchdog.Token);
        }

        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-row]")));
        var history = circuit.Services.GetRequiredService<Bunit.TestDoubles.BunitNavigationManager>().History;
        Assert.True(Assert.Single(history).Options.ForceLoad);
    }

    [Fact]
    public async Task Page_WithoutAnyTenant_SaysSo()
    {
        await using var circuit = new ComponentScene(scene);

        var page = Open(circuit, await scene.SignInAsync());

        page.WaitForAssertion(() => Assert.Equal("No SIMs to show", page.Find(".notice h2").TextContent));
    }

    private async Task<SignedIn> PersonOfTwoAsync()
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        await scene.JoinAsync(person.PersonId, PortalScene.Nagisa, TenantRole.Viewer);
        return person;
    }

    private static IRenderedComponent<PortfolioSimsPage> Open(ComponentScene circuit, SignedIn person, string query = "") => circuit.Render<PortfolioSimsPage>(parameters => parameters
        .AddCascadingValue(person)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.PortfolioSims()}{query}"));

    private Task<Portfolio> OpenAsync(SignedIn person) => scene.Get<TenantAccess>().OpenAllAsync(person, Permission.SimsRead, Watchdog.Token);

    private Task<SimListing> FindAsync(Portfolio portfolio, string text) =>
        scene.Get<SimList>().FindAsync(portfolio, coverage: null, (SimQuery.All with { Text = text }).Lookup(scene.Clock.GetUtcNow()), Watchdog.Token);
}
