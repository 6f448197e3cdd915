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
