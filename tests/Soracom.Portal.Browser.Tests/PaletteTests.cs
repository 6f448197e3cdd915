using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>From anywhere to anywhere by the keyboard alone.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class PaletteTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task Palette_WithoutAMouse_LeadsToASim_APage_AndAnotherAccount()
    {
        var user = await VisitAsync();
        await user.SignInAsync("reseller", PortalUrls.Sims("aoba"));
        var sims = new SimsPage(user);
        await sims.HoldsAsync(60, 60_000);
        var name = await sims.Names.First.InnerTextAsync();

        await user.Page.Keyboard.PressAsync("Control+k");
        await Expect(Box(user)).ToBeFocusedAsync();
        await user.Page.Keyboard.TypeAsync(name);
        await user.Page.Keyboard.PressAsync("Enter");
        await Expect(user.Page.GetByRole(AriaRole.Heading, new() { Name = name, Level = 1 })).ToBeFocusedAsync();
        await Expect(Box(user)).ToBeHiddenAsync();

        await user.Page.Keyboard.PressAsync("Control+k");
        await user.Page.Keyboard.TypeAsync(user.Words["Billing.History"]);
        await user.Page.Keyboard.PressAsync("Enter");
        await user.AtAsync(PortalUrls.BillingHistory("aoba"));

        await user.Page.Keyboard.PressAsync("Control+k");
        await user.Page.Keyboard.TypeAsync("nagisa");
        await user.Page.Keyboard.PressAsync("Enter");
        await user.AtAsync(PortalUrls.Tenant("nagisa"));
    }

    [Fact]
    public async Task Palette_ArrowsMoveInIt_EscapeLeavesEverythingAsItWas()
    {
        var user = await VisitAsync();
        await user.SignInAsync("owner", PortalUrls.Members("aoba"));

        await new SideNav(user).Palette.ClickAsync();
        await Expect(Chosen(user)).ToContainTextAsync(user.Words["Nav.Overview"]);
        await user.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(Chosen(user)).ToContainTextAsync(user.Words["Nav.Sims"]);
        await user.Page.Keyboard.PressAsync("ArrowUp");
        await user.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(Box(user)).ToHaveAttributeAsync("aria-activedescendant", (await user.Page.Locator("[data-palette]").GetByRole(AriaRole.Option).Last.GetAttributeAsync("id"))!);
        Assert.Empty(await user.FindingsAsync());
        await user.Page.Keyboard.PressAsync("Escape");

        await Expect(Box(user)).ToBeHiddenAsync();
        await Expect(new SideNav(user).Palette).ToBeFocusedAsync();
        await user.AtAsync(PortalUrls.Members("aoba"));
    }

    private static ILocator Box(Visitor user) => user.Page.GetByRole(AriaRole.Combobox, new() { Name = user.Words["Palette.Title"] });

    private static ILocator Chosen(Visitor user) => user.Page.Locator("[data-palette]").GetByRole(AriaRole.Option, new() { Selected = true });
}
