using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox.Faults;
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
        await sims.HoldsAsync(60);
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

    [Theory]
    [InlineData("/v1/auth")]
    [InlineData("/v1/sims")]
    public async Task Portal_StoppedWhileAPageWaitsForTheVendor_EndsSoonAndWithoutAnError(string slow)
    {
        var portal = await FreshPortalAsync();
        var user = await VisitAsync(portal);
        // The browser and the Blazor script say there what they miss.
        user.Expect("console:");
        await user.SignInAsync("viewer", PortalUrls.Tenant("aoba"));
        await user.LiveAsync();
        portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = slow, Delay = TimeSpan.FromHours(1), Count = 10 });
        await user.PressAsync(new SideNav(user).Link("Sims"));
        while (portal.Sandbox.Faults.Armed.Sum(fault => fault.Count) == 10)
        {
            await Task.Yield();
        }

        await portal.StopAsync().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System, TestContext.Current.CancellationToken);

        portal.AssertNoErrors();
    }
}
