using Soracom.Api;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Features.Groups;
using Soracom.Portal.Shared.Cameras;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>
/// Walks through the pages in one look: keeps a picture of each, and holds each against the window (nothing beyond its
/// side) and, where colours differ, against axe (nothing serious).
/// </summary>
public abstract class GalleryTest(TheBrowser browser, ThePortal shared, Look look, bool axe) : BrowserTest(browser, shared)
{
    private const string Sim = "8999811100000000051";

    private static readonly string[] SimTabs = ["usage", "timeline", "diagnostics", "data", "network"];

    private static readonly CameraTab[] CameraTabs = [CameraTab.Settings, CameraTab.Licence, CameraTab.Quota, CameraTab.Device];

    private static readonly (string? Account, (string Name, string Path)[] Pages)[] Rooms =
    [
        (null,
        [
            ("sign-in", PortalUrls.SignIn()),
            ("sign-in-failed", "/sign-in/failed?reason=expired"),
            ("signed-out", PortalUrls.SignedOut()),
            ("old-form", PortalUrls.OldForm()),
        ]),
        ("owner",
        [
            ("overview", PortalUrls.Tenant("aoba")),
            ("sims", PortalUrls.Sims("aoba")),
            ("sims-filtered", PortalUrls.Sims("aoba") + "?status=active&status=ready&session=online&subscription=plan-D"),
            ("sims-none-found", PortalUrls.Sims("aoba") + "?q=nosuchsim"),
            ("sim-not-found", PortalUrls.Sim("aoba", "jp", "8942310022000000000")),
            ("sims-add", PortalUrls.AddSims("aoba")),
            .. SimTabs.Select(tab => ($"sim-{tab}", $"{PortalUrls.Sim("aoba", "jp", Sim)}&tab={tab}")),
            ("group", GroupScreen.At()),
            ("group-beam", GroupScreen.At(new GroupView { Space = "SoracomBeam" })),
            ("group-history", GroupScreen.At(new GroupView { Tab = GroupTab.History })),
            ("group-revision", GroupScreen.At(new GroupView { Tab = GroupTab.History, At = 1 })),
            ("group-not-found", PortalUrls.Group("aoba", SoracomCoverage.Japan, "11111111-2222-3333-4444-555555555555")),
            ("portfolio", PortalUrls.PortfolioSims()),
            ("jobs-empty", PortalUrls.Jobs("aoba")),
            ("job-new", PortalUrls.NewJob("aoba")),
            ("job-change", PortalUrls.NewJob("aoba", Features.Sims.SimQuery.All)),
            ("groups", PortalUrls.Groups("aoba")),
            ("groups-none-found", PortalUrls.Groups("aoba") + "?q=nosuchgroup"),
            ("cameras", PortalUrls.Cameras("aoba")),
            ("cameras-cards", PortalUrls.Cameras("aoba") + "?view=cards"),
            ("camera", CameraScreen.At(new RecordingsView { Day = CameraScreen.Yesterday })),
            ("camera-month", CameraScreen.At(new RecordingsView { Zoom = TimelineZoom.Month })),
            ("camera-chosen", CameraScreen.At(Chosen())),
            .. CameraTabs.Select(tab => ($"camera-{tab}", PortalUrls.Camera("aoba", SoracomCoverage.Japan, CameraScreen.Gate, tab))),
            ("camera-not-found", PortalUrls.Camera("aoba", SoracomCoverage.Japan, "02CA00000000")),
            ("cameras-none-found", PortalUrls.Cameras("aoba") + "?q=nosuchcamera"),
            ("exports-empty", PortalUrls.Exports("aoba")),
            ("exports-none-found", PortalUrls.Exports("aoba") + "?state=paused"),
            ("export-new", PortalUrls.NewExport("aoba")),
            ("export-rules", PortalUrls.ExportRules("aoba")),
            ("export-not-found", PortalUrls.Export("aoba", Guid.Empty)),
            ("remote-access", PortalUrls.RemoteAccess("aoba")),
            ("door-new", PortalUrls.NewDoor("aoba")),
            ("door-new-sim", PortalUrls.NewDoor("aoba", SoracomCoverage.Japan, Sim)),
            ("door-not-found", PortalUrls.Door("aoba", Guid.Empty)),
            ("remote-access-policy", PortalUrls.RemoteAccessPolicy("aoba")),
            ("remote-log", PortalUrls.RemoteAccessLog("aoba")),
            ("remote-log-none-found", PortalUrls.RemoteAccessLog("aoba") + "?sim=nosuchsim"),
            ("portfolio-doors", PortalUrls.PortfolioRemoteAccess()),
            ("billing", PortalUrls.Billing("aoba")),
            ("billing-sims", PortalUrls.Billing("aoba") + "?by=sim&days=table"),
            ("billing-dollars", PortalUrls.Billing("aoba") + "?coverage=g"),
            ("billing-no-month", PortalUrls.Billing("aoba") + "?month=199901"),
            ("billing-history", PortalUrls.BillingHistory("aoba")),
            ("billing-payments", PortalUrls.Payments("aoba")),
            ("credentials", PortalUrls.Credentials("aoba")),
            ("members", PortalUrls.Members("aoba")),
            ("roles", PortalUrls.Roles("aoba")),
            ("sign-in-again", PortalUrls.SignInAgain()),
            ("role-new", PortalUrls.CustomRole("aoba")),
            ("person-nobody", PortalUrls.Person("aoba", Guid.Empty)),
            ("delegation", PortalUrls.Delegation("aoba")),
            ("settings", PortalUrls.Settings("aoba")),
            ("profile", PortalUrls.Profile()),
            ("dev-mail", PortalUrls.DevelopmentMail()),
            ("audit", PortalUrls.Audit("aoba")),
            ("audit-soracom", PortalUrls.AuditAtVendor("aoba")),
            ("not-found", PortalUrls.Tenant("nowhere")),
        ]),
        ("reseller",
        [
            ("tenants", PortalUrls.Tenants()),
            ("tenant-new", PortalUrls.NewTenant()),
            ("brand", PortalUrls.Brand()),
            ("customers", PortalUrls.Customers()),
            ("customer", PortalUrls.Customer("aoba")),
            ("delegation-theirs", PortalUrls.Delegation("aoba")),
            ("portfolio-billing", PortalUrls.PortfolioBilling()),
            ("sims-huge", PortalUrls.Sims("metro")),
            ("members-none", PortalUrls.Members("metro")),
        ]),
        ("viewer",
        [
            ("first-run", PortalUrls.Tenant("komorebi")),
            ("sims-no-credential", PortalUrls.Sims("komorebi")),
            ("groups-no-credential", PortalUrls.Groups("komorebi")),
            ("cameras-no-credential", PortalUrls.Cameras("komorebi")),
            ("remote-access-no-credential", PortalUrls.RemoteAccess("komorebi")),
            ("remote-log-no-credential", PortalUrls.RemoteAccessLog("komorebi")),
            ("billing-denied", PortalUrls.Billing("komorebi")),
            ("exports-denied", PortalUrls.Exports("komorebi")),
            ("credentials-none", PortalUrls.Credentials("komorebi")),
        ]),
        ("billing", [("denied", PortalUrls.Sims("aoba"))]),
        ("stranger", [("no-access", PortalUrls.Home())]),
    ];

