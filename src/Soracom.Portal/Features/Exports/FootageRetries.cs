using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api.SoraCam;
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
    /// A file that is in the store again is taken as it is. What they use of the camera's quota (operation getSoraCamDeviceExportUsage) is set aside first. Where the export goes on by that, it does so on behalf of whoever says so,
    /// and what its rest uses is held against what was seen too.
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
        var readAt = clock.GetUtcNow();
        var usage = await UsageAsync(tenant, known, cancellationToken);
        if (usage.Error is { } error)
        {
            return error;
        }

        var again = await database.InOperatorsTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                var export = await db.FootageExports.SingleAsync(row => row.Id == exportId, token);
                var lost = await LostAsync(db.FootagePieces, export, token);
                var there = lost.Where(piece => piece.Reason == ExportTrouble.FileBroken && piece.FileId is { } fileId && back.Contains(fileId)).ToList();
                var gone = lost.Except(there).ToList();
                var rest = GoesOn(export, gone) ? await RestAsync(db, exportId, token) : 0;
                var cost = gone.Sum(piece => piece.Cost) + rest;
                var quota = await SetAsideAsync(db, export, CameraQuota.Of(usage.Value), readAt, rest, token);
                if (Fault(export, lost.Count, cost, quota, agreed) is { } fault)
                {
                    return (Result<FootageExport>)fault;
                }

                there.ForEach(piece => (piece.State, piece.Reason) = (FootagePieceState.Fetched, null));
                gone.ForEach(piece => ExportMoves.Renew(piece, clock.GetUtcNow()));
                if (GoesOn(export, gone))
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
        var (readAt, counted) = (clock.GetUtcNow(), (CameraQuota?)null);
        if (agreed is not null)
        {
            await using var known = database.ForTenant(tenant.TenantId);
            if (await known.FootageExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == exportId, cancellationToken) is not { } paused)
            {
                return new GoneError();
            }

            var usage = await UsageAsync(tenant, paused, cancellationToken);
            if (usage.Error is { } error)
            {
                return error;
            }

            counted = CameraQuota.Of(usage.Value);
        }

        var resumed = await database.InOperatorsTurnAsync(
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

                var rest = await RestAsync(db, exportId, token);
                if (agreed?.Covers(rest, await SetAsideAsync(db, export, counted, readAt, rest, token)) == false)
                {
                    // Others have used, or set aside, what was free of it.
                    return new FootageCostMovedError();
                }

                // Whoever goes on without what it was stopped over has it looked after no longer.
                (await LostAsync(db.FootagePieces, export, token)).FindAll(piece => piece.State == FootagePieceState.Exporting)
                    .ForEach(piece => (piece.State, piece.Reason, piece.At) = (FootagePieceState.Failed, ExportTrouble.LinkDied, clock.GetUtcNow()));
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
        await using var db = database.ForTenantBesideOthers(tenant.TenantId);
        if (await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == exportId, cancellationToken) is not { } export)
        {
            return new GoneError();
        }

        var lost = await LostAsync(db.FootagePieces.AsNoTracking(), export, cancellationToken);
        var back = Back([.. lost.Where(IsMissed)]);
        var gone = lost.Where(piece => piece.FileId is not { } fileId || !back.Contains(fileId)).ToList();
        var (cost, rest) = (gone.Sum(piece => piece.Cost), GoesOn(export, gone) ? await RestAsync(db, exportId, cancellationToken) : 0);
        var quota = await QuotaAsync(tenant, db, export, rest, cancellationToken);
        return quota.Error is { } error ? error : new RetryCost(
            cost, lost.Count - gone.Count, gone.Count(piece => piece.State == FootagePieceState.Unknown), gone.Sum(piece => piece.Charged), Billed(quota.Value.Quota, cost + rest))
        {
            IsUnread = quota.Value.Quota is null,
            Rest = rest,
            IsLeast = gone.Exists(piece => piece.MayBeCharged),
            Doubtful = gone.Sum(piece => piece.MayBeChargedSeconds),
        };
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
        await using var db = database.ForTenantBesideOthers(tenant.TenantId);
        if (await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == exportId, cancellationToken) is not { } export)
        {
            return new GoneError();
        }

        var needed = await RestAsync(db, exportId, cancellationToken);
        var quota = await QuotaAsync(tenant, db, export, needed, cancellationToken);
        return quota.Error is { } error ? error : new FootageNeed(needed, quota.Value.Quota?.Left, Billed(quota.Value.Quota, needed));
    }

    /// <summary>What could not be had of an export, and what it was stopped over though it is looked after yet.</summary>
    private static async Task<List<FootagePiece>> LostAsync(IQueryable<FootagePiece> pieces, FootageExport export, CancellationToken cancellationToken) =>
        [.. (await pieces.Where(piece => piece.ExportId == export.Id && (FootagePieceStates.Lost.Contains(piece.State) || piece.State == FootagePieceState.Exporting)).ToListAsync(cancellationToken))
            .Where(piece => piece.State != FootagePieceState.Exporting || ExportMoves.IsHeldByALoss(export, piece))];

    /// <summary>What an export is yet to use: the pieces that wait, and those that are out and not charged.</summary>
    private static Task<long> RestAsync(PortalDbContext db, Guid exportId, CancellationToken cancellationToken) => db.FootagePieces
        .Where(piece => piece.ExportId == exportId && (piece.State == FootagePieceState.Waiting || (!piece.IsCharged && FootagePieceStates.Out.Contains(piece.State))))
        .SumAsync(piece => piece.Cost, cancellationToken);

    /// <summary>Whether an export goes on where what could not be had is asked for again: one that had ended, or was stopped by that.</summary>
    private static bool GoesOn(FootageExport export, List<FootagePiece> gone) => gone.Count > 0 && (export.State == FootageExportState.Done || ExportMoves.IsStoppedByALoss(export));

    /// <summary>The quota of an export's camera as it stands, with all that is set aside but for what is left for the export itself, in seconds.</summary>
    private async Task<Result<ToldQuota>> QuotaAsync(TenantContext tenant, PortalDbContext db, FootageExport export, long own, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var usage = await UsageAsync(tenant, export, cancellationToken);
        return usage.Error is { } error ? error : new ToldQuota(await SetAsideAsync(db, export, CameraQuota.Of(usage.Value), readAt, own, cancellationToken));
    }

    private static async Task<CameraQuota?> SetAsideAsync(PortalDbContext db, FootageExport export, CameraQuota? counted, DateTimeOffset readAt, long own, CancellationToken cancellationToken) =>
        counted?.Less(await QuotaSetAside.OfAsync(db, ExportWords.CoverageOf(export), export.DeviceId, readAt, [], cancellationToken)) is { } quota ? quota with { Reserved = quota.Reserved - TimeSpan.FromSeconds(own) } : null;

    /// <summary>What of a cost is charged for, in seconds: all of it may be where nobody knows what is left.</summary>
    private static long Billed(CameraQuota? quota, long cost) => (long)(quota?.BilledOf(TimeSpan.FromSeconds(cost)).TotalSeconds ?? cost);

    private Task<Result<ExportUsage>> UsageAsync(TenantContext tenant, FootageExport export, CancellationToken cancellationToken) =>
        soracom.ReadAsync(tenant, ExportWords.CoverageOf(export), (client, token) => client.SoraCam.GetSoraCamDeviceExportUsageAsync(export.DeviceId, token), cancellationToken);

    private void GoOn(TenantContext tenant, FootageExport export)
    {
        (export.State, export.FinishedAt, export.PausedAt, export.PausedBy, export.Trouble, export.NotBefore, export.Tries) = (FootageExportState.Running, null, null, null, null, null, 0);
        (export.OwnerId, export.OwnerName, export.Language, export.ResumedAt) = (tenant.Actor.PersonId, tenant.Actor.Name, CultureInfo.CurrentUICulture.Name, clock.GetUtcNow());
    }

    /// <summary>Whether a piece's file was missing, and could be there again.</summary>
    private static bool IsMissed(FootagePiece piece) => piece is { Reason: ExportTrouble.FileBroken, FileKey: not null, FileId: not null, Length: not null };

    private static PortalError? Fault(FootageExport export, int lost, long cost, CameraQuota? quota, FootageAgreed? agreed) => export.RemovedAt is not null ? new FootageRemovedError()
        : lost == 0 || export.State == FootageExportState.Cancelled ? new ExportMovedError()
        : cost > 0 && TimeSpan.FromSeconds(cost) > quota?.Left ? new QuotaError(cost, (long)quota.Left.TotalSeconds)
        : agreed?.Covers(cost, quota) == false ? new FootageCostMovedError()
        : null;

    /// <summary>Which of the files that were missing are there again, as those of a share that was away.</summary>
    private HashSet<Guid> Back(List<FootagePiece> missed)
    {
        var files = missed.ToDictionary(piece => new StoredPlace(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value), piece => piece.Length!.Value);
        return files.Count > 0 && folder.Missing(files) is { } missing ? [.. files.Keys.Except(missing).Select(place => place.FileId)] : [];
    }

    /// <summary>A camera's quota; null where the vendor tells none.</summary>
    private readonly record struct ToldQuota(CameraQuota? Quota);
}
