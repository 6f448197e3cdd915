using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports;

/// <summary>Asks again for pieces that could not be had.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="folder">The files.</param>
/// <param name="worker">Works on exports.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class FootageRetries(PortalDatabase database, TenantSoracom soracom, ExportFolder folder, ExportWorker worker, AuditTrail audit, TimeProvider clock)
{
    /// <summary>
    /// Has the vendor asked again for what failed or was lost from the store, and for what nobody knows about: that may then be charged twice.
    /// A file that is in the store again is taken as it is. What the rest uses of the camera's quota (operation getSoraCamDeviceExportUsage) is set aside first. It goes on on behalf of whoever says so.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; a <see cref="GoneError"/>, an <see cref="ExportMovedError"/> where nothing failed, a <see cref="FootageRemovedError"/>, a <see cref="QuotaError"/> or a <see cref="VendorError"/>.</returns>
    public async Task<Result<FootageExport>> RetryAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        FootageExport? known;
        List<FootagePiece> missed;
        await using (var db = database.ForTenant(tenant.TenantId))
        {
            known = await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == exportId, cancellationToken);
            missed = await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId && piece.Reason == ExportTrouble.FileBroken && piece.FileKey != null && piece.FileId != null && piece.Length != null).ToListAsync(cancellationToken);
        }

        if (known is null)
        {
            return new GoneError();
        }

        var back = Back(missed);
        var (coverage, deviceId, readAt) = (ExportWords.CoverageOf(known), known.DeviceId, clock.GetUtcNow());
        var usage = await soracom.ReadAsync(tenant, coverage, (client, token) => client.SoraCam.GetSoraCamDeviceExportUsageAsync(deviceId, token), cancellationToken);
        if (usage.Error is { } error)
        {
            return error;
        }

        var again = await database.InOperatorsTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                var export = await db.FootageExports.SingleAsync(row => row.Id == exportId, token);
                var lost = await db.FootagePieces.Where(piece => piece.ExportId == exportId && FootagePieceStates.Lost.Contains(piece.State)).ToListAsync(token);
                var quota = CameraQuota.OfOrFree(usage.Value) with { Reserved = await QuotaSetAside.OfAsync(db, coverage, deviceId, readAt, token) };
                var there = lost.Where(piece => piece.Reason == ExportTrouble.FileBroken && piece.FileId is { } fileId && back.Contains(fileId)).ToList();
                var gone = lost.Except(there).ToList();
                if (Fault(export, lost.Count, gone.Sum(piece => piece.Cost), quota) is { } fault)
                {
                    return (Result<FootageExport>)fault;
                }

                there.ForEach(piece => (piece.State, piece.Reason) = (FootagePieceState.Fetched, null));
                gone.ForEach(piece => ExportMoves.Renew(piece, clock.GetUtcNow()));
                if (export.State == FootageExportState.Done && gone.Count > 0)
                {
                    (export.State, export.FinishedAt) = (FootageExportState.Running, null);
                    (export.OwnerId, export.OwnerName, export.Language, export.ResumedAt) = (tenant.Actor.PersonId, tenant.Actor.Name, CultureInfo.CurrentUICulture.Name, clock.GetUtcNow());
                }

                audit.Add(db, tenant, FootageAudit.Act(AuditActions.FootageRetried, export, string.Create(CultureInfo.InvariantCulture, $", {lost.Count}")));
                await db.SaveChangesAsync(token);
                return export;
            },
            cancellationToken);
        if (again.Error is null)
        {
            worker.Ask(tenant.TenantId, exportId);
        }

        return again;
    }

    private static PortalError? Fault(FootageExport export, int lost, long cost, CameraQuota quota) => export.RemovedAt is not null ? new FootageRemovedError()
        : lost == 0 || export.State == FootageExportState.Cancelled ? new ExportMovedError()
        : cost > 0 && TimeSpan.FromSeconds(cost) > quota.Left ? new QuotaError(cost, (long)quota.Left.TotalSeconds)
        : null;

    /// <summary>Which of the files that were missing are there again, as those of a share that was away.</summary>
    private HashSet<Guid> Back(List<FootagePiece> missed)
    {
        var files = missed.ToDictionary(piece => new StoredPlace(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value), piece => piece.Length!.Value);
        return files.Count > 0 && folder.Missing(files) is { } missing ? [.. files.Keys.Except(missing).Select(place => place.FileId)] : [];
    }
}
