using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Views;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.OpenId.Tokens;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Security.SignIn;

/// <summary>What groups give follows what the identity provider said at the last sign-in, and nothing else.</summary>
public sealed class GroupMembershipTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private readonly string kei = $"kei-{Guid.NewGuid():N}";
    private TenantContext owner = null!;
    private string slug = null!;

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        owner = await scene.OwnedAsync(slug);
        await GiveAsync("night", TenantRole.Guard);
        await GiveAsync("fleet", TenantRole.Operator);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task InTheGroup_IsAMember_AndThePortalSaysThatItDidSo()
    {
        var person = await scene.ArriveAsync(kei, "night", "something else");

        using var theirs = await scene.OpenAsync(person, slug);
        Assert.Equal(TenantRole.Guard, theirs.Standing.Role);
        var entry = (await scene.TrailAsync(slug)).Single(entry => entry.Action == AuditActions.MemberAdded);
        Assert.Equal((AuditEntry.Itself, person.PersonId.ToString(), "Guard, by the group \"night\""), (entry.ActorName, entry.ObjectId, entry.After));
    }

    [Fact]
    public async Task InSeveral_TheFirstOfTheListCounts() =>
        Assert.Equal(TenantRole.Guard, (await MemberAsync(await scene.ArriveAsync(kei, "fleet", "night")))!.Role);

    [Fact]
    public async Task InAnother_GetsItsRole_AndTheTrailSaysFromWhichToWhich()
    {
        await scene.ArriveAsync(kei, "night");

        Assert.Equal(TenantRole.Operator, (await MemberAsync(await scene.ArriveAsync(kei, "fleet")))!.Role);
        var entry = (await scene.TrailAsync(slug)).Single(entry => entry.Action == AuditActions.MemberRoleChanged);
        Assert.Equal(("Guard, by the group \"night\"", "Operator, by the group \"fleet\""), (entry.Before, entry.After));
    }

    [Fact]
    public async Task InNoneAnyMore_IsNoMember_AndWhatIsOpenEnds()
    {
        var person = await scene.ArriveAsync(kei, "night");
        using var theirs = await scene.OpenAsync(person, slug);
        using var watch = scene.Get<AccessWatch>().Watch(person, theirs, () => Task.CompletedTask, () => Task.CompletedTask);
        await KeepViewAsync(person, "Mine", isShared: false);
        await KeepViewAsync(person, "Everybody's", isShared: true);

        await scene.ArriveAsync(kei, "something else");

        Assert.Null(await MemberAsync(person));
        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);
        Assert.True(theirs.Ended.IsCancellationRequested);
        await using var db = scene.Database.ForTenant(owner.TenantId);
        Assert.Equal("Everybody's", (await db.SavedViews.SingleAsync(Watchdog.Token)).Name);
        Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.MemberRemoved && entry.ActorName == AuditEntry.Itself);
    }

    [Fact]
    public async Task TheSameGroupAgain_ChangesNothing_ButTheEnd_AndRecordsNothing()
    {
        var person = await scene.ArriveAsync(kei, "night");
        var (first, entries) = ((await MemberAsync(person))!, (await scene.TrailAsync(slug)).Count);
        scene.Clock.Advance(TimeSpan.FromHours(5));

        await scene.ArriveAsync(kei, "night");

        var second = (await MemberAsync(person))!;
        Assert.Equal((first.AddedAt, first.Until!.Value.AddHours(5)), (second.AddedAt, second.Until));
        Assert.Equal(entries, (await scene.TrailAsync(slug)).Count);
    }

    [Fact]
    public async Task ASignInThatLiesTooFarBack_GivesNothingAnyMore()
    {
        var person = await scene.ArriveAsync(kei, "night");
        scene.Clock.Advance(TimeSpan.FromHours(24));

        await using var db = scene.Database.ForInstallation();
        Assert.Empty(await TenantAccess.StandingsAsync(db, [(person.PersonId, owner.TenantId)], scene.Clock.GetUtcNow(), Watchdog.Token));
        Assert.NotNull(await scene.OpenAsync(await scene.ArriveAsync(kei, "night"), slug));
    }

    [Fact]
    public async Task TheSameGroupOfAnotherDirectory_GivesNothing()
    {
        var stranger = await scene.ArriveAsync("https://elsewhere.example.test/", kei, new ClaimedGroups(["night", "fleet"]));

        Assert.Null(await MemberAsync(stranger));
    }

    [Fact]
    public async Task AGroupThatDiffersInCaseOnly_IsAnotherGroup() => Assert.Null(await MemberAsync(await scene.ArriveAsync(kei, "NIGHT")));

    [Fact]
    public async Task AGroupOfAnotherTenants_GivesNothingHere()
    {
        var theirSlug = $"t{Guid.NewGuid():N}";
        using var theirs = await scene.OwnedAsync(theirSlug);
        Assert.Null((await scene.Get<GroupGrants>().AddAsync(theirs, "theirs", null, TenantRole.Viewer, Watchdog.Token)).Error);

        var person = await scene.ArriveAsync(kei, "theirs");

        Assert.Null(await MemberAsync(person));
        Assert.Equal(theirSlug, Assert.Single(await scene.Get<TenantAccess>().ListAsync(person, Watchdog.Token)).Tenant.Slug);
    }

    [Theory]
    [InlineData(GroupsUnknown.Elsewhere)]
    [InlineData(GroupsUnknown.TooMany)]
    [InlineData(GroupsUnknown.Odd)]
    [InlineData(GroupsUnknown.Absent)]
    [InlineData(null)]
    public async Task GroupsThatAreNotKnown_ShutOut_ButRemoveNobody(GroupsUnknown? why)
    {
        var person = await scene.ArriveAsync(kei, "night");
        using var theirs = await scene.OpenAsync(person, slug);
        await KeepViewAsync(person, "Mine", isShared: false);

        var again = await scene.ArriveAsync(Grouped.Issuer, kei, why is { } known ? new ClaimedGroups([], known) : null);

        await Assert.ThrowsAsync<PermissionDeniedException>(async () => await theirs.RequireAsync(Permission.CamerasPlay, Watchdog.Token));
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(again, slug, Watchdog.Token));
        Assert.Equal(scene.Clock.GetUtcNow(), (await MemberAsync(person))!.Until);
        var entry = (await scene.TrailAsync(slug)).Single(entry => entry.Action == AuditActions.MemberLimited);
        Assert.Equal(why is { } said ? $"groups unknown: {said}" : "groups not asked for", entry.Detail);
        using var back = await scene.OpenAsync(await scene.ArriveAsync(kei, "night"), slug);
        await using var db = scene.Database.ForTenant(owner.TenantId);
        Assert.Equal("Mine", (await db.SavedViews.SingleAsync(Watchdog.Token)).Name);
    }

    [Fact]
    public async Task GroupsThatAreNotKnown_GiveNobodyAnything() =>
        Assert.Null(await MemberAsync(await scene.ArriveAsync(Grouped.Issuer, kei, new ClaimedGroups(["night"], GroupsUnknown.Odd))));

    [Fact]
    public async Task AMembershipThatPeopleGave_IsLeftAlone_WhateverTheGroups()
    {
        var person = await scene.ArriveAsync(kei);
        await scene.JoinAsync(person.PersonId, slug, TenantRole.Billing);

        foreach (var claimed in new[] { new ClaimedGroups(["fleet"]), new ClaimedGroups([]), new ClaimedGroups([], GroupsUnknown.Elsewhere), null })
        {
            await scene.ArriveAsync(Grouped.Issuer, kei, claimed);
            Assert.Equal((TenantRole.Billing, null, null), await MemberAsync(person) switch { var now => (now!.Role, now.Until, now.GroupGrantId) });
        }
    }

    [Fact]
    public async Task AGuestWhoseTimeIsOver_IsNotBroughtBackByAGroup()
    {
        var person = await scene.ArriveAsync(kei);
        await scene.JoinAsync(person.PersonId, slug, TenantRole.Viewer);
        await scene.Get<MemberList>().LimitAsync(owner, person.PersonId, null, scene.Clock.GetUtcNow().AddDays(1), Watchdog.Token);
        scene.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(await scene.ArriveAsync(kei, "night"), slug, Watchdog.Token));
    }

    [Fact]
    public async Task SuspendedTenant_GivesNobodyAnything_ButStillTakes()
    {
        await scene.ArriveAsync(kei, "night");
        await scene.TestDatabase.ExecuteAsync("UPDATE Tenants SET SuspendedAt = 1 WHERE Slug = $slug", ("$slug", slug));

        var other = await scene.ArriveAsync($"other {kei}", "night");
        var person = await scene.ArriveAsync(kei);

        Assert.Null(await MemberAsync(other));
        Assert.Null(await MemberAsync(person));
    }

    [Fact]
    public async Task AGroupThatSomebodyWroteIntoTheDatabaseToMakeOwners_MakesNone()
    {
        await scene.TestDatabase.ExecuteAsync("UPDATE GroupGrants SET Role = 'Owner' WHERE TenantId = $tenant", ("$tenant", owner.TenantId.ToString().ToUpperInvariant()));

        Assert.Null(await MemberAsync(await scene.ArriveAsync(kei, "night", "fleet")));
    }

    [Fact]
    public async Task RemovedByHand_ComesBackByNoGroup_UntilSomebodyAllowsIt()
    {
        var person = await scene.ArriveAsync(kei, "night");
        Assert.Null((await scene.Get<MemberList>().RemoveAsync(owner, person.PersonId, Watchdog.Token)).Error);

        Assert.Null(await MemberAsync(await scene.ArriveAsync(kei, "night")));
        Assert.Equal(person.PersonId, Assert.Single((await scene.Get<GroupGrants>().ListAsync(owner, Watchdog.Token)).ShutOut).PersonId);

        Assert.Equal(kei, (await scene.Get<GroupGrants>().ReadmitAsync(owner, person.PersonId, Watchdog.Token)).Value);
        Assert.NotNull(await MemberAsync(await scene.ArriveAsync(kei, "night")));
        Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.MemberReadmitted && entry.ObjectId == person.PersonId.ToString());
    }

    [Fact]
    public async Task RemovedByHand_WhoWasNoMemberByAGroup_ComesBackByNoneEither()
    {
        var person = await scene.ArriveAsync(kei);
        await scene.JoinAsync(person.PersonId, slug, TenantRole.Viewer);
        await scene.Get<MemberList>().RemoveAsync(owner, person.PersonId, Watchdog.Token);

        Assert.Null(await MemberAsync(await scene.ArriveAsync(kei, "night")));
    }

    [Fact]
    public async Task Invitation_TakesThePlaceOfWhatAGroupGives_AndLetsInWhomGroupsDont()
    {
        var person = await scene.ArriveAsync(kei, "night");
        var code = (await scene.Get<Invitations>().InviteAsync(owner, "kei@example.com", TenantRole.Owner, null, "en", Watchdog.Token)).Value.Code;

        Assert.Equal(slug, (await scene.Get<Joining>().AcceptAsync(person, code, null, Watchdog.Token)).Value);
        Assert.Equal((TenantRole.Owner, null, null), await MemberAsync(await scene.ArriveAsync(kei)) switch { var now => (now!.Role, now.Until, now.GroupGrantId) });

        await scene.Get<MemberList>().RemoveAsync(owner, person.PersonId, Watchdog.Token);
        var second = (await scene.Get<Invitations>().InviteAsync(owner, "kei@example.com", TenantRole.Viewer, null, "en", Watchdog.Token)).Value.Code;
        Assert.Equal(slug, (await scene.Get<Joining>().AcceptAsync(person, second, null, Watchdog.Token)).Value);
        Assert.Empty((await scene.Get<GroupGrants>().ListAsync(owner, Watchdog.Token)).ShutOut);
    }

    [Fact]
    public async Task NobodyMakesThemAMemberByHand_WithoutTheirAcceptingAnInvitation()
    {
        var person = await scene.ArriveAsync(kei, "night");
        var (members, before) = (scene.Get<MemberList>(), (await MemberAsync(person))!);

        var role = await members.ChangeRoleAsync(owner, person.PersonId, TenantRole.Guard, TenantRole.Viewer, Watchdog.Token);
        var same = await members.ChangeRoleAsync(owner, person.PersonId, TenantRole.Guard, TenantRole.Guard, Watchdog.Token);
        var end = await members.LimitAsync(owner, person.PersonId, before.Until, scene.Clock.GetUtcNow().AddDays(7), Watchdog.Token);
        var endless = await members.LimitAsync(owner, person.PersonId, before.Until, until: null, Watchdog.Token);

        Assert.All(new[] { role.Error, same.Error, end.Error, endless.Error }, error => Assert.Equal("MemberByGroup", Assert.IsType<InputError>(error).Key));
        var after = (await MemberAsync(person))!;
        Assert.Equal((before.Role, before.Until, before.AddedAt, before.GroupGrantId), (after.Role, after.Until, after.AddedAt, after.GroupGrantId));
        Assert.NotNull(after.GroupGrantId);
        Assert.DoesNotContain(await scene.TrailAsync(slug), entry => entry.Action is AuditActions.MemberRoleChanged or AuditActions.MemberLimited);
    }

    [Fact]
    public async Task TenantThatGoes_TakesAllOfItAlong()
    {
        await scene.ArriveAsync(kei, "night");
        var sentAway = await scene.ArriveAsync($"other {kei}", "fleet");
        await scene.Get<MemberList>().RemoveAsync(owner, sentAway.PersonId, Watchdog.Token);
        await using var db = scene.Database.ForTenant(owner.TenantId);
        Assert.Equal((2, 2, 1), (await db.GroupGrants.CountAsync(Watchdog.Token), await db.TenantMembers.CountAsync(Watchdog.Token), await db.GroupExclusions.CountAsync(Watchdog.Token)));

        await db.Tenants.Where(tenant => tenant.Id == owner.TenantId).ExecuteDeleteAsync(Watchdog.Token);

        Assert.Equal((0, 0, 0), (await db.GroupGrants.CountAsync(Watchdog.Token), await db.TenantMembers.CountAsync(Watchdog.Token), await db.GroupExclusions.CountAsync(Watchdog.Token)));
    }

    private async Task GiveAsync(string group, TenantRole role) => Assert.Null((await scene.Get<GroupGrants>().AddAsync(owner, group, null, role, Watchdog.Token)).Error);

    private async Task<TenantMember?> MemberAsync(SignedIn person)
    {
        await using var db = scene.Database.ForTenant(owner.TenantId);
        return await db.TenantMembers.SingleOrDefaultAsync(member => member.PersonId == person.PersonId, Watchdog.Token);
    }

    private async Task KeepViewAsync(SignedIn person, string name, bool isShared)
    {
        await using var db = scene.Database.ForTenant(owner.TenantId);
        db.SavedViews.Add(new SavedView { TenantId = owner.TenantId, List = SavedViewLists.Sims, OwnerId = person.PersonId, Name = name, Query = "", IsShared = isShared, CreatedAt = scene.Clock.GetUtcNow(), ChangedAt = scene.Clock.GetUtcNow(), Version = 1 });
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
