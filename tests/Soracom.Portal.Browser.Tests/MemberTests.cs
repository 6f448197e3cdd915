using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using Soracom.Portal.Browser.Tests.Pages;
using Soracom.Portal.Browser.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Soracom.Portal.Browser.Tests;

/// <summary>What an owner decides about the others reaches the pages that they have open.</summary>
/// <param name="browser">The browser.</param>
/// <param name="shared">The portal that stories share.</param>
public sealed class MemberTests(TheBrowser browser, ThePortal shared) : BrowserTest(browser, shared)
{
    private const string Operator = "Yui Tanaka";

    /// <summary>How long a page may stay open after the right to it has ended, in milliseconds.</summary>
    private const int SoonEnough = 10_000;

    [Fact]
    public async Task Remove_AMemberWithAnOpenPage_ThePageClosesWithinTenSeconds_AndTheAuditTrailTellsIt()
    {
        var portal = await FreshPortalAsync();
        var member = await VisitAsync(portal);
        member.Expect("404");
        await member.SignInAsync("operator", PortalUrls.Sims("aoba"));
        await new SimsPage(member).HoldsAsync(60);

        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Members("aoba"));
        await owner.LiveAsync();
        var members = new MembersPage(owner);
        await Expect(members.Rows).ToHaveCountAsync(4);
        await members.RemoveAsync(Operator);
        await new Dialog(owner).AnswerAsync(owner.Words["Members.Remove"]);
        await Expect(members.Said).ToContainTextAsync(owner.Words["Members.Removed", Operator]);
        await Expect(members.Rows).ToHaveCountAsync(3);

        await Expect(new SimsPage(member).Table).ToHaveCountAsync(0, new() { Timeout = SoonEnough });
        await Expect(member.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(member.Words["NotFound.Title"]);

        await new SideNav(owner).Link("Audit").ClickAsync();
        var newest = owner.Page.Locator("tbody tr").Filter(new() { HasText = owner.Words["Action.member.remove"] });
        await Expect(newest).ToContainTextAsync(["Haruto Sato"]);
        await Expect(newest).ToContainTextAsync([Operator]);
    }

