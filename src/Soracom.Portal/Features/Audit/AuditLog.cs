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
    /// <param name="before">Shows entries older than this number; the newest when null.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The page.</returns>
    public async Task<AuditPageContent> ListAsync(TenantContext tenant, long? before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var own = await PageAsync(db.AuditEntries, before, cancellationToken);
        var members = await db.TenantMembers.Select(member => member.PersonId).ToListAsync(cancellationToken);

        // Sign-ins belong to no tenant; those of this tenant's members are its business, those of others are not.
        await using var installation = database.ForInstallation();
        var signIns = await PageAsync(installation.AuditEntries.Where(entry => entry.ActorId != null && members.Contains(entry.ActorId.Value)), before, cancellationToken);

        List<AuditEntry> page = [.. own.Concat(signIns).OrderByDescending(entry => entry.Id).Take(PageSize)];
        return new AuditPageContent(page, own.Count + signIns.Count > PageSize ? page[^1].Id : null);
    }

    private static Task<List<AuditEntry>> PageAsync(IQueryable<AuditEntry> entries, long? before, CancellationToken cancellationToken) => entries
        .AsNoTracking()
        .Where(entry => before == null || entry.Id < before)
        .OrderByDescending(entry => entry.Id)
        .Take(PageSize + 1)
        .ToListAsync(cancellationToken);
}

/// <summary>One page of an audit trail.</summary>
/// <param name="Entries">The entries, newest first.</param>
/// <param name="Before">Where the next, older page begins; null at the end.</param>
public sealed record AuditPageContent(IReadOnlyList<AuditEntry> Entries, long? Before);
