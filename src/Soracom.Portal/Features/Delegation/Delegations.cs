using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Delegation;

/// <summary>What a tenant lets its partner do: seen by its people, narrowed and ended by its owners, never by the partner.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class Delegations(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most of the partner's acts that are shown.</summary>
    public const int MostActs = 30;

    /// <summary>Who of the partner may do what here, and what they did.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The delegation; null where there is no partner.</returns>
    public async Task<DelegationView?> LookAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var own = await db.Tenants.AsNoTracking().Include(row => row.Reseller).SingleAsync(row => row.Id == tenant.TenantId, cancellationToken);
        if (own.Reseller is not { } reseller)
        {
            return null;
        }

        var people = await db.ResellerAdministrators.AsNoTracking()
            .Where(administrator => administrator.ResellerId == reseller.Id)
            .OrderBy(administrator => administrator.Person!.Name)
            .Select(administrator => new PartnerPerson(
                administrator.PersonId,
                administrator.Person!.Name,
                administrator.AddedAt,
                db.AuditEntries.Where(entry => entry.ActorId == administrator.PersonId).Max(entry => (DateTimeOffset?)entry.At),
                db.TenantMembers.Any(member => member.PersonId == administrator.PersonId)))
            .ToListAsync(cancellationToken);
        return new DelegationView(reseller.Id, reseller.Name, own.ResellerCeiling, own.DelegatedAt, own.DelegatedBy, people, tenant.May(Permission.AuditRead) ? await ActsAsync(db, reseller.Name, people, cancellationToken) : null);
    }

    /// <summary>Lets the partner do less, or more. Pages that the partner's people have open start anew within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="former">What the partner is believed to be held to.</param>
    /// <param name="terms">What it may do from now on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it may do; a <see cref="GoneError"/> where there is no partner; a <see cref="ConflictError"/> where it is held to something else by now.</returns>
    public async Task<Result<PartnerTerms>> ChangeAsync(TenantContext tenant, PartnerTerms former, PartnerTerms terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(terms);
        await tenant.RequireAsync(Permission.DelegationManage, cancellationToken);
        var narrows = terms.IsKnown && former.IsKnown && terms.IsWithin(former);
        if (!narrows && await tenant.RequireFreshAsync(Permission.DelegationManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await ChangeAsync<PartnerTerms>(
            tenant,
            (db, own) =>
            {
                if (own.ResellerCeiling != former.Ceiling)
                {
                    return new ConflictError();
                }

                if (!terms.IsKnown)
                {
                    return new InputError("PartnerTerms");
                }

                if (own.ResellerCeiling != terms.Ceiling)
                {
                    audit.Add(db, tenant, Act(AuditActions.DelegationChanged, own, detail: null) with { Before = PartnerTerms.InTrail(own.ResellerCeiling), After = PartnerTerms.InTrail(terms.Ceiling) });
                    own.ResellerCeiling = terms.Ceiling;
                }

                return terms;
            },
            cancellationToken);
    }

    /// <summary>Ends the delegation: the partner's people are let in no more, and pages that they have open close within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="partnerId">The partner.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The partner's name; a <see cref="GoneError"/> where it is the tenant's partner no more.</returns>
    public async Task<Result<string>> EndAsync(TenantContext tenant, Guid partnerId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.DelegationManage, cancellationToken);
        return await ChangeAsync<string>(
            tenant,
            (db, own) =>
            {
                if (own.ResellerId != partnerId)
                {
                    return new GoneError();
                }

                var name = own.Reseller!.Name;
                audit.Add(db, tenant, Act(AuditActions.DelegationEnded, own, detail: null));
                (own.ResellerId, own.ResellerCeiling, own.DelegatedAt, own.DelegatedBy) = (null, null, null, null);
                return name;
            },
            cancellationToken);
    }

    /// <summary>The partner that goes by a short name, which it has told the tenant's people.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="partner">The partner's short name.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The partner's name; an <see cref="InputError"/> where there is none.</returns>
    public async Task<Result<string>> FindPartnerAsync(TenantContext tenant, string partner, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(partner);
        await tenant.RequireAsync(Permission.DelegationManage, cancellationToken);
        await using var db = database.ForInstallation();
        return await ByNameAsync(db, partner, cancellationToken) is { } reseller ? reseller.Name : new InputError("NoSuchPartner");
    }

    /// <summary>Lets a partner work in a tenant that has none: its people are let in at once.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="partner">The partner's short name.</param>
    /// <param name="terms">What it may do.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The partner's name; an <see cref="InputError"/> where there is no such partner, or no such terms; a <see cref="ConflictError"/> where the tenant has a partner by now.</returns>
    public async Task<Result<string>> GiveAsync(TenantContext tenant, string partner, PartnerTerms terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(partner);
        ArgumentNullException.ThrowIfNull(terms);
        if (await tenant.RequireFreshAsync(Permission.DelegationManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await database.InTurnAsync<Result<string>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var own = await db.Tenants.SingleAsync(row => row.Id == tenant.TenantId, token);
                if (own.ResellerId is not null)
                {
                    return new ConflictError();
                }

                if (!terms.IsKnown)
                {
                    return new InputError("PartnerTerms");
                }

                if (await ByNameAsync(db, partner, token) is not { } reseller)
                {
                    return new InputError("NoSuchPartner");
                }

                (own.ResellerId, own.ResellerCeiling, own.DelegatedAt, own.DelegatedBy) = (reseller.Id, terms.Ceiling, clock.GetUtcNow(), AuditEntry.Shortened(tenant.Actor.Name));
                audit.Add(db, tenant, new AuditAct(AuditActions.DelegationAccepted, AuditOutcome.Succeeded) { ObjectId = reseller.Id.ToString(), ObjectName = reseller.Name, Detail = PartnerTerms.InTrail(terms.Ceiling) });
                await db.SaveChangesAsync(token);
                return reseller.Name;
            },
            cancellationToken);
    }

    private static Task<Reseller?> ByNameAsync(PortalDbContext db, string partner, CancellationToken cancellationToken)
    {
        var slug = partner.Trim();
        return db.Resellers.AsNoTracking().SingleOrDefaultAsync(reseller => reseller.Slug == slug, cancellationToken);
    }

    private static AuditAct Act(string action, Tenant own, string? detail) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = own.ResellerId.ToString(), ObjectName = own.Reseller!.Name, Detail = detail };

    // On the partner's behalf, by whomever: also by people who work for it no more. What a job does names a person there.
    private static async Task<IReadOnlyList<PartnerAct>> ActsAsync(PortalDbContext db, string partner, IReadOnlyList<PartnerPerson> people, CancellationToken cancellationToken)
    {
        var ids = people.Select(person => (Guid?)person.PersonId).ToList();
        return await db.AuditEntries.AsNoTracking()
            .Where(entry => (entry.OnBehalfOf == partner && entry.SessionId != null) || ids.Contains(entry.ActorId))
            .OrderByDescending(entry => entry.Id)
            .Take(MostActs)
            .Select(entry => new PartnerAct(entry.Id, entry.At, entry.ActorName == AuditEntry.Itself && entry.SessionId == null ? entry.OnBehalfOf ?? entry.ActorName : entry.ActorName, entry.Action, entry.ObjectName ?? entry.ObjectId, entry.Outcome))
            .ToListAsync(cancellationToken);
    }

    private Task<Result<T>> ChangeAsync<T>(TenantContext tenant, Func<PortalDbContext, Tenant, Result<T>> change, CancellationToken cancellationToken) =>
        database.InTurnAsync<Result<T>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var own = await db.Tenants.Include(row => row.Reseller).SingleAsync(row => row.Id == tenant.TenantId, token);
                if (own.Reseller is null || own.SuspendedAt is not null)
                {
                    return new GoneError();
                }

                var changed = change(db, own);
                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);
}

