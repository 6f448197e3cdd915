using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Groups.List;

/// <summary>The list of groups on its page, in each of its states.</summary>
public sealed class GroupsPageTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    public ValueTask InitializeAsync()
    {
        circuit = new ComponentScene(scene);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        scene.Sandbox.Faults.Clear();
    }

    [Fact]
    public async Task Open_BothCoverages_ListsTheGroupsOfBoth_WithTheirSims()
    {
        using var tenant = await WalkedAsync(TenantRole.Operator);

        var page = Loaded(Open(tenant));

        Assert.Equal(["Both", "Japan coverage", "Global coverage"], page.FindAll("[role=group].choice a").Select(link => link.TextContent));
        var trailers = page.FindAll("[data-row]").Single(row => row.TextContent.Contains("Trailers North America", StringComparison.Ordinal));
        Assert.Equal("g", trailers.QuerySelector(".second .tag")!.TextContent);
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        var group = db.InventoryGroups.Single(row => row.Name == "Trailers North America");
        Assert.Equal($"{db.InventorySims.Count(sim => sim.GroupId == group.GroupId)}", trailers.QuerySelector(".of-sims a")!.TextContent);
        Assert.Equal(PortalUrls.SimsOfGroup(tenant.Slug, SoracomCoverage.Global, group.GroupId), trailers.QuerySelector(".of-sims a")!.GetAttribute("href"));
        Assert.Equal(PortalUrls.Group(tenant.Slug, SoracomCoverage.Global, group.GroupId), trailers.QuerySelector("a.strong")!.GetAttribute("href"));
        Assert.Equal(group.GroupId, trailers.QuerySelector(".second code")!.TextContent);
    }

    [Fact]
    public async Task Search_NarrowsTheList_AndIsPutIntoTheAddress()
    {
        using var tenant = await WalkedAsync(TenantRole.Viewer);

        var page = Loaded(Open(tenant, "?q=trailers"));

        Assert.Equal(["Trailers North America"], page.FindAll("[data-row] a.strong .name-text").Select(name => name.TextContent));
        Assert.Equal("1 group", page.Find(".sum strong").TextContent);
        Assert.Equal("Trailers", page.Find("mark").TextContent);
        await page.InvokeAsync(() => page.Find(".of-modified .sort").Click());
        Assert.Equal("/t/aoba/groups?q=trailers&sort=modified", AddressAfterwards());
    }

    [Fact]
    public async Task Search_NothingFound_OffersToClearTheFilters()
    {
        using var tenant = await WalkedAsync(TenantRole.Viewer);
        var page = Said(Open(tenant, "?coverage=g&q=nosuchgroup"), "No group matches");

        await page.InvokeAsync(() => page.Find(".notice button").Click());

        Assert.Equal("/t/aoba/groups?coverage=g", AddressAfterwards());
    }

    [Fact]
    public async Task WithoutSims_IsAFilter_WhereTheirNumberIsKnown()
    {
        using var tenant = await WalkedAsync(TenantRole.Viewer);
        var page = Loaded(Open(tenant));

        await page.InvokeAsync(() => page.Find("button.toggle").Click());

        Assert.Equal("/t/aoba/groups?sims=none", AddressAfterwards());
    }

    [Fact]
    public async Task Open_SimsNotRead_SaysThatTheirNumberIsNotKnownYet()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant);

        var page = Loaded(Open(tenant));

        Assert.Contains("The SIMs are being read", page.Find(".sum").TextContent, StringComparison.Ordinal);
        Assert.All(page.FindAll("[data-row] .of-sims"), cell => Assert.Equal("–", cell.TextContent.Trim()));
        Assert.Empty(page.FindAll("button.toggle"));
    }

    [Fact]
    public async Task Open_SimsNotRead_ShowsTheirNumberOnceTheyAre()
    {
        await circuit.DisposeAsync();
        circuit = new ComponentScene(scene, clock: new FakeTime());
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant);
        var page = Loaded(Open(tenant));
        Assert.All(page.FindAll("[data-row] .of-sims"), cell => Assert.Equal("–", cell.TextContent.Trim()));

        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        circuit.Clock.Advance(TimeSpan.FromSeconds(2));

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] .of-sims a")));
    }

    [Theory]
    [InlineData(403, "The credential does not allow this")]
    [InlineData(503, "Soracom does not answer")]
    public async Task Open_TheVendorFailsAtTheFirstReading_SaysHow(int status, string title)
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = status });

        var page = Said(Open(tenant), title);
        await page.InvokeAsync(() => page.FindAll(".notice button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).Click());

        Loaded(page);
    }

    [Fact]
    public async Task Refresh_TheVendorIsDownSince_GoesOnAndSaysHowOldTheListIs()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant);
        var page = Loaded(Open(tenant));
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/groups", Status = 503 });

        await page.InvokeAsync(() => page.Find(".refresh").Click());

        page.WaitForAssertion(() => Assert.Contains("Soracom does not answer", page.Find(".trouble").TextContent, StringComparison.Ordinal));
        Assert.Contains("10 min ago", page.Find(".trouble").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(page.FindAll("[data-row] a.strong"));
    }

    [Fact]
    public async Task Open_NoCredential_ShowsTheWayToStoreOne()
    {
        using var tenant = await NewTenantAsync();

        Said(Open(tenant), "Connect this account to Soracom");
    }

    [Fact]
    public async Task Prerender_AsksNothing()
    {
        using var tenant = await WalkedAsync(TenantRole.Viewer);
        circuit.SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = Open(tenant);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".skeleton")));
        Assert.NotEmpty(page.FindAll(".filters"));
    }

    private static IRenderedComponent<GroupsPage> Loaded(IRenderedComponent<GroupsPage> page)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] a.strong")));
        return page;
    }

    private static IRenderedComponent<GroupsPage> Said(IRenderedComponent<GroupsPage> page, string title)
    {
        page.WaitForAssertion(() => Assert.Equal(title, page.Find(".notice h2").TextContent));
        return page;
    }

    private IRenderedComponent<GroupsPage> Open(TenantContext tenant, string query = "") => circuit.Render<GroupsPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Groups(tenant.Slug)}{query}")
        .Add(page => page.Slug, tenant.Slug));

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }

    private async Task<TenantContext> WalkedAsync(TenantRole role)
    {
        var tenant = await scene.OpenAsync(PortalScene.Aoba, role);
        foreach (var coverage in Enum.GetValues<SoracomCoverage>())
        {
            await scene.Get<InventorySync>().RunAsync(tenant.TenantId, coverage, Watchdog.Token);
        }

        return tenant;
    }

    private async Task<TenantContext> NewTenantAsync()
    {
        var slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        return await scene.OpenAsync(slug, TenantRole.Owner);
    }

    private async Task StoreAsync(TenantContext tenant)
    {
        var sam = scene.Account(DemoFleets.Nagisa).User("portal");
        var stored = await scene.Get<CredentialStore>().StoreAsync(tenant, SoracomCoverage.Japan, new AuthKeyCredential(sam.AuthKeyId, sam.AuthKey), otherOperator: false, Watchdog.Token);
        Assert.Null(stored.Error);
    }
}
