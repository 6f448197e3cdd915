using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>The way from an account without a credential to its SIMs, and back.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class CredentialTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task FirstRun_TheOwnerStoresACredential_AndTheSimsAreListed()
    {
        var portal = await FreshPortalAsync();
        var user = portal.Sandbox.Operators.Single(candidate => candidate.Fleet == DemoFleets.Nagisa).User("portal");
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("viewer", PortalUrls.Tenant("komorebi"));
        await owner.LiveAsync();
        await owner.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = owner.Words["FirstRun.Store"] }).ClickAsync();

        var credentials = new CredentialsPage(owner);
        await credentials.StoreAsync("jp", user.AuthKeyId, "secret-wrong");
        await Expect(credentials.Card("jp")).ToContainTextAsync(owner.Words["Vendor.NewCredentialRefused.Title"]);

        await credentials.Card("jp").GetByLabel(owner.Words["CredentialKind.AuthKey.Secret"]).FillAsync(user.AuthKey);
        await credentials.Card("jp").GetByRole(AriaRole.Button, new() { Name = owner.Words["Credentials.Store"] }).ClickAsync();
        await Expect(credentials.Card("jp")).ToContainTextAsync(owner.Words["CredentialResult.Accepted"]);
        Assert.DoesNotContain(user.AuthKey, await owner.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(user.AuthKeyId, await owner.Page.ContentAsync(), StringComparison.Ordinal);

        await new SideNav(owner).Link("Sims").ClickAsync();
        await new SimsPage(owner).HoldsAsync(10_000, timeout: 60_000);
    }

    [Fact]
    public async Task Credential_TestedThenDeleted_LeavesTheAccountUnconnected()
    {
        var portal = await FreshPortalAsync();
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Credentials("aoba"));
        await owner.LiveAsync();
        var credentials = new CredentialsPage(owner);

        await credentials.Button("g", "Test").ClickAsync();
        await Expect(credentials.Said).ToContainTextAsync(owner.Words["Credentials.Accepted", portal.Sandbox.Operators.Single(one => one.Fleet == DemoFleets.Aoba).OperatorId]);

        await credentials.Button("g", "Delete").ClickAsync();
        await new Dialog(owner).AnswerAsync(owner.Words["Cancel"]);
        await Expect(new Dialog(owner).Box).ToHaveCountAsync(0);
        await credentials.Button("g", "Delete").ClickAsync();
        await owner.KeepAsync("dialog-delete-credential");
        Assert.Empty(await owner.FindingsAsync());
        await new Dialog(owner).AnswerAsync(owner.Words["Credentials.Delete"]);

        await Expect(credentials.Card("g")).ToContainTextAsync(owner.Words["Credentials.None"]);
        await Expect(credentials.Button("jp", "Delete")).ToBeEnabledAsync();
        await owner.OpenLiveAsync(PortalUrls.Sims("aoba") + "?coverage=g");
        await Expect(new SimsPage(owner).Notice(owner.Words["Vendor.NoCredential.Title"])).ToBeVisibleAsync();
    }
}