/// <summary>What a tenant lets its partner do, and what the partner's people did.</summary>
/// <param name="PartnerId">The partner.</param>
/// <param name="PartnerName">The partner's name.</param>
/// <param name="Ceiling">At most what this role may; null for everything that a partner can be given.</param>
/// <param name="AcceptedAt">When the tenant's owner accepted it; null where nobody was asked.</param>
/// <param name="AcceptedBy">Who that was.</param>
/// <param name="People">The partner's people.</param>
/// <param name="Acts">What they did, the latest first; null for those who may not read the trail.</param>
public sealed record DelegationView(
    Guid PartnerId, string PartnerName, TenantRole? Ceiling, DateTimeOffset? AcceptedAt, string? AcceptedBy, IReadOnlyList<PartnerPerson> People, IReadOnlyList<PartnerAct>? Acts);

/// <summary>Somebody of the partner's.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">The name.</param>
/// <param name="Since">Since when the person works for the partner here.</param>
/// <param name="LastActAt">When the person did something in this tenant last; null where that never was.</param>
/// <param name="IsMember">Whether the person is a member as well, and stays that when the delegation ends.</param>
public sealed record PartnerPerson(Guid PersonId, string Name, DateTimeOffset Since, DateTimeOffset? LastActAt, bool IsMember);

/// <summary>Something that one of the partner's people did.</summary>
/// <param name="Id">Number of the entry in the trail.</param>
/// <param name="At">When.</param>
/// <param name="Name">Who.</param>
/// <param name="Action">What, as the trail names it.</param>
/// <param name="Target">To what.</param>
/// <param name="Outcome">What came of it.</param>
public sealed record PartnerAct(long Id, DateTimeOffset At, string Name, string Action, string? Target, AuditOutcome Outcome);
