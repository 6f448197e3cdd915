using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Features.Members;
using Soracom.Portal.Features.Start;
using Soracom.Portal.Features.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Tenants;

/// <summary>A reseller makes a tenant; its customer comes by a link and decides what the reseller may do.</summary>
public sealed class OnboardingTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private ResellerContext reseller = null!;

    private CustomerTenants Customers => scene.Get<CustomerTenants>();

    public async ValueTask InitializeAsync() => reseller = await ResellerAsync(await scene.MemberAsync(PortalScene.Aoba, role: null, "Rin"));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Add_MakesATenantThatTheResellerMayEnter_AndNobodyElse()
    {
        var slug = Slug();

        Assert.Equal(slug, (await Customers.AddAsync(reseller, Customer(slug), Watchdog.Token)).Value);

        using var tenant = await scene.OpenAsync(reseller.Actor, slug);
        Assert.Equal(("Minato Foods", "Asia/Bangkok", "ja", reseller.Name), (tenant.Tenant.Name, tenant.Tenant.TimeZone, tenant.Tenant.Language, tenant.Tenant.ResellerName));
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner), slug, Watchdog.Token));
        Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.TenantAdded && entry.ActorName == "Rin");
    }

    [Fact]
    public async Task Add_AfterTheRightHasEnded_IsRefused_AndNoted()
    {
        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators WHERE PersonId = $person", ("$person", reseller.Actor.PersonId.ToString().ToUpperInvariant()));
        var slug = Slug();

        await Assert.ThrowsAsync<PermissionDeniedException>(() => Customers.AddAsync(reseller, Customer(slug), Watchdog.Token));

        Assert.Single(await scene.TrailAsync(), entry => entry.ActorId == reseller.Actor.PersonId && entry.Action == AuditActions.PermissionUsed && entry.Outcome == AuditOutcome.Denied);
        await using var db = scene.Database.ForInstallation();
        Assert.False(await db.Tenants.AnyAsync(tenant => tenant.Slug == slug, Watchdog.Token));
    }

    [Fact]
    public async Task ResellerAccess_ForThoseWhoAdministerNone_IsEmpty()
    {
        Assert.Empty(await scene.Get<ResellerAccess>().OpenAllAsync(await scene.MemberAsync(PortalScene.Aoba, TenantRole.Owner), Watchdog.Token));
        var gone = await scene.MemberAsync(PortalScene.Aoba, role: null);
        await scene.Get<SignInSessions>().EndAsync(gone.SessionId, Watchdog.Token);
        Assert.Empty(await scene.Get<ResellerAccess>().OpenAllAsync(gone, Watchdog.Token));
    }

    [Theory]
    [InlineData("TenantName", " ", "fine", "Asia/Tokyo", "ja")]
    [InlineData("TenantSlug", "Fine", "Not Fine", "Asia/Tokyo", "ja")]
    [InlineData("TenantSlugTaken", "Fine", "aoba", "Asia/Tokyo", "ja")]
    [InlineData("TenantTimeZone", "Fine", "fine", "Mars/Olympus", "ja")]
    [InlineData("TenantLanguage", "Fine", "fine", "Asia/Tokyo", "fr")]
    public async Task Add_WhatCantBe_IsRefusedWithWhatIsWrong(string key, string name, string slug, string zone, string language)
    {
        var added = await Customers.AddAsync(reseller, new NewCustomer(name, slug, [SoracomCoverage.Japan], zone, language), Watchdog.Token);

        Assert.Equal(key, Assert.IsType<InputError>(added.Error).Key);
        Assert.Equal("TenantCoverage", (await Customers.AddAsync(reseller, new NewCustomer("Fine", "fine", [], "Asia/Tokyo", "ja"), Watchdog.Token)).Error!.Key);
    }

    [Fact]
    public async Task Add_TheSameTwiceAtOnce_MakesOne()
    {
        var slug = Slug();

        var added = await Task.WhenAll(Customers.AddAsync(reseller, Customer(slug), Watchdog.Token), Customers.AddAsync(reseller, Customer(slug), Watchdog.Token));

        Assert.Single(added, result => result.Error is null);
        Assert.Equal("TenantSlugTaken", Assert.Single(added, result => result.Error is not null).Error!.Key);
    }

    [Fact]
    public async Task Accept_ByTheCustomer_HoldsThePartnerToWhatWasChosen()
    {
        var (slug, code) = await InvitedAsync();
        var kei = await scene.SignInAsync("Kei");

        var offer = await scene.Get<Joining>().LookAsync(kei, code, Watchdog.Token);
        Assert.Equal(reseller.Name, offer!.Partner!.Name);
        Assert.Contains("Rin", offer.Partner.People);
        Assert.Equal(slug, (await scene.Get<Joining>().AcceptAsync(kei, code, new PartnerTerms(TenantRole.Viewer), Watchdog.Token)).Value);

        using var owner = await scene.OpenAsync(kei, slug);
        Assert.Equal(TenantRole.Owner, owner.Standing.Role);
        using var partner = await scene.OpenAsync(reseller.Actor, slug);
        Assert.Equal(TenantRole.Viewer, partner.Standing.Ceiling);
        Assert.False(partner.May(Permission.CredentialsManage));
        Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.DelegationAccepted && entry is { ActorName: "Kei", Detail: "Viewer" });
    }

    [Fact]
    public async Task Accept_WithoutLettingThePartnerWork_EndsThePartnersRight()
    {
        var (slug, code) = await InvitedAsync();
        var kei = await scene.SignInAsync("Kei");

        await scene.Get<Joining>().AcceptAsync(kei, code, null, Watchdog.Token);

        using var owner = await scene.OpenAsync(kei, slug);
        Assert.Null(owner.Tenant.ResellerName);
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(reseller.Actor, slug, Watchdog.Token));
    }

    [Fact]
    public async Task Partner_OnceThereIsAnOwner_MakesNobodyElseOne_AndLeavesOwnersAlone()
    {
        var (slug, code) = await InvitedAsync();
        using var before = await scene.OpenAsync(reseller.Actor, slug);
        var second = (await scene.Get<Invitations>().InviteAsync(before, "friend@example.com", TenantRole.Owner, null, "en", Watchdog.Token)).Value;
        var kei = await scene.SignInAsync("Kei");
        await scene.Get<Joining>().AcceptAsync(kei, code, new PartnerTerms(null), Watchdog.Token);
        using var partner = await scene.OpenAsync(reseller.Actor, slug);
        var viewer = await scene.MemberAsync(slug, TenantRole.Viewer);
        var (list, until) = (scene.Get<MemberList>(), scene.Clock.GetUtcNow().AddDays(1));

        Assert.Equal("OwnersDecide", (await scene.Get<Invitations>().InviteAsync(partner, "rin@example.com", TenantRole.Owner, null, "en", Watchdog.Token)).Error!.Key);
        Assert.Equal("OwnersDecide", (await list.ChangeRoleAsync(partner, viewer.PersonId, TenantRole.Viewer, TenantRole.Owner, Watchdog.Token)).Error!.Key);
        Assert.Equal("OwnersDecide", (await list.ChangeRoleAsync(partner, kei.PersonId, TenantRole.Owner, TenantRole.Viewer, Watchdog.Token)).Error!.Key);
        Assert.Equal("OwnersDecide", (await list.LimitAsync(partner, kei.PersonId, null, until, Watchdog.Token)).Error!.Key);
        Assert.Equal("OwnersDecide", (await list.RemoveAsync(partner, kei.PersonId, Watchdog.Token)).Error!.Key);
        var theirs = (await scene.Get<Invitations>().InviteAsync(await scene.OpenAsync(kei, slug), "second@example.com", TenantRole.Owner, null, "en", Watchdog.Token)).Value;
        Assert.Equal("OwnersDecide", (await scene.Get<Invitations>().RenewAsync(partner, theirs.Id, Watchdog.Token)).Error!.Key);
        Assert.Equal("OwnersDecide", (await scene.Get<Invitations>().RevokeAsync(partner, theirs.Id, Watchdog.Token)).Error!.Key);
        Assert.Equal("OwnersDecide", (await scene.Get<MemberSessions>().EndAsync(partner, kei.PersonId, Watchdog.Token)).Error!.Key);
        Assert.IsType<GoneError>((await scene.Get<Joining>().AcceptAsync(await scene.SignInAsync("Friend"), second.Code, null, Watchdog.Token)).Error);

        using var owner = await scene.OpenAsync(kei, slug);
        Assert.Equal(TenantRole.Owner, owner.Standing.Role);
        Assert.Equal([(kei.PersonId, TenantRole.Owner), (viewer.PersonId, TenantRole.Viewer)], (await list.ListAsync(owner, Watchdog.Token)).Select(member => (member.PersonId, member.Role.Preset)).OrderBy(member => member.Item2));
        Assert.Null((await list.ChangeRoleAsync(partner, viewer.PersonId, TenantRole.Viewer, TenantRole.Operator, Watchdog.Token)).Error);
    }

    [Theory]
    [InlineData(TenantRole.Owner)]
    [InlineData(TenantRole.Viewer)]
    public async Task Partner_CantStayAsAMember_WhenTheDelegationEnds(TenantRole role)
    {
        var (slug, code) = await InvitedAsync();
        var kei = await scene.SignInAsync("Kei");
        await scene.Get<Joining>().AcceptAsync(kei, code, new PartnerTerms(null), Watchdog.Token);
        using var owner = await scene.OpenAsync(kei, slug);
        var invited = (await scene.Get<Invitations>().InviteAsync(owner, "rin@example.com", role, null, "en", Watchdog.Token)).Value;

        Assert.Equal("PartnerJoins", (await scene.Get<Joining>().AcceptAsync(reseller.Actor, invited.Code, null, Watchdog.Token)).Error!.Key);

        await scene.Get<Delegations>().EndAsync(owner, reseller.ResellerId, Watchdog.Token);
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(reseller.Actor, slug, Watchdog.Token));
        // Once she works for no partner of theirs, the owners may let her in like anybody.
        Assert.Equal(slug, (await scene.Get<Joining>().AcceptAsync(reseller.Actor, invited.Code, null, Watchdog.Token)).Value);
    }

    [Fact]
    public async Task Accept_ByThePartnersOwnPeople_IsRefused()
    {
        var (slug, code) = await InvitedAsync();

        var accepted = await scene.Get<Joining>().AcceptAsync(reseller.Actor, code, new PartnerTerms(null), Watchdog.Token);

        Assert.Equal("PartnerJoins", accepted.Error!.Key);
        await using var db = scene.Database.ForTenant(await scene.TenantIdAsync(slug));
        Assert.False(await db.TenantMembers.AnyAsync(Watchdog.Token));
        Assert.True(await db.Invitations.AnyAsync(invitation => invitation.EndedAt == null, Watchdog.Token));
    }

    [Fact]
    public async Task Accept_WithTermsThatThereAreNot_ChangesNothing()
    {
        var (_, code) = await InvitedAsync();
        var kei = await scene.SignInAsync("Kei");

        Assert.Equal("PartnerTerms", (await scene.Get<Joining>().AcceptAsync(kei, code, new PartnerTerms(TenantRole.Owner), Watchdog.Token)).Error!.Key);

        Assert.NotNull(await scene.Get<Joining>().LookAsync(kei, code, Watchdog.Token));
    }

    [Fact]
    public async Task Accept_OfWhatThePartnerOffered_WhereThereIsAnOwnerByNow_IsNotPossible()
    {
        var (slug, code) = await InvitedAsync();
        await scene.JoinAsync((await scene.SignInAsync("Ren")).PersonId, slug, TenantRole.Owner);
        var kei = await scene.SignInAsync("Kei");

        Assert.Null(await scene.Get<Joining>().LookAsync(kei, code, Watchdog.Token));
        Assert.IsType<GoneError>((await scene.Get<Joining>().AcceptAsync(kei, code, null, Watchdog.Token)).Error);

        using var partner = await scene.OpenAsync(reseller.Actor, slug);
        Assert.Null(partner.Standing.Ceiling);
    }

    [Fact]
    public async Task SetUp_TellsWhatIsMissing_StepByStep()
    {
        var (slug, code) = await InvitedAsync();
        using var partner = await scene.OpenAsync(reseller.Actor, slug);

        var before = await scene.Get<TenantSetUp>().LookAsync(partner, Watchdog.Token);
        await scene.Get<Joining>().AcceptAsync(await scene.SignInAsync("Kei"), code, new PartnerTerms(null), Watchdog.Token);
        var after = await scene.Get<TenantSetUp>().LookAsync(partner, Watchdog.Token);

        Assert.Equal((false, true), (before!.HasOwner, before.IsInvited));
        Assert.Equal([new SetUpCoverage(SoracomCoverage.Japan, false), new SetUpCoverage(SoracomCoverage.Global, false)], before.Coverages);
        Assert.Equal((true, false), (after!.HasOwner, after.IsInvited));
        using var aoba = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        Assert.Null(await scene.Get<TenantSetUp>().LookAsync(aoba, Watchdog.Token));
    }

    private static string Slug() => $"t{Guid.NewGuid():N}";

    private static NewCustomer Customer(string slug) => new("Minato Foods", slug, [SoracomCoverage.Global, SoracomCoverage.Japan], "Asia/Bangkok", "ja");

    private async Task<ResellerContext> ResellerAsync(SignedIn person) => Assert.Single(await scene.Get<ResellerAccess>().OpenAllAsync(person, Watchdog.Token));

    private async Task<(string Slug, string Code)> InvitedAsync()
    {
        var slug = (await Customers.AddAsync(reseller, Customer(Slug()), Watchdog.Token)).Value;
        using var partner = await scene.OpenAsync(reseller.Actor, slug);
        return (slug, (await scene.Get<Invitations>().InviteAsync(partner, "kei@example.com", TenantRole.Owner, null, "ja", Watchdog.Token)).Value.Code);
    }
}
