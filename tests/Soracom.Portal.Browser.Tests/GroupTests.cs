using Microsoft.Playwright;
using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using Soracom.Portal.Features.Groups;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>People change what is set for the SIMs of a group.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class GroupTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    [Fact]
    public async Task Edit_Metadata_IsReviewedWrittenAndThereAtTheVendor()
    {
        var portal = await FreshPortalAsync();
        var (user, group) = await OpenAsync(portal, "owner");
        await group.TypeUserDataAsync("""{"interval":15}""");
        await group.ReadOnly.UncheckAsync();
        await group.Review.ClickAsync();
        await Expect(group.Row("userdata")).ToContainTextAsync("""{"interval":15}""");
        await Expect(group.Row("metadata")).ToContainTextAsync("readonly");
        await user.KeepAsync("group-review", whole: false);
        Assert.Empty(await user.FindingsAsync());

        await group.WriteAsync();

        await Expect(group.Done).ToBeVisibleAsync();
        var there = await AtVendorAsync(portal);
        Assert.Equal("""{"interval":15}""", there[GroupNamespace.Air]["userdata"].GetString());
        Assert.False(there[GroupNamespace.Air]["metadata"].GetProperty("readonly").GetBoolean());
        Assert.True(there[GroupNamespace.Air]["metadata"].GetProperty("enabled").GetBoolean());
        Assert.NotEmpty(there[GroupNamespace.Beam]);
    }

    [Fact]
    public async Task Draft_OfALostPage_IsThereForItsAuthorAlone()
    {
        var portal = await FreshPortalAsync();
        var (user, group) = await OpenAsync(portal, "owner");
        await group.TypeUserDataAsync("kept");
        var (_, others) = await OpenAsync(portal, "operator");
        await Expect(others.UserData).Not.ToHaveValueAsync("kept");
        await Expect(others.Review).ToHaveCountAsync(0);

        await user.OpenLiveAsync(GroupScreen.At());

        await Expect(group.UserData).ToHaveValueAsync("kept");
        await Expect(group.Review).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Write_AfterSomebodyElseDid_ShowsBothChangesAndGoesOnWithWhatIsChosen()
    {
        var portal = await FreshPortalAsync();
        var (mine, my) = await OpenAsync(portal, "owner");
        var (_, their) = await OpenAsync(portal, "operator");
        await my.TypeUserDataAsync("mine");
        await their.TypeUserDataAsync("theirs");
        await their.ReadOnly.UncheckAsync();
        await their.Review.ClickAsync();
        await their.WriteAsync();
        await Expect(their.Done).ToBeVisibleAsync();

        await my.Review.ClickAsync();
        await my.WriteAsync();
        var goOn = mine.Page.GetByRole(AriaRole.Button, new() { Name = mine.Words["GroupMerge.GoOn"] });
        await Expect(goOn).ToBeDisabledAsync();
        await Expect(mine.Page.Locator("fieldset.conflict")).ToContainTextAsync("theirs");
        Assert.Equal("theirs", (await AtVendorAsync(portal))[GroupNamespace.Air]["userdata"].GetString());
        await mine.KeepAsync("group-merge", whole: false);
        Assert.Empty(await mine.FindingsAsync());

        await mine.Page.GetByLabel(mine.Words["GroupMerge.Mine"]).CheckAsync();
        await goOn.ClickAsync();
        await Expect(my.Row("userdata")).ToContainTextAsync("mine");
        await my.WriteAsync();

        await Expect(my.Done).ToBeVisibleAsync();
        var there = await AtVendorAsync(portal);
        Assert.Equal("mine", there[GroupNamespace.Air]["userdata"].GetString());
        Assert.False(there[GroupNamespace.Air]["metadata"].GetProperty("readonly").GetBoolean());
    }

    [Fact]
    public async Task RollBack_ToTheFirstRevision_PointsOutWhatOthersChangedSince()
    {
        var portal = await FreshPortalAsync();
        var (_, their) = await OpenAsync(portal, "operator");
        await their.TypeUserDataAsync("theirs");
        await their.Review.ClickAsync();
        await their.WriteAsync();
        await Expect(their.Done).ToBeVisibleAsync();

        var (mine, my) = await OpenAsync(portal, "owner");
        await my.Tab("History").ClickAsync();
        var entries = mine.Page.Locator(".revisions > li");
        await Expect(entries).ToHaveCountAsync(2);
        await Expect(entries.First).ToContainTextAsync("Yui Tanaka");
        await mine.KeepAsync("group-history", whole: false);
        Assert.Empty(await mine.FindingsAsync());
        await entries.Nth(1).GetByRole(AriaRole.Button, new() { Name = mine.Words["GroupHistory.RollBack"] }).ClickAsync();
        await Expect(my.Row("userdata")).ToContainTextAsync("Yui Tanaka");
        await my.WriteAsync();

        await Expect(my.Done).ToBeVisibleAsync();
        Assert.Equal("""{"interval":60}""", (await AtVendorAsync(portal))[GroupNamespace.Air]["userdata"].GetString());
        await my.Tab("History").ClickAsync();
        await Expect(entries).ToHaveCountAsync(3);
        await Expect(entries.First).ToContainTextAsync(mine.Words["GroupRevision.RolledBack"]);
    }

    [Fact]
    public async Task Typing_FasterThanTheServerAnswers_LosesNoLetter()
    {
        // Several letters are on their way at any time.
        const float Pace = 20;
        const string Format = "temp:0:int:16:little-endian:/100 humidity:2:uint:8 battery:3:uint:12:4:*10 state::char:12";
        const string Sample = "80 07 f8 5f 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16";
        const string Json = """{"other": {"interval": 60, "thresholds": [1, 2, 3, 4, 5, 6, 7, 8], "name": "refrigeration", "of": "everything"}""";
        var portal = await FreshPortalAsync();
        var user = await VisitAsync(portal);
        await Cable.LayAsync(user, TimeSpan.FromMilliseconds(8 * Pace));
        await user.SignInAsync("owner", GroupScreen.At(new GroupView { Space = GroupNamespace.Air }));
        await user.LiveAsync();
        var group = new GroupScreen(user);

        await group.Parser.CheckAsync();
        await TypeAsync(group.Format, Format);
        await TypeAsync(group.Sample, Sample);
        await group.OtherKey.FillAsync("other");
        await group.OtherValue.FillAsync("1");
        await group.AddOther.ClickAsync();
        var other = user.Page.GetByLabel(user.Words["OtherKeys.ValueOf", "other"], new() { Exact = true });
        await TypeAsync(other, Json);
        await TypeAsync(group.Json, Json);
        await Expect(group.Format).ToHaveValueAsync(Format);

        async Task TypeAsync(ILocator box, string text)
        {
            await box.FillAsync(string.Empty);
            await box.PressSequentiallyAsync(text, new() { Delay = Pace });
            await Expect(box).ToHaveValueAsync(text);
        }
    }

    [Fact]
    public async Task Configuration_ForAViewer_IsReadAndNotEdited()
    {
        var user = await VisitAsync();
        await user.SignInAsync("viewer", GroupScreen.At());
        await user.LiveAsync();
        var group = new GroupScreen(user);

        await Expect(group.UserData).ToBeVisibleAsync();
        await Expect(group.UserData).Not.ToBeEditableAsync();
        await Expect(user.Page.GetByRole(AriaRole.Button, new() { Name = user.Words["GroupCopy"] })).ToHaveCountAsync(0);
    }

    private async Task<(Visitor User, GroupScreen Group)> OpenAsync(PortalHost portal, string account)
    {
        var user = await VisitAsync(portal);
        await user.SignInAsync(account, GroupScreen.At(new GroupView { Space = GroupNamespace.Air }));
        await user.LiveAsync();
        var group = new GroupScreen(user);
        await Expect(group.UserData).ToBeVisibleAsync();
        return (user, group);
    }

    private static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, System.Text.Json.JsonElement>>> AtVendorAsync(PortalHost portal)
    {
        var account = portal.Sandbox.Operators.Single(one => one.Fleet == "aoba");
        var client = portal.Clients.For(new SoracomAccount("test", SoracomCoverage.Japan, _ => new(new AuthKeyCredential(account.AuthKeyId, account.AuthKey))));
        return (await client.Groups.GetGroupAsync(GroupScreen.Fridges, TestContext.Current.CancellationToken)).Configuration;
    }
}
