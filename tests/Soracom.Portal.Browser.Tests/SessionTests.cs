using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A session ends when it is ended or forgotten, in every window.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SessionTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task SignOut_EndsTheSessionInEveryTab_AndPagesAskToSignInAgain()
    {
        var user = await VisitAsync();
        await user.SignInAsync("owner", PortalUrls.Credentials("aoba"));
        await user.LiveAsync();
        var tab = await user.Context.NewPageAsync();
        await tab.GotoAsync(new Uri(user.Address, PortalUrls.Members("aoba")).ToString());
        await Expect(tab.Locator("[data-live]")).ToBeVisibleAsync();

        await new SideNav(user).SignOutAsync();
        await user.AtAsync(PortalUrls.SignedOut());
        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(user.Words["SignedOut.Title"]);

        await Expect(tab).ToHaveURLAsync(new Uri(user.Address, PortalUrls.SignIn(PortalUrls.Members("aoba"))).AbsoluteUri);
        await user.OpenAsync(PortalUrls.Credentials("aoba"));
        await user.AtAsync(PortalUrls.SignIn(PortalUrls.Credentials("aoba")));
    }

    [Fact]
    public async Task Profile_EndingASessionElsewhere_ClosesItsPage_AndLeavesThisOne()
    {
        var portal = await FreshPortalAsync();
        var elsewhere = await VisitAsync(portal);
        await elsewhere.SignInAsync("viewer", PortalUrls.Tenant("aoba"));
        var here = await VisitAsync(portal);
        await here.SignInAsync("viewer", PortalUrls.Profile());
        await here.SettledAsync();

        await here.Page.GetByRole(AriaRole.Button, new() { Name = here.Words["Profile.End"], Exact = true }).ClickAsync();

        await elsewhere.AtAsync(PortalUrls.SignIn(PortalUrls.Tenant("aoba")));
        await Expect(here.Page.GetByRole(AriaRole.Row)).ToHaveCountAsync(2);
        await here.OpenAsync(PortalUrls.Profile());
        await here.AtAsync(PortalUrls.Profile());
    }

    [Fact]
    public async Task Cookie_IsOutOfReachOfScripts_AndWorthNothingAfterSigningOut()
    {
        var user = await VisitAsync();
        await user.SignInAsync("viewer", PortalUrls.Tenant("aoba"));
        await user.LiveAsync();
        var cookie = (await user.Context.CookiesAsync()).Single(one => one.Name == "portal");
        Assert.True(cookie.HttpOnly);
        Assert.Equal(SameSiteAttribute.Lax, cookie.SameSite);
        await new SideNav(user).SignOutAsync();
        await Expect(user.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);

        var thief = await VisitAsync();
        await thief.Context.AddCookiesAsync([new() { Name = cookie.Name, Value = cookie.Value, Url = thief.Address.ToString() }]);
        await thief.OpenAsync(PortalUrls.Tenant("aoba"));
        await thief.AtAsync(PortalUrls.SignIn(PortalUrls.Tenant("aoba")));
    }

    [Fact]
    public async Task Session_LeftIdle_ClosesTheOpenPage_AndSigningInLeadsBackToIt()
    {
        var clock = new ShiftedTime();
        var user = await VisitAsync(await PortalByAsync(clock));
        var page = PortalUrls.Sims("aoba") + "?status=active";
        await user.SignInAsync("viewer", page);
        await Expect(new SimsPage(user).Rows.First).ToBeVisibleAsync();

        clock.Advance(TimeSpan.FromHours(8) + TimeSpan.FromMinutes(2));

        await user.AtAsync(PortalUrls.SignIn(page));
        await new SignInPage(user).ChooseAsync("viewer");
        await user.AtAsync(page);
        await Expect(new SimsPage(user).Rows.First).ToBeVisibleAsync();
    }
}
