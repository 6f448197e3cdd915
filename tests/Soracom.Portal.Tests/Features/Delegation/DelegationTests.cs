using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Delegation;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Delegation;

/// <summary>A tenant's owners see, narrow and end what its partner may do; the partner does not.</summary>
public sealed class DelegationTests(ClassScene own) : IAsyncLifetime, IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;
    private TenantContext owner = null!;
    private TenantContext partner = null!;
    private string slug = null!;

    private Delegations Delegations => scene.Get<Delegations>();

    public async ValueTask InitializeAsync()
    {
        slug = $"t{Guid.NewGuid():N}";
        await scene.TestDatabase.AddTenantAsync(slug, await scene.TestDatabase.AddResellerAsync($"r{slug}"));
        owner = await scene.OpenAsync(await scene.MemberAsync(slug, TenantRole.Owner, "Haruto"), slug);
        partner = await scene.OpenAsync(await scene.MemberAsync(slug, role: null, "Rin"), slug);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        partner.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Change_HoldsThePartnerToARole_AtOnce()
    {
        var changed = await Delegations.ChangeAsync(owner, new PartnerTerms(null), new PartnerTerms(TenantRole.Viewer), Watchdog.Token);

        Assert.Equal(TenantRole.Viewer, changed.Value.Ceiling);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => scene.Get<CredentialStore>().ListAsync(partner, Watchdog.Token));
        Assert.True(partner.Ended.IsCancellationRequested);
        using var anew = await scene.OpenAsync(partner.Actor, slug);
        Assert.True(anew.Standing.AsReseller);
        Assert.Equal(RolePermissions.Of(TenantRole.Viewer).Order(), Enum.GetValues<Permission>().Where(anew.May));
        Assert.Equal(anew.Standing, Assert.Single(await scene.Get<TenantAccess>().ListAsync(partner.Actor, Watchdog.Token)).Standing);
        Assert.True(await scene.Get<TenantAccess>().HoldsAsync(anew, Watchdog.Token));
        Assert.Single(await scene.Get<TenantAccess>().HoldingAsync([anew], Watchdog.Token));
        var entry = Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.DelegationChanged);
        Assert.Equal(("Haruto", "everything", "Viewer"), (entry.ActorName, entry.Before, entry.After));
    }

    [Fact]
    public async Task Give_AfterTheEnd_LetsThePartnerInAgain_AsTheOwnerSays()
    {
        var view = await Delegations.LookAsync(owner, Watchdog.Token);
        await Delegations.EndAsync(owner, view!.PartnerId, Watchdog.Token);

        Assert.Equal(view.PartnerName, (await Delegations.FindPartnerAsync(owner, $" r{slug} ", Watchdog.Token)).Value);
        Assert.Equal(view.PartnerName, (await Delegations.GiveAsync(owner, $"r{slug}", new PartnerTerms(TenantRole.Viewer), Watchdog.Token)).Value);

        using var anew = await scene.OpenAsync(partner.Actor, slug);
        Assert.Equal(TenantRole.Viewer, anew.Standing.Ceiling);
        Assert.Equal("Haruto", (await Delegations.LookAsync(owner, Watchdog.Token))!.AcceptedBy);
        Assert.Single(await scene.TrailAsync(slug), entry => entry is { Action: AuditActions.DelegationAccepted, Detail: "Viewer", ActorName: "Haruto" });
    }

    [Fact]
    public async Task Give_WhatCantBe_ChangesNothing()
    {
        Assert.IsType<ConflictError>((await Delegations.GiveAsync(owner, $"r{slug}", new PartnerTerms(null), Watchdog.Token)).Error);
        var view = await Delegations.LookAsync(owner, Watchdog.Token);
        await Delegations.EndAsync(owner, view!.PartnerId, Watchdog.Token);

        Assert.Equal("NoSuchPartner", (await Delegations.FindPartnerAsync(owner, "nobody", Watchdog.Token)).Error!.Key);
        Assert.Equal("NoSuchPartner", (await Delegations.GiveAsync(owner, "nobody", new PartnerTerms(null), Watchdog.Token)).Error!.Key);
        Assert.Equal("PartnerTerms", (await Delegations.GiveAsync(owner, $"r{slug}", new PartnerTerms(TenantRole.Owner), Watchdog.Token)).Error!.Key);

        Assert.Null(await Delegations.LookAsync(owner, Watchdog.Token));
    }

    [Fact]
    public async Task End_LetsThePartnerInNoMore_AndKeepsTheMembers()
    {
        var view = await Delegations.LookAsync(owner, Watchdog.Token);

        Assert.Equal($"Reseller r{slug}", (await Delegations.EndAsync(owner, view!.PartnerId, Watchdog.Token)).Value);

        Assert.False(await scene.Get<TenantAccess>().HoldsAsync(partner, Watchdog.Token));
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(partner.Actor, slug, Watchdog.Token));
        Assert.Empty(await scene.Get<TenantAccess>().ListAsync(partner.Actor, Watchdog.Token));
        Assert.True(await scene.Get<TenantAccess>().HoldsAsync(owner, Watchdog.Token));
        Assert.Null(await Delegations.LookAsync(owner, Watchdog.Token));
        Assert.IsType<GoneError>((await Delegations.EndAsync(owner, view.PartnerId, Watchdog.Token)).Error);
        Assert.Single(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.DelegationEnded && entry.ObjectName == $"Reseller r{slug}");
    }

    [Fact]
    public async Task ThePartner_MaySeeIt_AndNeitherWidenNorEndIt()
    {
        await Delegations.ChangeAsync(owner, new PartnerTerms(null), new PartnerTerms(TenantRole.Operator), Watchdog.Token);
        using var anew = await scene.OpenAsync(partner.Actor, slug);

        var view = await Delegations.LookAsync(anew, Watchdog.Token);

        Assert.Equal(TenantRole.Operator, view!.Ceiling);
        Assert.Null(view.Acts);
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Delegations.ChangeAsync(anew, new PartnerTerms(TenantRole.Operator), new PartnerTerms(null), Watchdog.Token));
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Delegations.EndAsync(anew, view.PartnerId, Watchdog.Token));
    }

    [Fact]
    public async Task Change_OfWhatIsNotSoAnyMore_OrToWhatThereIsNot_ChangesNothing()
    {
        Assert.IsType<ConflictError>((await Delegations.ChangeAsync(owner, new PartnerTerms(TenantRole.Billing), new PartnerTerms(null), Watchdog.Token)).Error);
        Assert.IsType<InputError>((await Delegations.ChangeAsync(owner, new PartnerTerms(null), new PartnerTerms(TenantRole.Owner), Watchdog.Token)).Error);
        Assert.IsType<InputError>((await Delegations.ChangeAsync(owner, new PartnerTerms(null), new PartnerTerms((TenantRole)99), Watchdog.Token)).Error);

        Assert.Null((await Delegations.LookAsync(owner, Watchdog.Token))!.Ceiling);
        Assert.DoesNotContain(await scene.TrailAsync(slug), entry => entry.Action == AuditActions.DelegationChanged);
    }

    [Fact]
    public async Task Look_NamesThePeopleAndWhatTheyDid_AndNothingOfOthers()
    {
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Delegations.EndAsync(partner, Guid.NewGuid(), Watchdog.Token));

        var view = await Delegations.LookAsync(owner, Watchdog.Token);

        var person = Assert.Single(view!.People);
        Assert.Equal((partner.Actor.PersonId, "Rin", false), (person.PersonId, person.Name, person.IsMember));
        Assert.Equal(scene.Clock.GetUtcNow(), person.LastActAt);
        Assert.Equal([(AuditActions.PermissionUsed, AuditOutcome.Denied), (AuditActions.TenantOpened, AuditOutcome.Succeeded)], view.Acts!.Select(act => (act.Action, act.Outcome)));
        Assert.All(view.Acts!, act => Assert.Equal("Rin", act.Name));
    }

    [Fact]
    public async Task Look_TellsWhatPeopleDidWhoWorkForThePartnerNoMore()
    {
        await Assert.ThrowsAsync<PermissionDeniedException>(() => Delegations.EndAsync(partner, Guid.NewGuid(), Watchdog.Token));
        await scene.TestDatabase.ExecuteAsync("DELETE FROM ResellerAdministrators WHERE PersonId = $person", ("$person", partner.Actor.PersonId.ToString().ToUpperInvariant()));

        var view = await Delegations.LookAsync(owner, Watchdog.Token);

        Assert.Empty(view!.People);
        Assert.Contains(view.Acts!, act => act is { Name: "Rin", Action: AuditActions.PermissionUsed });
    }

    [Fact]
    public async Task Credential_DeletedByThePartner_IsToldToTheOwnerByMail_AndByTheOwnerToNobody()
    {
        await using var fresh = await PortalScene.StartAsync();
        await using (var db = fresh.Database.ForInstallation())
        {
            await db.People.ExecuteUpdateAsync(set => set.SetProperty(person => person.Email, person => person.Name == "Haruto Sato" ? "haruto@example.com" : null), Watchdog.Token);
        }

        using var theirs = await fresh.OpenAsync(PortalScene.Aoba, role: null);
        using var ours = await fresh.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var store = fresh.Get<CredentialStore>();
        var credentials = await store.ListAsync(ours, Watchdog.Token);

        await store.DeleteAsync(ours, credentials.Single(one => one.Coverage == SoracomCoverage.Global).Id, Watchdog.Token);
        Assert.Empty(await MailedAsync(fresh, ours.TenantId));
        await store.DeleteAsync(theirs, credentials.Single(one => one.Coverage == SoracomCoverage.Japan).Id, Watchdog.Token);

        Assert.Equal(["haruto@example.com"], await MailedAsync(fresh, ours.TenantId));
    }

    private static async Task<List<string>> MailedAsync(PortalScene scene, Guid tenantId)
    {
        await using var db = scene.Database.ForTenant(tenantId);
        return await db.OutgoingMails.Select(mail => mail.Recipient).ToListAsync(Watchdog.Token);
    }
}
