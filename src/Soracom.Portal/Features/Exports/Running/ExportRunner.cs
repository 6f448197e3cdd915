using System.Globalization;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>
/// Works on one export until it is done, paused, cancelled or has to wait: asks the vendor for a piece, follows it, and fetches it the moment
/// it is ready; then the next.
/// </summary>
/// <param name="store">The exports.</param>
/// <param name="vendor">The vendor's exports.</param>
/// <param name="lookUp">Looks for what no answer came of.</param>
/// <param name="fetcher">Fetches what is ready.</param>
/// <param name="pauses">The pauses between two looks.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportRunner(ExportStore store, ExportVendor vendor, ExportLookUp lookUp, ExportFetcher fetcher, Pauses pauses, TimeProvider clock)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

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
                while (await store.NextAsync(tenantId, turn, token) is { } step)
                {
                    await DoAsync(step, turn, token);
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
        { Piece.State: FootagePieceState.Exporting } => FollowAsync(step, turn, cancellationToken),
        { IsFresh: true } => AskAsync(step, turn, cancellationToken),
        _ => LookUpAsync(step, turn, cancellationToken),
    };

    private async Task LookUpAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken) => await PutAsync(step, turn, await lookUp.LookAsync(step, cancellationToken));

    private async Task AskAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        if (await fetcher.ObstacleAsync(step, cancellationToken) is { } obstacle)
        {
            await PutAsync(step, turn, (export, piece) =>
            {
                ExportMoves.Unask(piece);
                ExportMoves.Pause(export, obstacle, clock.GetUtcNow());
            });
            return;
        }

        if (IsLateToAsk(step) && await store.PutAsync(step.Export.TenantId, turn, step.Piece.Number, (_, piece) => piece.AskedAt = clock.GetUtcNow(), cancellationToken) is { } marked)
        {
            // A share took its time: an answer that is lost is looked for from when the vendor was asked.
            step = marked;
        }

        if (!turn.IsSafe || IsLateToAsk(step))
        {
            await PutAsync(step, turn, (_, piece) => ExportMoves.Unask(piece));
            return;
        }

        var begun = await vendor.BeginAsync(step, cancellationToken);
        var isUnlicensed = begun.Error is VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.Refused, OutcomeUnknown: false } && await vendor.IsUnlicensedAsync(step, cancellationToken);
        // The vendor refuses a video alike where nothing was recorded and where it takes something else amiss.
        var isAmiss = !isUnlicensed && step.Export.Kind == FootageKind.Video && begun.Error is VendorError { Kind: VendorErrorKind.Refused, OutcomeUnknown: false } && await vendor.IsRecordedAsync(step, cancellationToken);
        await PutAsync(step, turn, (export, piece) =>
        {
            if (begun.Error is null)
            {
                (piece.State, piece.VendorId) = (FootagePieceState.Exporting, begun.Value.ExportId);
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

    private async Task FollowAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            if (await fetcher.FoundAsync(step, cancellationToken) is { } found)
            {
                // An earlier program had fetched it, and did not come to note it.
                await PutAsync(step, turn, (_, piece) => ExportFetcher.Note(piece, found));
                return;
            }
        }
        catch (Exception error) when (ExportFetcher.IsOfTheStore(error))
        {
            // Whether it was fetched is seen when the store is there again.
            await PutAsync(step, turn, (export, piece) => ExportMoves.Hold(export, piece, ExportTrouble.StoreGone, clock.GetUtcNow()));
            return;
        }

        for (var pause = FirstPoll; ; pause = Longer(pause))
        {
            var read = await vendor.GetAsync(step, cancellationToken);
            if (read.Error is VendorError { Kind: not VendorErrorKind.NotFound } error)
            {
                await PutAsync(step, turn, (export, piece) => ExportMoves.WaitWith(export, piece, error, clock.GetUtcNow()));
                return;
            }

            switch (read.Error is null ? read.Value.Status : ExportStatus.Expired)
            {
                case ExportStatus.Completed:
                    await TakeInAsync(step, read.Value, turn, cancellationToken);
                    return;
                case ExportStatus.Failed:
                    await PutAsync(step, turn, (export, piece) => ExportMoves.Again(export, piece, ExportTrouble.VendorFailed, charged: false, clock.GetUtcNow()));
                    return;
                case ExportStatus.Expired when read.Error is null && step.Export.HarvestFolder is not null:
                    // Only its address has died: what it leads to was put into the account's files when it was made.
                    await PutAsync(step, turn, ExportMoves.Deliver);
                    return;
                case ExportStatus.Expired when read.Error is not null && (step.Export.HarvestFolder is not null || ExportMoves.IsLate(step.Piece, clock.GetUtcNow())):
                    // The vendor knows nothing of it any more: it may have been made, and charged, or not.
                    await PutAsync(step, turn, (_, piece) => (piece.State, piece.Reason) = (FootagePieceState.Unknown, nameof(VendorErrorKind.NotFound)));
                    return;
                case ExportStatus.Expired:
                    await PutAsync(step, turn, (export, piece) => ExportMoves.Again(export, piece, ExportTrouble.LinkDied, charged: true, clock.GetUtcNow()));
                    return;
                case ExportStatus.LimitExceeded:
                    await PutAsync(step, turn, (export, piece) =>
                    {
                        ExportMoves.Unask(piece);
                        ExportMoves.Pause(export, ExportTrouble.Quota, clock.GetUtcNow());
                    });
                    return;
                default:
                    if (ExportMoves.IsLate(step.Piece, clock.GetUtcNow()))
                    {
                        await PutAsync(step, turn, (_, piece) => ExportMoves.GiveUpLate(piece, ExportTrouble.NeverReady, clock.GetUtcNow()));
                        return;
                    }

                    await pauses.WaitAsync(pause, cancellationToken);
                    break;
            }
        }
    }

    private async Task TakeInAsync(ExportStep step, CameraExport ready, JobTurn turn, CancellationToken cancellationToken)
    {
        if (step.Export.HarvestFolder is not null)
        {
            await PutAsync(step, turn, ExportMoves.Deliver);
            return;
        }

        await PutAsync(step, turn, (export, piece) =>
        {
            ExportMoves.Charge(piece);
            ExportMoves.Clear(export);
        });

        var fetched = await fetcher.FetchAsync(step, ready, turn, cancellationToken);
        await PutAsync(step, turn, (export, piece) =>
        {
            if (fetched.Content is { } content)
            {
                ExportFetcher.Note(piece, content);
            }
            else if (fetched.Trouble is { } trouble)
            {
                // Its address lives for a while yet: should somebody make room, it is fetched after all.
                ExportMoves.Hold(export, piece, trouble, clock.GetUtcNow());
            }
            else
            {
                // Its address has died, though it was tried all along: whatever is in the way costs nothing more before somebody has looked.
                ExportMoves.Pause(export, ExportTrouble.LinkDied, clock.GetUtcNow());
                export.NotBefore = clock.GetUtcNow() + FirstPoll;
            }
        });
    }

    /// <summary>Whether a call that is begun now might end after what it began is looked for.</summary>
    private bool IsLateToAsk(ExportStep step) => clock.GetUtcNow() - step.Piece.AskedAt > ExportLookUp.AskedWithin;

    /// <summary>What is known by now is written even at the end of the program.</summary>
    private async Task PutAsync(ExportStep step, JobTurn turn, Action<FootageExport, FootagePiece> change)
    {
        if (await store.PutAsync(step.Export.TenantId, turn, step.Piece.Number, change, CancellationToken.None) is null)
        {
            throw new TurnLostException();
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPoll ? pause * 1.5 : LongestPoll;
}
