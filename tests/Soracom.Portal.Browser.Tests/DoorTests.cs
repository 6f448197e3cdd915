using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A door to a device, from the search for its SIM to the switch that closes all.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class DoorTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Aoba = "aoba";

    [Fact]
    public async Task Door_IsOpenedForAReason_CountsDown_AndIsClosedWithAllOthers()
    {
        var portal = await FreshPortalAsync();
        var sim = await OnlineAsync(portal);
        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("owner");
        await visitor.OpenLiveAsync(PortalUrls.RemoteAccess(Aoba));
        await visitor.SettledAsync();
        await visitor.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = visitor.Words["RemoteAccess.New"] }).ClickAsync();

        // The SIM, by its name.
        await visitor.Page.GetByRole(AriaRole.Searchbox).FillAsync(sim.Name);
        await visitor.Page.Locator($".found a[href*='{sim.SimId}']").ClickAsync();
        var press = visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Door.Do"] });
        await Expect(press).ToBeDisabledAsync();
        await visitor.Page.Locator("#reason").FillAsync("ポンプの点検");

        // A smaller door is offered first.
        await Expect(visitor.Page.Locator($".smaller a[href='{PortalUrls.SimCommand(Aoba, SoracomCoverage.Japan, sim.SimId, ssh: true)}']")).ToBeVisibleAsync();

        // One's own address is none that the Internet sees, and a range with too much is offered as it was meant.
        await visitor.Page.Locator("#sources").FillAsync("198.51.100.77/24");
        await Expect(visitor.Page.Locator(".problem button")).ToBeVisibleAsync();
        await visitor.KeepAsync("door-new-problem");
        Assert.Empty(await visitor.FindingsAsync());
        await visitor.Page.Locator(".problem button").ClickAsync();
        await Expect(visitor.Page.Locator("#sources")).ToHaveValueAsync("198.51.100.0/24");
        await Expect(visitor.Page.Locator("[data-outcome=Allow]")).ToBeVisibleAsync();
        await visitor.KeepAsync("door-new-allowed");
        Assert.Empty(await visitor.FindingsAsync());
        await press.ClickAsync();

        // It is open, and time goes by.
        await Expect(visitor.Page.Locator(".commands")).ToContainTextAsync("ssh -p ");
        await visitor.KeepAsync("door");
        Assert.Empty(await visitor.FindingsAsync());
        var door = visitor.Location;
        await Expect(visitor.Page.Locator(".standing .time-left")).ToContainTextAsync("14:");

        foreach (var look in (Look[])[Look.Dark, Look.Japanese, Look.Phone])
        {
            var other = await VisitAsync(portal, look);
            await other.SignInAsync("operator");
            foreach (var (name, path) in new[] { ("remote-access-open", PortalUrls.RemoteAccess(Aoba)), ("door", door), ("door-again", $"{PortalUrls.NewDoor(Aoba)}?again={door[(door.LastIndexOf('/') + 1)..]}") })
            {
                await other.OpenLiveAsync(path);
                await other.SettledAsync();
                await other.KeepAsync(name);
                Assert.Empty(await other.FindingsAsync());
                Assert.Equal(0, await other.SidewaysAsync());
            }
        }

        // All at once, after its word.
        await visitor.OpenLiveAsync(PortalUrls.RemoteAccess(Aoba));
        await visitor.SettledAsync();
        await visitor.KeepAsync("remote-access-open");
        Assert.Empty(await visitor.FindingsAsync());
        var kill = visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Kill.Do"] });
        await Expect(kill).ToBeDisabledAsync();
        await visitor.Page.Locator(".switch input[type=checkbox]").CheckAsync();
        await visitor.Page.Locator("#kill-word").FillAsync(Aoba);
        await kill.ClickAsync();
        // Each account is asked for its doors, and for each of them: on a busy machine that takes its time.
        await Expect(visitor.Page.Locator(".switch .done")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(visitor.Page.Locator("tr[data-door], tr[data-endpoint]")).ToHaveCountAsync(0);
        await visitor.KeepAsync("remote-access-closed");
        Assert.Empty(await visitor.FindingsAsync());
    }

    [Fact]
    public async Task Policy_IsSetByAnOwner_AndToldBeforeAnythingIsSent()
    {
        var portal = await FreshPortalAsync();
        var sim = await OnlineAsync(portal);
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner");
        await owner.OpenLiveAsync(PortalUrls.RemoteAccessPolicy(Aoba));
        await owner.Page.Locator("#ports").FillAsync("443");
        await owner.Page.Locator("#longest").FillAsync("10");
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["Policy.Rule.Add"] }).ClickAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["SimChange.Save"] }).ClickAsync();
        await Expect(owner.Page.GetByText(owner.Words["Error.PolicyBlankRule.Title"])).ToBeVisibleAsync();
        await owner.KeepAsync("remote-access-policy-blank-rule");
        await owner.Page.GetByLabel(owner.Words["Policy.Rule.Who"], new() { Exact = true }).SelectOptionAsync("Operator");
        await owner.KeepAsync("remote-access-policy-rules");
        Assert.Empty(await owner.FindingsAsync());
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["SimChange.Save"] }).ClickAsync();
        await Expect(owner.Page.GetByText(owner.Words["Policy.Saved"])).ToBeVisibleAsync();
        var phone = await VisitAsync(portal, Look.Phone);
        await phone.SignInAsync("owner");
        await phone.OpenLiveAsync(PortalUrls.RemoteAccessPolicy(Aoba));
        await Expect(phone.Page.Locator(".rule .remove .word")).ToBeVisibleAsync();
        await phone.KeepAsync("remote-access-policy-rules");
        Assert.Empty(await phone.FindingsAsync());
        Assert.Equal(0, await phone.SidewaysAsync());

        var visitor = await VisitAsync(portal, Look.Japanese);
        await visitor.SignInAsync("operator");
        await visitor.OpenLiveAsync(PortalUrls.RemoteAccessPolicy(Aoba));
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["SimChange.Save"] })).ToHaveCountAsync(0);
        await visitor.OpenLiveAsync(PortalUrls.NewDoor(Aoba, SoracomCoverage.Japan, sim.SimId));
        await visitor.Page.Locator("#sources").FillAsync("0.0.0.0/0");
        await Expect(visitor.Page.Locator(".reasons li")).ToHaveCountAsync(3);
        await visitor.KeepAsync("door-new-denied");
        Assert.Empty(await visitor.FindingsAsync());
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Door.Do"] })).ToBeDisabledAsync();
    }

    [Fact]
    public async Task Door_IsFoundAndFilledInAndOpened_WithTheKeyboardAlone()
    {
        var portal = await FreshPortalAsync();
        var sim = await OnlineAsync(portal);
        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("operator");
        await visitor.OpenLiveAsync(PortalUrls.NewDoor(Aoba));
        await visitor.SettledAsync();
        var keys = visitor.Page.Keyboard;

        await TabToAsync(visitor, "main input[type=search]");
        await keys.TypeAsync(sim.Name);
        await Expect(visitor.Page.Locator($".found a[href*='{sim.SimId}']")).ToBeVisibleAsync();
        await TabToAsync(visitor, $".found a[href*='{sim.SimId}']");
        await keys.PressAsync("Enter");
        await Expect(visitor.Page.Locator("[data-outcome]")).ToBeVisibleAsync();
        await TabToAsync(visitor, ".presets button:nth-of-type(2)");
        await keys.PressAsync("Space");
        await Expect(visitor.Page.Locator("#port")).ToHaveValueAsync("80");
        await TabToAsync(visitor, "#sources");
        await keys.PressAsync("Control+A");
        await keys.TypeAsync("198.51.100.0/24");
        await TabToAsync(visitor, "#reason");
        await keys.TypeAsync("Pump");
        await Expect(visitor.Page.Locator("[data-outcome=Allow]")).ToBeVisibleAsync();
        await Expect(visitor.Page.Locator("main .actions button.primary")).ToBeEnabledAsync();
        await TabToAsync(visitor, "main .actions button.primary");
        await keys.PressAsync("Enter");

        await Expect(visitor.Page.Locator(".standing .time-left")).ToContainTextAsync("14:");
        await Expect(visitor.Page.Locator(".commands")).ToContainTextAsync("curl ");
    }

    [Fact]
    public async Task Command_ThatALinkAsksFor_IsTypedAtOnce_AndOnlyOnce()
    {
        var portal = await FreshPortalAsync();
        var sim = await OnlineAsync(portal);
        var visitor = await VisitAsync(portal);
        await visitor.SignInAsync("operator");
        await visitor.OpenLiveAsync(PortalUrls.SimCommand(Aoba, SoracomCoverage.Japan, sim.SimId, ssh: true));

        await Expect(visitor.Page.Locator("#command-protocol")).ToHaveValueAsync("Ssh");
        await Expect(visitor.Page.Locator("#command-port")).ToHaveValueAsync("22");
        await new Dialog(visitor).Box.Locator("form .actions button[type=button]").ClickAsync();
        await Expect(new Dialog(visitor).Box).ToHaveCountAsync(0);
        await visitor.Page.Locator("main").GetByRole(AriaRole.Button, new() { Name = visitor.Words["Refresh"] }).ClickAsync();
        await visitor.SettledAsync();
        await Expect(new Dialog(visitor).Box).ToHaveCountAsync(0);
    }

    /// <summary>Goes on with the key for that until something has the focus.</summary>
    private static async Task TabToAsync(Visitor visitor, string selector)
    {
        for (var presses = 0; presses < 80; presses++)
        {
            if (await visitor.Page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector))
            {
                return;
            }

            await visitor.Page.Keyboard.PressAsync("Tab");
        }

        Assert.Fail($"{selector} can't be reached with the keyboard.");
    }

    private static async Task<Sim> OnlineAsync(PortalHost portal)
    {
        var account = portal.Sandbox.Operators.Single(one => one.Fleet == Aoba);
        var client = portal.Clients.For(new SoracomAccount("test", SoracomCoverage.Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey))));
        var sims = await client.Sims.ListSimsAsync(limit: 100, cancellationToken: TestContext.Current.CancellationToken);
        return sims.Items.First(sim => sim is { Status: "active", Type: not "virtual", SessionStatus.Online: true } && sim.Name.Length > 3);
    }
}
