using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>Every state of the list, in its own words.</summary>
public sealed class SimsPageTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    public static TheoryData<SandboxFault, string, bool> Troubles { get; } = new()
    {
        { new() { Kind = SandboxFaultKind.Status, Path = "/v1/auth", Status = 401 }, "Soracom refuses the credential", true },
        { new() { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 403 }, "The credential does not allow this", true },
        { new() { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 429 }, "Soracom asks to slow down", false },
        { new() { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 503 }, "Soracom does not answer", false },
        { new() { Kind = SandboxFaultKind.Html, Path = "/v1/sims", Status = 200 }, "The answer was not Soracom's", false },
    };

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
    public async Task Open_NothingReadYet_SaysThatItIsBeingRead_AndShowsTheSimsAsTheyCome()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "portal");
        var turn = await scene.Get<InventoryStore>().TakeAsync(tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);

        var page = Open(tenant);

        page.WaitForAssertion(() => Assert.Contains("for the first time", page.Find(".beginning").TextContent, StringComparison.Ordinal));
        Assert.NotEmpty(page.FindAll("[role=grid][aria-busy=true] .skeleton"));
        Assert.Empty(page.FindAll(".notice"));

        await scene.Get<InventoryStore>().ReleaseAsync(tenant.TenantId, SoracomCoverage.Japan, turn!, Watchdog.Token);
        await WalkAsync(tenant);
        scene.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("10001", Loaded(page).Find("[role=grid]").GetAttribute("aria-rowcount"));
    }

    [Fact]
    public async Task Open_BothCoverages_ListsTheSimsOfBoth_AndLeadsToEach()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);

        var page = Loaded(Open(tenant));

        Assert.Equal("60 SIMs", page.Find(".total").TextContent);
        Assert.Equal("61", page.Find("[role=grid]").GetAttribute("aria-rowcount"));
        Assert.Equal(["Both", "Japan coverage", "Global coverage"], page.FindAll("[role=group].choice a").Select(link => link.TextContent));
        Assert.Equal("/t/aoba/sims?coverage=g", page.FindAll("[role=group].choice a")[2].GetAttribute("href"));
        Assert.Contains(page.FindAll(".of-group"), cell => cell.TextContent.Trim() == "Trailers North America");
        Assert.Equal("18 SIMs", Loaded(Open(tenant, "?coverage=g")).Find(".total").TextContent);
    }

    [Fact]
    public async Task Open_VeryManySims_DrawsThoseInSightAlone()
    {
        using var tenant = await WalkedAsync(PortalScene.Nagisa);

        var page = Loaded(Open(tenant));

        Assert.Equal("10001", page.Find("[role=grid]").GetAttribute("aria-rowcount"));
        Assert.InRange(page.FindAll("[data-row]").Count, 10, 80);
        var rows = page.FindComponent<VirtualRows>();
        await rows.InvokeAsync(() => rows.Instance.MovedAsync(200_000, 600, 42));
        Assert.InRange(int.Parse(page.Find("[data-row]").GetAttribute("data-row")!, null), 4_700, 4_762);
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-row] .skeleton")));
    }

    [Fact]
    public async Task Keys_MoveTheActiveRow_SelectAndOpen()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var page = Loaded(Open(tenant));
        var rows = page.FindComponent<VirtualRows>();

        await PressAsync("ArrowDown", "ArrowDown", "ArrowDown", "ArrowUp", " ");
        Assert.Equal("1", page.Find("[data-row].active").GetAttribute("data-row"));
        Assert.Equal(page.Find("[data-row].active").Id, page.Find("[role=grid]").GetAttribute("aria-activedescendant"));
        Assert.Equal("true", page.Find("[data-row].active").GetAttribute("aria-selected"));
        Assert.Contains("1 selected", page.Find(".selected").TextContent, StringComparison.Ordinal);

        await PressAsync("End");
        Assert.Equal("61", page.Find("[data-row].active").GetAttribute("aria-rowindex"));
        await PressAsync("PageUp", "Home");
        Assert.Equal("2", page.Find("[data-row].active").GetAttribute("aria-rowindex"));

        var link = page.Find("[data-row].active a.strong").GetAttribute("href");
        await PressAsync("Enter");
        Assert.Equal(link, AddressAfterwards());

        async Task PressAsync(params string[] keys)
        {
            foreach (var key in keys)
            {
                await rows.InvokeAsync(() => rows.Instance.PressedAsync(key));
            }
        }
    }

    [Fact]
    public async Task Keys_WithShift_SelectFromRowToRow_AlsoOverRowsThatWereNeverDrawn()
    {
        using var tenant = await WalkedAsync(PortalScene.Nagisa);
        var page = Loaded(Open(tenant));
        var rows = page.FindComponent<VirtualRows>();

        await PressAsync("ArrowDown", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowUp");
        Assert.Equal(["0", "1"], page.FindAll("[data-row][aria-selected=true]").Select(row => row.GetAttribute("data-row")));
        Assert.Equal("1", page.Find("[data-row].active").GetAttribute("data-row"));

        await PressAsync("Shift+End");
        page.WaitForAssertion(() => Assert.Contains("10,000 selected", page.Find(".selected").TextContent, StringComparison.Ordinal));

        await PressAsync("Shift+Home");
        page.WaitForAssertion(() => Assert.Contains("1 selected", page.Find(".selected").TextContent, StringComparison.Ordinal));

        async Task PressAsync(params string[] keys)
        {
            foreach (var key in keys)
            {
                await rows.InvokeAsync(() => rows.Instance.PressedAsync(key));
            }
        }
    }

    [Fact]
    public async Task Click_WithShift_SelectsFromTheRowThatWasClickedBefore_AndTheKeyboardStandsThere()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var page = Loaded(Open(tenant));

        await page.InvokeAsync(() => Pick(3).ClickAsync(new()));
        await page.InvokeAsync(() => Pick(6).ClickAsync(new() { ShiftKey = true }));
        Assert.Equal(["3", "4", "5", "6"], page.FindAll("[data-row][aria-selected=true]").Select(row => row.GetAttribute("data-row")));
        Assert.Equal("6", page.Find("[data-row].active").GetAttribute("data-row"));

        await page.InvokeAsync(() => Pick(5).ClickAsync(new()));
        Assert.Contains("3 selected", page.Find(".selected").TextContent, StringComparison.Ordinal);

        AngleSharp.Dom.IElement Pick(int row) => page.Find($"[data-row='{row}'] [data-pick]");
    }

    [Fact]
    public async Task Header_SaysTheOrder_AndSortsByWhatIsClicked()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var page = Loaded(Open(tenant, "?sort=imsi&order=desc"));

        Assert.Equal("descending", page.Find("[role=columnheader].of-imsi").GetAttribute("aria-sort"));
        Assert.Equal("none", page.Find("[role=columnheader].of-name").GetAttribute("aria-sort"));
        var imsis = page.FindAll("[data-row] .of-imsi code").Select(code => code.TextContent).ToList();
        Assert.Equal(imsis.OrderDescending(StringComparer.Ordinal), imsis);

        await page.InvokeAsync(() => page.Find(".of-status .sort").Click());
        Assert.Equal("/t/aoba/sims?sort=status", AddressAfterwards());
    }

    [Fact]
    public async Task Chart_CountsByStatus_AndFiltersByWhatIsClicked()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var page = Loaded(Open(tenant, "?status=active"));

        var parts = page.FindAll(".legend button");
        Assert.Equal(60, parts.Sum(part => int.Parse(part.QuerySelector("strong")!.TextContent, null)));
        Assert.Equal(["Active"], parts.Where(part => part.GetAttribute("aria-pressed") == "true").Select(part => part.TextContent.Split(' ', StringSplitOptions.RemoveEmptyEntries)[0]));

        await page.InvokeAsync(() => parts.Single(part => part.TextContent.Contains("Suspended", StringComparison.Ordinal)).Click());
        Assert.Equal("/t/aoba/sims?status=active&status=suspended", AddressAfterwards());
    }

    [Fact]
    public async Task Filters_SayHowManySimsEachWouldLeave()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var page = Loaded(Open(tenant, "?coverage=jp&session=online"));

        var sessions = page.FindAll("details.filter").Single(menu => menu.QuerySelector("summary")!.TextContent.StartsWith("Session", StringComparison.Ordinal));
        var counts = sessions.QuerySelectorAll("label").Select(label => (label.QuerySelector("span")!.TextContent, int.Parse(label.QuerySelector(".many")!.TextContent, null))).ToList();

        Assert.Equal(["Online", "Offline"], counts.Select(count => count.Item1));
        Assert.Equal(42, counts.Sum(count => count.Item2));
        Assert.Equal($"{counts[0].Item2} SIMs", page.Find(".total").TextContent);
    }

    [Fact]
    public async Task Open_FilterThatNothingPasses_OffersToClearIt()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);

        var page = Said(Open(tenant, "?coverage=g&q=nosuchsim"), "No SIM matches");

        await page.InvokeAsync(() => page.Find(".notice button").Click());
        Assert.Equal("/t/aoba/sims?coverage=g", AddressAfterwards());
    }

    [Fact]
    public async Task Open_AccountWithoutSims_SaysThatThereAreNone()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Global, "portal");
        await WalkAsync(tenant, SoracomCoverage.Global);

        Said(Open(tenant), "There are no SIMs yet");
    }

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public async Task Open_TheVendorFailedAtTheFirstReading_SaysHow(SandboxFault fault, string title, bool remedy)
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "portal");
        // A budget that another account of the same operator used up fills again.
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        scene.Sandbox.Faults.Arm(fault);
        await WalkAsync(tenant);

        var page = Said(Open(tenant), title);

        Assert.Equal(remedy ? [PortalUrls.Credentials(tenant.Slug)] : [], page.FindAll(".notice a").Select(link => link.GetAttribute("href")));
        Assert.NotEmpty(page.FindAll(".filters"));
        Assert.Contains(page.FindAll(".notice button"), button => button.TextContent.Contains("Try again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Open_TheVendorIsDownSince_GoesOnAndSaysHowOldTheListIs()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "portal");
        await WalkAsync(tenant);
        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        scene.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = "/v1/sims", Status = 503 });
        await WalkAsync(tenant);

        var page = Loaded(Open(tenant));

        Assert.Contains("Soracom does not answer", page.Find(".trouble").TextContent, StringComparison.Ordinal);
        Assert.Contains("10 min ago", page.Find(".trouble").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OnAnInstanceThatReadsNothing_SaysThatAnotherHasTo_AndShowsTheSimsWhenItHas()
    {
        // This scene's portal walks through no account.
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "portal");

        var page = Said(Open(tenant), "Nothing has been read yet");

        Assert.Contains("another one of this portal", page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Contains("not read yet", page.Find(".fresh").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".refresh, .beginning"));

        await WalkAsync(tenant);
        scene.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("10,000 SIMs", Loaded(page).Find(".total").TextContent);
    }

    [Theory]
    [InlineData(TenantRole.Owner, "Store a credential")]
    [InlineData(TenantRole.Viewer, "Ask an owner of this account to store one.")]
    public async Task Open_NoCredentialAtAll_ShowsTheWayToStoreOneAndNothingToFilter(TenantRole role, string way)
    {
        using var tenant = await NewTenantAsync(role);

        var page = Said(Open(tenant), "Connect this account to Soracom");

        Assert.Contains(way, page.Find(".notice").TextContent, StringComparison.Ordinal);
        Assert.Equal(role == TenantRole.Owner ? [PortalUrls.Credentials(tenant.Slug)] : [], page.FindAll(".notice a").Select(link => link.GetAttribute("href")));
        Assert.Empty(page.FindAll(".filters"));
        Assert.Empty(page.FindAll(".refresh"));
    }

    [Fact]
    public async Task Open_NoCredentialOfThisCoverage_SaysSoAndOffersNothingToFilter()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "portal");

        var page = Said(Open(tenant, "?coverage=g"), "Not connected to Soracom yet");

        Assert.Empty(page.FindAll(".filters"));
        Assert.Equal([PortalUrls.Credentials(tenant.Slug)], page.FindAll(".notice a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Filter_IsPutIntoTheAddress()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var page = Loaded(Open(tenant, "?coverage=jp&status=active"));

        await page.InvokeAsync(() => page.FindAll("details.filter")[0].QuerySelectorAll("input")[0].Change(value: true));
        Assert.Equal("/t/aoba/sims?coverage=jp&status=active&status=ready", AddressAfterwards());

        await page.InvokeAsync(() => page.Find("button.clear").Click());
        Assert.Equal("/t/aoba/sims?coverage=jp", AddressAfterwards());
    }

    [Fact]
    public async Task Row_LeadsToTheSimAndSaysWhatThereIsToSay()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);

        var row = Loaded(Open(tenant, "?q=" + DemoFleets.SharedImsi)).Find("[data-row]");

        var link = row.QuerySelector("a.strong")!;
        Assert.Equal("冷蔵トラック 3号車", link.TextContent);
        Assert.Matches(@"^/t/aoba/sims/\d+\?coverage=jp$", link.GetAttribute("href")!);
        Assert.Equal([DemoFleets.SharedImsi], row.QuerySelectorAll("mark").Select(mark => mark.TextContent));
        Assert.Contains(row.QuerySelectorAll("[data-copy]"), button => button.GetAttribute("data-copy") == DemoFleets.SharedImsi);
        Assert.All(row.QuerySelectorAll("a, button, input"), stop => Assert.Equal("-1", stop.GetAttribute("tabindex")));
    }

    [Fact]
    public async Task Row_FoundByWhatNoColumnShows_SaysWhatItWas()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        var phone = (await scene.Get<SimList>().FindAsync(tenant, [SoracomCoverage.Japan], SimQuery.Parse("?q=" + DemoFleets.SharedImsi).Lookup(scene.Clock.GetUtcNow()), Watchdog.Token)).Rows[0]!.Sim.Msisdns;

        var row = Loaded(Open(tenant, "?q=" + phone)).Find("[data-row]");

        Assert.Equal($"MSISDN {phone}", row.QuerySelector(".match")!.TextContent);
    }

    [Fact]
    public async Task Open_ToPutSimsIntoAGroup_SaysSo_AndLeadsWhatIsSelectedIntoAJobForIt()
    {
        using var viewer = await WalkedAsync(PortalScene.Aoba);
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        await using var db = scene.Database.ForTenant(tenant.TenantId);
        var group = db.InventoryGroups.First(row => row.Coverage == "jp" && row.Name != "");

        var page = Loaded(Open(tenant, $"?coverage=jp&into={group.GroupId}"));

        Assert.Contains(group.Name, page.Find(".into").TextContent, StringComparison.Ordinal);
        // What is added here is not a new SIM.
        Assert.DoesNotContain(page.FindAll("a.button"), link => link.GetAttribute("href") == PortalUrls.AddSims(tenant.Slug));
        Assert.Equal(PortalUrls.Sims(tenant.Slug, SimQuery.All with { Coverage = SoracomCoverage.Japan }), page.Find(".into a").GetAttribute("href"));
        // What narrows the list keeps the way.
        await page.InvokeAsync(() => page.Find(".sort").Click());
        Assert.Contains($"into={group.GroupId}", AddressAfterwards(), StringComparison.Ordinal);

        Assert.Empty(Loaded(Open(viewer, $"?coverage=jp&into={group.GroupId}")).FindAll(".into"));
    }

    [Fact]
    public async Task Prerender_AsksNothing()
    {
        using var tenant = await WalkedAsync(PortalScene.Aoba);
        circuit.SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = Open(tenant);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".filters")));
        Assert.NotEmpty(page.FindAll(".skeleton"));
    }

    private static IRenderedComponent<SimsPage> Loaded(IRenderedComponent<SimsPage> page)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-row] a.strong")));
        return page;
    }

    private static IRenderedComponent<SimsPage> Said(IRenderedComponent<SimsPage> page, string title)
    {
        page.WaitForAssertion(() => Assert.Equal(title, page.Find(".notice h2").TextContent));
        return page;
    }

    private IRenderedComponent<SimsPage> Open(TenantContext tenant, string query = "") => circuit.Render<SimsPage>(parameters => parameters
        .AddCascadingValue(tenant)
        .AddCascadingValue("Location", $"https://portal.test{PortalUrls.Sims(tenant.Slug)}{query}")
        .Add(page => page.Slug, tenant.Slug));

    private string AddressAfterwards()
    {
        var navigation = circuit.Services.GetRequiredService<NavigationManager>();
        return "/" + navigation.ToBaseRelativePath(navigation.Uri);
    }

    /// <summary>A demo tenant whose SIMs have been read.</summary>
    private async Task<TenantContext> WalkedAsync(string slug)
    {
        var tenant = await scene.OpenAsync(slug, TenantRole.Viewer);
        foreach (var coverage in Enum.GetValues<SoracomCoverage>())
        {
            await WalkAsync(tenant, coverage);
        }

        return tenant;
    }

    private Task<SyncOutcome> WalkAsync(TenantContext tenant, SoracomCoverage coverage = SoracomCoverage.Japan) => scene.Get<InventorySync>().RunAsync(tenant.TenantId, coverage, Watchdog.Token);

    /// <summary>A tenant that only this test knows.</summary>
    private async Task<TenantContext> NewTenantAsync(TenantRole role = TenantRole.Owner)
    {
        var slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        return await scene.OpenAsync(slug, role);
    }

    private async Task StoreAsync(TenantContext tenant, SoracomCoverage coverage, string user)
    {
        var sam = scene.Account(DemoFleets.Nagisa).User(user);
        var stored = await scene.Get<CredentialStore>().StoreAsync(tenant, coverage, new AuthKeyCredential(sam.AuthKeyId, sam.AuthKey), otherOperator: false, Watchdog.Token);
        Assert.Null(stored.Error);
    }
}
