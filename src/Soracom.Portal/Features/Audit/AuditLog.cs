using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Audit;

/// <summary>Reads a tenant's audit trail: what was done in it, and its members' sign-ins.</summary>
/// <param name="database">The portal's database.</param>
public sealed class AuditLog(PortalDatabase database)
{
    /// <summary>Entries on a page.</summary>
    public const int PageSize = 50;

    /// <summary>One page of the trail, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">What to look for, and where the page begins.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The page.</returns>
    public async Task<AuditPageContent> ListAsync(TenantContext tenant, AuditQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        var entries = await ReadAsync(tenant, query, PageSize + 1, cancellationToken);
        List<AuditEntry> page = [.. entries.Take(PageSize)];
        return new AuditPageContent(page, entries.Count > PageSize ? page[^1].Id : null);
    }

    /// <summary>The people whom the trail can be searched by: the members, and whoever else acted or tried to.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The people, by name.</returns>
    public async Task<IReadOnlyList<AuditPerson>> PeopleAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var ids = await db.AuditEntries.Where(entry => entry.ActorId != null).Select(entry => entry.ActorId!.Value)
            .Union(db.TenantMembers.Select(member => member.PersonId))
            .ToListAsync(cancellationToken);
        return await db.People.Where(person => ids.Contains(person.Id)).OrderBy(person => person.Name).Select(person => new AuditPerson(person.Id, person.Name)).ToListAsync(cancellationToken);
    }

    /// <summary>Looks whether the tenant's entries are as they were written: all of them, from the first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was found.</returns>
    public async Task<AuditCheck> VerifyAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await AuditCheck.RunAsync(db, tenant.TenantId, cancellationToken);
    }

    /// <summary>The newest entries that a query asks for: the tenant's own, and the sign-ins of its members. Whoever calls has asked for the permission.</summary>
    internal async Task<IReadOnlyList<AuditEntry>> ReadAsync(TenantContext tenant, AuditQuery query, int most, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenant.TenantId);
        var own = await NewestAsync(db.AuditEntries.Of(query, tenant.Tenant), most, cancellationToken);

        var members = await db.TenantMembers.Where(member => member.GroupGrantId == null).Select(member => (Guid?)member.PersonId).ToListAsync(cancellationToken);

        // Sign-ins belong to no tenant; those of this tenant's members, as long as they are members, are its business. What else
        // they did elsewhere is not, and nothing of people whom a group made members, who were not asked whether they wanted to be.
        await using var installation = database.ForInstallation();
        var signIns = await NewestAsync(
            installation.AuditEntries
                .IgnoreQueryFilters([PortalDbContext.TenantFilter])
                .Where(entry => entry.TenantId == null
                    && members.Contains(entry.ActorId)
                    && AuditActions.OfSessions.Contains(entry.Action)
                    && installation.TenantMembers.Any(member => member.TenantId == tenant.TenantId && member.PersonId == entry.ActorId && member.GroupGrantId == null && member.AddedAt <= entry.At && (member.Until == null || member.Until > entry.At)))
                .Of(query, tenant.Tenant),
            most,
            cancellationToken);
        return [.. own.Concat(signIns).OrderByDescending(entry => entry.Id).Take(most)];
    }

    private static Task<List<AuditEntry>> NewestAsync(IQueryable<AuditEntry> entries, int most, CancellationToken cancellationToken) =>
        entries.AsNoTracking().OrderByDescending(entry => entry.Id).Take(most).ToListAsync(cancellationToken);
}

/// <summary>One page of an audit trail.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Before">Where the next, older page begins; null at the end.</param>
public sealed record AuditPageContent(IReadOnlyList<AuditEntry> Entries, long? Before);

/// <summary>Somebody whom an audit trail knows.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">The present name.</param>
public sealed record AuditPerson(Guid Id, string Name);
