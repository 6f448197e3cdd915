using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>A tenant makes roles of its own: they permit exactly what they say, from the moment they say it.</summary>
public sealed class CustomRolesTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private static readonly PermissionSet Watching = new([Permission.CamerasRead, Permission.CamerasPlay, Permission.RemoteAccessRead]);

    private readonly PortalScene scene = own.Scene;
    private TenantContext owner = null!;
    private SignedIn kei = null!;
    private string slug = null!;

    private CustomRoles Roles => scene.Get<CustomRoles>();

    private MemberList Members => scene.Get<MemberList>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        kei = await scene.MemberAsync(slug, TenantRole.Operator, "Kei");
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Member_MayDoExactlyWhatTheRoleSays()
    {
        await GiveAsync(await MakeAsync());

        using var theirs = await scene.OpenAsync(kei, slug);

        Assert.Equal(Watching.Permissions.Order(), Enum.GetValues<Permission>().Where(theirs.May));
        await Members.ListAsync(owner, Watchdog.Token);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Members.ListAsync(theirs, Watchdog.Token));
        await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token);
        Assert.Equal(("Night watch", TenantRole.Custom), (theirs.Standing.Custom!.Name, theirs.Standing.Role));
    }

    [Fact]
    public async Task Change_TakesARightAway_FromWhatIsOpenToo()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        using var theirs = await scene.OpenAsync(kei, slug);
        await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token);

        await Roles.ChangeAsync(owner, role, role.Name, new PermissionSet([Permission.CamerasRead]), Watchdog.Token);

        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token));
        Assert.True(theirs.Ended.IsCancellationRequested);
        using var anew = await scene.OpenAsync(kei, slug);
        Assert.Equal([Permission.CamerasRead], Enum.GetValues<Permission>().Where(anew.May));
    }

    [Fact]
    public async Task Change_GivesARight_AndOpenPagesStartAnew()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        using var theirs = await scene.OpenAsync(kei, slug);
        using var watch = scene.Get<AccessWatch>().Watch(kei, theirs, () => Task.CompletedTask, () => Task.CompletedTask);

        await Roles.ChangeAsync(owner, role, role.Name, new PermissionSet([.. Watching.Permissions, Permission.CamerasExport]), Watchdog.Token);
        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);

        Assert.True(theirs.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task Portfolio_AsksTheRoleTheTenantMade()
    {
        await GiveAsync(await MakeAsync());

        using var playing = await scene.Get<TenantAccess>().OpenAllAsync(kei, Permission.CamerasPlay, Watchdog.Token);
        using var billing = await scene.Get<TenantAccess>().OpenAllAsync(kei, Permission.BillingRead, Watchdog.Token);

        Assert.Equal(slug, Assert.Single(await playing.PermittingAsync(Permission.CamerasPlay, Watchdog.Token)).Slug);
        Assert.Empty(await billing.HoldingAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Change_OfTheNameAlone_EndsNobodysRight()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        using var theirs = await scene.OpenAsync(kei, slug);

        await Roles.ChangeAsync(owner, role, "Day watch", Watching, Watchdog.Token);
        await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token);

        Assert.False(theirs.Ended.IsCancellationRequested);
    }

    [Fact]
    public async Task RoleThatSomebodyWroteIntoTheDatabase_StillManagesNoMembers()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        await scene.TestDatabase.ExecuteAsync("UPDATE CustomRoles SET Permissions = 'MembersRead MembersManage DelegationManage' WHERE Id = $id", ("$id", role.Id.ToString().ToUpperInvariant()));

        using var theirs = await scene.OpenAsync(kei, slug);

        Assert.Equal([Permission.MembersRead], Enum.GetValues<Permission>().Where(theirs.May));
    }

    [Fact]
    public async Task RoleWithoutItsRow_PermitsNothing()
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE TenantMembers SET Role = 'Custom' WHERE PersonId = $person", ("$person", kei.PersonId.ToString().ToUpperInvariant()));

        using var theirs = await scene.OpenAsync(kei, slug);

        Assert.DoesNotContain(Enum.GetValues<Permission>(), theirs.May);
    }

    [Fact]
    public async Task StoredPermissionThatThereIsNoMore_GivesNothing()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        await scene.TestDatabase.ExecuteAsync("UPDATE CustomRoles SET Permissions = 'CamerasRead MembersManageEverything 7 owner' WHERE Id = $id", ("$id", role.Id.ToString().ToUpperInvariant()));

        using var theirs = await scene.OpenAsync(kei, slug);

        Assert.Equal([Permission.CamerasRead], Enum.GetValues<Permission>().Where(theirs.May));
    }

    [Theory]
    [InlineData("", "RoleName")]
    [InlineData("   ", "RoleName")]
    [InlineData("a\u0007b", "RoleName")]
    [InlineData("Own\u200Ber", "RoleName")]
    [InlineData("\u3164", "RoleName")]
    [InlineData("A -> Owner", "RoleName")]
    [InlineData("\"Owner\"", "RoleName")]
    [InlineData("Ｏｗｎｅｒ", "RoleNameTaken")]
    [InlineData("ｵｰﾅｰ", "RoleNameTaken")]
    [InlineData("Owner", "RoleNameTaken")]
    [InlineData(" owner ", "RoleNameTaken")]
    [InlineData("オーナー", "RoleNameTaken")]
    [InlineData("Custom", "RoleNameTaken")]
    [InlineData("night WATCH", "RoleNameTaken")]
    public async Task Make_ByANameThatCantBe_MakesNothing(string name, string problem)
    {
        await MakeAsync();

        var made = await Roles.MakeAsync(owner, name, Watching, Watchdog.Token);

        Assert.Equal(problem, Assert.IsType<InputError>(made.Error).Key);
        Assert.Single(await Roles.ListAsync(owner, Watchdog.Token));
    }

    [Theory]
    [InlineData("", "RoleEmpty")]
    [InlineData("MembersRead MembersManage", "RoleOfOwners")]
    [InlineData("DelegationManage", "RoleOfOwners")]
    [InlineData("SimsTerminate", "RoleIncomplete")]
    [InlineData("ViewsManage", "RoleIncomplete")]
    [InlineData("RemoteAccessRead RemoteAccessOpen", "RoleIncomplete")]
    public async Task Make_OfPermissionsThatCantStandTogether_MakesNothing(string permissions, string problem)
    {
        var made = await Roles.MakeAsync(owner, "Night watch", PermissionSet.Read(permissions), Watchdog.Token);

        Assert.Equal(problem, Assert.IsType<InputError>(made.Error).Key);
        Assert.Empty(await Roles.ListAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task Make_ThatIsOneTooMany_IsRefused()
    {
        for (var i = 0; i < CustomRoles.Most; i++)
        {
            Assert.Null((await Roles.MakeAsync(owner, $"Role {i}", Watching, Watchdog.Token)).Error);
        }

        Assert.Equal("RolesMost", (await Roles.MakeAsync(owner, "One more", Watching, Watchdog.Token)).Error!.Key);
    }

    [Fact]
    public async Task Change_OfWhatIsAnotherByNow_IsNotMade()
    {
        var role = await MakeAsync();
        await Roles.ChangeAsync(owner, role, "Day watch", Watching, Watchdog.Token);

        var late = await Roles.ChangeAsync(owner, role, role.Name, new PermissionSet([Permission.BillingRead]), Watchdog.Token);

        Assert.IsType<ConflictError>(late.Error);
        Assert.Equal(("Day watch", Watching), Assert.Single(await Roles.ListAsync(owner, Watchdog.Token)) switch { var now => (now.Name, now.Permissions) });
    }

    [Fact]
    public async Task Remove_WhileSomebodyHasIt_OrIsInvitedToIt_IsRefused()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        var invited = (await scene.Get<Invitations>().InviteAsync(owner, "mio@example.com", GivenRole.Own(role.Id), null, "en", Watchdog.Token)).Value;

        Assert.Equal([1, 1, 0], Assert.IsType<InputError>((await Roles.RemoveAsync(owner, role.Id, Watchdog.Token)).Error).Arguments);
        await Members.ChangeRoleAsync(owner, kei.PersonId, GivenRole.Own(role.Id), TenantRole.Viewer, Watchdog.Token);
        Assert.Equal([0, 1, 0], Assert.IsType<InputError>((await Roles.RemoveAsync(owner, role.Id, Watchdog.Token)).Error).Arguments);
        await scene.Get<Invitations>().RevokeAsync(owner, invited.Id, Watchdog.Token);

        Assert.Equal("Night watch", (await Roles.RemoveAsync(owner, role.Id, Watchdog.Token)).Value);
        Assert.IsType<GoneError>((await Members.ChangeRoleAsync(owner, kei.PersonId, TenantRole.Viewer, GivenRole.Own(role.Id), Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Invitation_GivesTheRole_WithWhatItPermitsWhenItIsAccepted()
    {
        var role = await MakeAsync();
        var code = (await scene.Get<Invitations>().InviteAsync(owner, "mio@example.com", GivenRole.Own(role.Id), null, "en", Watchdog.Token)).Value.Code;
        await Roles.ChangeAsync(owner, role, "Day watch", new PermissionSet([Permission.CamerasRead]), Watchdog.Token);
        var mio = await scene.SignInAsync("Mio");

        Assert.Equal("Day watch", (await scene.Get<Joining>().LookAsync(mio, code, Watchdog.Token))!.CustomRole);
        await scene.Get<Joining>().AcceptAsync(mio, code, terms: null, Watchdog.Token);

        using var theirs = await scene.OpenAsync(mio, slug);
        Assert.Equal([Permission.CamerasRead], Enum.GetValues<Permission>().Where(theirs.May));
    }

    [Fact]
    public async Task Invitation_ToARoleThatIsGone_IsWorthNothing()
    {
        var role = await MakeAsync();
        var code = (await scene.Get<Invitations>().InviteAsync(owner, "mio@example.com", GivenRole.Own(role.Id), null, "en", Watchdog.Token)).Value.Code;
        await scene.TestDatabase.ExecuteAsync("DELETE FROM CustomRoles WHERE Id = $id", ("$id", role.Id.ToString().ToUpperInvariant()));
        var mio = await scene.SignInAsync("Mio");

        Assert.Null(await scene.Get<Joining>().LookAsync(mio, code, Watchdog.Token));
        Assert.IsType<GoneError>((await scene.Get<Joining>().AcceptAsync(mio, code, terms: null, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Give_AnotherTenantsRole_IsRefused_AndByHandTheDatabaseRefusesItToo()
    {
        var theirSlug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(theirSlug);
        using var stranger = await scene.OpenAsync(await scene.MemberAsync(theirSlug, TenantRole.Owner, "Stranger"), theirSlug);
        var foreign = (await Roles.MakeAsync(stranger, "Theirs", Watching, Watchdog.Token)).Value;

        var given = await Members.ChangeRoleAsync(owner, kei.PersonId, TenantRole.Operator, GivenRole.Own(foreign.Id), Watchdog.Token);
        var invited = await scene.Get<Invitations>().InviteAsync(owner, "mio@example.com", GivenRole.Own(foreign.Id), null, "en", Watchdog.Token);

        Assert.IsType<GoneError>(given.Error);
        Assert.IsType<GoneError>(invited.Error);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => scene.TestDatabase.ExecuteAsync(
            "UPDATE TenantMembers SET Role = 'Custom', CustomRoleId = $role WHERE PersonId = $person", ("$role", foreign.Id.ToString().ToUpperInvariant()), ("$person", kei.PersonId.ToString().ToUpperInvariant())));
    }

    [Theory]
    [InlineData(TenantRole.Custom, false)]
    [InlineData(TenantRole.Viewer, true)]
    [InlineData((TenantRole)99, false)]
    public async Task Give_HalfARole_IsRefused(TenantRole preset, bool withId)
    {
        var role = await MakeAsync();

        var given = await Members.ChangeRoleAsync(owner, kei.PersonId, TenantRole.Operator, new GivenRole(preset, withId ? role.Id : null), Watchdog.Token);

        Assert.IsType<GoneError>(given.Error);
        Assert.Equal(TenantRole.Operator, (await Members.ListAsync(owner, Watchdog.Token)).Single(member => member.PersonId == kei.PersonId).Role.Preset);
    }

    [Fact]
    public async Task TheLastOwner_KeepsOwning()
    {
        var role = await MakeAsync();

        Assert.IsType<LastOwnerError>((await Members.ChangeRoleAsync(owner, owner.Actor.PersonId, TenantRole.Owner, GivenRole.Own(role.Id), Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Trail_TellsOfTheRoleAndOfWhoHasIt()
    {
        var role = await MakeAsync();
        await GiveAsync(role);
        await Roles.ChangeAsync(owner, role, "Day watch", new PermissionSet([Permission.CamerasRead, Permission.BillingRead]), Watchdog.Token);
        await Members.RemoveAsync(owner, kei.PersonId, Watchdog.Token);
        await Roles.RemoveAsync(owner, role.Id, Watchdog.Token);

        Assert.Equal(
            [
                (AuditActions.RoleMade, "Night watch", "+CamerasRead +CamerasPlay +RemoteAccessRead – → \"Night watch\": CamerasRead CamerasPlay RemoteAccessRead"),
                (AuditActions.MemberRoleChanged, "Kei", "Operator → \"Night watch\""),
                (AuditActions.RoleChanged, "Day watch", "+BillingRead -CamerasPlay -RemoteAccessRead \"Night watch\": CamerasRead CamerasPlay RemoteAccessRead → \"Day watch\": CamerasRead BillingRead"),
                (AuditActions.MemberRemoved, "Kei", "\"Day watch\""),
                (AuditActions.RoleRemoved, "Day watch", "\"Day watch\": CamerasRead BillingRead → –"),
            ],
            (await scene.TrailAsync(slug)).Where(entry => entry.Action != AuditActions.TenantOpened).Select(entry => (entry.Action, entry.ObjectName, $"{entry.Detail} {entry.Change()}".Trim())));
    }

    [Fact]
    public async Task PolicyForDoors_NamesTheRole_AndFitsItsMembersAlone()
    {
        var role = (await Roles.MakeAsync(owner, "Field service", new PermissionSet([Permission.SimsRead, Permission.RemoteAccessRead, Permission.RemoteAccessOpen]), Watchdog.Token)).Value;
        await MakeAsync();
        await GiveAsync(role);
        using var theirs = await scene.OpenAsync(kei, slug);
        var rule = OpenerRule.Read(OpenerRule.Write([new OpenerRule { CustomRole = role.Id }]))![0];
        var sim = new DoorSim("8981100005800000001", "OP0000000000", "", "440100000000001", "", new Dictionary<string, string>(StringComparer.Ordinal), "active", IsOnline: true, "");

        Assert.Equal([new PolicyRole(role.Id, "Field service")], await scene.Get<OpenerChoices>().RolesAsync(owner, Watchdog.Token));
        Assert.Contains(await scene.Get<OpenerChoices>().PeopleAsync(owner, Watchdog.Token), person => person.Id == kei.PersonId);
        Assert.True(rule.Fits(Requester.Of(theirs), sim));
        Assert.False(rule.Fits(Requester.Of(owner), sim));
        var other = (await Roles.ListAsync(owner, Watchdog.Token)).Single(one => one.Id != role.Id);
        Assert.False((rule with { CustomRole = other.Id }).Fits(Requester.Of(theirs), sim));
        Assert.False(rule.IsBlank);
    }

    private async Task<CustomRoleSummary> MakeAsync() => (await Roles.MakeAsync(owner, " Night watch ", Watching, Watchdog.Token)).Value;

    private async Task GiveAsync(CustomRoleSummary role) => Assert.Null((await Members.ChangeRoleAsync(owner, kei.PersonId, TenantRole.Operator, GivenRole.Own(role.Id), Watchdog.Token)).Error);
}
