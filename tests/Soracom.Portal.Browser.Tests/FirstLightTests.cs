using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>The story that everything stands on: a new user finds a SIM of a customer by the last digits of its IMSI.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class FirstLightTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Customer = "Aoba Logistics";
    private const string SimName = "冷蔵トラック 3号車";

    private static readonly string LastDigits = DemoFleets.SharedImsi[^4..];

    [Fact]
    public async Task FirstLight_FreshStart_ANewUserFindsASimByTheLastDigitsOfItsImsi()
    {
        var user = await VisitAsync(await FreshPortalAsync());

        await user.OpenAsync(PortalUrls.Home());
        await user.AtAsync(PortalUrls.SignIn(PortalUrls.Home()));
        await new SignInPage(user).ChooseAsync("operator");

        await new TenantsPage(user).Tenant(Customer).ClickAsync();
        await user.AtAsync(PortalUrls.Tenant("aoba"));
        await user.LiveAsync();
        await new SideNav(user).Link("Sims").ClickAsync();

        var sims = new SimsPage(user);
        await sims.HoldsAsync(60);
        await sims.SearchBox.FillAsync(LastDigits);
        await Expect(sims.Rows).ToHaveCountAsync(1);
        await Expect(sims.Rows).ToContainTextAsync(DemoFleets.SharedImsi);
        await sims.Names.ClickAsync();

        var sim = new SimPage(user);
        await Expect(sim.Heading).ToHaveTextAsync(SimName);
        await Expect(sim.Profiles).ToContainTextAsync(DemoFleets.SharedImsi);
        await Expect(sim.Card(user.Words["Sim.Session"])).ToContainTextAsync(user.Words["Sim.Online"]);
        await Expect(user.Page).ToHaveTitleAsync($"{SimName} - Aoba Logistics 青葉物流");
    }

    [Fact]
    public async Task FirstLight_ByKeyboardAlone_LeadsToTheSameSim()
    {
        var user = await VisitAsync();
        await user.OpenAsync(PortalUrls.Home());
        await user.PressAsync(new SignInPage(user).Account("operator"));

        await Expect(new TenantsPage(user).Heading).ToBeFocusedAsync();
        await user.PressAsync(new TenantsPage(user).Tenant(Customer));

        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeFocusedAsync();
        await user.AtAsync(PortalUrls.Tenant("aoba"));
        await user.PressAsync(new SideNav(user).Link("Sims"));

        var sims = new SimsPage(user);
        await Expect(sims.Heading).ToBeFocusedAsync();
        await user.TabToAsync(sims.SearchBox);
        await user.Page.Keyboard.TypeAsync(LastDigits);
        await Expect(sims.Rows).ToHaveCountAsync(1);
        await user.TabToAsync(sims.Table);
        await user.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(sims.ActiveRow).ToContainTextAsync(SimName);
        await user.Page.Keyboard.PressAsync("Enter");

        await Expect(new SimPage(user).Heading).ToHaveTextAsync(SimName);
        await Expect(new SimPage(user).Heading).ToBeFocusedAsync();
    }
}
