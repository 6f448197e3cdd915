using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Getting about with the keyboard, a screen reader or a thumb.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class NavigationTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task SkipLink_IsTheFirstStop_AndLeadsIntoTheContentOfTheSamePage()
    {
        var user = await VisitAsync();
        await user.SignInAsync("owner", PortalUrls.Members("aoba"));
        await user.LiveAsync();
        var skip = user.Page.GetByRole(AriaRole.Link, new() { Name = user.Words["Skip"] });
        await Expect(skip).Not.ToBeInViewportAsync();

        await user.Page.EvaluateAsync("document.activeElement.blur(); document.body.focus()");
        await user.TabToAsync(skip);
        await Expect(skip).ToBeInViewportAsync();
        await user.Page.Keyboard.PressAsync("Enter");

        await Expect(user.Page.GetByRole(AriaRole.Main)).ToBeFocusedAsync();
        await user.AtAsync(PortalUrls.Members("aoba"));
    }

    [Fact]
    public async Task Navigating_TheNewPagesHeadingHasTheFocus_WithoutAFrameAroundIt()
    {
        var user = await VisitAsync();
        await user.SignInAsync("owner", PortalUrls.Tenant("aoba"));
        await user.LiveAsync();

        // Pages of many rows last: from their heading it is a long way round to the next link.
        foreach (var page in new[] { "Members", "Credentials", "Audit" })
        {
            await user.PressAsync(new SideNav(user).Link(page));
            var heading = user.Page.GetByRole(AriaRole.Heading, new() { Name = user.Words[$"{page}.Title"], Level = 1 });
            await Expect(heading).ToBeFocusedAsync();
            await Expect(heading).ToHaveCSSAsync("outline-style", "none");
        }
    }

    [Fact]
    public async Task Navigating_BeforeTheCircuitIsThere_ShowsThePageOfTheAddress()
    {
        var user = await VisitAsync();
        await user.SignInAsync("owner", PortalUrls.Tenant("aoba"));
        await user.LiveAsync();
        var clicked = new TaskCompletionSource();
        await user.Page.RouteAsync("**/_blazor/negotiate*", async route =>
        {
            await clicked.Task;
            await route.ContinueAsync();
        });

        await user.OpenAsync(PortalUrls.Tenant("aoba"));
        await new SideNav(user).Link("Members").ClickAsync();
        clicked.SetResult();

        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Name = user.Words["Members.Title"], Level = 1 })).ToBeVisibleAsync();
        await user.LiveAsync();
        await user.AtAsync(PortalUrls.Members("aoba"));
        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Name = user.Words["Members.Title"], Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Phone_TheFoldedNavigation_OpensLeadsOnAndFoldsAgain()
    {
        var user = await VisitAsync(Look.Phone);
        await user.SignInAsync("owner", PortalUrls.Tenant("aoba"));
        await user.LiveAsync();
        var menu = user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Nav.Menu"] });
        await Expect(new SideNav(user).Link("Sims")).ToBeHiddenAsync();

        await menu.ClickAsync();
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(new SideNav(user).Link("Sims")).ToBeVisibleAsync();
        await user.KeepAsync("menu", whole: false);
        await user.Page.Keyboard.PressAsync("Escape");
        await Expect(new SideNav(user).Link("Sims")).ToBeHiddenAsync();

        await menu.ClickAsync();
        await new SideNav(user).Link("Sims").ClickAsync();
        await user.AtAsync(PortalUrls.Sims("aoba"));
        await Expect(new SideNav(user).Link("Sims")).ToBeHiddenAsync();
        await Expect(menu).ToHaveAttributeAsync("aria-expanded", "false");
    }
}
