using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Somebody who is in by a group of the identity provider, and what an owner changes of that.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class GroupGrantTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    /// <summary>How long a page may stay open after the right to it has ended, in milliseconds.</summary>
    private const int SoonEnough = 10_000;

    [Fact]
    public async Task Group_GivenMoreThenNothing_TheOpenPageOfItsMemberFollows()
    {
        var portal = await FreshPortalAsync();
        var watch = await VisitAsync(portal);
        watch.Expect("404");
        await watch.SignInAsync("watch", PortalUrls.Tenant("aoba"));
        await watch.SettledAsync();
        await Expect(new SideNav(watch).Link("Audit")).ToHaveCountAsync(0);

        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Members("aoba"));
        await owner.SettledAsync();
        var grant = owner.Page.Locator("[data-grant]").First;
        await grant.GetByRole(AriaRole.Combobox).SelectOptionAsync("Operator");
        await grant.GetByRole(AriaRole.Button, new() { Name = owner.Words["Members.Change"], Exact = true }).ClickAsync();
        await new Dialog(owner).AnswerAsync(owner.Words["Members.Change"]);
        await Expect(new SideNav(watch).Link("Members")).ToBeVisibleAsync(new() { Timeout = SoonEnough });

        await grant.Locator(".button.danger").ClickAsync();
        await new Dialog(owner).AnswerAsync(owner.Words["Members.Remove"]);
        await Expect(owner.Page.Locator("[data-grant]")).ToHaveCountAsync(0);
        await Expect(watch.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(watch.Words["NotFound.Title"], new() { Timeout = SoonEnough });
        Assert.Empty(await owner.FindingsAsync());
    }
}
