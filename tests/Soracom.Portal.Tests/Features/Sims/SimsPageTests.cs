using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>Every state of the search, in its own words.</summary>
public sealed class SimsPageTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private const string Search = "/v1/query/sims";

    private readonly PortalScene scene = own.Scene;

    private ComponentScene circuit = null!;

    public static TheoryData<SandboxFault, string, bool> Troubles { get; } = new()
    {
        { new() { Kind = SandboxFaultKind.Status, Path = "/v1/auth", Status = 401 }, "Soracom refuses the credential", true },
        { new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 403 }, "The credential does not allow this", true },
        { new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 429 }, "Soracom asks to slow down", false },
        { new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 503 }, "Soracom does not answer", false },
        { new() { Kind = SandboxFaultKind.Html, Path = Search, Status = 200 }, "The answer was not Soracom's", false },
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
    public async Task Open_WhileTheVendorIsAsked_ShowsTheTablesShape()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Slow, Path = Search, Delay = TimeSpan.FromHours(1) });

        var page = Open(tenant);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[role=status][aria-busy=true] .skeleton")));
        Assert.Equal("SIMs", page.Find("h1").TextContent);
        Assert.Empty(page.FindAll(".notice"));
        await scene.StruckAsync();
    }

    [Fact]
    public async Task Open_AllOfASmallAccount_ShowsItsSimsAndNoFurtherPage()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Loaded(Open(tenant));

        Assert.Equal(42, page.FindAll("tbody tr").Count);
        Assert.Empty(page.FindAll(".pages a"));
        Assert.Equal(["Japan coverage", "Global coverage"], page.FindAll("[role=group] a").Select(link => link.TextContent));
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("td.group"), cell => cell.TextContent == "配送トラック"));
    }

    [Fact]
    public async Task Open_AllOfALargeAccount_LeadsToTheNextPageAndBackToTheFirst()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var first = Loaded(Open(tenant));

        var next = Assert.Single(first.FindAll(".pages a")).GetAttribute("href")!;
        var second = Loaded(Open(tenant, next[next.IndexOf('?', StringComparison.Ordinal)..]));

        Assert.Equal(SimSearch.PageSize, first.FindAll("tbody tr").Count);
        Assert.Empty(Names(first).Intersect(Names(second), StringComparer.Ordinal));
        Assert.Equal(PortalUrls.Sims(PortalScene.Nagisa), second.FindAll(".pages a")[0].GetAttribute("href"));
    }

    [Fact]
    public async Task Open_FilterThatNothingPasses_OffersToClearIt()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Said(Open(tenant, "?coverage=g&q=nosuchsim"), "No SIM matches");

        Assert.Equal(PortalUrls.Sims(PortalScene.Aoba) + "?coverage=g", page.Find(".notice a").GetAttribute("href"));
        Assert.Contains("idle", page.Find("button.clear").ClassList);
    }

    [Theory]
    [InlineData("?coverage=jp&after=8999999999999999999", "/t/aoba/sims?coverage=jp")]
    [InlineData("?coverage=jp&status=active&after=8999999999999999999", "/t/aoba/sims?coverage=jp&status=active")]
    public async Task Open_PastTheEnd_SaysThatNothingMoreComesAndLeadsToTheFirstPage(string query, string first)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

        var page = Said(Open(tenant, query), "Nothing more here");

        Assert.Equal(first, page.Find(".notice a").GetAttribute("href"));
    }

    [Fact]
    public async Task Open_SoFewPassThatNoneIsFoundYet_OffersToGoOn()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var page = Said(Open(tenant, "?q=00&status=suspended&module=nosuch"), "None found so far");

        Assert.Empty(page.FindAll("table"));
        Assert.Matches(@"^/t/nagisa/sims\?q=00&status=suspended&module=nosuch&after=\d+$", Assert.Single(page.FindAll(".notice a")).GetAttribute("href")!);
    }

    [Fact]
    public async Task Open_AccountWithoutSims_SaysThatThereAreNone()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Global, "portal");

        var page = Said(Open(tenant), "There are no SIMs yet");

        Assert.Contains("Global coverage", page.Find(".notice").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_CredentialThatMayNotSearch_IsDenied()
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "limited");

        Said(Open(tenant), "The credential does not allow this");
    }

    [Theory]
    [MemberData(nameof(Troubles), DisableDiscoveryEnumeration = true)]
    public async Task Open_TheVendorFails_SaysHow_AndGoesOnWhenItIsOver(SandboxFault fault, string title, bool remedy)
    {
        using var tenant = await NewTenantAsync();
        await StoreAsync(tenant, SoracomCoverage.Japan, "portal");
        scene.Sandbox.Faults.Arm(fault);

        var page = Said(Open(tenant), title);

        Assert.Equal(remedy ? [PortalUrls.Credentials(tenant.Slug)] : [], page.FindAll(".notice a").Select(link => link.GetAttribute("href")));
        Assert.NotEmpty(page.FindAll(".filters"));
        // The pauses after a refusal pass, and a used-up budget fills again.
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        await page.InvokeAsync(() => page.FindAll(".notice button").Single(button => button.TextContent.Contains("Try again", StringComparison.Ordinal)).Click());
        Assert.Equal(SimSearch.PageSize, Loaded(page).FindAll("tbody tr").Count);
    }

    [Fact]
    public async Task Open_TermThatIsTooShort_SaysSoWithoutAskingTheVendor()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 503 });

        Said(Open(tenant, "?q=x"), "Search for a little more");

        Assert.Single(scene.Sandbox.Faults.Armed);
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
    public async Task Filter_IsPutIntoTheAddress_FromTheFirstPageOn()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var page = Loaded(Open(tenant, "?coverage=jp&status=active&after=8942"));

        await page.InvokeAsync(() => page.FindAll("details.filter")[0].QuerySelectorAll("input")[0].Change(value: true));
        Assert.Equal("/t/aoba/sims?coverage=jp&status=active&status=ready", AddressAfterwards());

        await page.InvokeAsync(() => page.Find("button.clear").Click());
        Assert.Equal("/t/aoba/sims?coverage=jp", AddressAfterwards());
    }

    [Fact]
    public async Task Prerender_AsksTheVendorNothing()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        scene.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 503 });
        circuit.SetRendererInfo(new RendererInfo("Static", isInteractive: false));

        var page = Open(tenant);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".filters")));
        Assert.NotEmpty(page.FindAll(".skeleton"));
        Assert.Single(scene.Sandbox.Faults.Armed);
    }

    private static IEnumerable<string> Names(IRenderedComponent<SimsPage> page) => page.FindAll("a.strong").Select(link => link.GetAttribute("href")!);

    private static IRenderedComponent<SimsPage> Loaded(IRenderedComponent<SimsPage> page)
    {
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tbody a.strong")));
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
