using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A reseller and its customer: how they come together, and how they part.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class OnboardingTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    /// <summary>How long a page may stay open after the right to it has ended, in milliseconds.</summary>
    private const int SoonEnough = 10_000;

    [Fact]
    public async Task Onboard_ACustomerThroughTheLink_UntilTheFirstSimsAreListed()
    {
        var portal = await FreshPortalAsync();
        var user = portal.Sandbox.Operators.Single(candidate => candidate.Fleet == DemoFleets.Nagisa).User("portal");
        var reseller = await VisitAsync(portal);
        await reseller.SignInAsync("reseller", PortalUrls.Tenants());
        await reseller.SettledAsync();
        await reseller.Page.GetByRole(AriaRole.Link, new() { Name = reseller.Words["NewTenant.Title"] }).ClickAsync();
        await reseller.AtAsync(PortalUrls.NewTenant());
        await reseller.SettledAsync();
        await reseller.Page.GetByLabel(reseller.Words["NewTenant.Name"], new() { Exact = true }).FillAsync("Minato Foods");
        await reseller.Page.GetByLabel(reseller.Words["NewTenant.Slug"], new() { Exact = true }).FillAsync("minato");
        Assert.Empty(await reseller.FindingsAsync());
        await reseller.Page.GetByRole(AriaRole.Button, new() { Name = reseller.Words["NewTenant.Add"] }).ClickAsync();
        await reseller.AtAsync(PortalUrls.Tenant("minato"));
        await Expect(Step(reseller, "owner")).ToHaveAttributeAsync("data-done", "false");
        Assert.Empty(await reseller.FindingsAsync());
        await Step(reseller, "owner").GetByRole(AriaRole.Link).ClickAsync();
        await reseller.AtAsync(PortalUrls.Members("minato"));
        await reseller.SettledAsync();
        await reseller.Page.GetByLabel(reseller.Words["Invitations.Email"]).FillAsync("alex@example.com");
        await reseller.Page.Locator("#invite-role").SelectOptionAsync("Owner");
        await reseller.Page.GetByRole(AriaRole.Button, new() { Name = reseller.Words["Invitations.Invite"], Exact = true }).ClickAsync();
        await Expect(reseller.Page.Locator("[data-mail=Sent]")).ToBeVisibleAsync();

        var customer = await VisitAsync(portal);
        await customer.SignInAsync("stranger", PortalUrls.DevelopmentMail());
        await customer.SettledAsync();
        await customer.Page.Locator(".letter .link a").ClickAsync();
        await Expect(customer.Page.Locator(".partner")).ToContainTextAsync("Rin Kobayashi");
        Assert.Empty(await customer.FindingsAsync());
        await customer.Page.GetByRole(AriaRole.Button, new() { Name = customer.Words["Join.Accept"] }).ClickAsync();
        await customer.AtAsync(PortalUrls.Tenant("minato"));
        await Expect(Step(customer, "owner")).ToHaveAttributeAsync("data-done", "true");
        await Step(customer, "Japan").GetByRole(AriaRole.Link).ClickAsync();
        await customer.AtAsync(PortalUrls.Credentials("minato"));
        await customer.SettledAsync();
        var credentials = new CredentialsPage(customer);
        await credentials.StoreAsync("jp", user.AuthKeyId, user.AuthKey);
        await Expect(credentials.Card("jp")).ToContainTextAsync(customer.Words["CredentialResult.Accepted"]);
        await customer.OpenLiveAsync(PortalUrls.Sims("minato"));
        await new SimsPage(customer).HoldsAsync(10_000, timeout: 60_000);
        await customer.OpenLiveAsync(PortalUrls.Tenant("minato"));
        await customer.SettledAsync();
        await Expect(customer.Page.Locator("[data-step]")).ToHaveCountAsync(0);

        // The partner works there, held to what the customer chose: the credential is there, and neither to be read nor replaced.
        await reseller.OpenLiveAsync(PortalUrls.Credentials("minato"));
        await reseller.SettledAsync();
        await Expect(reseller.Page.Locator(".partner-banner")).ToContainTextAsync("Minato Foods");
        await Expect(new CredentialsPage(reseller).Card("jp")).ToContainTextAsync(reseller.Words["CredentialResult.Accepted"]);
        await Expect(new CredentialsPage(reseller).Button("jp", "Replace")).ToHaveCountAsync(0);
        Assert.DoesNotContain(user.AuthKey, await reseller.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(user.AuthKeyId, await reseller.Page.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task End_TheCustomerEndsTheDelegation_AndThePartnersOpenPageCloses()
    {
        var portal = await FreshPortalAsync();
        var partner = await VisitAsync(portal);
        partner.Expect("404");
        await partner.SignInAsync("reseller", PortalUrls.Sims("aoba"));
        await new SimsPage(partner).HoldsAsync(60);

        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Delegation("aoba"));
        await owner.SettledAsync();
        await Expect(owner.Page.Locator("tr[data-partner]")).ToContainTextAsync("Rin Kobayashi");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["Delegation.End"] }).ClickAsync();
        await new Dialog(owner).AnswerAsync(owner.Words["Delegation.End"]);
        await Expect(owner.Page.GetByText(owner.Words["Delegation.None"], new() { Exact = true })).ToBeVisibleAsync();

        await Expect(new SimsPage(partner).Table).ToHaveCountAsync(0, new() { Timeout = SoonEnough });
        await Expect(partner.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(partner.Words["NotFound.Title"]);
    }

    [Fact]
    public async Task Change_TheCustomerNarrowsIt_AndThePartnersOpenPageStartsAnewWithLess()
    {
        var portal = await FreshPortalAsync();
        var partner = await VisitAsync(portal);
        await partner.SignInAsync("reseller", PortalUrls.Sims("aoba"));
        await Expect(new SideNav(partner).Link("Audit")).ToBeVisibleAsync();

        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Delegation("aoba"));
        await owner.SettledAsync();
        await owner.Page.Locator("#partner-terms").SelectOptionAsync("Viewer");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["Delegation.Change"], Exact = true }).ClickAsync();

        await Expect(new SideNav(partner).Link("Audit")).ToHaveCountAsync(0, new() { Timeout = SoonEnough });
        await new SimsPage(partner).HoldsAsync(60);
    }

    private static ILocator Step(Visitor visitor, string step) => visitor.Page.Locator($"[data-step={step}]");
}
