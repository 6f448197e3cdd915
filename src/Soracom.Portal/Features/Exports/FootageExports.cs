using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Exports;

/// <summary>A tenant's exports of footage: how they stand, and pausing, ending and removing them.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="worker">Works on them.</param>
/// <param name="remover">Removes their files.</param>
/// <param name="rules">How long files are kept.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class FootageExports(PortalDatabase database, ExportWorker worker, ExportRemover remover, ExportRules rules, AuditTrail audit, TimeProvider clock)
{
    /// <summary>How many exports, or pieces, are read at once.</summary>
    public const int PageSize = 100;

    /// <summary>The exports, the newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most <see cref="PageSize"/> of them.</returns>
    public async Task<IReadOnlyList<ExportLine>> ListAsync(TenantContext tenant, ExportQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var exports = await db.FootageExports.AsNoTracking()
            .Where(export => (query.Camera == null || export.DeviceId == query.Camera) && (query.Before == null || export.Number < query.Before) && (query.State == null || export.State == query.State)
                && (!query.Lost || db.FootagePieces.Any(piece => piece.ExportId == export.Id && FootagePieceStates.Lost.Contains(piece.State))))
            .OrderByDescending(export => export.Number)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        var counts = await CountsAsync(db, [.. exports.Select(export => export.Id)], cancellationToken);
        return [.. exports.Select(export => new ExportLine(export, counts[export.Id]))];
    }

    /// <summary>What the tenant's exports take in the store.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Bytes, and the most that they may take.</returns>
    public async Task<StoreUse> UseAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        return await remover.UseAsync(tenant.TenantId, cancellationToken);
    }

    /// <summary>One export with its pieces.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="pieces">Which of its pieces; the first of all by default.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export with at most <see cref="PageSize"/> pieces; a <see cref="GoneError"/> where there is none.</returns>
    public async Task<Result<ExportView>> GetAsync(TenantContext tenant, Guid exportId, PieceQuery? pieces, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        var (state, after, marked) = (pieces?.State, pieces?.After ?? 0, pieces?.Marked == true);
        await using var db = database.ForTenantBesideOthers(tenant.TenantId);
        if (await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(export => export.Id == exportId, cancellationToken) is not { } found)
        {
            return new GoneError();
        }

        var shown = await db.FootagePieces.AsNoTracking()
            .Where(piece => piece.ExportId == exportId && piece.Number > after && (state == null || piece.State == state)
                && (!marked || piece.IsFoundInList || (piece.State == FootagePieceState.Fetched && (piece.IsShort || piece.IsLong || piece.IsUnread))))
            .OrderBy(piece => piece.Number)
            .Take(PageSize)
            .ToListAsync(cancellationToken);
        var counts = (await CountsAsync(db, [exportId], cancellationToken))[exportId];
        return new ExportView(
            found,
            counts,
            shown,
            await ExportPace.LeftAsync(db, found, counts, cancellationToken),
            found.State == FootageExportState.Running && !(found.HeldUntil > clock.GetUtcNow()) ? await ExportCamera.AheadAsync(db, found, counts.Out > 0, clock.GetUtcNow(), cancellationToken) : null,
            found is { FinishedAt: { } finished, RemovedAt: null, HarvestFolder: null } ? finished + await rules.KeptForAsync(db, cancellationToken) : null,
            found.PausedAt is { } paused ? paused + await rules.KeptForAsync(db, cancellationToken) : null)
        {
            MayRemove = MayRemove(tenant, found),
        };
    }

    /// <summary>Pauses an export: what the vendor was asked for is still fetched, nothing more is asked for.</summary>
    public Task<Result<FootageExport>> PauseAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken) => ChangeAsync(
        tenant,
        exportId,
        (db, export, _) =>
        {
            if (export.State != FootageExportState.Running)
            {
                return Task.FromResult<Result<FootageExport>>(new ExportMovedError());
            }

            (export.State, export.PausedAt, export.PausedBy, export.Trouble) = (FootageExportState.Paused, clock.GetUtcNow(), tenant.Actor.Name, null);
            audit.Add(db, tenant, FootageAudit.Act(AuditActions.FootagePaused, export));
            return Task.FromResult(Result.Of(export));
        },
        cancellationToken);

    /// <summary>Ends an export: what waits is left out and what is there stays. A piece that the vendor was asked for is still fetched, since it is paid for.</summary>
    public Task<Result<FootageExport>> CancelAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken) => ChangeAsync(
        tenant,
        exportId,
        async (db, export, token) =>
        {
            if (export.State is FootageExportState.Done or FootageExportState.Cancelled)
            {
                return new ExportMovedError();
            }

            await remover.EndAsync(db, export, token);
            audit.Add(db, tenant, FootageAudit.Cancelled(export, await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId).ToListAsync(token)));
            return export;
        },
        cancellationToken);

    /// <summary>Removes an export's files for good. That there was one, and what was charged, stays.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; a <see cref="GoneError"/>, an <see cref="ExportMovedError"/> while it is under way, a <see cref="FootageOfOthersError"/>, or a <see cref="FootageRemovedError"/> where they are gone already.</returns>
    public async Task<Result<FootageExport>> RemoveAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        var removed = await ChangeAsync(
            tenant,
            exportId,
            async (db, export, token) =>
            {
                if (export.RemovedAt is not null)
                {
                    return new FootageRemovedError();
                }

                if (!MayRemove(tenant, export))
                {
                    return new FootageOfOthersError();
                }

                if (!await remover.ForgetAsync(db, export, token))
                {
                    return new ExportMovedError();
                }

                audit.Add(db, tenant, FootageAudit.Act(AuditActions.FootageRemoved, export));
                return export;
            },
            cancellationToken);
        if (removed.Error is null)
        {
            remover.Delete(tenant.TenantId, exportId);
        }

        return removed;
    }

    private static async Task<IReadOnlyDictionary<Guid, PieceCounts>> CountsAsync(PortalDbContext db, IReadOnlyCollection<Guid> exportIds, CancellationToken cancellationToken)
    {
        var groups = await db.FootagePieces
            .Where(piece => exportIds.Contains(piece.ExportId))
            .GroupBy(piece => new { piece.ExportId, piece.State, piece.IsCharged, piece.IsShort, piece.IsLong, piece.IsUnread, piece.IsFoundInList, IsDoubtful = piece.Doubtful > 0 })
            .Select(group => new { group.Key.ExportId, group.Key.State, group.Key.IsCharged, group.Key.IsShort, group.Key.IsLong, group.Key.IsUnread, group.Key.IsFoundInList, group.Key.IsDoubtful, Doubtful = group.Sum(piece => piece.Doubtful), Count = group.Count(), Cost = group.Sum(piece => piece.Cost), Charged = group.Sum(piece => piece.Charged), Bytes = group.Sum(piece => piece.Length ?? 0) })
            .ToListAsync(cancellationToken);
        return exportIds.ToDictionary(id => id, id =>
        {
            var mine = groups.Where(group => group.ExportId == id).ToList();
            return new PieceCounts(
                mine.GroupBy(group => group.State).ToDictionary(group => group.Key, group => group.Sum(one => one.Count)),
                mine.Sum(group => group.Cost),
                mine.Where(group => group.State == FootagePieceState.Waiting || (!group.IsCharged && FootagePieceStates.Out.Contains(group.State))).Sum(group => group.Cost),
                mine.Where(group => FootagePieceStates.Lost.Contains(group.State)).Sum(group => group.Cost),
                mine.Where(group => FootagePieceStates.Lost.Contains(group.State)).Sum(group => group.Charged),
                mine.Sum(group => group.Charged),
                mine.Where(group => group.State == FootagePieceState.Fetched).Sum(group => group.Bytes))
            {
                MayBeCharged = mine.Where(group => group is { IsDoubtful: true } or { State: FootagePieceState.Unknown, IsCharged: false }).Sum(group => group.Count),
                MayBeChargedCost = mine.Sum(group => group.Doubtful) + mine.Where(group => group is { State: FootagePieceState.Unknown, IsCharged: false }).Sum(group => group.Cost),
                TooShort = mine.Where(group => group is { State: FootagePieceState.Fetched, IsShort: true }).Sum(group => group.Count),
                TooLong = mine.Where(group => group is { State: FootagePieceState.Fetched, IsLong: true }).Sum(group => group.Count),
                LengthUnread = mine.Where(group => group is { State: FootagePieceState.Fetched, IsUnread: true }).Sum(group => group.Count),
                Found = mine.Where(group => group.IsFoundInList).Sum(group => group.Count),
                Marked = mine.Where(group => group is { IsFoundInList: true } or { State: FootagePieceState.Fetched, IsShort: true } or { State: FootagePieceState.Fetched, IsLong: true } or { State: FootagePieceState.Fetched, IsUnread: true }).Sum(group => group.Count),
            };
        });
    }

    /// <summary>Those remove others' files who set the tenant's rules for how long files are kept.</summary>
    private static bool MayRemove(TenantContext tenant, FootageExport export) =>
        export.RequestedById == tenant.Actor.PersonId || export.OwnerId == tenant.Actor.PersonId || tenant.May(Permission.CamerasRules);

    /// <summary>Changes an export in the tenant's turn, and has it looked at then.</summary>
    private async Task<Result<FootageExport>> ChangeAsync(
        TenantContext tenant, Guid exportId, Func<PortalDbContext, FootageExport, CancellationToken, Task<Result<FootageExport>>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        var done = await database.InTurnAsync(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.FootageExports.SingleOrDefaultAsync(row => row.Id == exportId, token) is not { } export)
                {
                    return new GoneError();
                }

                var changed = await change(db, export, token);
                if (changed.Error is null)
                {
                    await db.SaveChangesAsync(token);
                }

                return changed;
            },
            cancellationToken);
        if (done.Error is null)
        {
            worker.Ask(tenant.TenantId, exportId);
        }

        return done;
    }
}
