using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Theme and language are chosen once.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class PreferenceTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task Theme_ChosenBeforeSigningIn_HoldsEverywhere_AndThePageStaysOpen()
    {
        var user = await VisitAsync();
        await user.OpenAsync(PortalUrls.SignIn(PortalUrls.Sims("aoba") + "?status=active"));
        await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Theme.Dark"] }).ClickAsync();
        await Expect(Root(user)).ToHaveAttributeAsync("data-theme", "dark");

        await new SignInPage(user).ChooseAsync("viewer");
        await user.AtAsync(PortalUrls.Sims("aoba") + "?status=active");
        await Expect(Root(user)).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(user.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(15, 19, 23)");

        await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Theme.Light"] }).ClickAsync();
        await user.AtAsync(PortalUrls.Sims("aoba") + "?status=active");
        await Expect(Root(user)).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task Language_ChosenInOneBrowser_IsSpokenInTheNext()
    {
        var japanese = new Words("ja");
        var portal = await FreshPortalAsync();
        var user = await VisitAsync(portal);
        await user.SignInAsync("owner", PortalUrls.Members("aoba"));
        await user.LiveAsync();
        await user.Page.GetByLabel(user.Words["Preferences.Language"], new() { Exact = true }).SelectOptionAsync("ja");
        await user.AtAsync(PortalUrls.Members("aoba"));
        await Expect(Root(user)).ToHaveAttributeAsync("lang", "ja");
        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(japanese["Members.Title"]);

        var elsewhere = await VisitAsync(portal);
        await elsewhere.SignInAsync("owner", PortalUrls.Sims("aoba"));
        await Expect(Root(elsewhere)).ToHaveAttributeAsync("lang", "ja");
        await Expect(elsewhere.Page.GetByRole(AriaRole.Searchbox, new() { Name = japanese["Sims.Search"] })).ToBeVisibleAsync();
    }

    private static ILocator Root(Visitor visitor) => visitor.Page.Locator("html");
}
