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
/// <param name="fetcher">Fetches what is ready.</param>
/// <param name="pauses">The pauses between two looks.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportRunner(ExportStore store, ExportVendor vendor, ExportFetcher fetcher, Pauses pauses, TimeProvider clock)
{
    /// <summary>How often a piece is asked for before it is given up.</summary>
    public const int MostAsked = 3;

    /// <summary>A call whose answer was lost has ended after this, and what it began is in the vendor's list.</summary>
    private static readonly TimeSpan CallEnds = TimeSpan.FromSeconds(60);

    /// <summary>How far the vendor's clock may be from the portal's.</summary>
    private static readonly TimeSpan ClockError = TimeSpan.FromSeconds(30);

    /// <summary>For how long the vendor's list tells of an export.</summary>
    private static readonly TimeSpan Traceable = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    /// <summary>Works on an export.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Ends the work; whoever goes on finds what was out.</param>
    /// <returns>Whether it was worked on: false when somebody else has it, its camera is busy, or there was nothing to do.</returns>
    public async Task<bool> RunAsync(Guid tenantId, Guid exportId, CancellationToken cancellationToken)
    {
        if (await store.TakeAsync(tenantId, exportId, cancellationToken) is not { } taken)
        {
            return false;
        }

        var turn = taken.Turn;
        // The vendor's words are for the export's owner; this flows to the calls and no further.
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(taken.Language);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var holding = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var held = turn.KeepAsync(token => store.HoldAsync(tenantId, turn, token), lost, holding.Token);
        try
        {
            while (await store.NextAsync(tenantId, turn, lost.Token) is { } step)
            {
                await DoAsync(step, turn, lost.Token);
            }
        }
        catch (OperationCanceledException) when (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Somebody else has taken the export over, and looks at what was out.
        }
        finally
        {
            await holding.CancelAsync();
            try
            {
                await held;
            }
            finally
            {
                await store.ReleaseAsync(tenantId, turn, CancellationToken.None);
            }
        }

        return true;
    }

    private Task DoAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken) => step switch
    {
        { Piece.State: FootagePieceState.Exporting } => FollowAsync(step, turn, cancellationToken),
        { IsFresh: true } => AskAsync(step, turn, cancellationToken),
        _ => LookUpAsync(step, turn, cancellationToken),
    };

    private async Task AskAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        if (await fetcher.ObstacleAsync(step, cancellationToken) is { } obstacle)
        {
            await PutAsync(step, turn, (export, piece) =>
            {
                Unask(piece);
                ExportStore.Pause(export, obstacle);
            });
            return;
        }

        if (!turn.IsSafe)
        {
            await PutAsync(step, turn, (_, piece) => Unask(piece));
            return;
        }

        var begun = await vendor.BeginAsync(step, cancellationToken);
        await PutAsync(step, turn, (export, piece) =>
        {
            if (begun.Error is null)
            {
                (piece.State, piece.VendorId) = (FootagePieceState.Exporting, begun.Value.ExportId);
                Clear(export);
            }
            else if (begun.Error is VendorError { OutcomeUnknown: true })
            {
                // It is looked up once the call has certainly ended.
                (export.Trouble, export.NotBefore) = (nameof(VendorErrorKind.Unavailable), clock.GetUtcNow() + CallEnds);
            }
            else if (begun.Error is VendorError { Kind: VendorErrorKind.NotFound or VendorErrorKind.Refused } no)
            {
                // The vendor's way of saying that nothing was recorded then is another for videos than for stills.
                var nothing = export.Kind == FootageKind.Video ? VendorErrorKind.Refused : VendorErrorKind.NotFound;
                (piece.State, piece.Reason) = (FootagePieceState.Failed, no.Kind == nothing ? ExportTrouble.NothingRecorded : no.Kind.ToString());
                Clear(export);
            }
            else
            {
                Unask(piece);
                Wait(export, (VendorError)begun.Error);
            }
        });
    }

    /// <summary>Looks for the export that was asked for when no answer came.</summary>
    private async Task LookUpAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        var latest = await vendor.LatestAsync(step, cancellationToken);
        if (latest.Error is VendorError error)
        {
            await PutAsync(step, turn, (export, piece) => WaitWith(export, piece, error));
            return;
        }

        var known = await store.KnownAsync(step.Export.TenantId, [.. latest.Value.Select(export => export.ExportId)], cancellationToken);
        var asked = step.Piece.AskedAt!.Value;
        var begun = latest.Value.Where(export => !known.Contains(export.ExportId) && export.RequestedTime >= asked - ClockError && export.RequestedTime <= asked + CallEnds + ClockError).ToList();
        await PutAsync(step, turn, (export, piece) =>
        {
            if (begun is [var one])
            {
                (piece.State, piece.VendorId) = (FootagePieceState.Exporting, one.ExportId);
            }
            else if (begun.Count > 1)
            {
                (piece.State, piece.Reason) = (FootagePieceState.Unknown, ExportTrouble.SeveralBegan);
            }
            else if (clock.GetUtcNow() - asked < CallEnds)
            {
                export.NotBefore = asked + CallEnds;
                return;
            }
            else
            {
                Unask(piece);
            }

            Clear(export);
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
            await PutAsync(step, turn, (export, _) => Hold(export, ExportTrouble.StoreGone));
            return;
        }

        for (var pause = FirstPoll; ; pause = Longer(pause))
        {
            var read = await vendor.GetAsync(step, cancellationToken);
            if (read.Error is VendorError { Kind: not VendorErrorKind.NotFound } error)
            {
                await PutAsync(step, turn, (export, piece) => WaitWith(export, piece, error));
                return;
            }

            switch (read.Error is null ? read.Value.Status : ExportStatus.Expired)
            {
                case ExportStatus.Completed:
                    await TakeInAsync(step, read.Value, turn, cancellationToken);
                    return;
                case ExportStatus.Failed:
                    await AgainAsync(step, turn, ExportTrouble.VendorFailed, charged: false);
                    return;
                case ExportStatus.Expired:
                    await AgainAsync(step, turn, ExportTrouble.LinkDied, charged: true);
                    return;
                case ExportStatus.LimitExceeded:
                    await PutAsync(step, turn, (export, piece) =>
                    {
                        Unask(piece);
                        ExportStore.Pause(export, ExportTrouble.Quota);
                    });
                    return;
                default:
                    await pauses.WaitAsync(pause, cancellationToken);
                    break;
            }
        }
    }

    private async Task TakeInAsync(ExportStep step, CameraExport ready, JobTurn turn, CancellationToken cancellationToken)
    {
        await PutAsync(step, turn, (export, piece) =>
        {
            Charge(piece);
            piece.State = export.HarvestFolder is null ? piece.State : FootagePieceState.Delivered;
            Clear(export);
        });
        if (step.Export.HarvestFolder is not null)
        {
            return;
        }

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
                Hold(export, trouble);
            }
            else
            {
                // Its address has died, though it was tried all along: whatever is in the way costs nothing more before somebody has looked.
                ExportStore.Pause(export, ExportTrouble.LinkDied);
                export.NotBefore = clock.GetUtcNow() + FirstPoll;
            }
        });
    }

    /// <summary>An export that came to nothing: it is made anew, unless it was often enough.</summary>
    private Task AgainAsync(ExportStep step, JobTurn turn, string reason, bool charged) => PutAsync(step, turn, (export, piece) =>
    {
        if (charged)
        {
            Charge(piece);
        }

        (piece.State, piece.Reason) = piece.Asked < MostAsked ? (FootagePieceState.Waiting, null) : (FootagePieceState.Failed, reason);
        Clear(export);
        if (charged && piece.State == FootagePieceState.Failed)
        {
            // Paid for three times and never had: whatever is in the way is in the way of the others, too.
            ExportStore.Pause(export, reason);
        }
    });

    private static void Charge(FootagePiece piece)
    {
        if (!piece.IsCharged)
        {
            piece.IsCharged = true;
            piece.Charged += piece.Cost;
        }
    }

    /// <summary>The vendor has not begun it: it waits as if it had not been asked.</summary>
    private static void Unask(FootagePiece piece)
    {
        (piece.State, piece.VendorId) = (FootagePieceState.Waiting, null);
        piece.Asked--;
    }

    private static void Clear(FootageExport export)
    {
        (export.Tries, export.NotBefore) = (0, null);
        export.Trouble = export.State == FootageExportState.Running ? null : export.Trouble;
    }

    /// <summary>The same where a piece is out; after a day nobody can tell any more what became of it.</summary>
    private void WaitWith(FootageExport export, FootagePiece piece, VendorError error)
    {
        Wait(export, error);
        if (clock.GetUtcNow() - piece.AskedAt > Traceable)
        {
            (piece.State, piece.Reason) = (FootagePieceState.Unknown, error.Kind.ToString());
        }
    }

    /// <summary>Pauses an export whose piece is out: that is still looked after, seldom.</summary>
    private void Hold(FootageExport export, string trouble)
    {
        ExportStore.Pause(export, trouble);
        export.NotBefore = clock.GetUtcNow() + LongestPoll;
    }

    /// <summary>The vendor does not go along: the export waits for it, or for somebody where the credential is at fault.</summary>
    private void Wait(FootageExport export, VendorError error)
    {
        export.Tries++;
        if (error.IsAboutTheCredential || (error.RetryAfter is null && export.Tries > JobPatience.MostTries))
        {
            var tries = export.Tries;
            ExportStore.Pause(export, error.Kind.ToString());
            // Where a piece is out it is followed on, seldom.
            (export.Tries, export.NotBefore) = (tries, clock.GetUtcNow() + JobPatience.After(tries, error.RetryAfter));
        }
        else
        {
            (export.Trouble, export.NotBefore) = (error.Kind.ToString(), clock.GetUtcNow() + JobPatience.After(export.Tries, error.RetryAfter));
        }
    }

    /// <summary>What is known by now is written even at the end of the program.</summary>
    private async Task PutAsync(ExportStep step, JobTurn turn, Action<FootageExport, FootagePiece> change)
    {
        if (await store.PutAsync(step.Export.TenantId, turn, step.Piece.Number, change, CancellationToken.None) is null)
        {
            throw new OperationCanceledException("The export was taken over.");
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPoll ? pause * 1.5 : LongestPoll;
}
