using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Exports.Keeping;

/// <summary>
/// Removes the files of exports that have ended longer ago than their tenant keeps them, and ends those that were left paused for as long:
/// what they have set aside of a camera's quota is missing elsewhere. Those are ended in suspended tenants, too, while their files stay: whoever suspended one may want to take them along.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="rules">How long files are kept.</param>
/// <param name="remover">Removes them.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportRetention(PortalDatabase database, ExportRules rules, ExportRemover remover, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Removes what is kept no longer.</summary>
    /// <param name="cancellationToken">Ends it; what is left goes the next time.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var (tenantId, isServed) in await TenantsAsync(cancellationToken))
        {
            foreach (var exportId in await LeftAsync(tenantId, cancellationToken))
            {
                await EndAsync(tenantId, exportId, cancellationToken);
            }

            foreach (var exportId in isServed ? await OldAsync(tenantId, cancellationToken) : [])
            {
                if (await ForgetAsync(tenantId, exportId, cancellationToken))
                {
                    remover.Delete(tenantId, exportId);
                }
            }
        }

        await remover.SweepAsync(cancellationToken);
    }

    private static IQueryable<FootageExport> Ended(IQueryable<FootageExport> exports) =>
        // What was put into the account's files is none of the portal's.
        exports.Where(export => export.RemovedAt == null && export.HarvestFolder == null && (export.State == FootageExportState.Done || export.State == FootageExportState.Cancelled));

    private async Task<IEnumerable<(Guid TenantId, bool IsServed)>> TenantsAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var concerned = db.FootageExports.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(export => export.RemovedAt == null && export.State != FootageExportState.Running);
        var tenants = await db.Tenants
            .Where(tenant => tenant.RemovingAt == null && concerned.Any(export => export.TenantId == tenant.Id))
            .Select(tenant => new { tenant.Id, IsServed = tenant.SuspendedAt == null })
            .ToListAsync(cancellationToken);
        return tenants.Select(tenant => (tenant.Id, tenant.IsServed));
    }

    private static IQueryable<FootageExport> Left(IQueryable<FootageExport> exports, DateTimeOffset until) =>
        exports.Where(export => export.State == FootageExportState.Paused && (export.PausedAt ?? export.CreatedAt) <= until);

    private async Task<List<Guid>> LeftAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        return await Left(db.FootageExports, clock.GetUtcNow() - await rules.KeptForAsync(db, cancellationToken)).Select(export => export.Id).ToListAsync(cancellationToken);
    }

    private Task<bool> EndAsync(Guid tenantId, Guid exportId, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            if (await Left(db.FootageExports, clock.GetUtcNow() - await rules.KeptForAsync(db, token)).SingleOrDefaultAsync(export => export.Id == exportId, token) is not { } left)
            {
                return false;
            }

            await remover.EndAsync(db, left, token);
            audit.AddOfItself(db, tenantId, FootageAudit.Cancelled(left, await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId).ToListAsync(token)));
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    private async Task<List<Guid>> OldAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        var until = clock.GetUtcNow() - await rules.KeptForAsync(db, cancellationToken);
        return await Ended(db.FootageExports).Where(export => export.FinishedAt <= until).Select(export => export.Id).ToListAsync(cancellationToken);
    }

    private Task<bool> ForgetAsync(Guid tenantId, Guid exportId, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            // Somebody may have gone on with it, or lengthened the time, meanwhile.
            var until = clock.GetUtcNow() - await rules.KeptForAsync(db, token);
            if (await Ended(db.FootageExports).SingleOrDefaultAsync(export => export.Id == exportId && export.FinishedAt <= until, token) is not { } old || !await remover.ForgetAsync(db, old, token))
            {
                return false;
            }

            audit.AddOfItself(db, tenantId, FootageAudit.Act(AuditActions.FootageRemoved, old));
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);
}
