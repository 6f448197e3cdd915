using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.Profile;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>The members' page says what groups give, what a change would do, and who came by which.</summary>
public sealed class GroupGrantsCardTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private readonly List<string> asked = [];
    private readonly string kei = $"kei-{Guid.NewGuid():N}";
    private ComponentScene circuit = null!;
    private TenantContext owner = null!;
    private SignedIn person = null!;
    private string slug = null!;

    private DialogService Dialogs => circuit.Services.GetRequiredService<DialogService>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        owner = await scene.OwnedAsync(slug, "night", "all");
        Assert.Null((await scene.Get<GroupGrants>().AddAsync(owner, "night", "Night watch", TenantRole.Guard, Watchdog.Token)).Error);
        person = await scene.ArriveAsync(kei, "night");
        circuit = new ComponentScene(scene);
        Dialogs.OnOpen += (_, _, parameters, _) => asked.Add((string)parameters[nameof(ConfirmDialog.Question)]!);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        owner.Dispose();
    }

    [Fact]
    public void Members_ThatCameByAGroup_SayByWhich_AndHaveNoRoleAndLastDayToChoose()
    {
        var page = Open();

        var row = page.Find($"tr[data-person='{person.PersonId}']");
        Assert.Contains("by the group Night watch", row.TextContent, StringComparison.Ordinal);
        Assert.Empty(row.QuerySelectorAll("input[type=date], select"));
        Assert.Contains("Invite them by mail", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Members by it: 1", page.Find(".grants li").TextContent, StringComparison.Ordinal);
        Assert.Equal(["all"], page.FindAll("#own-groups option").Select(option => option.GetAttribute("value")));
        Assert.DoesNotContain(page.FindAll(".groups select option"), option => option.GetAttribute("value") == nameof(TenantRole.Owner));
    }

    [Fact]
    public async Task Remove_SaysHowManyLose_AndThenDoesIt()
    {
        var page = Open();

        var act = page.InvokeAsync(() => page.Find("button[aria-label='Remove the role of Night watch']").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Single(asked));
        Assert.StartsWith("Night watch gives no role any more. Members who lose access within seconds, with the views that only they could see: 1.", asked[0], StringComparison.Ordinal);
        await page.InvokeAsync(() => Dialogs.Close(true));
        await act;

        page.WaitForAssertion(() => Assert.Empty(page.FindAll($".grants li, tr[data-person='{person.PersonId}']")));
    }

    [Fact]
    public async Task Add_AsksFirst_AndEmptiesTheForm()
    {
        var page = Open();
        page.Act(it => it.Find("#grant-group").Input("all"));

        var act = page.InvokeAsync(() => page.Find("form.add").SubmitAsync());
        page.WaitForAssertion(() => Assert.Single(asked));
        await page.InvokeAsync(() => Dialogs.Close(true));
        await act;

        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("ol.grants li").Count));
        Assert.Equal("", page.Find("#grant-group").GetAttribute("value"));
    }

    [Fact]
    public async Task RemovingAMember_SaysThatNoGroupBringsThemBack_AndTheyAreListed()
    {
        var page = Open();

        var act = page.InvokeAsync(() => page.Find($"tr[data-person='{person.PersonId}'] button.danger").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Single(asked));
        Assert.Contains("No group lets them in again until you allow it", asked[0], StringComparison.Ordinal);
        await page.InvokeAsync(() => Dialogs.Close(true));
        await act;

        page.WaitForAssertion(() => Assert.Contains(kei, page.Find("ul.grants li").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WhereNoGroupGivesAnything_NobodyIsListedAsNotLetInByThem()
    {
        var plain = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(plain);
        using var theirs = await scene.OpenAsync(await scene.MemberAsync(plain, TenantRole.Owner, "Yui"), plain);
        var left = await scene.MemberAsync(plain, TenantRole.Viewer, "Sota");
        Assert.Null((await scene.Get<MemberList>().RemoveAsync(theirs, left.PersonId, Watchdog.Token)).Error);

        var page = circuit.Render<MembersPage>(parameters => parameters.AddCascadingValue(theirs).Add(opened => opened.Slug, plain));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".groups")));

        Assert.DoesNotContain("Sota", page.Find(".groups").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owner_WhoseProviderIsNotAsked_IsToldSo_AndHasNoForm()
    {
        using var other = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Yui"), slug);

        var page = Open(other);

        Assert.Contains("does not ask for groups", page.Find(".groups").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#grant-group"));
        Assert.Single(page.FindAll("ol.grants select"));
    }

    [Fact]
    public async Task Reader_SeesWhoCameByAGroup_ButNotWhatGroupsGive()
    {
        using var reader = await scene.OpenAsync(slug, TenantRole.Operator);

        var page = Open(reader);

        Assert.Empty(page.FindAll(".groups"));
        Assert.Contains("by the group Night watch", page.Find($"tr[data-person='{person.PersonId}']").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PersonPage_NamesTheGroup_AndWhatTheLastSignInDidNotSay()
    {
        Assert.StartsWith("A member with the role Guard, given by the group Night watch as of the sign-in on", Why(), StringComparison.Ordinal);

        await scene.ArriveAsync(Grouped.Issuer, kei, new ClaimedGroups([], GroupsUnknown.Elsewhere));

        Assert.StartsWith("A member by the group Night watch, as of an earlier sign-in.", Why(), StringComparison.Ordinal);

        string Why() => circuit.Render<PersonPage>(parameters => parameters.AddCascadingValue(owner).Add(opened => opened.Slug, slug).Add(opened => opened.PersonId, person.PersonId.ToString()))
            .WaitForElement(".stack p").TextContent;
    }

    [Theory]
    [InlineData(GroupsUnknown.Elsewhere, "did not name the groups")]
    [InlineData(GroupsUnknown.TooMany, "more groups than the portal reads")]
    [InlineData(GroupsUnknown.Odd, "in a way that the portal can't read")]
    [InlineData(GroupsUnknown.Absent, "said nothing of groups")]
    [InlineData(null, null)]
    public async Task Person_ReadsWhyGroupsGiveThemNothing(GroupsUnknown? why, string? words)
    {
        var they = await scene.ArriveAsync(Grouped.Issuer, kei, new ClaimedGroups([], why));

        var page = circuit.Render<ProfilePage>(parameters => parameters.AddCascadingValue(they));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("#profile-you")));

        Assert.Equal(words is not null, page.Markup.Contains("Your groups are not known", StringComparison.Ordinal));
        Assert.Contains(words ?? "", page.Markup.Replace("&#39;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private IRenderedComponent<MembersPage> Open(TenantContext? reader = null)
    {
        var page = circuit.Render<MembersPage>(parameters => parameters.AddCascadingValue(reader ?? owner).Add(opened => opened.Slug, slug));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tr[data-person]")));
        return page;
    }
}
