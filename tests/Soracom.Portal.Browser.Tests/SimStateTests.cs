using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Whatever the vendor does, the SIM pages say it in words of their own, and go on when it is over.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SimStateTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string List = "/v1/sims";

    /// <summary>More calls than the client tries.</summary>
    private const int Always = 20;

    public static TheoryData<string, SandboxFault, string> PassingFailures { get; } = new()
    {
        { "sims-vendor-down", new() { Kind = SandboxFaultKind.Status, Path = List, Status = 503, Count = Always }, "Unavailable" },
        { "sims-not-understood", new() { Kind = SandboxFaultKind.Html, Path = List, Status = 200, Count = Always }, "NotUnderstood" },
    };

    [Theory]
    [MemberData(nameof(PassingFailures), DisableDiscoveryEnumeration = true)]
    public async Task FirstReading_TheVendorFails_SaysHow_AndTryingAgainHelpsOnceItIsOver(string picture, SandboxFault fault, string kind)
    {
        var portal = await FreshPortalAsync();
        portal.Sandbox.Faults.Arm(fault);
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba") + "?coverage=jp");

        var sims = new SimsPage(user);
        await Expect(sims.Notice(user.Words[$"Vendor.{kind}.Title"])).ToBeVisibleAsync();
        await user.KeepAsync(picture);
        Assert.Empty(await user.FindingsAsync());

        portal.Sandbox.Faults.Clear();
        await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Retry"] }).ClickAsync();
        await sims.HoldsAsync(42);
    }

    [Fact]
    public async Task Refresh_TheVendorIsDown_TheListGoesOnAndSaysSo_UntilItIsOver()
    {
        var portal = await FreshPortalAsync();
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba") + "?coverage=jp");
        var sims = new SimsPage(user);
        await sims.HoldsAsync(42);
        await user.LiveAsync();
        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = List, Status = 503, Count = Always });

        var refresh = user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Refresh"] });
        await refresh.ClickAsync();
        var trouble = user.Page.Locator(".trouble");
        await Expect(trouble).ToContainTextAsync(user.Words["Vendor.Unavailable.Title"]);
        await sims.HoldsAsync(42);
        await user.KeepAsync("sims-vendor-down-since", whole: false);
        Assert.Empty(await user.FindingsAsync());

        portal.Sandbox.Faults.Clear();
        await refresh.ClickAsync();
        await Expect(trouble).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task FirstReading_TheVendorRefusesTheCredential_LeadsAnOwnerToTheCredentials_AndAViewerToNothing()
    {
        var portal = await FreshPortalAsync();
        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = "/v1/auth", Status = 401, Count = Always });
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Sims("aoba") + "?coverage=g");
        await Expect(new SimsPage(owner).Notice(owner.Words["Vendor.BadCredential.Title"])).ToBeVisibleAsync();
        await owner.KeepAsync("sims-bad-credential");

        var viewer = await VisitAsync(portal);
        await viewer.SignInAsync("viewer", PortalUrls.Sims("aoba") + "?coverage=g");
        await Expect(new SimsPage(viewer).Notice(viewer.Words["Vendor.BadCredential.Title"])).ToBeVisibleAsync();
        await Expect(Remedy(viewer)).ToHaveCountAsync(0);
        portal.Sandbox.Faults.Clear();

        await Remedy(owner).ClickAsync();
        await owner.AtAsync(PortalUrls.Credentials("aoba"));
        await Expect(new CredentialsPage(owner).Card("g")).ToContainTextAsync(owner.Words["CredentialResult.Refused"]);
    }

    [Fact]
    public async Task FirstReading_TheVendorIsSlow_SaysThatItIsUnderWay_AndTheSimsComeByThemselves()
    {
        var portal = await FreshPortalAsync();
        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Slow, Path = List, Delay = TimeSpan.FromSeconds(4) });
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba") + "?coverage=jp");

        await user.LiveAsync();
        await Expect(user.Page.GetByText(user.Words["Sims.Beginning"])).ToBeVisibleAsync();
        await user.KeepAsync("sims-loading");
        await new SimsPage(user).HoldsAsync(42);
    }

    [Fact]
    public async Task FirstReading_TheCredentialMayNotList_OrTheAccountIsEmpty_EachIsSaidInItsOwnWords()
    {
        var portal = await FreshPortalAsync();
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("viewer", PortalUrls.Credentials("komorebi"));
        await owner.LiveAsync();
        var credentials = new CredentialsPage(owner);
        var user = portal.Sandbox.Operators.Single(one => one.Fleet == DemoFleets.Nagisa).User("portal");
        await credentials.StoreAsync("jp", user.AuthKeyId, user.AuthKey);
        await Expect(credentials.Button("jp", "Test")).ToBeVisibleAsync();
        await credentials.StoreAsync("g", user.AuthKeyId, user.AuthKey);
        await Expect(credentials.Button("g", "Test")).ToBeVisibleAsync();

        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = List, Status = 403, Count = Always });
        await owner.OpenAsync(PortalUrls.Sims("komorebi") + "?coverage=jp");
        await Expect(new SimsPage(owner).Notice(owner.Words["Vendor.Denied.Title"])).ToBeVisibleAsync();
        await owner.KeepAsync("sims-denied");
        portal.Sandbox.Faults.Clear();
        await owner.OpenAsync(PortalUrls.Sims("komorebi") + "?coverage=g");
        await Expect(new SimsPage(owner).Notice(owner.Words["Sims.None"])).ToBeVisibleAsync();
        await owner.KeepAsync("sims-none");
        await owner.OpenAsync(PortalUrls.Sims("komorebi") + "?coverage=g&status=active");
        await Expect(new SimsPage(owner).Notice(owner.Words["Sims.NoneFound"])).ToBeVisibleAsync();
    }

    private static ILocator Remedy(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = visitor.Words["FirstRun.Store"] });
}
