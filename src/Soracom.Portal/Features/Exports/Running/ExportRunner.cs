using System.Globalization;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>
/// Works on one export until it is done, paused, cancelled or has to wait: asks the vendor for a piece and has it followed until it is there;
/// then the next.
/// </summary>
/// <param name="store">The exports.</param>
/// <param name="vendor">The vendor's exports.</param>
/// <param name="lookUp">Looks for what no answer came of.</param>
/// <param name="follower">Follows what the vendor makes.</param>
/// <param name="fetcher">Knows whether what comes can be kept.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportRunner(ExportStore store, ExportVendor vendor, ExportLookUp lookUp, ExportFollower follower, ExportFetcher fetcher, TimeProvider clock)
{
    /// <summary>Works on an export.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="isWanted">Whether others wait: then it gives way after a piece, as it may take hours. Null where nobody does.</param>
    /// <param name="cancellationToken">Ends the work; whoever goes on finds what was out.</param>
    /// <returns>Whether it was worked on: false when somebody else has it, its camera is busy, or there was nothing to do.</returns>
    public async Task<bool> RunAsync(Guid tenantId, Guid exportId, Func<bool>? isWanted, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(tenantId, exportId, cancellationToken) is not { } taken)
        {
            return false;
        }

        var turn = taken.Turn;
        // The vendor's words are for the export's owner; this flows to the calls and no further.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(taken.Language);
        await turn.WorkAsync(
            token => store.HoldAsync(tenantId, turn, token),
            async token =>
            {
                while (await store.NextAsync(tenantId, turn, turn.Calls) is { } step)
                {
                    await DoAsync(step, turn, token);
                    token.ThrowIfCancellationRequested();
                    if (isWanted?.Invoke() == true && await store.IsBetweenAsync(tenantId, exportId, token))
                    {
                        return;
                    }
                }
            },
            () => store.ReleaseAsync(tenantId, turn, CancellationToken.None),
            cancellationToken);
        return true;
    }

    private Task DoAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken) => step switch
    {
        { Piece.State: FootagePieceState.Exporting } => follower.FollowAsync(step, turn, cancellationToken),
        // What it costs, and whether it was begun, has to be known before the program ends.
        { IsFresh: true } => AskAsync(step, turn, turn.Calls),
        _ => LookUpAsync(step, turn, turn.Calls),
    };

    private async Task LookUpAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken) => await PutAsync(step, turn, await lookUp.LookAsync(step, cancellationToken));

    private async Task AskAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        if (step.Piece.FileKey is not null && await IsSettledByTheStoreAsync(step, turn, cancellationToken))
        {
            return;
        }

        if (await fetcher.ObstacleAsync(step, cancellationToken) is { } obstacle)
        {
            await PutAsync(step, turn, (export, piece) =>
            {
                ExportMoves.Unask(piece);
                ExportMoves.Pause(export, obstacle, clock.GetUtcNow());
            });
            return;
        }

        var newest = await vendor.NewestAsync(step, cancellationToken);
        if (newest.Error is VendorError error)
        {
            // Where nobody could tell what a lost answer had begun, nothing is asked for.
            await PutAsync(step, turn, (export, piece) =>
            {
                ExportMoves.Unask(piece);
                if (error.Kind == VendorErrorKind.NotFound)
                {
                    ExportMoves.Pause(export, ExportTrouble.CameraGone, clock.GetUtcNow());
                }
                else
                {
                    ExportMoves.Wait(export, error, clock.GetUtcNow());
                }
            });
            return;
        }

        // An answer that is lost is looked for from here on, among what was not there before.
        var marked = await store.PutAsync(step.Export.TenantId, turn, step.Piece.Number, (_, piece) => (piece.ListedBefore, piece.AskedAt, piece.VendorId, piece.IsFoundInList) = (ExportTrace.Of(newest.Value), clock.GetUtcNow(), null, false), cancellationToken);
        if (!turn.IsSafe || marked is null || IsLateToAsk(marked))
        {
            await PutAsync(step, turn, (_, piece) => ExportMoves.Unask(piece));
            return;
        }

        step = marked;
        var begun = await vendor.BeginAsync(step, cancellationToken);
        var isUnlicensed = begun.Error is VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.Refused, OutcomeUnknown: false } && await vendor.IsUnlicensedAsync(step, cancellationToken);
        // The vendor refuses a video alike where nothing was recorded and where it takes something else amiss.
        var isAmiss = !isUnlicensed && step.Export.Kind == FootageKind.Video && begun.Error is VendorError { Kind: VendorErrorKind.Refused, OutcomeUnknown: false } && await vendor.IsRecordedAsync(step, cancellationToken);
        await PutAsync(step, turn, (export, piece) =>
        {
            if (begun.Error is null)
            {
                (piece.State, piece.VendorId, piece.Reason) = (FootagePieceState.Exporting, begun.Value.ExportId, null);
                ExportMoves.Clear(export);
            }
            else if (begun.Error is VendorError { OutcomeUnknown: true })
            {
                // It is looked up once the call has certainly ended.
                ExportMoves.LookUpAt(export, clock.GetUtcNow() + ExportLookUp.CallEnds);
            }
            else if (isUnlicensed)
            {
                ExportMoves.Unask(piece);
                ExportMoves.Pause(export, ExportTrouble.NoLicence, clock.GetUtcNow());
            }
            else if (isAmiss)
            {
                // The next piece would be refused as well: somebody has to look.
                ExportMoves.Unask(piece);
                ExportMoves.Pause(export, nameof(VendorErrorKind.Refused), clock.GetUtcNow());
            }
            else if (begun.Error is VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.Refused } no)
            {
                // The vendor's way of saying that nothing was recorded then is another for videos than for stills.
                var nothing = export.Kind == FootageKind.Video ? VendorErrorKind.Refused : VendorErrorKind.NotFound;
                (piece.State, piece.Reason) = (FootagePieceState.Failed, no.Kind == nothing ? ExportTrouble.NothingRecorded : no.Kind.ToString());
                ExportMoves.Clear(export);
            }
            else
            {
                ExportMoves.Unask(piece);
                ExportMoves.Wait(export, (VendorError)begun.Error, clock.GetUtcNow());
            }
        });
    }

    /// <summary>
    /// Takes what is in the store of a piece already. Where the store does not tell, nothing is asked for before it does; a file that can't be read is settled as lost,
    /// unless whoever had it asked for again was told so.
    /// </summary>
    /// <returns>False where nothing is there, or nothing that can be had.</returns>
    private async Task<bool> IsSettledByTheStoreAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        var there = await fetcher.LookAsync(step, cancellationToken);
        if (there.File is { } found)
        {
            // What was paid for came after somebody had it asked for again: it is not paid for once more.
            await PutAsync(step, turn, (_, piece) => ExportMoves.Keep(piece, found));
            return true;
        }

        if (there.Trouble == ExportTrouble.StoreGone)
        {
            // It may lie there, though the store fails for a moment.
            await PutAsync(step, turn, (export, piece) =>
            {
                ExportMoves.PutBack(piece);
                ExportMoves.Pause(export, ExportTrouble.StoreGone, clock.GetUtcNow());
            });
            return true;
        }

        if (there.Trouble is null || step.Piece.Reason == ExportTrouble.FileUnread)
        {
            return false;
        }

        await PutAsync(step, turn, (_, piece) => ExportMoves.LoseUnread(piece));
        return true;
    }

    /// <summary>Whether a call that is begun now might end after what it began is looked for.</summary>
    private bool IsLateToAsk(ExportStep step) => clock.GetUtcNow() - step.Piece.AskedAt > ExportLookUp.AskedWithin;

    private Task PutAsync(ExportStep step, JobTurn turn, Action<FootageExport, FootagePiece> change) => store.SettleAsync(step, turn, change);
}
