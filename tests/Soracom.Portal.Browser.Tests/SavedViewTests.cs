using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Views of the SIM list under names, for oneself and for the others.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SavedViewTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task View_SavedAndShared_IsOpenedByAnother_ChangedByItsOwner_AndDeleted()
    {
        var portal = await FreshPortalAsync();
        var yui = await VisitAsync(portal);
        await yui.SignInAsync("operator", PortalUrls.Sims("aoba"));
        var (sims, views) = (new SimsPage(yui), new ViewsMenu(yui));
        await sims.HoldsAsync(60);
        await yui.LiveAsync();
        await sims.FilterAsync(yui.Words["Sim.Status"], yui.Words["SimStatus.suspended"]);
        await sims.HoldsAsync(3);

        await views.SaveAsAsync("Suspended", shared: true);
        await Expect(yui.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"/t/aoba/sims\?status=suspended&view=\w{32}$", default, TimeSpan.FromSeconds(1)));

        var sota = await VisitAsync(portal);
        await sota.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        var (theirSims, theirViews) = (new SimsPage(sota), new ViewsMenu(sota));
        await theirSims.HoldsAsync(60);
        await sota.LiveAsync();
        await theirViews.Summary.ClickAsync();
        await Expect(theirViews.Link("Suspended")).ToContainTextAsync(sota.Words["Views.By", "Yui Tanaka"]);
        await Expect(theirViews.Edit("Suspended")).ToHaveCountAsync(0);
        await theirViews.Link("Suspended").ClickAsync();
        await theirSims.HoldsAsync(3);
        await Expect(theirViews.Panel).ToBeHiddenAsync();
        await Expect(theirViews.Summary).ToContainTextAsync("Suspended");
        await theirSims.SearchBox.FillAsync("nosuchsim");
        await Expect(theirViews.Changed).ToBeVisibleAsync();

        await sims.SearchBox.FillAsync("0");
        await Expect(views.Changed).ToBeVisibleAsync();
        await views.Summary.ClickAsync();
        await views.Save("Suspended").ClickAsync();
        await Expect(views.Changed).ToHaveCountAsync(0);
        await views.Edit("Suspended").ClickAsync();
        await new Dialog(yui).AnswerAsync(yui.Words["Views.Delete"]);
        await Expect(new Dialog(yui).Box).ToContainTextAsync(yui.Words["Views.Delete.Shared", "Suspended"]);
        await new Dialog(yui).AnswerAsync(yui.Words["Views.Delete"]);
        await yui.AtAsync(PortalUrls.Sims("aoba") + "?q=0&status=suspended");
        await Expect(views.Summary).ToHaveTextAsync(yui.Words["Views"]);

        await theirViews.Summary.ClickAsync();
        await Expect(theirViews.Link("Suspended")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task View_IsSavedRenamedAndDeletedByTheKeyboardAlone()
    {
        var user = await VisitAsync(await FreshPortalAsync());
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba") + "?q=truck");
        await user.SettledAsync();
        var (views, dialog, keys) = (new ViewsMenu(user), new Dialog(user), user.Page.Keyboard);

        await user.PressAsync(views.Summary);
        await user.PressAsync(views.SaveAs);
        await Expect(views.Name).ToBeFocusedAsync();
        await keys.TypeAsync("Trucks");
        await keys.PressAsync("Enter");
        await Expect(dialog.Box).ToHaveCountAsync(0);
        await Expect(views.Summary).ToContainTextAsync("Trucks");

        await user.PressAsync(views.Summary);
        await user.PressAsync(views.Edit("Trucks"));
        await Expect(views.Name).ToBeFocusedAsync();
        await Expect(views.Share).ToBeDisabledAsync();
        await views.Name.SelectTextAsync();
        await keys.TypeAsync("Lorries");
        await keys.PressAsync("Enter");
        await Expect(views.Summary).ToContainTextAsync("Lorries");

        await user.PressAsync(views.Summary);
        await user.PressAsync(views.Edit("Lorries"));
        await Expect(views.Name).ToBeFocusedAsync();
        await user.PressAsync(dialog.Box.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = user.Words["Views.Delete"] }));
        await Expect(dialog.Box.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = user.Words["Cancel"] })).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await Expect(views.Summary).ToHaveTextAsync(user.Words["Views"]);
        await user.AtAsync(PortalUrls.Sims("aoba") + "?q=truck");
    }

    [Fact]
    public async Task MenuAndForm_StayWithinTheWindow_AndHaveNoSeriousFinding_InEveryLook()
    {
        var portal = await FreshPortalAsync();
        var findings = new List<string>();
        var first = await VisitAsync(portal);
        await first.SignInAsync("operator", PortalUrls.Sims("aoba") + "?status=suspended");
        await first.SettledAsync();
        await new ViewsMenu(first).Summary.ClickAsync();
        await LookAsync(first, "sims-views-none");
        await first.Page.Keyboard.PressAsync("Escape");
        await new ViewsMenu(first).SaveAsAsync("Suspended", shared: true);
        await first.OpenLiveAsync(PortalUrls.Sims("aoba") + "?q=truck&session=offline&sort=lastHeard");
        await new ViewsMenu(first).SaveAsAsync("冷蔵トラック オフライン、最終通信順", shared: true);
        foreach (var look in (Look[])[Look.Light, Look.Dark, Look.Japanese, Look.Phone])
        {
            var user = await VisitAsync(portal, look);
            await user.SignInAsync("owner", PortalUrls.Sims("aoba") + "?coverage=jp&session=online");
            await user.SettledAsync();
            var views = new ViewsMenu(user);
            await views.SaveAsAsync($"Online in Japan, {look.Name}", shared: false);
            await new SimsPage(user).SearchBox.FillAsync("8");
            await Expect(views.Changed).ToBeVisibleAsync();
            await user.SettledAsync();
            await LookAsync(user, "sims-view-changed");
            await views.Summary.ClickAsync();
            await LookAsync(user, "sims-views");
            await views.Edit("Suspended").ClickAsync();
            await Expect(views.Name).ToBeVisibleAsync();
            await LookAsync(user, "sims-view-edit");
            await new Dialog(user).AnswerAsync(user.Words["Views.Delete"]);
            await LookAsync(user, "sims-view-delete");
            await new Dialog(user).AnswerAsync(user.Words["Cancel"]);
            await views.Summary.ClickAsync();
            await views.SaveAs.ClickAsync();
            await views.Name.FillAsync("SUSPENDED");
            await views.Share.CheckAsync();
            await new Dialog(user).AnswerAsync(user.Words["Views.SaveIt"]);
            await Expect(new Dialog(user).Box).ToContainTextAsync(user.Words["Error.ViewName.Title"]);
            await LookAsync(user, "sims-view-new");
        }

        Assert.Empty(findings);

        async Task LookAsync(Visitor user, string name)
        {
            await user.KeepAsync(name, whole: false);
            findings.AddRange(await user.FindingsAsync());
            if (await user.SidewaysAsync() is var pixels and > 0)
            {
                findings.Add($"{name} ({user.Look.Name}): {pixels} pixels lie beyond the window's side.");
            }
        }
    }
}
