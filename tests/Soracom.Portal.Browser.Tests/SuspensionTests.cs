using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Data.Tenants;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A reseller suspends a customer, and parts from one for good; what the customer sees of it.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SuspensionTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "aoba";

    /// <summary>How long a page may stay open after the right to it has ended, in milliseconds.</summary>
    private const int SoonEnough = 10_000;

    [Fact]
    public async Task Suspend_TheCustomersOpenPageCloses_AndItsOwnerEndsTheDelegation_WithWhichTheSuspensionEnds()
    {
        var portal = await FreshPortalAsync();
        var owner = await VisitAsync(portal, Look.Japanese);
        // The page that was open is asked for anew, and says why it is not there.
        owner.Expect("403");
        owner.Expect("404");
        await owner.SignInAsync("owner", PortalUrls.Sims(Aoba));
        await new SimsPage(owner).HoldsAsync(60);

        var reseller = await VisitAsync(portal);
        await reseller.SignInAsync("reseller", PortalUrls.Customers());
        await reseller.SettledAsync();
        await reseller.Page.GetByRole(AriaRole.Searchbox, new() { Name = reseller.Words["Customers.Search"] }).FillAsync("青葉");
        await Expect(reseller.Page.Locator("[data-customer]")).ToHaveCountAsync(1);
        Assert.Empty(await reseller.FindingsAsync());
        await reseller.Page.Locator("[data-customer=aoba] a").ClickAsync();
        await reseller.SettledAsync();
        await reseller.Page.GetByLabel(reseller.Words["Customers.Reason"]).FillAsync("Two bills are open.");
        await Button(reseller, "Customers.Suspend").ClickAsync();
        await new Dialog(reseller).AnswerAsync(reseller.Words["Customers.Suspend"]);
        await Expect(reseller.Page.GetByText("Two bills are open.")).ToBeVisibleAsync();
        Assert.Empty(await reseller.FindingsAsync());

        // Its owners may object for a week before anything can be removed.
        await Expect(reseller.Page.GetByText(reseller.Words["Offboard.Remove.From"])).ToBeVisibleAsync();
        await Expect(reseller.Page.Locator("#offboard-slug")).ToHaveCountAsync(0);

        await Expect(new SimsPage(owner).Table).ToHaveCountAsync(0, new() { Timeout = SoonEnough });
        await Expect(owner.Page.GetByText("Two bills are open.")).ToBeVisibleAsync();
        await owner.OpenLiveAsync(PortalUrls.Suspended(Aoba));
        await owner.SettledAsync();
        Assert.Empty(await owner.FindingsAsync());
        await Button(owner, "Delegation.End").ClickAsync();
        await new Dialog(owner).AnswerAsync(owner.Words["Delegation.End"]);
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = owner.Words["Customers.Open"] }).ClickAsync();
        await owner.AtAsync(PortalUrls.Tenant(Aoba));
        await owner.OpenLiveAsync(PortalUrls.Sims(Aoba));
        await new SimsPage(owner).HoldsAsync(60);

        await Expect(reseller.Page.GetByText(reseller.Words["Customers.None"])).ToBeVisibleAsync(new() { Timeout = SoonEnough });
    }

    [Fact]
    public async Task Offboard_TakesEverythingAlong_ThenRemovesIt_OnceItsNameIsTyped()
    {
        var portal = await FreshPortalAsync();
        await using (var db = portal.Database.ForInstallation())
        {
            // Suspended for longer than its owners have to object, by the machine's clock, which this portal goes by.
            var since = DateTimeOffset.UtcNow - Tenant.RemovalNotice - TimeSpan.FromDays(1);
            await db.Tenants.IgnoreQueryFilters().Where(tenant => tenant.Slug == Aoba).ExecuteUpdateAsync(
                set => set.SetProperty(tenant => tenant.SuspendedAt, since).SetProperty(tenant => tenant.SuspendedBy, "Rin Kobayashi"), TestContext.Current.CancellationToken);
        }

        var reseller = await VisitAsync(portal);
        await reseller.SignInAsync("reseller", PortalUrls.Customer(Aoba));
        await reseller.SettledAsync();
        var download = await reseller.Page.RunAndWaitForDownloadAsync(() => Button(reseller, "Offboard.Files.Take").ClickAsync());
        await using (var zip = await ZipFile.OpenReadAsync((await download.PathAsync())!, TestContext.Current.CancellationToken))
        {
            Assert.NotNull(zip.GetEntry("manifest.json"));
            Assert.InRange(zip.GetEntry("tables/People.jsonl")!.Length, 1, int.MaxValue);
        }

        var remove = Button(reseller, "Offboard.Remove");
        await reseller.Page.Locator("#offboard-slug").FillAsync("aob");
        await Expect(remove).ToBeDisabledAsync();
        await reseller.Page.Locator("#offboard-slug").FillAsync(Aoba);
        await remove.ClickAsync();
        await new Dialog(reseller).AnswerAsync(reseller.Words["Offboard.Remove"]);
        await Expect(reseller.Page.GetByText(reseller.Words["Offboard.Done.What"])).ToBeVisibleAsync();
        await reseller.OpenLiveAsync(PortalUrls.Customers());
        await reseller.SettledAsync();
        await Expect(reseller.Page.Locator("[data-customer]")).ToHaveCountAsync(3);
        await Expect(reseller.Page.Locator("[data-customer=aoba]")).ToHaveCountAsync(0);
    }

    private static ILocator Button(Visitor visitor, string word) => visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words[word], Exact = true });
}
