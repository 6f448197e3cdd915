using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Tests.Support;
using Soracom.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>One list over the SIMs of several tenants: finding, taking out, changing.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class PortfolioTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "Aoba Logistics 青葉物流";

    private const string Nagisa = "Nagisa Energy";

    /// <summary>Accounts are read at the machine's pace, beside all else that it does.</summary>
    private const float UntilRead = 180_000;

    [Fact]
    public async Task Search_OverTwoTenants_IsNarrowedToOne_AndTakenOutAsAFile()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.PortfolioSims());
        var sims = new SimsPage(user);
        await user.LiveAsync();
        await sims.SearchBox.FillAsync(DemoFleets.SharedImsi);
        await sims.HoldsAsync(2, UntilRead);
        await Expect(sims.Row(Nagisa)).ToHaveCountAsync(1);

        var both = await FileAsync(user, user.Page.GetByRole(AriaRole.Link, new() { Name = user.Words["Sims.Export"] }));
        Assert.Equal(3, both.Length);
        Assert.StartsWith($"{user.Words["Portfolio.Tenant"]},{user.Words["Sim.Id"]},", both[0].TrimStart('\uFEFF'), StringComparison.Ordinal);

        await sims.FilterAsync(user.Words["Portfolio.Tenant"], Nagisa);
        await sims.HoldsAsync(1);
        await user.AtAsync($"{PortalUrls.PortfolioSims()}?q={DemoFleets.SharedImsi}&tenant=nagisa");
        var one = await FileAsync(user, user.Page.GetByRole(AriaRole.Link, new() { Name = user.Words["Sims.Export"] }));
        Assert.StartsWith(Nagisa + ",", Assert.Single(one.Skip(1)), StringComparison.Ordinal);

        await sims.ClearFilters.ClickAsync();
        await sims.SearchBox.FillAsync(DemoFleets.SharedImsi);
        await sims.HoldsAsync(2);
        await sims.Row(Nagisa).Locator("input[type=checkbox]").ClickAsync();
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", 1]);
        var picked = await FileAsync(user, user.Page.Locator(".table-foot").GetByRole(AriaRole.Button, new() { Name = user.Words["Sims.Export"] }));
        Assert.StartsWith(Nagisa + ",", Assert.Single(picked.Skip(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Columns_Chosen_AreThereAgainInAnyList()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.PortfolioSims());
        await user.LiveAsync();
        var imei = user.Page.GetByRole(AriaRole.Columnheader, new() { Name = user.Words["Sim.Imei"], Exact = true });
        await Expect(user.Page.GetByRole(AriaRole.Columnheader, new() { Name = user.Words["Sim.Status"], Exact = true })).ToBeVisibleAsync();
        await Expect(imei).ToHaveCountAsync(0);

        await user.Page.Locator("details.choose summary").ClickAsync();
        await user.Page.GetByRole(AriaRole.Checkbox, new() { Name = user.Words["Sim.Imei"], Exact = true }).CheckAsync();
        await user.Page.Locator("details.choose").GetByRole(AriaRole.Button, new() { Name = user.Words["Preferences.Apply"] }).ClickAsync();
        await Expect(imei).ToBeVisibleAsync();

        await user.OpenLiveAsync(PortalUrls.Sims("aoba"));
        await Expect(imei).ToBeVisibleAsync();
        var colleague = await VisitAsync();
        await colleague.SignInAsync("operator", PortalUrls.PortfolioSims());
        await colleague.LiveAsync();
        await Expect(colleague.Page.GetByRole(AriaRole.Columnheader, new() { Name = user.Words["Sim.Status"], Exact = true })).ToBeVisibleAsync();
        await Expect(colleague.Page.GetByRole(AriaRole.Columnheader, new() { Name = user.Words["Sim.Imei"], Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Change_OfASelectionOverTwoTenants_IsPlannedInOne()
    {
        var portal = await FreshPortalAsync();
        var user = await VisitAsync(portal);
        await user.SignInAsync("operator", PortalUrls.PortfolioSims() + "?q=" + DemoFleets.SharedImsi);
        var sims = new SimsPage(user);
        await sims.HoldsAsync(2, UntilRead);
        await user.LiveAsync();
        // An account has to be read to its end before anything of it can be planned.
        await Expect(user.Page.Locator(".fresh")).ToHaveTextAsync(new Regex($"^{user.Words["Fresh.Read"]} ", RegexOptions.None, TimeSpan.FromSeconds(1)), new() { Timeout = UntilRead });
        await sims.Rows.Nth(0).Locator("input[type=checkbox]").ClickAsync();
        await sims.Rows.Nth(1).Locator("input[type=checkbox]").ClickAsync();
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", 2]);

        await sims.Selected.GetByRole(AriaRole.Button, new() { Name = user.Words["Jobs.ChangeSelected"] }).ClickAsync();
        var dialog = user.Page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByRole(AriaRole.Listitem)).ToHaveCountAsync(2);
        await user.KeepAsync("portfolio-change", whole: false);
        Assert.Empty(await user.FindingsAsync());
        await Expect(dialog.GetByRole(AriaRole.Listitem).Filter(new() { HasText = Nagisa })).ToContainTextAsync(user.Words["Jobs.ByTenant.MayNot"]);
        await dialog.GetByRole(AriaRole.Button, new() { Name = user.Words["Jobs.ByTenant.StartOf", "1", Aoba, user.Words["Coverage.jp"]] }).ClickAsync();

        await Expect(user.Page).ToHaveURLAsync(new Regex("/t/aoba/jobs/new\\?draft=", RegexOptions.None, TimeSpan.FromSeconds(1)));
        await user.Page.Locator("#kind").SelectOptionAsync("Tag");
        await user.Page.Locator("#tag-key").FillAsync("campaign");
        await user.Page.Locator("#tag-value").FillAsync("autumn");
        await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Jobs.Plan"] }).ClickAsync();

        await Expect(user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Jobs.StartOne"] })).ToBeVisibleAsync();
        await Expect(user.Page.Locator("main")).ToContainTextAsync("campaign");
    }

    [Fact]
    public async Task List_OfTwoHundredTenants_FindsATenantByItsName()
    {
        var portal = await FreshPortalAsync();
        await using (var db = portal.Database.ForInstallation())
        {
            var reseller = await db.Resellers.SingleAsync(TestContext.Current.CancellationToken);
            await ManyTenants.AddAsync(portal.Database, reseller.Id, tenants: 200, simsEach: 40, TimeProvider.System.GetUtcNow(), TestContext.Current.CancellationToken);
        }

        foreach (var look in (Look[])[Look.Light, Look.Dark, Look.Japanese, Look.Phone])
        {
            var user = await VisitAsync(portal, look);
            await user.SignInAsync("reseller", PortalUrls.PortfolioSims() + "?q=89423101&sort=tenant");
            var sims = new SimsPage(user);
            // The first opening takes the indexes of all accounts out of the database.
            await sims.HoldsAsync(8_000, timeout: 60_000);
            await user.LiveAsync();
            await Expect(sims.Names.First).ToBeVisibleAsync();
            await user.KeepAsync("portfolio-many", whole: false);
            Assert.Equal(0, await user.SidewaysAsync());
            if (look == Look.Phone)
            {
                await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Filter.All"], Exact = true }).ClickAsync();
            }

            var menu = user.Page.Locator("details.filter").First;
            await menu.Locator("summary").ClickAsync();
            await Expect(menu.GetByRole(AriaRole.Checkbox).First).ToBeVisibleAsync();
            await user.KeepAsync("portfolio-many-tenants", whole: false);
            await menu.GetByRole(AriaRole.Searchbox).FillAsync("007");
            await Expect(menu.GetByRole(AriaRole.Checkbox)).ToHaveCountAsync(1);
            await menu.GetByRole(AriaRole.Checkbox).CheckAsync();
            await sims.HoldsAsync(40);
            await user.AtAsync(PortalUrls.PortfolioSims() + "?q=89423101&tenant=customer-007&sort=tenant");
            await user.Page.Keyboard.PressAsync("Escape");

            await user.OpenLiveAsync(PortalUrls.PortfolioSims() + "?q=89423101");
            // The first opening takes the indexes of all accounts out of the database.
            await sims.HoldsAsync(8_000, timeout: 60_000);
            await user.Page.GetByRole(AriaRole.Checkbox, new() { Name = user.Words["Sims.SelectAll", 8_000] }).CheckAsync();
            await sims.Selected.GetByRole(AriaRole.Button, new() { Name = user.Words["Jobs.ChangeSelected"] }).ClickAsync();
            await Expect(user.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Listitem)).ToHaveCountAsync(200);
            await user.KeepAsync("portfolio-many-change", whole: false);
            Assert.Equal(0, await user.SidewaysAsync());
        }
    }

    private static async Task<string[]> FileAsync(Visitor user, ILocator control)
    {
        var download = await user.Page.RunAndWaitForDownloadAsync(() => control.ClickAsync());
        return await File.ReadAllLinesAsync(await download.PathAsync(), TestContext.Current.CancellationToken);
    }
}
