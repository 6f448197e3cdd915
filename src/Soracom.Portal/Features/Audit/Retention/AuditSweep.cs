using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Audit.Retention;

/// <summary>Removes the oldest entries of the trails of tenants that do not keep them for ever. Those of suspended tenants stay: whoever suspended one may want to take them along.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail, which tells of it.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class AuditSweep(PortalDatabase database, AuditTrail audit, TimeProvider clock, ILogger<AuditSweep> log)
{
    /// <summary>Removes what is kept no longer.</summary>
    /// <param name="cancellationToken">Ends it; what is left goes the next time.</param>
    /// <returns>How many entries were removed.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (var tenantId in await TenantsAsync(cancellationToken))
        {
            try
            {
                while (await TrimAsync(tenantId, cancellationToken) is { } trimmed)
                {
                    removed += trimmed.Entries;
                }
            }
            catch (AuditChainBrokenException broken)
            {
                // One trail that was forged is no other tenant's business.
                LogBroken(broken, tenantId);
            }
        }

        return removed;
    }

    private static IQueryable<Data.Tenants.Tenant> Concerned(PortalDbContext db) =>
        db.Tenants.Where(tenant => tenant.AuditKeepDays != null && tenant.SuspendedAt == null && tenant.RemovingAt == null);

    private async Task<List<Guid>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await Concerned(db).Select(tenant => tenant.Id).ToListAsync(cancellationToken);
    }

    private Task<AuditTrimmed?> TrimAsync(Guid tenantId, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            // As it stands now: somebody may have lengthened it meanwhile.
            if (await Concerned(db).Where(tenant => tenant.Id == tenantId).Select(tenant => tenant.AuditKeepDays).SingleOrDefaultAsync(token) is not { } days
                || await AuditTrimming.RunAsync(db, tenantId, days, clock.GetUtcNow(), token) is not { } trimmed)
            {
                return null;
            }

            audit.AddOfItself(db, tenantId, new AuditAct(AuditActions.AuditTrimmed, AuditOutcome.Succeeded)
            {
                ObjectId = trimmed.Last.ToString(CultureInfo.InvariantCulture),
                Detail = string.Create(CultureInfo.InvariantCulture, $"{trimmed.Entries}, < {trimmed.OlderThan.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}, {days} d"),
                After = trimmed.Told,
            });
            await db.SaveChangesAsync(token);
            return trimmed;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "The oldest entries of the audit trail of tenant {TenantId} are not as they were written; none is removed.")]
    private partial void LogBroken(Exception error, Guid tenantId);
}
