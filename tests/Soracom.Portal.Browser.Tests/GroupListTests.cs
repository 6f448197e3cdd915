using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>A group's way: made, labelled, found, and deleted, which is refused while SIMs are in it until it is told twice.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class GroupListTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task Group_IsMade_Labelled_Found_AndDeleted()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("owner", PortalUrls.Groups("aoba"));
        await visitor.LiveAsync();
        var page = visitor.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.New"] }).ClickAsync();
        await dialog.Locator("#group-name").FillAsync("Night shift");
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.New.Do"] }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        var row = page.Locator("[data-row]", new() { HasText = "Night shift" });
        await Expect(row).ToBeVisibleAsync();

        await row.Locator(".of-acts button").First.ClickAsync();
        // A dialog takes the focus once it is drawn; what is typed before that lands there.
        await Expect(dialog.GetByRole(AriaRole.Textbox).First).ToBeFocusedAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["SimChange.TagAdd"] }).ClickAsync();
        await dialog.GetByPlaceholder(visitor.Words["SimChange.TagKey"]).FillAsync("site");
        await dialog.GetByPlaceholder(visitor.Words["SimChange.TagValue"]).FillAsync("Yokohama harbour");
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["SimChange.Save"] }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Main).GetByRole(AriaRole.Searchbox).FillAsync("ＨＡＲＢＯＵＲ");
        await Expect(page.Locator("[data-row] a.strong")).ToHaveTextAsync(["Night shift"]);

        await row.Locator(".of-acts button").Last.ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.Delete"], Exact = true }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = visitor.Words["Groups.NoneFound"] })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Delete_OfAGroupWithSims_IsDoneOnlyWhenItsNameIsTyped()
    {
        var visitor = await VisitAsync();
        await visitor.SignInAsync("owner", PortalUrls.Groups("aoba") + "?q=Trailers");
        await visitor.LiveAsync();
        var page = visitor.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);

        await page.Locator("[data-row] .of-acts button").Last.ClickAsync();
        await Expect(dialog.Locator(".members li").First).ToBeVisibleAsync();
        var delete = dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.Delete"], Exact = true });
        await Expect(delete).ToHaveCountAsync(0);
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.Delete.AllTheSame"] }).ClickAsync();
        await Expect(delete).ToBeDisabledAsync();
        await dialog.Locator("#group-typed").FillAsync("Trailers");
        await Expect(delete).ToBeDisabledAsync();
        await dialog.Locator("#group-typed").FillAsync("Trailers North America");
        // Other stories look at the group: it is left where it is.
        await Expect(delete).ToBeEnabledAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Cancel"] }).ClickAsync();
        await Expect(dialog).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-row] a.strong")).ToHaveTextAsync(["Trailers North America"]);
    }

    [Fact]
    public async Task Delete_OnTheGroupsOwnPage_ToldTwice_DeletesItAndLeadsToTheList()
    {
        var visitor = await VisitAsync(await FreshPortalAsync());
        await visitor.SignInAsync("owner", PortalUrls.Groups("aoba") + "?q=Trailers");
        await visitor.LiveAsync();
        var page = visitor.Page;
        var dialog = page.GetByRole(AriaRole.Dialog);
        await page.Locator("[data-row] a.strong").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Trailers North America", Level = 1 })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.DeleteOf", "Trailers North America"] }).ClickAsync();
        await Expect(dialog.Locator(".members li").First).ToBeVisibleAsync();
        Assert.Empty(await visitor.FindingsAsync());
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.Delete.AllTheSame"] }).ClickAsync();
        await dialog.Locator("#group-typed").FillAsync("Trailers North America");
        await dialog.GetByRole(AriaRole.Button, new() { Name = visitor.Words["Groups.Delete"], Exact = true }).ClickAsync();

        await page.WaitForURLAsync(address => new Uri(address).PathAndQuery == PortalUrls.Groups("aoba"));
        await Expect(page.Locator("[data-row] a.strong").First).ToBeVisibleAsync();
        await Expect(page.Locator("[data-row] a.strong", new() { HasText = "Trailers North America" })).ToHaveCountAsync(0);
    }
}
