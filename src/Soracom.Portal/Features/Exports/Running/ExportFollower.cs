using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Follows what the vendor makes until it is there, and has it fetched the moment it is ready. Nothing is asked for here.</summary>
/// <param name="store">The exports.</param>
/// <param name="vendor">The vendor's exports.</param>
/// <param name="fetcher">Fetches what is ready.</param>
/// <param name="pauses">The pauses between two looks.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportFollower(ExportStore store, ExportVendor vendor, ExportFetcher fetcher, Pauses pauses, TimeProvider clock)
{
    private static readonly TimeSpan FirstPoll = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(30);

    /// <summary>An export that the vendor does not find by its id so long after it was asked for is looked for in its list, while its address lives.</summary>
    private static readonly TimeSpan ListedAfter = TimeSpan.FromMinutes(1);

    /// <summary>For so long after it was asked for, an export that the vendor does not find, nor lists, is looked for again.</summary>
    private static readonly TimeSpan FoundWithin = TimeSpan.FromMinutes(15);

    /// <summary>A piece that the vendor is at for so long after it was asked for is looked after each minute, and keeps no other export of the camera waiting.</summary>
    private static readonly TimeSpan AloneFor = TimeSpan.FromMinutes(15);

    /// <summary>Follows a piece that the vendor was asked for, until it is settled or has to wait.</summary>
    /// <param name="step">The piece.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="cancellationToken">Ends it; whoever goes on finds it as it was left.</param>
    public async Task FollowAsync(ExportStep step, JobTurn turn, CancellationToken cancellationToken)
    {
        var there = await fetcher.LookAsync(step, cancellationToken);
        if (there.File is { } found)
        {
            // An earlier program had fetched it, and did not come to note it.
            await KeepAsync(step, turn, found);
            return;
        }

        if (there.Trouble == ExportTrouble.StoreGone)
        {
            // Whether it was fetched is seen when the store is there again. A file that can't be read the vendor may still have.
            await PutAsync(step, turn, (export, piece) => ExportMoves.Hold(export, piece, ExportTrouble.StoreGone, clock.GetUtcNow()));
            return;
        }

        for (var pause = FirstPoll; ; pause = Longer(pause))
        {
            var age = clock.GetUtcNow() - step.Piece.AskedAt;
            var read = await ReadAsync(step, age >= ListedAfter, cancellationToken);
            if (read.Error is VendorError { Kind: not VendorErrorKind.NotFound } error)
            {
                await PutAsync(step, turn, (export, piece) => ExportMoves.WaitWith(export, piece, error, clock.GetUtcNow()));
                return;
            }

            if (read.Error is null && await SettleAsync(step, read.Value, turn, cancellationToken))
            {
                return;
            }

            if (read.Error is not null && age >= FoundWithin)
            {
                await PutAsync(step, turn, (export, piece) => ExportMoves.Vanish(export, piece, clock.GetUtcNow()));
                return;
            }

            await pauses.WaitAsync(pause, cancellationToken);
        }
    }

    /// <summary>How an export stands. One that the vendor does not find by its id, though not only just begun, is looked for in its list.</summary>
    private async Task<Result<CameraExport>> ReadAsync(ExportStep step, bool isListed, CancellationToken cancellationToken)
    {
        var read = await vendor.GetAsync(step, cancellationToken);
        return read.Error is VendorError { Kind: VendorErrorKind.NotFound } && isListed ? await vendor.FindAsync(step, cancellationToken) : read;
    }

    /// <returns>False while the vendor is still at it.</returns>
    private async Task<bool> SettleAsync(ExportStep step, CameraExport export, JobTurn turn, CancellationToken cancellationToken)
    {
        switch (export.Status)
        {
            case ExportStatus.Completed:
                await TakeInAsync(step, export, turn, cancellationToken);
                return true;
            case ExportStatus.Expired when step.Export.HarvestFolder is not null:
                // Only its address has died: what it leads to was put into the account's files when it was made.
                await PutAsync(step, turn, ExportMoves.Deliver);
                return true;
            case ExportStatus.Expired:
                await PutAsync(step, turn, (row, piece) => ExportMoves.Die(row, piece, clock.GetUtcNow()));
                return true;
            case ExportStatus.Failed:
                await PutAsync(step, turn, (row, piece) => ExportMoves.Again(row, piece, ExportTrouble.VendorFailed));
                return true;
            case ExportStatus.LimitExceeded:
                await PutAsync(step, turn, (row, piece) =>
                {
                    ExportMoves.Unask(piece);
                    ExportMoves.Pause(row, ExportTrouble.Quota, clock.GetUtcNow());
                });
                return true;
            case var _ when ExportMoves.IsLate(step.Piece, clock.GetUtcNow()):
                await PutAsync(step, turn, (_, piece) => ExportMoves.GiveUpLate(piece, ExportTrouble.NeverReady, clock.GetUtcNow()));
                return true;
            case var _ when clock.GetUtcNow() - step.Piece.AskedAt > AloneFor:
                await PutAsync(step, turn, (row, _) => ExportMoves.TakeLong(row, clock.GetUtcNow()));
                return true;
            default:
                return false;
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
        if (fetched.File is { } file)
        {
            await KeepAsync(step, turn, file);
            return;
        }

        await store.SettleAsync(step, turn, (export, piece) =>
        {
            // Nothing is on its way any more that room is set aside for.
            piece.Length = piece.State == FootagePieceState.Fetched ? piece.Length : null;
            if (piece.State == FootagePieceState.Exporting)
            {
                // Where something of the store's is in the way its address lives for a while yet: should somebody make room, it is fetched after all.
                // Otherwise it has died, though it was tried all along: whatever is in the way costs nothing more before somebody has looked.
                ExportMoves.Hold(export, piece, fetched.Trouble ?? ExportTrouble.LinkDied, clock.GetUtcNow());
            }
        });
    }

    /// <summary>Writes that a file is in the store, whatever somebody has settled of its piece meanwhile: it was paid for. One whose key was destroyed since nobody can read, and an export whose files were removed gets none again.</summary>
    private Task KeepAsync(ExportStep step, JobTurn turn, FetchedFile file) => store.SettleAsync(step, turn, (export, piece) =>
    {
        if (piece.FileKey is null || export.RemovedAt is not null)
        {
            return;
        }

        ExportMoves.Keep(piece, file);
        ExportMoves.Come(export);
    });

    /// <summary>Writes what came of a piece, unless somebody has settled it meanwhile, as by going on without it.</summary>
    private Task PutAsync(ExportStep step, JobTurn turn, Action<FootageExport, FootagePiece> change) => store.SettleAsync(step, turn, (export, piece) =>
    {
        if (piece.State == FootagePieceState.Exporting)
        {
            change(export, piece);
        }
    });

    private static TimeSpan Longer(TimeSpan pause) => pause * 1.5 < LongestPoll ? pause * 1.5 : LongestPoll;
}
