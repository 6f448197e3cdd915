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
        await using var db = database.ForTenant(tenant.TenantId);
        var own = await PageAsync(db.AuditEntries.Of(query, tenant.Tenant), cancellationToken);
        var members = await db.TenantMembers.Select(member => member.PersonId).ToListAsync(cancellationToken);

        // Sign-ins belong to no tenant; those of this tenant's members are its business, those of others are not.
        await using var installation = database.ForInstallation();
        var signIns = await PageAsync(
            installation.AuditEntries.Where(entry => entry.ActorId != null && members.Contains(entry.ActorId.Value)).Of(query, tenant.Tenant), cancellationToken);

        List<AuditEntry> page = [.. own.Concat(signIns).OrderByDescending(entry => entry.Id).Take(PageSize)];
        return new AuditPageContent(page, own.Count + signIns.Count > PageSize ? page[^1].Id : null);
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

    private static Task<List<AuditEntry>> PageAsync(IQueryable<AuditEntry> entries, CancellationToken cancellationToken) => entries
        .AsNoTracking()
        .OrderByDescending(entry => entry.Id)
        .Take(PageSize + 1)
        .ToListAsync(cancellationToken);
}

/// <summary>One page of an audit trail.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Before">Where the next, older page begins; null at the end.</param>
public sealed record AuditPageContent(IReadOnlyList<AuditEntry> Entries, long? Before);

/// <summary>Somebody whom an audit trail knows.</summary>
/// <param name="Id">The person.</param>
/// <param name="Name">The present name.</param>
public sealed record AuditPerson(Guid Id, string Name);
