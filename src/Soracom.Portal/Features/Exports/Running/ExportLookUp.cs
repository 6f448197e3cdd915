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

    /// <summary>What the list does not show by then was not begun: it is looked at twice, as it may lag behind.</summary>
    private static readonly TimeSpan ListedBy = CallEnds * 2;

    /// <summary>The vendor is asked at most this long after that was written down: otherwise the call might not have ended by then.</summary>
    public static readonly TimeSpan AskedWithin = CallEnds - ExportVendor.LongestCall;

    /// <summary>How far the vendor's clock may be from the portal's.</summary>
    internal static readonly TimeSpan ClockError = TimeSpan.FromSeconds(30);

    /// <summary>Looks for a piece's export.</summary>
    /// <param name="step">The piece, which was marked as asked for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is to be written of it.</returns>
    public async Task<Action<FootageExport, FootagePiece>> LookAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var asked = step.Piece.AskedAt!.Value;
        var (from, to) = (asked - ClockError, asked + CallEnds + ClockError);
        var latest = await vendor.LatestAsync(step, from, cancellationToken);
        if (latest.Error is VendorError error)
        {
            return (export, piece) => ExportMoves.WaitWith(export, piece, error, clock.GetUtcNow());
        }

        var begun = latest.Value.Where(export => export.RequestedTime >= from && export.RequestedTime <= to).Select(export => export.ExportId).ToList();
        var known = await store.KnownAsync(step.Export, begun, from, to, cancellationToken);
        begun.RemoveAll(known.VendorIds.Contains);
        // A still that a person took at that moment is in the same list, and nothing tells the two apart.
        var isShared = step.Export.Kind == FootageKind.Stills && known.StillsByHand;
        return (export, piece) =>
        {
            if (begun is [var one] && !isShared)
            {
                (piece.State, piece.VendorId) = (FootagePieceState.Exporting, one);
                ExportMoves.Clear(export);
            }
            else if (begun.Count > 0)
            {
                (piece.State, piece.Reason) = (FootagePieceState.Unknown, ExportTrouble.SeveralBegan);
                ExportMoves.Clear(export);
            }
            else if (clock.GetUtcNow() - asked is var age && age < ListedBy)
            {
                export.NotBefore = asked + (age < CallEnds ? CallEnds : ListedBy);
            }
            else
            {
                ExportMoves.NotBegun(export, piece, clock.GetUtcNow());
            }
        };
    }
}
