using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>Owners say which groups of their own directory give which roles; what they change counts at once.</summary>
public sealed class GroupGrantsTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private readonly string kei = $"kei-{Guid.NewGuid():N}";
    private TenantContext owner = null!;
    private string slug = null!;

    private GroupGrants Grants => scene.Get<GroupGrants>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        owner = await scene.OwnedAsync(slug, "night", "all");
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Add_OffersOnesOwnGroups_AndIsInTheTrail()
    {
        var made = (await Grants.AddAsync(owner, " night ", "Night watch", TenantRole.Guard, Watchdog.Token)).Value;

        var list = await Grants.ListAsync(owner, Watchdog.Token);
        Assert.Equal((GroupSource.Known, Grouped.Issuer, "all night"), (list.Source, list.Issuer, string.Join(' ', list.Own)));
        Assert.Equal(made, Assert.Single(list.Grants));
        Assert.Equal(("night", "Night watch", Grouped.Issuer, new GivenRole(TenantRole.Guard), 0), (made.GroupId, made.Label, made.Issuer, made.Role, made.Members));
        var entry = (await scene.TrailAsync(slug)).Single(entry => entry.Action == AuditActions.GroupGrantMade);
        Assert.Equal(("Night watch", "Guard", $"night {Grouped.Issuer}"), (entry.ObjectName, entry.After, entry.Detail));
    }

    [Theory]
    [InlineData("", null, TenantRole.Viewer, "GroupId")]
    [InlineData("   ", null, TenantRole.Viewer, "GroupId")]
    [InlineData("a\u0007", null, TenantRole.Viewer, "GroupId")]
    [InlineData("fleet", "a\u0007", TenantRole.Viewer, "GroupLabel")]
    [InlineData("fleet", "\u3164", TenantRole.Viewer, "GroupLabel")]
    [InlineData("fleet", null, TenantRole.Owner, "GroupOwner")]
    [InlineData("night", null, TenantRole.Viewer, "GroupTaken")]
    public async Task Add_WhatCantBe_AddsNothing(string group, string? label, TenantRole role, string problem)
    {
        await AddAsync("night", TenantRole.Guard);

        Assert.Equal(problem, (await Grants.AddAsync(owner, group, label, role, Watchdog.Token)).Error!.Key);
        Assert.Single((await Grants.ListAsync(owner, Watchdog.Token)).Grants);
    }

    [Fact]
    public async Task Add_OneTooMany_IsRefused()
    {
        for (var number = 0; number < GroupGrants.Most; number++)
        {
            await AddAsync($"group {number}", TenantRole.Viewer);
        }

        Assert.Equal("GroupsMost", (await Grants.AddAsync(owner, "one more", null, TenantRole.Viewer, Watchdog.Token)).Error!.Key);
    }

    [Fact]
    public async Task Add_BySomebodyWhoseProviderIsNotAsked_IsRefused_AndTheListSaysWhy()
    {
        var other = await scene.MemberAsync(slug, TenantRole.Owner, "Yui");
        using var theirs = await scene.OpenAsync(other, slug);

        Assert.Equal(GroupSource.NotAsked, (await Grants.ListAsync(theirs, Watchdog.Token)).Source);
        Assert.Equal("GroupsNotAsked", (await Grants.AddAsync(theirs, "night", null, TenantRole.Viewer, Watchdog.Token)).Error!.Key);
    }

    [Fact]
    public async Task Add_ByAnOwnerWhoseOwnGroupsAreNotKnown_Works()
    {
        await scene.ArriveAsync(Grouped.Issuer, owner.Actor.Name, new ClaimedGroups([], GroupsUnknown.Elsewhere));

        Assert.Equal((GroupSource.Unknown, GroupsUnknown.Elsewhere), await Grants.ListAsync(owner, Watchdog.Token) switch { var list => (list.Source, list.Unknown) });
        await AddAsync("night", TenantRole.Viewer);
    }

    [Fact]
    public async Task Partner_SeesTheList_AndChangesNothingOfIt()
    {
        using var partner = await scene.OpenAsync(PortalScene.Aoba, role: null);
        var list = await Grants.ListAsync(partner, Watchdog.Token);

        Assert.Equal(GroupSource.Partner, list.Source);
        Assert.Equal("GroupsPartner", (await Grants.AddAsync(partner, "night", null, TenantRole.Viewer, Watchdog.Token)).Error!.Key);
        Assert.Equal("GroupsPartner", (await Grants.ChangeAsync(partner, new GroupGrantChange(list.Seen, Assert.Single(list.Grants).Id, GroupGrantStep.Remove), Watchdog.Token)).Error!.Key);
    }

    [Fact]
    public async Task Remove_EndsWhatItGave_AndWhatIsOpen()
    {
        await AddAsync("night", TenantRole.Guard);
        var person = await scene.ArriveAsync(kei, "night");
        using var theirs = await scene.OpenAsync(person, slug);

        var effect = await ChangeAsync("night", GroupGrantStep.Remove);

        Assert.Equal(new GroupGrantEffect(1, 0), effect);
        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token));
        Assert.Empty((await Grants.ListAsync(owner, Watchdog.Token)).Grants);
        var trail = await scene.TrailAsync(slug);
        Assert.Equal(("Guard", null), trail.Single(entry => entry.Action == AuditActions.GroupGrantRemoved) switch { var entry => (entry.Before, entry.After) });
        Assert.Equal((owner.Actor.PersonId, person.PersonId.ToString()), trail.Single(entry => entry.Action == AuditActions.MemberRemoved) switch { var entry => (entry.ActorId!.Value, entry.ObjectId) });
    }

    [Fact]
    public async Task Remove_LeavesThoseWhomTheNextGroupGivesARole_AndThosePeopleInvited()
    {
        await AddAsync("night", TenantRole.Guard);
        await AddAsync("all", TenantRole.Viewer);
        var person = await scene.ArriveAsync(kei, "night", "all");
        var invited = await scene.ArriveAsync($"invited {kei}");
        await scene.JoinAsync(invited.PersonId, slug, TenantRole.Billing);

        Assert.Equal(new GroupGrantEffect(0, 1), await ChangeAsync("night", GroupGrantStep.Remove));

        Assert.Equal((TenantRole.Viewer, TenantRole.Billing), (await RoleAsync(person), await RoleAsync(invited)));
    }

    [Fact]
    public async Task Remove_AlsoEndsThoseWhoseGroupsAreNotKnown()
    {
        await AddAsync("night", TenantRole.Guard);
        await AddAsync("all", TenantRole.Viewer);
        var person = await scene.ArriveAsync(kei, "night", "all");
        await scene.ArriveAsync(Grouped.Issuer, kei, new ClaimedGroups([], GroupsUnknown.TooMany));

        Assert.Equal(new GroupGrantEffect(1, 0), await ChangeAsync("night", GroupGrantStep.Remove));
        Assert.Null(await RoleAsync(person));
    }

    [Fact]
    public async Task Role_Changed_CountsAtOnce()
    {
        await AddAsync("night", TenantRole.Guard);
        var role = (await scene.Get<CustomRoles>().MakeAsync(owner, "Night watch", new PermissionSet([Permission.CamerasRead]), Watchdog.Token)).Value;
        var person = await scene.ArriveAsync(kei, "night");
        using var theirs = await scene.OpenAsync(person, slug);

        Assert.Equal(new GroupGrantEffect(0, 1), await ChangeAsync("night", GroupGrantStep.Role, GivenRole.Own(role.Id)));

        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token));
        using var anew = await scene.OpenAsync(person, slug);
        Assert.Equal([Permission.CamerasRead], Enum.GetValues<Permission>().Where(anew.May));
        var entry = (await scene.TrailAsync(slug)).Single(entry => entry.Action == AuditActions.MemberRoleChanged);
        Assert.Equal(("Guard, by the group \"night\"", "\"Night watch\", by the group \"night\""), (entry.Before, entry.After));
        Assert.Equal([1, 0, 1], Assert.IsType<InputError>((await scene.Get<CustomRoles>().RemoveAsync(owner, role.Id, Watchdog.Token)).Error).Arguments);
        Assert.Equal("GroupOwner", (await Grants.ChangeAsync(owner, await StepAsync("night", GroupGrantStep.Role, TenantRole.Owner), Watchdog.Token)).Error!.Key);
    }

    [Fact]
    public async Task CustomRole_ThatAGroupGives_IsNotRemoved_ThoughNobodyHasIt()
    {
        var role = (await scene.Get<CustomRoles>().MakeAsync(owner, "Night watch", new PermissionSet([Permission.CamerasRead]), Watchdog.Token)).Value;
        await AddAsync("night", GivenRole.Own(role.Id));

        Assert.Equal([0, 0, 1], Assert.IsType<InputError>((await scene.Get<CustomRoles>().RemoveAsync(owner, role.Id, Watchdog.Token)).Error).Arguments);
        Assert.Equal(1, Assert.Single(await scene.Get<CustomRoles>().ListAsync(owner, Watchdog.Token)).Groups);
    }

    [Fact]
    public async Task Move_ChangesWhatTheFirstThatFitsGives()
    {
        await AddAsync("night", TenantRole.Guard);
        await AddAsync("all", TenantRole.Viewer);
        var person = await scene.ArriveAsync(kei, "night", "all");

        Assert.Equal(new GroupGrantEffect(0, 1), (await Grants.PreviewAsync(owner, await StepAsync("all", GroupGrantStep.Up), Watchdog.Token)).Value);
        Assert.Equal(TenantRole.Guard, await RoleAsync(person));
        Assert.Equal(new GroupGrantEffect(0, 1), await ChangeAsync("all", GroupGrantStep.Up));

        Assert.Equal(TenantRole.Viewer, await RoleAsync(person));
        Assert.Equal(["all", "night"], (await Grants.ListAsync(owner, Watchdog.Token)).Grants.Select(grant => grant.GroupId));
        Assert.Equal(("Viewer, place 2", "Viewer, place 1"), (await scene.TrailAsync(slug)).Single(entry => entry.Action == AuditActions.GroupGrantChanged) switch { var entry => (entry.Before, entry.After) });
        Assert.Equal(new GroupGrantEffect(0, 0), await ChangeAsync("all", GroupGrantStep.Up));
    }

    [Fact]
    public async Task Change_OfAListThatIsAnotherByNow_IsNotMade()
    {
        await AddAsync("night", TenantRole.Guard);
        var step = await StepAsync("night", GroupGrantStep.Remove);
        await AddAsync("all", TenantRole.Viewer);

        Assert.IsType<ConflictError>((await Grants.ChangeAsync(owner, step, Watchdog.Token)).Error);
        Assert.Equal(2, (await Grants.ListAsync(owner, Watchdog.Token)).Grants.Count);
    }

    [Fact]
    public async Task AnotherTenantsRole_IsGivenByNoGroup()
    {
        var theirSlug = $"t{Guid.NewGuid():N}";
        using var theirs = await scene.OwnedAsync(theirSlug);
        var foreign = (await scene.Get<CustomRoles>().MakeAsync(theirs, "Theirs", new PermissionSet([Permission.CamerasRead]), Watchdog.Token)).Value;
        await AddAsync("night", TenantRole.Guard);

        Assert.IsType<GoneError>((await Grants.AddAsync(owner, "all", null, GivenRole.Own(foreign.Id), Watchdog.Token)).Error);
        Assert.IsType<GoneError>((await Grants.ChangeAsync(owner, await StepAsync("night", GroupGrantStep.Role, GivenRole.Own(foreign.Id)), Watchdog.Token)).Error);
    }

    private async Task AddAsync(string group, GivenRole role) => Assert.Null((await Grants.AddAsync(owner, group, null, role, Watchdog.Token)).Error);

    private async Task<GroupGrantChange> StepAsync(string group, GroupGrantStep step, GivenRole? role = null)
    {
        var list = await Grants.ListAsync(owner, Watchdog.Token);
        return new GroupGrantChange(list.Seen, list.Grants.Single(grant => grant.GroupId == group).Id, step, role);
    }

    private async Task<GroupGrantEffect> ChangeAsync(string group, GroupGrantStep step, GivenRole? role = null)
    {
        var change = await StepAsync(group, step, role);
        var foreseen = await Grants.PreviewAsync(owner, change, Watchdog.Token);
        var done = await Grants.ChangeAsync(owner, change, Watchdog.Token);
        Assert.Equal(foreseen.Value, done.Value);
        return done.Value;
    }

    private async Task<TenantRole?> RoleAsync(SignedIn person)
    {
        await using var db = scene.Database.ForTenant(owner.TenantId);
        return await db.TenantMembers.Where(member => member.PersonId == person.PersonId).Select(member => (TenantRole?)member.Role).SingleOrDefaultAsync(Watchdog.Token);
    }
}
