using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A reseller's brand, and what its customers' people see of it.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class BrandTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task Brand_IsSetByTheReseller_WornForTheCustomersPeople_AndAColourThatCannotBeReadIsMadeDarker()
    {
        var portal = await FreshPortalAsync();
        var reseller = await VisitAsync(portal, Look.Japanese);
        await reseller.SignInAsync("reseller", PortalUrls.Brand());
        await reseller.SettledAsync();
        await reseller.Page.Locator("#brand-name").FillAsync("はまなす IoT");
        await reseller.Page.Locator("#brand-accent").FillAsync("#ffd54f");
        await reseller.Page.Locator("#brand-accent").BlurAsync();
        await Expect(reseller.Page.Locator("#brand-contrast .problem")).ToBeVisibleAsync();
        await reseller.Page.Locator("#brand-contrast button").ClickAsync();
        await Expect(reseller.Page.Locator("#brand-contrast .samples")).ToBeVisibleAsync();
        var accent = await reseller.Page.Locator("#brand-accent").InputValueAsync();
        await reseller.Page.Locator("#brand-mail").FillAsync("help@hamanasu.example");
        Assert.Empty(await reseller.FindingsAsync());
        await reseller.Page.Locator("form.brand button[type=submit]").ClickAsync();
        await Expect(reseller.Page.GetByText(reseller.Words["Brand.Saved"])).ToBeVisibleAsync();

        foreach (var look in new[] { Look.Light, Look.Dark, Look.Phone })
        {
            var viewer = await VisitAsync(portal, look);
            await viewer.SignInAsync("viewer", PortalUrls.Sims("aoba"));
            await viewer.SettledAsync();
            await Expect(viewer.Page.GetByText("はまなす IoT").First).ToBeAttachedAsync();
            await Expect(viewer.Page.Locator("a[href^='mailto:']").First).ToHaveTextAsync("help@hamanasu.example");
            // Its links and buttons wear the colour, and can be read on any ground.
            Assert.Empty(await viewer.FindingsAsync());
        }

        var light = await VisitAsync(portal);
        await light.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        Assert.Contains($"light-dark({accent},", await light.Page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('.frame')).getPropertyValue('--accent')"), StringComparison.OrdinalIgnoreCase);
    }
}