    [Fact]
    public async Task EveryPage_StaysWithinTheWindow_AndHasNoSeriousFinding()
    {
        var findings = new List<string>();
        foreach (var (account, pages) in Rooms)
        {
            var visitor = await VisitAsync(look);
            visitor.Expect("404");
            visitor.Expect("403");
            if (account is not null)
            {
                await visitor.SignInAsync(account);
            }

            foreach (var (name, path) in pages)
            {
                await visitor.OpenAsync(path);
                await visitor.SettledAsync();
                await LookAtAsync(visitor, name, findings);
            }

            if (account == "owner")
            {
                await visitor.OpenLiveAsync(PortalUrls.Sims("aoba"));
                await new SimsPage(visitor).Names.First.ClickAsync();
                await Expect(new SimPage(visitor).Profiles).ToBeVisibleAsync();
                await LookAtAsync(visitor, "sim", findings);
            }
        }

        Assert.Empty(findings);
    }

    private static RecordingsView Chosen()
    {
        var view = new RecordingsView { Zoom = TimelineZoom.Hour, Day = CameraScreen.Yesterday };
        var window = view.Window(CameraScreen.Now, "Asia/Tokyo");
        return view with { Chosen = new Period(window.From.AddMinutes(10), window.From.AddMinutes(25)) };
    }

    private async Task LookAtAsync(Visitor visitor, string name, List<string> findings)
    {
        await visitor.KeepAsync(name, whole: !name.StartsWith("sims", StringComparison.Ordinal));
        if (axe)
        {
            findings.AddRange(await visitor.FindingsAsync());
        }

        if (await visitor.SidewaysAsync() is var pixels and > 0)
        {
            findings.Add($"{visitor.Location} ({visitor.Look.Name}): {pixels} pixels lie beyond the window's side.");
        }
    }
}

public sealed class LightGalleryTests(TheBrowser browser, ThePortal shared) : GalleryTest(browser, shared, Look.Light, axe: true);

public sealed class DarkGalleryTests(TheBrowser browser, ThePortal shared) : GalleryTest(browser, shared, Look.Dark, axe: true);

public sealed class JapaneseGalleryTests(TheBrowser browser, ThePortal shared) : GalleryTest(browser, shared, Look.Japanese, axe: false);

public sealed class PhoneGalleryTests(TheBrowser browser, ThePortal shared) : GalleryTest(browser, shared, Look.Phone, axe: false);
