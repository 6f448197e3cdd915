using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Members;

/// <summary>An invitation makes one person a member, once, in time, and only while somebody stands behind it.</summary>
public sealed class InvitationTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private TenantContext owner = null!;
    private string slug = null!;

    private Invitations Invitations => scene.Get<Invitations>();

    private Joining Joining => scene.Get<Joining>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug);
        owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Accept_MakesTheSignedInPersonAMember_AsInvited()
    {
        var until = scene.Clock.GetUtcNow().AddDays(30);
        var made = await InviteAsync(TenantRole.Operator, until);
        var kei = await scene.SignInAsync("Kei");

        var offer = await Joining.LookAsync(kei, made.Code, Watchdog.Token);
        var joined = await Joining.AcceptAsync(kei, made.Code, null, Watchdog.Token);

        Assert.Equal((slug, TenantRole.Operator, until, "Haruto", made.Email, false), (offer!.Slug, offer.Role, offer.Until, offer.InviterName, offer.Email, offer.IsSameAddress));
        Assert.Equal(slug, joined.Value);
        using var context = await scene.OpenAsync(kei, slug);
        Assert.Equal(TenantRole.Operator, context.Standing.Role);
        Assert.Equal((TenantRole.Operator, (DateTimeOffset?)until), await MemberAsync(kei));
        Assert.Empty(await Invitations.ListAsync(owner, Watchdog.Token));
        var trail = await scene.TrailAsync(slug);
        Assert.Equal([(AuditActions.InvitationMade, "Haruto"), (AuditActions.InvitationAccepted, "Kei")], trail.Where(entry => entry.ObjectId == made.Id.ToString()).Select(entry => (entry.Action, entry.ActorName)));
    }

    [Fact]
    public async Task Look_UsesNothingUp()
    {
        var made = await InviteAsync();
        var kei = await scene.SignInAsync("Kei");

        Assert.NotNull(await Joining.LookAsync(kei, made.Code, Watchdog.Token));
        Assert.NotNull(await Joining.LookAsync(kei, made.Code, Watchdog.Token));

        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(kei, slug, Watchdog.Token));
    }

    [Fact]
    public async Task Accept_ASecondTime_ByWhomever_IsRefused()
    {
        var made = await InviteAsync();
        var (first, second) = (await scene.SignInAsync("Kei"), await scene.SignInAsync("Ren"));

        var joined = await Task.WhenAll(Joining.AcceptAsync(first, made.Code, null, Watchdog.Token), Joining.AcceptAsync(second, made.Code, null, Watchdog.Token));

        Assert.Single(joined, result => result.Error is null);
        Assert.IsType<GoneError>(Assert.Single(joined, result => result.Error is not null).Error);
        await using var db = scene.Database.ForTenant(owner.TenantId);
        Assert.Equal(2, await db.TenantMembers.CountAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Accept_ByAMember_ChangesNothing_AndLeavesItOpen()
    {
        var made = await InviteAsync(TenantRole.Viewer);

        var joined = await Joining.AcceptAsync(owner.Actor, made.Code, null, Watchdog.Token);

        Assert.Equal(slug, Assert.IsType<AlreadyMemberError>(joined.Error).Slug);
        Assert.Equal(TenantRole.Owner, (await MemberAsync(owner.Actor)).Role);
        Assert.Single(await Invitations.ListAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task Accept_AfterTheMembershipEnded_BeginsItAnew()
    {
        var kei = await scene.MemberAsync(slug, TenantRole.Owner, "Kei");
        await ChangeMemberAsync(kei, member => member.Until = scene.Clock.GetUtcNow());
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(kei, slug, Watchdog.Token));
        var made = await InviteAsync(TenantRole.Viewer);

        await Joining.AcceptAsync(kei, made.Code, null, Watchdog.Token);

        Assert.Equal((TenantRole.Viewer, (DateTimeOffset?)null), await MemberAsync(kei));
    }

    [Theory]
    [InlineData("taken back")]
    [InlineData("renewed")]
    [InlineData("too late")]
    [InlineData("over before it began")]
    [InlineData("inviter removed")]
    [InlineData("inviter's role lowered")]
    [InlineData("cut off")]
    [InlineData("another's hash")]
    public async Task Link_ThatWorksNoMore_OffersNothing_AndLetsNobodyIn(string why)
    {
        await using var fresh = await PortalScene.StartAsync();
        using var inviter = await fresh.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var made = (await fresh.Get<Invitations>().InviteAsync(inviter, "kei@example.com", TenantRole.Owner, why == "over before it began" ? fresh.Clock.GetUtcNow().AddDays(1) : null, "en", Watchdog.Token)).Value;
        var code = made.Code;
        switch (why)
        {
            case "taken back":
                await fresh.Get<Invitations>().RevokeAsync(inviter, made.Id, Watchdog.Token);
                break;
            case "renewed":
                await fresh.Get<Invitations>().RenewAsync(inviter, made.Id, Watchdog.Token);
                break;
            case "too late":
                fresh.Clock.Advance(Invitations.Lifetime);
                break;
            case "over before it began":
                fresh.Clock.Advance(TimeSpan.FromDays(1));
                break;
            case "inviter removed":
                using (var other = await fresh.OpenAsync(PortalScene.Aoba, TenantRole.Owner))
                {
                    await fresh.Get<MemberList>().RemoveAsync(other, inviter.Actor.PersonId, Watchdog.Token);
                }

                break;
            case "inviter's role lowered":
                using (var other = await fresh.OpenAsync(PortalScene.Aoba, TenantRole.Owner))
                {
                    await fresh.Get<MemberList>().ChangeRoleAsync(other, inviter.Actor.PersonId, TenantRole.Owner, TenantRole.Operator, Watchdog.Token);
                }

                break;
            case "cut off":
                code = code[..^1];
                break;
            case "another's hash":
                code = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
                break;
        }

        var kei = await fresh.SignInAsync("Kei");

        Assert.Null(await fresh.Get<Joining>().LookAsync(kei, code, Watchdog.Token));
        Assert.IsType<GoneError>((await fresh.Get<Joining>().AcceptAsync(kei, code, null, Watchdog.Token)).Error);
        Assert.Null(await fresh.Get<TenantAccess>().OpenAsync(kei, PortalScene.Aoba, Watchdog.Token));
    }

    [Fact]
    public async Task Renew_MakesALinkThatWorks()
    {
        var made = await InviteAsync();
        var anew = (await Invitations.RenewAsync(owner, made.Id, Watchdog.Token)).Value;
        var kei = await scene.SignInAsync("Kei");

        Assert.NotEqual(made.Code, anew.Code);
        Assert.Equal(slug, (await Joining.AcceptAsync(kei, anew.Code, null, Watchdog.Token)).Value);
    }

    [Fact]
    public async Task Code_StandsNowhereInTheDatabase()
    {
        var made = await InviteAsync();

        await using var db = scene.Database.ForTenant(owner.TenantId);
        var kept = await db.Invitations.SingleAsync(invitation => invitation.Id == made.Id, Watchdog.Token);
        Assert.Equal(32, kept.CodeHash.Length);
        Assert.DoesNotContain(made.Code, $"{made} {string.Join(' ', (await scene.TrailAsync(slug)).Select(entry => $"{entry.ObjectId} {entry.ObjectName} {entry.Detail}"))}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("kei")]
    [InlineData("kei@")]
    [InlineData("Kei <kei@example.com>")]
    [InlineData("kei@example.com\nBcc: all@example.com")]
    public async Task Invite_WhatIsNoAddress_IsRefused(string email)
    {
        Assert.Equal("InvitationAddress", Assert.IsType<InputError>((await Invitations.InviteAsync(owner, email, TenantRole.Viewer, null, "en", Watchdog.Token)).Error).Key);
        Assert.Empty(await Invitations.ListAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task Invite_TwiceOrIntoThePast_IsRefused()
    {
        await InviteAsync();

        Assert.Equal("InvitationTwice", (await Invitations.InviteAsync(owner, "KEI@example.com", TenantRole.Viewer, null, "en", Watchdog.Token)).Error!.Key);
        Assert.Equal("InvitationUntil", (await Invitations.InviteAsync(owner, "ren@example.com", TenantRole.Viewer, scene.Clock.GetUtcNow(), "en", Watchdog.Token)).Error!.Key);
        Assert.Single(await Invitations.ListAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task Limit_LetsTheMemberInUntilThen_AndNoLonger()
    {
        await using var fresh = await PortalScene.StartAsync();
        using var other = await fresh.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var kei = await fresh.MemberAsync(PortalScene.Aoba, TenantRole.Operator, "Kei");
        using var open = await fresh.OpenAsync(kei, PortalScene.Aoba);
        var until = fresh.Clock.GetUtcNow().AddHours(1);

        Assert.Equal(until, (await fresh.Get<MemberList>().LimitAsync(other, kei.PersonId, null, until, Watchdog.Token)).Value);

        fresh.Clock.Advance(TimeSpan.FromMinutes(59));
        Assert.True(await fresh.Get<TenantAccess>().HoldsAsync(open, Watchdog.Token));
        fresh.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.False(await fresh.Get<TenantAccess>().HoldsAsync(open, Watchdog.Token));
        Assert.Null(await fresh.Get<TenantAccess>().OpenAsync(kei, PortalScene.Aoba, Watchdog.Token));
        Assert.Empty(await fresh.Get<TenantAccess>().ListAsync(kei, Watchdog.Token));
    }

    [Fact]
    public async Task Limit_OfTheLastOwnerWhoStays_IsRefused()
    {
        var guest = await scene.MemberAsync(slug, TenantRole.Owner, "Guest");
        await ChangeMemberAsync(guest, member => member.Until = scene.Clock.GetUtcNow().AddDays(1));

        var limited = await scene.Get<MemberList>().LimitAsync(owner, owner.Actor.PersonId, null, scene.Clock.GetUtcNow().AddDays(1), Watchdog.Token);
        var lowered = await scene.Get<MemberList>().ChangeRoleAsync(owner, owner.Actor.PersonId, TenantRole.Owner, TenantRole.Viewer, Watchdog.Token);

        Assert.IsType<LastOwnerError>(limited.Error);
        Assert.IsType<LastOwnerError>(lowered.Error);
        Assert.Equal((TenantRole.Owner, (DateTimeOffset?)null), await MemberAsync(owner.Actor));
    }

    private async Task<MadeInvitation> InviteAsync(TenantRole role = TenantRole.Viewer, DateTimeOffset? until = null)
    {
        var invited = await Invitations.InviteAsync(owner, "kei@example.com", role, until, "en", Watchdog.Token);
        Assert.Null(invited.Error);
        return invited.Value;
    }

    private async Task<(TenantRole Role, DateTimeOffset? Until)> MemberAsync(SignedIn person)
    {
        await using var db = scene.Database.ForTenant(owner.TenantId);
        var member = await db.TenantMembers.SingleAsync(candidate => candidate.PersonId == person.PersonId, Watchdog.Token);
        return (member.Role, member.Until);
    }

    private async Task ChangeMemberAsync(SignedIn person, Action<TenantMember> change)
    {
        await using var db = scene.Database.ForTenant(owner.TenantId);
        change(await db.TenantMembers.SingleAsync(candidate => candidate.PersonId == person.PersonId, Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }
}
