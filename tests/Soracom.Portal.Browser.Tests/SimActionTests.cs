using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox.Faults;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Somebody changes a SIM on its page.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SimActionTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    /// <summary>Active, on a plan without standby and SMS, protected.</summary>
    private const string Sim = "8999811100000000051";

    [Fact]
    public async Task Rename_ASim_ShowsItsNewName_AndTheAuditTrailTellsWho()
    {
        var user = await OpenAsync("owner", await FreshPortalAsync());
        var acts = new SimActions(user);
        await acts.ChooseAsync("SimAct.Rename");
        await acts.Form.GetByLabel(user.Words["Sim.Name"]).FillAsync("Fridge truck 1");
        await acts.Yes.ClickAsync();

        await Expect(new SimPage(user).Heading).ToHaveTextAsync("Fridge truck 1");

        await new SideNav(user).Link("Audit").ClickAsync();
        var entries = user.Page.Locator("tbody tr").Filter(new() { HasText = user.Words["Action.sim.name"] });
        await Expect(entries).ToHaveCountAsync(2);
        await Expect(entries.First).ToContainTextAsync("Haruto Sato");
    }

    [Fact]
    public async Task Menu_OfASim_SaysWhyWhatItsStateDoesNotAllow()
    {
        var user = await OpenAsync("operator");
        var acts = new SimActions(user);
        await acts.OpenAsync();

        await Expect(acts.Entry("SimAct.Sms")).ToHaveAttributeAsync("aria-disabled", "true");
        await Expect(acts.Entry("SimAct.Sms")).ToHaveAccessibleDescriptionAsync(user.Words["Obstacle.NoSms"]);
        await Expect(acts.Entry("SimAct.Terminate")).ToHaveAccessibleDescriptionAsync(user.Words["SimActs.NotYourRole"]);
        await user.KeepAsync("sim-actions", whole: false);
        Assert.Empty(await user.FindingsAsync());

        await acts.ChooseAsync("SimAct.Status");
        await Expect(acts.Form.GetByRole(AriaRole.Radio, new() { Name = user.Words["SimStatus.standby"] })).ToBeDisabledAsync();
        await Expect(acts.Form).ToContainTextAsync(user.Words["Obstacle.NoStandby", "plan-D"]);
        Assert.Empty(await user.FindingsAsync());
    }

    [Fact]
    public async Task Terminate_ASim_NeedsItsProtectionOffAndItsNameTyped()
    {
        var user = await OpenAsync("owner", await FreshPortalAsync());
        var acts = new SimActions(user);
        await acts.OpenAsync();
        await Expect(acts.Entry("SimAct.Terminate")).ToHaveAccessibleDescriptionAsync(user.Words["Obstacle.Protected"]);

        await acts.ChooseAsync("SimAct.ProtectionOff");
        await acts.Yes.ClickAsync();
        await Expect(acts.Form).ToHaveCountAsync(0);
        await acts.ChooseAsync("SimAct.Terminate");
        await Expect(acts.Yes).ToBeDisabledAsync();
        var name = await new SimPage(user).Heading.InnerTextAsync();
        await acts.Form.Locator("#change-typed").FillAsync(name);
        await acts.Yes.ClickAsync();

        await Expect(user.Page.Locator(".head .badge").First).ToHaveTextAsync(user.Words["SimStatus.terminated"]);
        await acts.OpenAsync();
        await Expect(acts.Entry("SimAct.Status")).ToHaveAccessibleDescriptionAsync(user.Words["Obstacle.Terminated"]);
    }

    [Fact]
    public async Task Change_WithoutAnAnswer_SaysThatItsOutcomeIsUnknown_AndKeepsWhatWasTyped()
    {
        var portal = await FreshPortalAsync();
        var user = await OpenAsync("owner", portal);
        var acts = new SimActions(user);
        await acts.ChooseAsync("SimAct.Rename");
        var name = acts.Form.GetByLabel(user.Words["Sim.Name"]);
        await name.FillAsync("Fridge truck 1");
        portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{Sim}/tags", Status = 503, Count = 10 });
        await acts.Yes.ClickAsync();

        await Expect(acts.Form.GetByRole(AriaRole.Alert)).ToContainTextAsync(user.Words["Vendor.OutcomeUnknown.Title"]);
        await Expect(name).ToHaveValueAsync("Fridge truck 1");

        portal.Sandbox.Faults.Clear();
        await acts.Yes.ClickAsync();
        await Expect(new SimPage(user).Heading).ToHaveTextAsync("Fridge truck 1");
    }

    [Fact]
    public async Task CreateVirtual_AsksFirst_ThenShowsTheKeyOnce()
    {
        var user = await VisitAsync(await FreshPortalAsync());
        await user.SignInAsync("owner", PortalUrls.AddSims("aoba"));
        await user.LiveAsync();
        var form = user.Page.Locator("section").Filter(new() { Has = user.Page.GetByRole(AriaRole.Heading, new() { Name = user.Words["AddSims.Virtual"] }) }).Locator("form");
        var create = form.Locator("button[type=submit]");
        var dialog = new Dialog(user);

        await create.ClickAsync();
        await Expect(dialog.Box).ToContainTextAsync("Aoba");
        await user.KeepAsync("sims-add-asks", whole: false);
        var (box, window) = ((await dialog.Box.BoundingBoxAsync())!, user.Page.ViewportSize!);
        Assert.Equal(window.Width / 2f, box.X + (box.Width / 2), 1f);
        Assert.Empty(await user.FindingsAsync());
        await dialog.AnswerAsync(user.Words["Cancel"]);
        await Expect(create).ToBeEnabledAsync();
        await Expect(create).ToBeFocusedAsync();
        await Expect(form.GetByRole(AriaRole.Status)).ToHaveCountAsync(0);

        await create.ClickAsync();
        await dialog.AnswerAsync(user.Words["AddSims.Virtual"]);
        await Expect(form.GetByRole(AriaRole.Status)).ToHaveCountAsync(1);
        await Expect(form.GetByRole(AriaRole.Status)).ToContainTextAsync(user.Words["ArcKeys.Once"]);
    }

    private async Task<Visitor> OpenAsync(string account, PortalHost? portal = null)
    {
        var user = portal is null ? await VisitAsync() : await VisitAsync(portal);
        await user.SignInAsync(account, $"/t/aoba/sims/{Sim}?coverage=jp");
        await Expect(new SimActions(user).Menu).ToBeVisibleAsync();
        return user;
    }
}
