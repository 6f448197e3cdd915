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
    /// <summary>Removes what is kept no longer, of trails that are as they were written: also what says how long they are kept is in them.</summary>
    /// <param name="cancellationToken">Ends it; what is left goes the next time.</param>
    /// <returns>How many entries were removed.</returns>
    public async Task<long> RunAsync(CancellationToken cancellationToken)
    {
        var removed = 0L;
        foreach (var tenantId in await TenantsAsync(cancellationToken))
        {
            try
            {
                var days = await KeptDaysAsync(tenantId, cancellationToken);
                while (await TrimAsync(tenantId, days, cancellationToken) is { } trimmed)
                {
                    removed += trimmed.Entries;
                }
            }
            catch (AuditChainBrokenException broken)
            {
                // One trail that was forged is no other tenant's business.
                LogBroken(broken, tenantId);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                LogFailed(error, tenantId);
            }
        }

        return removed;
    }

    private static IQueryable<Data.Tenants.Tenant> Concerned(PortalDbContext db) =>
        db.Tenants.Where(tenant => tenant.AuditKeepDays != null && tenant.SuspendedAt == null && tenant.RemovingAt == null);

    private async Task<List<Guid>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await Concerned(db).OrderBy(tenant => tenant.Slug).Select(tenant => tenant.Id).ToListAsync(cancellationToken);
    }

    /// <summary>What the trail itself says of how long it is kept: whoever writes the tenant's row past the portal is not to have the portal remove what tells of them.</summary>
    private async Task<int?> KeptDaysAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        var check = await AuditCheck.RunAsync(db, tenantId, cancellationToken);
        return check.Faults is [var fault, ..]
            ? throw new AuditChainBrokenException(string.Create(CultureInfo.InvariantCulture, $"The audit trail of tenant {tenantId} has faults, {fault.Kind} at {fault.Number} first."))
            : check.KeptDays;
    }

    private Task<AuditTrimmed?> TrimAsync(Guid tenantId, int? checkedDays, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            // As it stands now: somebody may have changed it since the check. Then it is for the next one.
            if (await Concerned(db).Where(tenant => tenant.Id == tenantId).Select(tenant => tenant.AuditKeepDays).SingleOrDefaultAsync(token) is not { } days
                || days != checkedDays
                || await AuditTrimming.RunAsync(db, tenantId, days, clock.GetUtcNow(), token) is not { } trimmed)
            {
                return null;
            }

            audit.AddOfItself(db, tenantId, new AuditAct(AuditActions.AuditTrimmed, AuditOutcome.Succeeded)
            {
                ObjectId = trimmed.Last.ToString(CultureInfo.InvariantCulture),
                Detail = string.Create(CultureInfo.InvariantCulture, $"{trimmed.Entries}, < {trimmed.OlderThan.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}"),
                After = trimmed.Told,
                Reason = AuditKept.Told(days),
            });
            await db.SaveChangesAsync(token);
            return trimmed;
        },
        cancellationToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail of tenant {TenantId}, or how long it is kept, is not as it was written; none of it is removed.")]
    private partial void LogBroken(Exception error, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail of tenant {TenantId} could not be swept; trying again later.")]
    private partial void LogFailed(Exception error, Guid tenantId);
}
