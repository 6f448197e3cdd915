using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.SignIn;

/// <summary>Brings what groups give a person in line with the groups that the identity provider has just named.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="session">How long a session holds, and with it what a sign-in said about groups.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class GroupMembership(PortalDatabase database, IOptions<SessionOptions> session, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Keeps what the provider says, and gives and takes memberships by it. Those that people gave are left alone.</summary>
    /// <param name="person">Who has just proved who they are.</param>
    /// <param name="claimed">What the ID token says of their groups; null where the provider is not asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when every tenant of the person has followed.</returns>
    public async Task FollowAsync(Person person, ClaimedGroups? claimed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        await KeepAsync(person.Id, claimed, cancellationToken);
        foreach (var tenantId in await TenantsAsync(person, claimed, cancellationToken))
        {
            await database.InTurnAsync(tenantId, (db, token) => FollowAsync(db, tenantId, person, token), cancellationToken);
        }
    }

    /// <summary>What was said of a person's groups at the last sign-in.</summary>
    /// <param name="personId">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The groups; null where the provider was not asked.</returns>
    public async Task<PersonGroups?> OfAsync(Guid personId, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.PersonGroups.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == personId, cancellationToken);
    }

    private async Task KeepAsync(Guid personId, ClaimedGroups? claimed, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (claimed is null)
        {
            await db.PersonGroups.Where(row => row.PersonId == personId).ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var row = new PersonGroups { PersonId = personId, Names = claimed.Unknown is null ? PersonGroups.Write(claimed.Names) : null, Unknown = claimed.Unknown, ReadAt = clock.GetUtcNow() };
        if (await ChangedAsync())
        {
            return;
        }

        db.PersonGroups.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            // The same person may have come in twice at once; anything else fails again.
            db.ChangeTracker.Clear();
            if (!await ChangedAsync())
            {
                throw;
            }
        }

        async Task<bool> ChangedAsync() => await db.PersonGroups.Where(known => known.PersonId == personId)
            .ExecuteUpdateAsync(set => set.SetProperty(known => known.Names, row.Names).SetProperty(known => known.Unknown, row.Unknown).SetProperty(known => known.ReadAt, row.ReadAt), cancellationToken) > 0;
    }

    /// <summary>The tenants that a group lets the person into, or has.</summary>
    private async Task<List<Guid>> TenantsAsync(Person person, ClaimedGroups? claimed, CancellationToken cancellationToken)
    {
        var names = claimed?.Names ?? [];
        await using var db = database.ForInstallation();
        var giving = names.Count == 0 ? [] : await db.GroupGrants.IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(grant => grant.Issuer == person.Issuer && names.Contains(grant.GroupId))
            .Select(grant => grant.TenantId).Distinct().ToListAsync(cancellationToken);
        var given = await db.TenantMembers.IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(member => member.PersonId == person.Id && member.GroupGrantId != null)
            .Select(member => member.TenantId).ToListAsync(cancellationToken);
        return [.. giving.Union(given).Order()];
    }

    private async Task<bool> FollowAsync(PortalDbContext db, Guid tenantId, Person person, CancellationToken cancellationToken)
    {
        var member = await db.TenantMembers.Include(own => own.Person).Include(own => own.CustomRole).Include(own => own.GroupGrant)
            .SingleOrDefaultAsync(own => own.PersonId == person.Id, cancellationToken);
        if (member is { GroupGrantId: null })
        {
            return false;
        }

        // As it is kept, not as it was told a moment ago: of two sign-ins at once the later one counts.
        var known = await db.PersonGroups.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person.Id, cancellationToken);
        var act = known?.Read() is { } groups
            ? await GiveAsync(db, tenantId, person, member, groups, cancellationToken)
            : Withhold(member, known);
        if (act is not null)
        {
            audit.AddOfItself(db, tenantId, act);
        }

        await db.SaveChangesAsync(cancellationToken);
        return act is not null;
    }

    private async Task<AuditAct?> GiveAsync(PortalDbContext db, Guid tenantId, Person person, TenantMember? member, IReadOnlySet<string> groups, CancellationToken cancellationToken)
    {
        // The partner's people would stay when the delegation ends.
        var grant = await db.GroupExclusions.AnyAsync(one => one.PersonId == person.Id, cancellationToken) || await ResellerAccess.IsOfPartnerAsync(db, tenantId, person.Id, cancellationToken)
            ? null
            : GroupPlan.First(await GroupPlan.OrderedAsync(db, cancellationToken), person.Issuer, groups);
        if (grant is null)
        {
            return member is null ? null : await GroupPlan.RemoveAsync(db, member, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var until = now + session.Value.AbsoluteTimeout;
        if (member is not null)
        {
            member.Until = until;
            return GroupPlan.Change(member, grant);
        }

        if (!await db.Tenants.AnyAsync(tenant => tenant.Id == tenantId && tenant.SuspendedAt == null && tenant.RemovingAt == null, cancellationToken))
        {
            return null;
        }

        db.TenantMembers.Add(new TenantMember { TenantId = tenantId, PersonId = person.Id, Role = grant.Role, CustomRoleId = grant.CustomRoleId, GroupGrantId = grant.Id, AddedAt = now, Until = until });
        return GroupPlan.Act(AuditActions.MemberAdded, person.Id, person.Name) with { After = GroupPlan.InTrail(grant) };
    }

    // Not removed: nobody says that the person is in that group no more. The next sign-in that tells lets them in again, with what they keep here.
    private AuditAct? Withhold(TenantMember? member, PersonGroups? known)
    {
        var now = clock.GetUtcNow();
        if (member is null || member.Until <= now)
        {
            return null;
        }

        var act = GroupPlan.Act(AuditActions.MemberLimited, member.PersonId, member.Person?.Name) with { Detail = known?.Unknown is { } why ? $"groups unknown: {why}" : "groups not asked for", Before = Said(member.Until), After = Said(now) };
        member.Until = now;
        return act;

        static string Said(DateTimeOffset? end) => end is { } given ? $"{given.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" : "no end";
    }
}
