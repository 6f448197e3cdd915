using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A train goes through a tunnel.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class ConnectionTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task Connection_LostAndFound_IsSaidInTheUsersLanguage_AndThePageGoesOn()
    {
        var user = await VisitAsync(Look.Japanese);
        // The browser and the Blazor script say there what they miss.
        user.Expect("console:");
        var cable = await Cable.LayAsync(user);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        var sims = new SimsPage(user);
        await Expect(sims.Rows).ToHaveCountAsync(42);
        var notice = user.Page.GetByRole(AriaRole.Alertdialog, new() { Name = user.Words["Reconnect.Label"] });
        await Expect(notice).ToBeHiddenAsync();

        await cable.CutAsync();
        await Expect(notice).ToContainTextAsync(user.Words["Reconnect.Trying"], new() { UseInnerText = true });
        await user.KeepAsync("connection-lost", whole: false);

        cable.Mend();
        await Expect(notice).ToBeHiddenAsync();
        await sims.SearchBox.FillAsync("フォークリフト");
        await Expect(sims.Rows).ToHaveCountAsync(2);
    }
}
