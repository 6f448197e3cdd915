using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox;
using Soracom.Sandbox.Faults;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Whatever the vendor does, the SIM pages say it in words of its own, and go on when it is over.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
/// <param name="own">The portal of this class, whose sandbox is made to fail.</param>
public sealed class SimStateTests(TheBrowser browser, ThePortal shared, ClassPortal own) : BrowserTest(browser, shared), IClassFixture<ClassPortal>
{
    private const string Search = "/v1/query/sims";

    /// <summary>More calls than the client tries.</summary>
    private const int Always = 20;

    public static TheoryData<string, SandboxFault, string> PassingFailures { get; } = new()
    {
        { "sims-vendor-down", new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 503, Count = Always }, "Unavailable" },
        { "sims-vendor-cut", new() { Kind = SandboxFaultKind.Cut, Path = Search, Count = Always }, "Unavailable" },
        { "sims-not-understood", new() { Kind = SandboxFaultKind.Html, Path = Search, Status = 200, Count = Always }, "NotUnderstood" },
    };

    [Theory]
    [MemberData(nameof(PassingFailures), DisableDiscoveryEnumeration = true)]
    public async Task Search_TheVendorFails_SaysHow_AndTryingAgainHelpsOnceItIsOver(string picture, SandboxFault fault, string kind)
    {
        var portal = await own.GetAsync();
        portal.Sandbox.Faults.Arm(fault);
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));

        var sims = new SimsPage(user);
        await Expect(sims.Notice(user.Words[$"Vendor.{kind}.Title"])).ToBeVisibleAsync();
        await user.KeepAsync(picture);
        Assert.Empty(await user.FindingsAsync());

        portal.Sandbox.Faults.Clear();
        await user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["Retry"] }).ClickAsync();
        await Expect(sims.Rows).ToHaveCountAsync(42);
    }

    [Fact]
    public async Task Search_TheVendorAsksToSlowDown_SaysHowLongToWait()
    {
        var portal = await own.GetAsync();
        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Status, Path = Search, Status = 429, Count = Always });
        var user = await VisitAsync(portal);
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa"));

        await Expect(new SimsPage(user).Notice(user.Words["Vendor.RateLimited.Title"])).ToBeVisibleAsync();
        await user.KeepAsync("sims-rate-limited");
        portal.Sandbox.Faults.Clear();
    }

    [Fact]
    public async Task Search_TheVendorRefusesTheCredential_LeadsAnOwnerToTheCredentials_AndAViewerToNothing()
    {
        var portal = await own.GetAsync();
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
    public async Task Search_TheVendorIsSlow_ShowsTheTablesShapeUntilTheSimsAreThere()
    {
        var portal = await own.GetAsync();
        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Slow, Path = Search, Delay = TimeSpan.FromSeconds(3) });
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));

        await user.LiveAsync();
        await Expect(user.Page.GetByRole(AriaRole.Status, new() { Name = user.Words["Loading"] })).ToBeVisibleAsync();
        await user.KeepAsync("sims-loading");
        await Expect(new SimsPage(user).Rows).ToHaveCountAsync(42);
    }

    [Fact]
    public async Task Search_TheCredentialMayNotSearch_OrTheAccountIsEmpty_EachIsSaidInItsOwnWords()
    {
        var portal = await FreshPortalAsync();
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("viewer", PortalUrls.Credentials("komorebi"));
        await owner.LiveAsync();
        var credentials = new CredentialsPage(owner);
        var limited = portal.Sandbox.Operators.Single(one => one.Fleet == DemoFleets.Nagisa).User("limited");
        var complete = portal.Sandbox.Operators.Single(one => one.Fleet == DemoFleets.Nagisa).User("portal");
        await credentials.StoreAsync("jp", limited.AuthKeyId, limited.AuthKey);
        await Expect(credentials.Button("jp", "Test")).ToBeVisibleAsync();
        await credentials.StoreAsync("g", complete.AuthKeyId, complete.AuthKey);
        await Expect(credentials.Button("g", "Test")).ToBeVisibleAsync();

        await owner.OpenAsync(PortalUrls.Sims("komorebi"));
        await Expect(new SimsPage(owner).Notice(owner.Words["Vendor.Denied.Title"])).ToBeVisibleAsync();
        await owner.KeepAsync("sims-denied");
        await owner.OpenAsync(PortalUrls.Sims("komorebi") + "?coverage=g");
        await Expect(new SimsPage(owner).Notice(owner.Words["Sims.None"])).ToBeVisibleAsync();
        await owner.KeepAsync("sims-none");
        await owner.OpenAsync(PortalUrls.Sims("komorebi") + "?coverage=g&status=active");
        await Expect(new SimsPage(owner).Notice(owner.Words["Sims.NoneFound"])).ToBeVisibleAsync();
    }

    private static ILocator Remedy(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Link, new() { Name = visitor.Words["FirstRun.Store"] });
}
