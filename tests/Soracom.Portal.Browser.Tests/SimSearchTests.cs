using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Finding SIMs among few and among very many; what is on the screen is what the address says.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SimSearchTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    /// <summary>An account of 100,000 is read at the machine's pace, beside all else that it does.</summary>
    private const float UntilRead = 180_000;

    [Fact]
    public async Task List_IsOneStopOfTheKeyboard_WhoseKeysLeadThroughAllRows()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa"));
        var sims = new SimsPage(user);
        await sims.HoldsAsync(10_000, UntilRead);
        await user.LiveAsync();

        await user.TabToAsync(sims.Table);
        await user.Page.Keyboard.PressAsync("End");
        await Expect(sims.ActiveRow).ToHaveAttributeAsync("aria-rowindex", "10001");
        await Expect(sims.ActiveRow).ToBeInViewportAsync();
        await Expect(sims.ActiveRow.Locator("a.strong")).ToBeVisibleAsync();
        await user.Page.Keyboard.PressAsync("ArrowUp");
        await Expect(sims.ActiveRow).ToHaveAttributeAsync("aria-rowindex", "10000");
        await user.Page.Keyboard.PressAsync("Home");
        await Expect(sims.ActiveRow).ToHaveAttributeAsync("aria-rowindex", "2");
        await user.Page.Keyboard.PressAsync("PageDown");
        await Expect(sims.ActiveRow).Not.ToHaveAttributeAsync("aria-rowindex", "2");
        await Expect(sims.ActiveRow).ToBeInViewportAsync();

        await user.Page.Keyboard.PressAsync("Space");
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", 1]);
        var name = await sims.ActiveRow.Locator("a.strong").InnerTextAsync();
        await user.Page.Keyboard.PressAsync("Enter");
        await Expect(new SimPage(user).Heading).ToHaveTextAsync(name);
    }

    [Fact]
    public async Task Range_IsSelectedByShiftAndMouse_OrByShiftAndKeys_AlsoOverRowsFarAway()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa") + "?sort=simId");
        var sims = new SimsPage(user);
        await sims.HoldsAsync(10_000, UntilRead);
        await user.LiveAsync();
        await Expect(sims.Names.First).ToBeVisibleAsync();

        await sims.Pick(2).ClickAsync();
        await Expect(sims.Pick(2)).ToBeCheckedAsync();
        await sims.Pick(5).ClickAsync(new() { Modifiers = [Microsoft.Playwright.KeyboardModifier.Shift] });
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", 4]);
        await Expect(sims.Pick(3)).ToBeCheckedAsync();
        Assert.Equal("", await user.Page.EvaluateAsync<string>("getSelection().toString()"));

        // The mouse has left the list the focus, and the keyboard where it was.
        await Expect(sims.Table).ToBeFocusedAsync();
        await user.Page.Keyboard.PressAsync("Shift+ArrowDown");
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", 5]);
        await user.Page.Keyboard.PressAsync("Shift+ArrowUp");
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", 4]);

        await sims.Table.EvaluateAsync("frame => frame.scrollTop = frame.scrollHeight / 2");
        await Expect(sims.Pick(5_000)).ToBeVisibleAsync();
        await sims.Pick(5_000).ClickAsync(new() { Modifiers = [Microsoft.Playwright.KeyboardModifier.Shift] });
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", "4,999"]);
        await user.KeepAsync("sims-range", whole: false);
        await user.Page.Keyboard.PressAsync("Shift+End");
        await Expect(sims.Selected).ToContainTextAsync(user.Words["Sims.Selected", "9,998"]);
        await Expect(sims.Pick(9_999)).ToBeCheckedAsync();
    }

    [Fact]
    public async Task List_ScrolledFar_ShowsTheRowsThatBelongThere()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa") + "?sort=simId");
        var sims = new SimsPage(user);
        await sims.HoldsAsync(10_000, UntilRead);
        await user.LiveAsync();
        await Expect(sims.Names.First).ToBeVisibleAsync();
        var before = await sims.Rows.CountAsync();

        await sims.Table.EvaluateAsync("frame => frame.scrollTop = frame.scrollHeight / 2");

        await Expect(sims.Table.Locator("[data-row='5000'] a.strong")).ToBeInViewportAsync();
        Assert.InRange(await sims.Rows.CountAsync(), before - 40, before + 40);
    }

    [Fact]
    public async Task View_OpenedByAColleague_ShowsTheSameSims()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa"));
        var mine = new SimsPage(user);
        await mine.HoldsAsync(10_000, UntilRead);
        await user.LiveAsync();
        await mine.SearchBox.FillAsync("99");
        await user.AtAsync(PortalUrls.Sims("nagisa") + "?q=99");
        await user.SettledAsync();
        await mine.FilterAsync(user.Words["Sim.Status"], user.Words["SimStatus.active"]);
        await user.AtAsync(PortalUrls.Sims("nagisa") + "?q=99&status=active");
        await user.Page.GetByRole(Microsoft.Playwright.AriaRole.Columnheader, new() { Name = user.Words["Sim.Imsi"] }).GetByRole(Microsoft.Playwright.AriaRole.Button).ClickAsync();
        await user.AtAsync(PortalUrls.Sims("nagisa") + "?q=99&status=active&sort=imsi");
        await Expect(user.Page.GetByRole(Microsoft.Playwright.AriaRole.Columnheader, new() { Name = user.Words["Sim.Imsi"] })).ToHaveAttributeAsync("aria-sort", "ascending");
        await user.SettledAsync();
        var shown = await mine.Names.AllInnerTextsAsync();
        Assert.NotEmpty(shown);

        var colleague = await VisitAsync();
        await colleague.SignInAsync("reseller", user.Location);
        var theirs = new SimsPage(colleague);
        // A partner's page has a banner more, and with it fewer rows in its window.
        foreach (var (index, name) in shown.Take(20).Index())
        {
            await Expect(theirs.Names.Nth(index)).ToHaveTextAsync(name);
        }

        await Expect(theirs.SearchBox).ToHaveValueAsync("99");
        await Expect(theirs.Rows.First).ToContainTextAsync(colleague.Words["SimStatus.active"]);
    }

    [Fact]
    public async Task Search_AmongAHundredThousand_FindsOne()
    {
        var user = await VisitAsync();
        await user.SignInAsync("reseller", PortalUrls.Sims("metro"));
        var sims = new SimsPage(user);
        await sims.HoldsAsync(100_000, UntilRead);
        await sims.SearchBox.FillAsync("099999");
        await sims.HoldsAsync(1);
        await Expect(sims.Names).ToContainTextAsync("099999");

        await sims.ClearFilters.ClickAsync();
        await sims.HoldsAsync(100_000);
        await Expect(sims.SearchBox).ToHaveValueAsync(string.Empty);
    }

    [Fact]
    public async Task Chart_PartThatIsClicked_FiltersAndIsGivenUpAgain()
    {
        var user = await VisitAsync();
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        var sims = new SimsPage(user);
        await sims.HoldsAsync(60);
        await user.LiveAsync();
        var suspended = user.Page.Locator(".legend").GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = user.Words["SimStatus.suspended"] });

        await suspended.ClickAsync();
        await sims.HoldsAsync(3);
        await user.AtAsync(PortalUrls.Sims("aoba") + "?status=suspended");
        await Expect(suspended).ToHaveAttributeAsync("aria-pressed", "true");

        await suspended.ClickAsync();
        await sims.HoldsAsync(60);
    }

    [Fact]
    public async Task Search_ThenASimAndBack_FindsTheSearchAsItWas()
    {
        var user = await VisitAsync();
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        var sims = new SimsPage(user);
        await user.LiveAsync();
        await sims.SearchBox.FillAsync("フォークリフト");
        await Expect(sims.Rows).ToHaveCountAsync(2);
        await sims.Names.First.ClickAsync();
        await Expect(new SimPage(user).Profiles).ToBeVisibleAsync();

        await user.Page.GoBackAsync();
        await Expect(sims.SearchBox).ToHaveValueAsync("フォークリフト");
        await Expect(sims.Rows).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Search_TypedBeforeThePageIsLive_IsSearchedForAsSoonAsItIs()
    {
        var user = await VisitAsync();
        await user.SignInAsync("viewer", PortalUrls.Tenant("aoba"));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await user.Page.RouteAsync("**/_blazor/negotiate**", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        await user.OpenAsync(PortalUrls.Sims("aoba"));
        var sims = new SimsPage(user);
        await sims.SearchBox.PressSequentiallyAsync("フォークリフト");

        held.SetResult();

        await Expect(sims.Rows).ToHaveCountAsync(2);
        await Expect(sims.SearchBox).ToHaveValueAsync("フォークリフト");
        await Expect(sims.SearchBox).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Search_TypedWhileEarlierResultsArrive_LosesNoCharacter()
    {
        // Slower than the box's pause, so that every letter is a search of its own.
        const float Pace = 420;
        const string Text = "plan-K2-gate-east";
        var user = await VisitAsync();
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        await user.LiveAsync();
        var sims = new SimsPage(user);
        await sims.HoldsAsync(60);

        await sims.SearchBox.PressSequentiallyAsync(Text, new() { Delay = Pace });

        await Expect(sims.SearchBox).ToHaveValueAsync(Text);
        await user.AtAsync(PortalUrls.Sims("aoba") + "?q=" + Text);
        await Expect(sims.Notice(user.Words["Sims.NoneFound"])).ToBeVisibleAsync();
        await Expect(sims.SearchBox).ToHaveValueAsync(Text);
    }
}
