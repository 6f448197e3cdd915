using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>
/// Writes how exports go on, for whoever holds one. A piece is marked before the vendor is asked for it: whatever happens to the program,
/// nothing is paid for twice unseen.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportStore(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Takes an export that is under way, or was left with a piece that the vendor was asked for.</summary>
    /// <returns>The turn; null when somebody else has it, when an earlier one of the same camera is under way, or there is nothing to do.</returns>
    public Task<ExportTaken?> TakeAsync(Guid tenantId, Guid exportId, CancellationToken cancellationToken) => database.InOperatorsTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var now = clock.GetUtcNow();
            var asked = clock.GetTimestamp();
            if (await db.FootageExports.SingleOrDefaultAsync(row => row.Id == exportId, token) is not { } export
                || export.HeldUntil > now || export.NotBefore > now
                || (await IsOutAsync(db, exportId, token) is var isOut && !isOut && export.State != FootageExportState.Running)
                || await ExportCamera.IsBusyAsync(db, export, isOut, now, token))
            {
                return null;
            }

            // A program that ended while a file was on its way has left the room set aside.
            await db.FootagePieces.Where(piece => piece.ExportId == exportId && piece.State != FootagePieceState.Fetched && piece.Sha256 == null && piece.Length != null)
                .ExecuteUpdateAsync(set => set.SetProperty(piece => piece.Length, (long?)null), token);
            (export.Holder, export.HeldUntil) = (Guid.NewGuid(), now + JobTurn.HeldFor);
            await db.SaveChangesAsync(token);
            var turn = new JobTurn(exportId, export.Holder.Value, clock);
            turn.Confirm(asked);
            return new ExportTaken(turn, export.Language);
        },
        cancellationToken);

    /// <summary>Says that the holder is still there.</summary>
    /// <returns>False when the turn is lost.</returns>
    public async Task<bool> HoldAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken)
    {
        var until = clock.GetUtcNow() + JobTurn.HeldFor;
        await using var db = database.ForTenant(tenantId);
        return await db.FootageExports
            .Where(export => export.Id == turn.JobId && export.Holder == turn.Holder)
            .ExecuteUpdateAsync(set => set.SetProperty(export => export.HeldUntil, until), cancellationToken) > 0;
    }

    /// <summary>Lets go of an export. While the vendor is being asked it stays held until the time runs out: the call may still be on its way.</summary>
    public async Task ReleaseAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        await db.FootageExports
            .Where(export => export.Id == turn.JobId && export.Holder == turn.Holder
                && (export.NotBefore != null || !db.FootagePieces.Any(piece => piece.ExportId == export.Id && piece.State == FootagePieceState.Asked)))
            .ExecuteUpdateAsync(set => set.SetProperty(export => export.Holder, (Guid?)null).SetProperty(export => export.HeldUntil, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>What is to be done next: the piece that is out, else the next that waits, which is marked as asked for.</summary>
    /// <returns>The step; null when there is nothing to do, nobody may do it, or the turn is lost.</returns>
    public Task<ExportStep?> NextAsync(Guid tenantId, JobTurn turn, CancellationToken cancellationToken) => WriteAsync(
        tenantId,
        turn,
        async (db, export, token) =>
        {
            if (export.NotBefore > clock.GetUtcNow())
            {
                return null;
            }

            if (await db.FootagePieces.FirstOrDefaultAsync(piece => piece.ExportId == export.Id && FootagePieceStates.Out.Contains(piece.State), token) is { } left)
            {
                if (await IsAnothersAsync(db, export, token))
                {
                    // The other account knows nothing of it, which is not to be taken for the vendor's having let go of it.
                    (left.State, left.Reason, left.At) = (FootagePieceState.Unknown, ExportTrouble.OtherAccount, clock.GetUtcNow());
                    ExportMoves.Pause(export, ExportTrouble.OtherAccount, clock.GetUtcNow());
                    await TellCancelledAsync(db, export, left, token);
                    return null;
                }

                return new ExportStep(export, left, IsFresh: false);
            }

            if (export.State != FootageExportState.Running)
            {
                return null;
            }

            if (await TroubleAsync(db, export, token) is { } trouble)
            {
                ExportMoves.Pause(export, trouble, clock.GetUtcNow());
                return null;
            }

            if (await db.FootagePieces.Where(piece => piece.ExportId == export.Id && piece.State == FootagePieceState.Waiting).OrderBy(piece => piece.Number).FirstOrDefaultAsync(token) is not { } next)
            {
                await FinishAsync(db, export, token);
                return null;
            }

            if (await ExportCamera.IsBusyAsync(db, export, isOut: false, clock.GetUtcNow(), token))
            {
                return null;
            }

            (next.State, next.At, next.AskedAt, next.IsCharged) = (FootagePieceState.Asked, clock.GetUtcNow(), clock.GetUtcNow(), false);
            (next.ListedBefore, next.MissedAt) = (null, null);
            next.Asked++;
            return new ExportStep(export, next, IsFresh: true);
        },
        cancellationToken);

    /// <summary>Writes how a piece, and the export with it, goes on.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="number">The piece.</param>
    /// <param name="change">What changes; it sets the piece's state.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The step as it stands then; null when the turn is lost.</returns>
    public Task<ExportStep?> PutAsync(Guid tenantId, JobTurn turn, int number, Action<FootageExport, FootagePiece> change, CancellationToken cancellationToken) => WriteAsync(
        tenantId,
        turn,
        async (db, export, token) =>
        {
            var piece = await db.FootagePieces.SingleAsync(row => row.ExportId == export.Id && row.Number == number, token);
            var was = piece.State;
            change(export, piece);
            if (piece.State == FootagePieceState.Waiting && export.State == FootageExportState.Cancelled)
            {
                // What was cancelled while it was out, and came back, is left out like the rest.
                (piece.State, piece.Reason) = (FootagePieceState.Skipped, piece.Charged > 0 ? ExportTrouble.LeftOutPaid : null);
            }

            piece.At = clock.GetUtcNow();
            if (piece.State != was)
            {
                await TellCancelledAsync(db, export, piece, token);
            }

            return new ExportStep(export, piece, IsFresh: false);
        },
        cancellationToken);

    /// <summary>Writes what is known by now of a piece, even at the end of the program.</summary>
    /// <param name="step">The piece.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="change">What changes; it sets the piece's state.</param>
    /// <exception cref="TurnLostException">Somebody else works on it by now; nothing was written.</exception>
    public async Task SettleAsync(ExportStep step, JobTurn turn, Action<FootageExport, FootagePiece> change)
    {
        if (await PutAsync(step.Export.TenantId, turn, step.Piece.Number, change, CancellationToken.None) is null)
        {
            throw new TurnLostException();
        }
    }

    /// <summary>What of a camera's exports and stills at the vendor is known to be the portal's, and not what an export lost the answer of.</summary>
    /// <param name="export">The export.</param>
    /// <param name="vendorIds">The vendor's ids of exports that began at the time.</param>
    /// <param name="from">The beginning of that time.</param>
    /// <param name="to">Its end.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<CameraKnown> KnownAsync(FootageExport export, IReadOnlyCollection<string> vendorIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenantBesideOthers(export.TenantId);
        return await ExportCamera.KnownAsync(db, export, vendorIds, from, to, cancellationToken);
    }

    /// <summary>Whether an export has no piece out: what is out is followed on.</summary>
    public async Task<bool> IsBetweenAsync(Guid tenantId, Guid exportId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        return !await IsOutAsync(db, exportId, cancellationToken);
    }

    private static Task<bool> IsOutAsync(PortalDbContext db, Guid exportId, CancellationToken cancellationToken) =>
        db.FootagePieces.AnyAsync(piece => piece.ExportId == exportId && FootagePieceStates.Out.Contains(piece.State), cancellationToken);

    /// <summary>Whether the tenant's credential is another operator's than the export's by now.</summary>
    private static async Task<bool> IsAnothersAsync(PortalDbContext db, FootageExport export, CancellationToken cancellationToken) =>
        await db.VendorCredentials.Where(credential => credential.Coverage == export.Coverage).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken) is { } operatorId
        && !string.Equals(operatorId, export.OperatorId, StringComparison.Ordinal);

    /// <summary>Why nothing more may be asked for; null when it may.</summary>
    private async Task<string?> TroubleAsync(PortalDbContext db, FootageExport export, CancellationToken cancellationToken)
    {
        if (await IsAnothersAsync(db, export, cancellationToken))
        {
            return ExportTrouble.OtherAccount;
        }

        var standings = await TenantAccess.StandingsAsync(db, [(export.OwnerId, export.TenantId)], clock.GetUtcNow(), cancellationToken);
        return standings.GetValueOrDefault((export.OwnerId, export.TenantId)) is { } standing && standing.May(Permission.CamerasExport) ? null : ExportTrouble.RightLost;
    }

    private async Task FinishAsync(PortalDbContext db, FootageExport export, CancellationToken cancellationToken)
    {
        (export.State, export.FinishedAt, export.Trouble, export.NotBefore) = (FootageExportState.Done, clock.GetUtcNow(), null, null);
        var pieces = await db.FootagePieces.Where(piece => piece.ExportId == export.Id).AsNoTracking().ToListAsync(cancellationToken);
        AddEnd(db, export, pieces.TrueForAll(piece => FootagePieceStates.Got.Contains(piece.State)), pieces);
    }

    /// <summary>Tells the trail what a cancelled export came to once what was out of it has: when it was cancelled, nobody knew.</summary>
    private async Task TellCancelledAsync(PortalDbContext db, FootageExport export, FootagePiece settled, CancellationToken cancellationToken)
    {
        if (export.State != FootageExportState.Cancelled || FootagePieceStates.Out.Contains(settled.State))
        {
            return;
        }

        await db.SaveChangesAsync(cancellationToken);
        var pieces = await db.FootagePieces.Where(piece => piece.ExportId == export.Id).AsNoTracking().ToListAsync(cancellationToken);
        if (!pieces.Exists(piece => FootagePieceStates.Out.Contains(piece.State)))
        {
            AddEnd(db, export, FootagePieceStates.Got.Contains(settled.State), pieces);
        }
    }

    private void AddEnd(PortalDbContext db, FootageExport export, bool isGood, IReadOnlyCollection<FootagePiece> pieces) => audit.AddOfJob(
        db,
        export.TenantId,
        export.OwnerId,
        export.OwnerName,
        new AuditAct(AuditActions.FootageExported, isGood ? AuditOutcome.Succeeded : AuditOutcome.Failed) { ObjectId = export.DeviceId, Detail = FootageAudit.Came(export, pieces) });

    /// <summary>Writes something in the operator's turn, unless the holder's is lost; then null is answered.</summary>
    internal Task<T?> WriteAsync<T>(Guid tenantId, JobTurn turn, Func<PortalDbContext, FootageExport, CancellationToken, Task<T?>> write, CancellationToken cancellationToken)
        where T : class => database.InOperatorsTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var asked = clock.GetTimestamp();
            if (await db.FootageExports.SingleOrDefaultAsync(row => row.Id == turn.JobId && row.Holder == turn.Holder, token) is not { } export)
            {
                return null;
            }

            var answer = await write(db, export, token);
            export.HeldUntil = clock.GetUtcNow() + JobTurn.HeldFor;
            await db.SaveChangesAsync(token);
            turn.Confirm(asked);
            return answer;
        },
        cancellationToken);
}
