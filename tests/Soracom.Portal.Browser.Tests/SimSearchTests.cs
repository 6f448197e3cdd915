using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Sandbox.Faults;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>Finding SIMs among few and among very many; what is on the screen is what the address says.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class SimSearchTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const int PageSize = 50;

    [Fact]
    public async Task SkipLink_LeadsPastAllLinksOfTheTable()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa"));
        await Expect(new SimsPage(user).Rows).ToHaveCountAsync(PageSize);

        await user.PressAsync(user.Page.Locator("main .skip-link"));
        await user.Page.Keyboard.PressAsync("Tab");

        await Expect(new SimsPage(user).NextPage).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Pages_ForwardAndBack_ShowTheSameSimsAgain()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa"));
        var sims = new SimsPage(user);
        await Expect(sims.Rows).ToHaveCountAsync(PageSize);
        var first = await sims.Names.AllInnerTextsAsync();
        await Expect(sims.FirstPage).ToHaveCountAsync(0);

        await sims.NextPage.ClickAsync();
        await Expect(sims.Names).Not.ToHaveTextAsync(first);
        await Expect(sims.Rows).ToHaveCountAsync(PageSize);
        var second = await sims.Names.AllInnerTextsAsync();
        Assert.Empty(first.Intersect(second, StringComparer.Ordinal));

        await sims.NextPage.ClickAsync();
        await Expect(sims.Names).Not.ToHaveTextAsync(second);
        await user.Page.GoBackAsync();
        await Expect(sims.Names).ToHaveTextAsync(second);
        await user.Page.GoBackAsync();
        await Expect(sims.Names).ToHaveTextAsync(first);
        await user.Page.GoForwardAsync();
        await Expect(sims.Names).ToHaveTextAsync(second);
        await sims.FirstPage.ClickAsync();
        await Expect(sims.Names).ToHaveTextAsync(first);
    }

    [Fact]
    public async Task View_OpenedByAColleague_ShowsTheSameSims()
    {
        var user = await VisitAsync();
        await user.SignInAsync("operator", PortalUrls.Sims("nagisa"));
        var mine = new SimsPage(user);
        await user.LiveAsync();
        await mine.SearchBox.FillAsync("99");
        await user.AtAsync(PortalUrls.Sims("nagisa") + "?q=99");
        await user.SettledAsync();
        await mine.FilterAsync(user.Words["Sim.Status"], user.Words["SimStatus.active"]);
        await user.AtAsync(PortalUrls.Sims("nagisa") + "?q=99&status=active");
        await user.SettledAsync();
        await mine.NextPage.ClickAsync();
        await Expect(mine.FirstPage).ToBeVisibleAsync();
        await user.SettledAsync();
        var shown = await mine.Names.AllInnerTextsAsync();
        Assert.NotEmpty(shown);

        var colleague = await VisitAsync();
        await colleague.SignInAsync("reseller", user.Location);
        var theirs = new SimsPage(colleague);
        await Expect(theirs.Names).ToHaveTextAsync(shown);
        await Expect(theirs.SearchBox).ToHaveValueAsync("99");
        await Expect(theirs.Rows.First).ToContainTextAsync(colleague.Words["SimStatus.active"]);
    }

    [Fact]
    public async Task Search_AmongAHundredThousand_FindsOne()
    {
        var user = await VisitAsync();
        await user.SignInAsync("reseller", PortalUrls.Sims("metro"));
        var sims = new SimsPage(user);
        await Expect(sims.Rows).ToHaveCountAsync(PageSize);
        await sims.SearchBox.FillAsync("099999");
        await Expect(sims.Rows).ToHaveCountAsync(1);
        await Expect(sims.Names).ToContainTextAsync("099999");

        await sims.ClearFilters.ClickAsync();
        await Expect(sims.Rows).ToHaveCountAsync(PageSize);
        await Expect(sims.SearchBox).ToHaveValueAsync(string.Empty);
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
        // Slower than the box's pause, so that every letter is a search of its own, and faster than the vendor.
        const float Pace = 420;
        const string Text = "plan-K2-gate-east";
        var portal = await FreshPortalAsync();
        portal.Sandbox.Faults.Arm(new() { Kind = SandboxFaultKind.Slow, Path = "/v1/query/sims", Delay = TimeSpan.FromMilliseconds(600), Count = 100 });
        var user = await VisitAsync(portal);
        await user.SignInAsync("viewer", PortalUrls.Sims("aoba"));
        await user.LiveAsync();
        var sims = new SimsPage(user);

        await sims.SearchBox.PressSequentiallyAsync(Text, new() { Delay = Pace });

        await Expect(sims.SearchBox).ToHaveValueAsync(Text);
        await user.AtAsync(PortalUrls.Sims("aoba") + "?q=" + Text);
        await Expect(sims.Notice(user.Words["Sims.NoneFound"])).ToBeVisibleAsync();
        await Expect(sims.SearchBox).ToHaveValueAsync(Text);
    }
}
