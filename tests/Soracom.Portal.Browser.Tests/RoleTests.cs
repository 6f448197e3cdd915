using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Everybody sees what their role includes, and nothing of accounts that are not theirs.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class RoleTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private static readonly string[] Pages = ["Overview", "Sims", "Jobs", "Groups", "RemoteAccess", "Cameras", "Exports", "Billing", "Credentials", "Members", "Delegation", "Audit", "Settings"];

    [Theory]
    [InlineData("owner", "Overview,Sims,Jobs,Groups,RemoteAccess,Cameras,Exports,Billing,Credentials,Members,Delegation,Audit,Settings")]
    [InlineData("reseller", "Overview,Sims,Jobs,Groups,RemoteAccess,Cameras,Exports,Billing,Credentials,Members,Delegation,Audit,Settings")]
    [InlineData("operator", "Overview,Sims,Jobs,Groups,RemoteAccess,Cameras,Exports,Credentials,Members,Delegation")]
    [InlineData("viewer", "Overview,Sims,Jobs,Groups,RemoteAccess,Cameras")]
    [InlineData("billing", "Overview,Billing")]
    public async Task Navigation_ARole_OffersItsPages_AndTheOthersSayNo(string account, string offered)
    {
        var visitor = await VisitAsync();
        visitor.Expect("403");
        await visitor.SignInAsync(account, PortalUrls.Tenant("aoba"));
        await visitor.LiveAsync();

        string[] names = offered.Split(',');
        await Expect(new SideNav(visitor).Links).ToHaveTextAsync(names.Select(name => visitor.Words[$"Nav.{name}"]));
        foreach (var page in Pages)
        {
            var answer = await visitor.OpenAsync(AddressOf(page));
            Assert.Equal(names.Contains(page, StringComparer.Ordinal) ? 200 : 403, answer.Status);
            await visitor.SettledAsync();
            var denied = visitor.Page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["Denied.Title"], Level = 1 });
            await Expect(denied).ToHaveCountAsync(names.Contains(page, StringComparer.Ordinal) ? 0 : 1);
        }
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("viewer")]
    public async Task Credentials_WhoMayNotManageThem_FindsNoButtons(string account)
    {
        var visitor = await VisitAsync();
        // The viewer may not even see them.
        visitor.Expect("403");
        await visitor.SignInAsync(account, PortalUrls.Credentials("aoba"));
        await visitor.SettledAsync();

        await Expect(visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = visitor.Words["Credentials.Delete"] })).ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Button, new() { Name = visitor.Words["Credentials.Replace"] })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Reseller_SeesAllCustomers_FindsOneByName_AndSwitchesToAnother()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("reseller");
        await visitor.AtAsync(PortalUrls.Tenants());
        await visitor.LiveAsync();
        var tenants = new TenantsPage(visitor);
        await Expect(tenants.Names).ToHaveTextAsync(["Aoba Logistics 青葉物流", "Komorebi Farms こもれび農園", "Metro Metering", "Nagisa Energy"]);

        await visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Searchbox).FillAsync("こもれび");
        await Expect(tenants.Names).ToHaveTextAsync(["Komorebi Farms こもれび農園"]);
        await tenants.Names.ClickAsync();
        await visitor.AtAsync(PortalUrls.Tenant("komorebi"));
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Komorebi Farms こもれび農園");

        var switcher = visitor.Page.Locator("details.switcher");
        await switcher.Locator("summary").ClickAsync();
        await switcher.GetByRole(AriaRole.Searchbox).FillAsync("nagi");
        await switcher.GetByRole(AriaRole.Link, new() { Name = "Nagisa Energy" }).ClickAsync();
        await visitor.AtAsync(PortalUrls.Tenant("nagisa"));
        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Nagisa Energy");
    }

    [Fact]
    public async Task Stranger_IsSignedIn_ButNowhere_AndLearnsWhatToTellTheAdministrator()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("stranger");

        await Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(visitor.Words["NoAccess.Title"]);
        await Expect(visitor.Page.GetByRole(AriaRole.Main)).ToContainTextAsync("urn:soracom-portal:demo");
    }

    [Fact]
    public async Task AnotherTenantsSim_ByItsAddress_LooksLikeATenantThatDoesNotExist()
    {
        var owner = await VisitAsync();
        await owner.SignInAsync("owner", PortalUrls.Sims("aoba"));
        await new SimsPage(owner).Names.First.ClickAsync();
        await Expect(new SimPage(owner).Profiles).ToBeVisibleAsync();
        var sim = owner.Location;

        var stranger = await VisitAsync();
        stranger.Expect("404");
        await stranger.SignInAsync("stranger");
        var forbidden = await ReadAsync(stranger, sim);
        var unknown = await ReadAsync(stranger, sim.Replace("/t/aoba/", "/t/nowhere/", StringComparison.Ordinal));

        Assert.Equal(404, forbidden.Status);
        Assert.Contains(stranger.Words["NotFound.Title"], forbidden.Text, StringComparison.Ordinal);
        Assert.Equal(unknown, forbidden);
    }

    [Fact]
    public async Task AnotherTenantsSim_OpenedInOnesOwnTenant_IsNotFound()
    {
        var reseller = await VisitAsync();
        await reseller.SignInAsync("reseller", PortalUrls.Sims("nagisa"));
        await new SimsPage(reseller).Names.First.ClickAsync();
        await Expect(new SimPage(reseller).Profiles).ToBeVisibleAsync();

        var owner = await VisitAsync();
        await owner.SignInAsync("owner", reseller.Location.Replace("/t/nagisa/", "/t/aoba/", StringComparison.Ordinal));

        await Expect(new SimsPage(owner).Notice(owner.Words["Vendor.NotFound.Title"])).ToBeVisibleAsync();
    }

    private static string AddressOf(string page) => page switch
    {
        "Overview" => PortalUrls.Tenant("aoba"),
        "Sims" => PortalUrls.Sims("aoba"),
        "Jobs" => PortalUrls.Jobs("aoba"),
        "Groups" => PortalUrls.Groups("aoba"),
        "RemoteAccess" => PortalUrls.RemoteAccess("aoba"),
        "Cameras" => PortalUrls.Cameras("aoba"),
        "Exports" => PortalUrls.Exports("aoba"),
        "Billing" => PortalUrls.Billing("aoba"),
        "Credentials" => PortalUrls.Credentials("aoba"),
        "Members" => PortalUrls.Members("aoba"),
        "Delegation" => PortalUrls.Delegation("aoba"),
        "Settings" => PortalUrls.Settings("aoba"),
        _ => PortalUrls.Audit("aoba"),
    };

    private static async Task<(int Status, string Title, string Text)> ReadAsync(Visitor visitor, string path)
    {
        var answer = await visitor.OpenAsync(path);
        await visitor.SettledAsync();
        // The title is that of the first drawing, then none, then the living page's: only a wait for the whole of it reads it for sure.
        var title = $"{visitor.Words["NotFound.Title"]} - Soracom.Portal";
        await Expect(visitor.Page).ToHaveTitleAsync(title);
        return (answer.Status, title, await visitor.Page.GetByRole(AriaRole.Main).InnerTextAsync());
    }
}
