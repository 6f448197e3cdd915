using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;

namespace Soracom.Portal.Features.Exports.Keeping;

/// <summary>
/// Removes exports' files: first their keys, together with the note that they are gone, then the files, which nobody can read by then. What a
/// program that ended between the two has left is deleted the next time.
/// </summary>
/// <param name="folder">The files.</param>
/// <param name="database">The portal's database.</param>
/// <param name="rules">How much a tenant may keep.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class ExportRemover(ExportFolder folder, PortalDatabase database, ExportRules rules, TimeProvider clock, ILogger<ExportRemover> log)
{
    /// <summary>Ends an export: what waits is left out and what is there stays; nothing is saved.</summary>
    /// <param name="db">A context of the tenant, in its turn.</param>
    /// <param name="export">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task EndAsync(PortalDbContext db, FootageExport export, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        (export.State, export.Trouble, export.NotBefore, export.PausedAt, export.PausedBy, export.FinishedAt) = (FootageExportState.Cancelled, null, null, null, null, now);
        return db.FootagePieces.Where(piece => piece.ExportId == export.Id && piece.State == FootagePieceState.Waiting)
            .ExecuteUpdateAsync(
                set => set.SetProperty(piece => piece.State, FootagePieceState.Skipped).SetProperty(piece => piece.At, now)
                    .SetProperty(piece => piece.Reason, piece => piece.Charged > 0 ? ExportTrouble.LeftOutPaid : null),
                cancellationToken);
    }

    /// <summary>Forgets the keys of an export's files; nothing is saved.</summary>
    /// <param name="db">A context of the tenant, in its turn.</param>
    /// <param name="export">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False where the export is under way, or something that was paid for is on its way.</returns>
    public async Task<bool> ForgetAsync(PortalDbContext db, FootageExport export, CancellationToken cancellationToken)
    {
        if (export.State is FootageExportState.Running or FootageExportState.Paused || await db.FootagePieces.AnyAsync(piece => piece.ExportId == export.Id && FootagePieceStates.Out.Contains(piece.State), cancellationToken))
        {
            return false;
        }

        await db.FootagePieces.Where(piece => piece.ExportId == export.Id).ExecuteUpdateAsync(set => set.SetProperty(piece => piece.FileKey, (byte[]?)null), cancellationToken);
        export.RemovedAt = clock.GetUtcNow();
        return true;
    }

    /// <summary>Deletes an export's files, whose keys were forgotten. What can't be deleted now is the next time.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="exportId">The export.</param>
    public void Delete(Guid tenantId, Guid exportId)
    {
        try
        {
            folder.Delete(tenantId, exportId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody has a file open, or the share does not let go of it. Nobody can read it without its key.
            LogLeft(error, exportId, tenantId);
        }
    }

    /// <summary>Deletes the files of exports that were removed. Files that this database knows nothing of are left alone: they may be another's.</summary>
    /// <param name="cancellationToken">Ends it; what is left goes the next time.</param>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (var tenantId in folder.Tenants())
        {
            var exports = Exports(tenantId);
            await using var db = database.ForTenant(tenantId);
            foreach (var gone in await db.FootageExports.Where(export => exports.Contains(export.Id) && export.RemovedAt != null).Select(export => export.Id).ToListAsync(cancellationToken))
            {
                Delete(tenantId, gone);
            }
        }
    }

    /// <summary>What a tenant's exports take in the store.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<StoreUse> UseAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        var used = await db.FootagePieces.Where(piece => piece.State == FootagePieceState.Fetched && piece.FileKey != null).SumAsync(piece => piece.Length ?? 0, cancellationToken);
        return new StoreUse(used, await rules.MostBytesAsync(db, cancellationToken));
    }

    /// <summary>A tenant's exports that have files; none where its folder can't be read now.</summary>
    private IReadOnlyList<Guid> Exports(Guid tenantId)
    {
        try
        {
            return folder.Owners(tenantId);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogUnread(error, tenantId);
            return [];
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The files of export {ExportId} of tenant {TenantId} could not be deleted; trying again. Their keys are gone.")]
    private partial void LogLeft(Exception error, Guid exportId, Guid tenantId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The folder of tenant {TenantId} in the store could not be read; trying again.")]
    private partial void LogUnread(Exception error, Guid tenantId);
}
