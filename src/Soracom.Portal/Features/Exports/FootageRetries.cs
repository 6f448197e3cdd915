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

/// <summary>Goes on with exports that were paused, and asks again for pieces that could not be had: what that costs is told before, and it does not cost more then.</summary>
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
    /// <param name="agreed">What somebody has seen that it costs; null for any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; a <see cref="GoneError"/>, an <see cref="ExportMovedError"/> where nothing failed, a <see cref="FootageRemovedError"/>, a <see cref="QuotaError"/>, a <see cref="FootageCostMovedError"/> or a <see cref="VendorError"/>.</returns>
    public async Task<Result<FootageExport>> RetryAsync(TenantContext tenant, Guid exportId, FootageAgreed? agreed, CancellationToken cancellationToken)
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
                var quota = CameraQuota.OfOrFree(usage.Value) with { Reserved = await QuotaSetAside.OfAsync(db, coverage, deviceId, readAt, [], token) };
                var there = lost.Where(piece => piece.Reason == ExportTrouble.FileBroken && piece.FileId is { } fileId && back.Contains(fileId)).ToList();
                var gone = lost.Except(there).ToList();
                var cost = gone.Sum(piece => piece.Cost);
                if (Fault(export, lost.Count, cost, quota, agreed) is { } fault)
                {
                    return (Result<FootageExport>)fault;
                }

                there.ForEach(piece => (piece.State, piece.Reason) = (FootagePieceState.Fetched, null));
                gone.ForEach(piece => ExportMoves.Renew(piece, clock.GetUtcNow()));
                if (gone.Count > 0 && (export.State == FootageExportState.Done || ExportMoves.IsStoppedByALoss(export)))
                {
                    GoOn(tenant, export);
                }

                audit.Add(db, tenant, FootageAudit.Act(AuditActions.FootageRetried, export, string.Create(CultureInfo.InvariantCulture, $", {lost.Count}: {FootageAudit.Cost(cost, quota)}")));
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

    /// <summary>Goes on with a paused export, from now on on behalf of whoever says so.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="agreed">What somebody has seen that the rest costs, which is held against the vendor's count (operation getSoraCamDeviceExportUsage); null for any.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; a <see cref="GoneError"/>, an <see cref="ExportMovedError"/> where it is not paused, a <see cref="FootageCostMovedError"/> or a <see cref="VendorError"/>.</returns>
    public async Task<Result<FootageExport>> ResumeAsync(TenantContext tenant, Guid exportId, FootageAgreed? agreed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        if (agreed is not null)
        {
            var need = await NeedAsync(tenant, exportId, cancellationToken);
            if (need.Error is { } error)
            {
                return error;
            }

            if (need.Value.Needed > agreed.Cost || need.Value.Billed > agreed.Billed)
            {
                return new FootageCostMovedError();
            }
        }

        var resumed = await database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.FootageExports.SingleOrDefaultAsync(row => row.Id == exportId, token) is not { } export)
                {
                    return new GoneError();
                }

                if (export.State != FootageExportState.Paused)
                {
                    return (Result<FootageExport>)new ExportMovedError();
                }

                GoOn(tenant, export);
                audit.Add(db, tenant, FootageAudit.Act(AuditActions.FootageResumed, export));
                await db.SaveChangesAsync(token);
                return export;
            },
            cancellationToken);
        if (resumed.Error is null)
        {
            worker.Ask(tenant.TenantId, exportId);
        }

        return resumed;
    }

    /// <summary>What asking again for what could not be had comes to (operation getSoraCamDeviceExportUsage); nothing is asked for.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it comes to; a <see cref="GoneError"/> where there is no such export, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<RetryCost>> CostAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == exportId, cancellationToken) is not { } export)
        {
            return new GoneError();
        }

        var lost = await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId && FootagePieceStates.Lost.Contains(piece.State)).ToListAsync(cancellationToken);
        var back = Back([.. lost.Where(IsMissed)]);
        var gone = lost.Where(piece => piece.FileId is not { } fileId || !back.Contains(fileId)).ToList();
        var cost = gone.Sum(piece => piece.Cost);
        var quota = await QuotaAsync(tenant, db, export, cancellationToken);
        return quota.Error is { } error ? error : new RetryCost(
            cost, lost.Count - gone.Count, gone.Count(piece => piece.State == FootagePieceState.Unknown), gone.Sum(piece => piece.Charged), (long)quota.Value.BilledOf(TimeSpan.FromSeconds(cost)).TotalSeconds);
    }

    /// <summary>What an export needs yet of its camera's quota, what is left for it, and what of it is charged for (operation getSoraCamDeviceExportUsage).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>All of it; a <see cref="GoneError"/> where there is no such export, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<FootageNeed>> NeedAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == exportId, cancellationToken) is not { } export)
        {
            return new GoneError();
        }

        var quota = await QuotaAsync(tenant, db, export, cancellationToken);
        if (quota.Error is { } error)
        {
            return error;
        }

        var needed = await db.FootagePieces
            .Where(piece => piece.ExportId == exportId && (piece.State == FootagePieceState.Waiting || (!piece.IsCharged && FootagePieceStates.Out.Contains(piece.State))))
            .SumAsync(piece => piece.Cost, cancellationToken);
        // What it has set aside itself is left for it.
        var without = quota.Value with { Reserved = quota.Value.Reserved - TimeSpan.FromSeconds(needed) };
        return new FootageNeed(needed, without.Left, (long)without.BilledOf(TimeSpan.FromSeconds(needed)).TotalSeconds);
    }

    /// <summary>The quota of an export's camera as it stands, with all that is set aside.</summary>
    private async Task<Result<CameraQuota>> QuotaAsync(TenantContext tenant, PortalDbContext db, FootageExport export, CancellationToken cancellationToken)
    {
        var (coverage, readAt) = (ExportWords.CoverageOf(export), clock.GetUtcNow());
        var usage = await soracom.ReadAsync(tenant, coverage, (client, token) => client.SoraCam.GetSoraCamDeviceExportUsageAsync(export.DeviceId, token), cancellationToken);
        return usage.Error is { } error ? error : CameraQuota.OfOrFree(usage.Value) with { Reserved = await QuotaSetAside.OfAsync(db, coverage, export.DeviceId, readAt, [], cancellationToken) };
    }

    private void GoOn(TenantContext tenant, FootageExport export)
    {
        (export.State, export.FinishedAt, export.PausedAt, export.PausedBy, export.Trouble, export.NotBefore, export.Tries) = (FootageExportState.Running, null, null, null, null, null, 0);
        (export.OwnerId, export.OwnerName, export.Language, export.ResumedAt) = (tenant.Actor.PersonId, tenant.Actor.Name, CultureInfo.CurrentUICulture.Name, clock.GetUtcNow());
    }

    /// <summary>Whether a piece's file was missing, and could be there again.</summary>
    private static bool IsMissed(FootagePiece piece) => piece is { Reason: ExportTrouble.FileBroken, FileKey: not null, FileId: not null, Length: not null };

    private static PortalError? Fault(FootageExport export, int lost, long cost, CameraQuota quota, FootageAgreed? agreed) => export.RemovedAt is not null ? new FootageRemovedError()
        : lost == 0 || export.State == FootageExportState.Cancelled ? new ExportMovedError()
        : cost > 0 && TimeSpan.FromSeconds(cost) > quota.Left ? new QuotaError(cost, (long)quota.Left.TotalSeconds)
        : agreed?.Covers(cost, quota) == false ? new FootageCostMovedError()
        : null;

    /// <summary>Which of the files that were missing are there again, as those of a share that was away.</summary>
    private HashSet<Guid> Back(List<FootagePiece> missed)
    {
        var files = missed.ToDictionary(piece => new StoredPlace(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value), piece => piece.Length!.Value);
        return files.Count > 0 && folder.Missing(files) is { } missing ? [.. files.Keys.Except(missing).Select(place => place.FileId)] : [];
    }
}
