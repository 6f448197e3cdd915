using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Looks for the export that the vendor was asked for when no answer came.</summary>
/// <param name="store">The exports.</param>
/// <param name="vendor">The vendor's exports.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportLookUp(ExportStore store, ExportVendor vendor, TimeProvider clock)
{
    /// <summary>What a call began whose answer was lost is in the vendor's list after this: the call has ended before.</summary>
    public static readonly TimeSpan CallEnds = TimeSpan.FromSeconds(60);

    /// <summary>What the list does not show is looked for once more so long after: it may lag behind.</summary>
    private static readonly TimeSpan LookedAgainAfter = TimeSpan.FromMinutes(1);

    /// <summary>The vendor is asked at most this long after that was written down: otherwise the call might not have ended by then.</summary>
    public static readonly TimeSpan AskedWithin = CallEnds - ExportVendor.LongestCall;

    /// <summary>
    /// For how long what the vendor began is certainly in its list: the address of what it made lives for ten minutes, and when an export
    /// that has expired drops out of the list nobody tells.
    /// </summary>
    private static readonly TimeSpan SurelyListed = TimeSpan.FromMinutes(8);

    /// <summary>Looks for a piece's export.</summary>
    /// <param name="step">The piece, which was marked as asked for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is to be written of it.</returns>
    public async Task<Action<FootageExport, FootagePiece>> LookAsync(ExportStep step, CancellationToken cancellationToken)
    {
        if (step.Piece.ListedBefore is null)
        {
            // The program ended before it asked the vendor.
            return (_, piece) => ExportMoves.Unask(piece);
        }

        var (asked, trace) = (step.Piece.AskedAt!.Value, new ExportTrace(step.Piece));
        var latest = await vendor.LatestAsync(step, trace.IsEnough, cancellationToken);
        if (latest.Error is VendorError { Kind: not VendorErrorKind.NotFound } error)
        {
            return (export, piece) => ExportMoves.WaitWith(export, piece, error, clock.GetUtcNow());
        }

        // Of a camera that the vendor does not find it has no list, and that tells nothing of what it began.
        var now = clock.GetUtcNow();
        var (isListed, listed) = latest.Error is null ? (true, latest.Value) : (false, []);
        var began = trace.Began(listed);
        var known = await store.KnownAsync(step.Export, [.. began.Select(export => export.ExportId)], trace.From, trace.To, cancellationToken);
        began = [.. began.Where(export => !known.VendorIds.Contains(export.ExportId))];
        // What began after it was looked for in vain is somebody else's.
        var missed = step.Piece.MissedAt;
        var ofThatMinute = began.Where(export => trace.IsOfThatMinute(export) && !(export.RequestedTime > missed)).ToList();
        if (ofThatMinute.Count == 0 && step.Export.Kind == FootageKind.Stills)
        {
            known = await store.KnownAsync(step.Export, [], trace.From, now, cancellationToken);
        }

        // A still that a person took then is in the same list, and nothing tells the two apart.
        var isShared = step.Export.Kind == FootageKind.Stills && known.StillsByHand;
        // Where the clocks differ it is of another minute; whoever looks late may as well have found somebody else's.
        var found = isShared ? null
            : ofThatMinute is [var one] ? one.ExportId
            : ofThatMinute.Count == 0 && missed is null && began is [var other] && trace.MayBeByOtherClocks(other) && now - asked <= SurelyListed ? other.ExportId
            : null;
        return (export, piece) =>
        {
            if (found is not null)
            {
                (piece.State, piece.VendorId, piece.IsFoundInList, piece.Reason) = (FootagePieceState.Exporting, found, true, null);
                ExportMoves.Clear(export);
            }
            else if (began.Count > 0)
            {
                (piece.State, piece.Reason) = (FootagePieceState.Unknown, ExportTrouble.SeveralBegan);
                ExportMoves.Clear(export);
            }
            else if (now - asked < CallEnds)
            {
                export.NotBefore = asked + CallEnds;
            }
            else if (now - (piece.MissedAt ??= now) < LookedAgainAfter)
            {
                export.NotBefore = piece.MissedAt + LookedAgainAfter;
            }
            else if (isListed && (now - asked <= SurelyListed || listed.Exists(trace.Reaches)))
            {
                ExportMoves.NotBegun(export, piece, now);
            }
            else
            {
                ExportMoves.Vanish(export, piece, now);
            }
        };
    }
}
