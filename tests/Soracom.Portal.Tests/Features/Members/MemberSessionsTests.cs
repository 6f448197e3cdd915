using Bunit;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>Where members are signed in, for whoever manages them.</summary>
public sealed class MemberSessionsTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    private MemberSessions Sessions => scene.Get<MemberSessions>();

    [Fact]
    public async Task End_OfAMember_EndsAllButWhereOneSitsOneself_AndIsRecordedInTheTenant()
    {
        var yui = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator, "Yui");
        var elsewhere = await scene.SignInAsync(yui.PersonId, yui.Name);
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        Assert.Equal(2, (await Sessions.ListAsync(owner, yui.PersonId, Watchdog.Token)).Count);

        Assert.Equal(2, (await Sessions.EndAsync(owner, yui.PersonId, Watchdog.Token)).Value);
        Assert.Equal(0, (await Sessions.EndAsync(owner, owner.Actor.PersonId, Watchdog.Token)).Value);

        Assert.Empty(await Sessions.ListAsync(owner, yui.PersonId, Watchdog.Token));
        Assert.False(await scene.Get<SignInSessions>().IsLiveAsync(elsewhere.SessionId, Watchdog.Token));
        Assert.True(await scene.Get<SignInSessions>().IsLiveAsync(owner.Actor.SessionId, Watchdog.Token));
        var entry = Assert.Single(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Action == AuditActions.MemberSignedOut && entry.ActorId == owner.Actor.PersonId);
        Assert.Equal((yui.PersonId.ToString(), "Yui", "2"), (entry.ObjectId, entry.ObjectName, entry.Detail));
    }

    [Fact]
    public async Task SomebodyOfAnotherTenant_IsNeitherShownNorSignedOut()
    {
        var theirs = await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Viewer);
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);

        Assert.Empty(await Sessions.ListAsync(owner, theirs.PersonId, Watchdog.Token));
        Assert.IsType<GoneError>((await Sessions.EndAsync(owner, theirs.PersonId, Watchdog.Token)).Error);
        Assert.True(await scene.Get<SignInSessions>().IsLiveAsync(theirs.SessionId, Watchdog.Token));
    }

    [Fact]
    public async Task SomebodyWhoseMembershipHasEnded_IsNeitherShownNorSignedOut()
    {
        var guest = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer, "Guest");
        await scene.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Until = 630822816000000000 WHERE PersonId = $person", ("$person", guest.PersonId.ToString().ToUpperInvariant()));
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);

        Assert.Empty(await Sessions.ListAsync(owner, guest.PersonId, Watchdog.Token));
        Assert.IsType<GoneError>((await Sessions.EndAsync(owner, guest.PersonId, Watchdog.Token)).Error);
        Assert.True(await scene.Get<SignInSessions>().IsLiveAsync(guest.SessionId, Watchdog.Token));
    }

    [Fact]
    public async Task Form_ShowsTheSessions_EndsThem_AndSaysHowMany()
    {
        var yui = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator, "Yui");
        using var owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var member = (await scene.Get<MemberList>().ListAsync(owner, Watchdog.Token)).Single(one => one.PersonId == yui.PersonId);
        await using var circuit = new ComponentScene(scene);
        var form = circuit.Render<MemberSessionsForm>(parameters => parameters.Add(it => it.Tenant, owner).Add(it => it.Member, member));
        form.WaitForAssertion(() => Assert.Single(form.FindAll("tbody tr")));
        Assert.DoesNotContain(yui.SessionId.ToString(), form.Markup, StringComparison.OrdinalIgnoreCase);

        await form.InvokeAsync(() => form.Find("button.danger").ClickAsync(new()));

        Assert.Empty(form.FindAll("tbody tr, button.danger"));
        Assert.Equal("Sessions ended: 1.", form.Find("[role=status]").TextContent);
    }
}
