using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>The sections of a SIM's page, by address and by keys.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SimSectionTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private static readonly string Truck = PortalUrls.Sim("aoba", "jp", "8999811100000000051");

    [Fact]
    public async Task Chart_TellsTheColumnThatTheKeysMoveTo()
    {
        var user = await VisitAsync();
        await user.SignInAsync("viewer", $"{Truck}&tab=usage");
        var slider = user.Page.GetByRole(AriaRole.Slider);
        var tip = user.Page.Locator("[data-chart-tip]");
        await user.LiveAsync();
        await slider.FocusAsync();
        await Expect(tip).ToBeVisibleAsync();
        var last = await tip.InnerTextAsync();

        await slider.PressAsync("ArrowLeft");

        await Expect(tip).Not.ToHaveTextAsync(last);
        var told = (await tip.InnerTextAsync()).Split('\n')[0];
        Assert.StartsWith(told, await slider.GetAttributeAsync("aria-valuetext"), StringComparison.Ordinal);
        await user.Page.Keyboard.PressAsync("Tab");
        await Expect(tip).ToBeHiddenAsync();
    }

    [Fact]
    public async Task EverySection_StaysWithinTheWindowOfAPhone_AndHasNoSeriousFinding()
    {
        var user = await VisitAsync(Look.Phone);
        await user.SignInAsync("owner", Truck);
        foreach (var section in new[] { "", "&tab=usage", "&tab=usage&view=table", "&tab=timeline", "&tab=diagnostics", "&tab=data", "&tab=network" })
        {
            await user.OpenAsync(Truck + section);
            await user.SettledAsync();
            await user.KeepAsync("sim-section" + section.Replace('&', '-').Replace('=', '-'));

            Assert.Empty(await user.FindingsAsync());
            Assert.Equal(0, await user.SidewaysAsync());
        }
    }
}