    [Fact]
    public async Task CustomRole_IsMade_Given_AndNarrowed_AndOpenPagesFollow()
    {
        var portal = await FreshPortalAsync();
        var member = await VisitAsync(portal);
        member.Expect("403");
        await member.SignInAsync("operator", PortalUrls.Sims("aoba"));
        await new SimsPage(member).HoldsAsync(60);

        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Roles("aoba"));
        await owner.SettledAsync();
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = owner.Words["Roles.New"] }).ClickAsync();
        await owner.SettledAsync();
        var name = owner.Page.GetByLabel(owner.Words["Roles.Name"], new() { Exact = true });
        await name.FillAsync("Night watch");
        await owner.Page.GetByLabel(owner.Words["Roles.Begin"]).SelectOptionAsync(new SelectOptionValue { Label = owner.Words["Role.Guard"] });
        // Closing doors needs to see them: that one is ticked along.
        await owner.Page.GetByLabel(owner.Words["Permission.RemoteAccessClose"]).CheckAsync();
        await Expect(owner.Page.GetByLabel(owner.Words["Permission.RemoteAccessRead"], new() { Exact = true })).ToBeCheckedAsync();
        Assert.Empty(await owner.FindingsAsync());
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["Roles.Make"] }).ClickAsync();
        await Expect(owner.Page.Locator("[data-role]")).ToContainTextAsync("Night watch");
        Assert.Empty(await owner.FindingsAsync());

        await owner.OpenAsync(PortalUrls.Members("aoba"));
        await owner.SettledAsync();
        await new MembersPage(owner).ChangeAsync(Operator, "Night watch");
        await new Dialog(owner).AnswerAsync(owner.Words["Members.Change"]);
        await Expect(new MembersPage(owner).Said).ToContainTextAsync(owner.Words["Members.Changed", Operator, "Night watch"]);

        await Expect(new SimsPage(member).Table).ToHaveCountAsync(0, new() { Timeout = SoonEnough });
        await Expect(member.Page.GetByText(member.Words["Denied.Title"])).ToBeVisibleAsync();
        await Expect(new SideNav(member).Link("Sims")).ToHaveCountAsync(0);
        await new SideNav(member).Link("RemoteAccess").ClickAsync();
        await Expect(member.Page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = member.Words["Nav.RemoteAccess"] })).ToBeVisibleAsync();
        await member.SettledAsync();

        await owner.OpenAsync(PortalUrls.Roles("aoba"));
        await owner.SettledAsync();
        await owner.Page.GetByRole(AriaRole.Link, new() { Name = owner.Words["Roles.EditOne", "Night watch"] }).ClickAsync();
        await owner.SettledAsync();
        await owner.Page.GetByLabel(owner.Words["Permission.RemoteAccessRead"], new() { Exact = true }).UncheckAsync();
        await Expect(owner.Page.GetByLabel(owner.Words["Permission.RemoteAccessClose"])).Not.ToBeCheckedAsync();
        await owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["Roles.Save"] }).ClickAsync();
        await new Dialog(owner).AnswerAsync(owner.Words["Roles.Save"]);
        await Expect(owner.Page.GetByText(owner.Words["Roles.Saved"])).ToBeVisibleAsync();

        await Expect(member.Page.GetByText(member.Words["Denied.Title"])).ToBeVisibleAsync(new() { Timeout = SoonEnough });
        await Expect(new SideNav(member).Link("RemoteAccess")).ToHaveCountAsync(0);
        await Expect(new SideNav(member).Link("Cameras")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task SensitiveAct_LongAfterTheSignIn_AsksForAnother_AndThenGoesOnWithWhatWasTyped()
    {
        var portal = await FreshPortalAsync();
        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Members("aoba"));
        await owner.SettledAsync();
        await using (var db = portal.Database.ForInstallation())
        {
            await db.SignInSessions.ExecuteUpdateAsync(set => set.SetProperty(session => session.ProvenAt, DateTimeOffset.UnixEpoch), TestContext.Current.CancellationToken);
        }

        var email = owner.Page.GetByLabel(owner.Words["Invitations.Email"]);
        await email.FillAsync("kei@example.com");
        var invite = owner.Page.GetByRole(AriaRole.Button, new() { Name = owner.Words["Invitations.Invite"], Exact = true });
        await invite.ClickAsync();
        var again = owner.Page.GetByRole(AriaRole.Link, new() { Name = owner.Words["SignInAgain.Open"] });
        await Expect(again).ToBeVisibleAsync();
        Assert.Empty(await owner.FindingsAsync());

        var tab = await owner.Page.Context.RunAndWaitForPageAsync(() => again.ClickAsync());
        await tab.GetByRole(AriaRole.Button, new() { Name = owner.Words["SignInAgain.Demo", "Haruto Sato"] }).ClickAsync();
        await Expect(tab.GetByText(owner.Words["SignInAgain.Done", "Haruto Sato"])).ToBeVisibleAsync();
        await tab.CloseAsync();

        await Expect(email).ToHaveValueAsync("kei@example.com");
        await invite.ClickAsync();
        await Expect(owner.Page.Locator(".made code")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Invite_TheLinkLetsInWhomeverItReaches_Once()
    {
        var portal = await FreshPortalAsync();
        var inviter = await VisitAsync(portal);
        await inviter.SignInAsync("reseller", PortalUrls.Members("nagisa"));
        await inviter.LiveAsync();
        await inviter.Page.GetByLabel(inviter.Words["Invitations.Email"]).FillAsync("haruto@example.com");
        await inviter.Page.GetByRole(AriaRole.Button, new() { Name = inviter.Words["Invitations.Invite"], Exact = true }).ClickAsync();
        var link = new Uri(await inviter.Page.Locator(".made code").InnerTextAsync());
        await Expect(inviter.Page.Locator("[data-mail=Sent]")).ToBeVisibleAsync();
        Assert.Empty(await inviter.FindingsAsync());

        var guest = await VisitAsync(portal);
        await guest.SignInAsync("stranger", PortalUrls.DevelopmentMail());
        await guest.SettledAsync();
        await guest.Page.GetByRole(AriaRole.Link, new() { Name = link.AbsoluteUri }).ClickAsync();
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Nagisa");
        Assert.Empty(await guest.FindingsAsync());
        await guest.Page.GetByRole(AriaRole.Button, new() { Name = guest.Words["Join.Accept"] }).ClickAsync();
        await guest.Page.WaitForURLAsync(url => new Uri(url).AbsolutePath == PortalUrls.Tenant("nagisa"));

        await guest.Page.GotoAsync(link.AbsoluteUri);
        await Expect(guest.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync(guest.Words["Join.Gone"]);
    }

    [Fact]
    public async Task ChangeRole_OfAMemberWithAnOpenPage_ThePageStartsAnewWithTheNewRole()
    {
        var portal = await FreshPortalAsync();
        var member = await VisitAsync(portal);
        await member.SignInAsync("operator", PortalUrls.Sims("aoba"));
        await Expect(new SideNav(member).Link("Members")).ToBeVisibleAsync();

        var owner = await VisitAsync(portal);
        await owner.SignInAsync("owner", PortalUrls.Members("aoba"));
        await owner.LiveAsync();
        await new MembersPage(owner).ChangeAsync(Operator, owner.Words["Role.Viewer"]);
        await new Dialog(owner).AnswerAsync(owner.Words["Members.Change"]);
        await Expect(new MembersPage(owner).Said).ToContainTextAsync(owner.Words["Members.Changed", Operator, owner.Words["Role.Viewer"]]);

        await Expect(new SideNav(member).Link("Members")).ToHaveCountAsync(0, new() { Timeout = SoonEnough });
        await new SimsPage(member).HoldsAsync(60);
    }

    [Fact]
    public async Task ChangeRole_ThatIsNotMeant_LeavesTheRoleAndShowsIt()
    {
        var owner = await VisitAsync(await FreshPortalAsync());
        await owner.SignInAsync("owner", PortalUrls.Members("aoba"));
        await owner.LiveAsync();
        var members = new MembersPage(owner);

        await members.ChangeAsync(Operator, owner.Words["Role.Viewer"]);
        await new Dialog(owner).AnswerAsync(owner.Words["Cancel"]);

        await Expect(members.RoleOf(Operator)).ToHaveValueAsync("Operator");
        await Expect(members.Said).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task ChangeRole_OfTheLastOwner_IsRefused_AndTheListShowsWhatHolds()
    {
        var owner = await VisitAsync(await FreshPortalAsync());
        await owner.SignInAsync("owner", PortalUrls.Members("aoba"));
        await owner.LiveAsync();
        var members = new MembersPage(owner);

        await members.ChangeAsync("Haruto Sato", owner.Words["Role.Viewer"]);
        await new Dialog(owner).AnswerAsync(owner.Words["Members.Change"]);

        await Expect(members.Said).ToContainTextAsync(owner.Words["Error.LastOwner.Title"]);
        await Expect(members.RoleOf("Haruto Sato")).ToHaveValueAsync("Owner");
    }
}
