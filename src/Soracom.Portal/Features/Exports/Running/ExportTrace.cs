using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Tells in the vendor's list of a camera's exports what a piece may have begun from what was there before it was asked for, whatever the vendor's clock says.</summary>
/// <param name="piece">The piece.</param>
internal sealed class ExportTrace(FootagePiece piece)
{
    /// <summary>So many of the newest exports are remembered: one of them is still listed when others have dropped out.</summary>
    public const int Remembered = 10;

    /// <summary>How far the vendor's clock may be from the portal's at most. Where what was there before does not tell, what is further away is not of the same moment.</summary>
    private static readonly TimeSpan ClocksApartAtMost = TimeSpan.FromHours(1);

    /// <summary>How far the clocks usually are from each other.</summary>
    private static readonly TimeSpan ClocksApart = TimeSpan.FromSeconds(30);

    /// <summary>Marks, among what is remembered, what had come to its end by then.</summary>
    private const char Ended = '=';

    private readonly HashSet<string> before = [.. Listed(piece).Select(id => id.TrimStart(Ended))];

    private readonly HashSet<string> ended = [.. Listed(piece).Where(id => id[0] == Ended).Select(id => id.TrimStart(Ended))];

    private readonly DateTimeOffset asked = piece.AskedAt ?? DateTimeOffset.MinValue;

    /// <summary>What is remembered of a list before the vendor is asked.</summary>
    /// <param name="newest">The list, the newest first.</param>
    public static string Of(IEnumerable<CameraExport> newest)
    {
        var ids = new List<string>();
        foreach (var id in newest.Take(Remembered).Select(export => IsReady(export) ? Ended + export.ExportId : export.ExportId))
        {
            if (ids.Sum(known => known.Length + 1) + id.Length > FootagePiece.ListedLength)
            {
                break;
            }

            ids.Add(id);
        }

        return string.Join(' ', ids);
    }

    /// <summary>What of the list, the newest first, was not there before the vendor was asked, whatever time it tells: what failed is charged to nobody.</summary>
    public IReadOnlyList<CameraExport> Began(IEnumerable<CameraExport> latest) =>
        [.. latest.TakeWhile(export => !before.Contains(export.ExportId)).Where(export => export.Status is not (ExportStatus.Failed or ExportStatus.LimitExceeded))];

    /// <summary>Whether something that was not there before may be the piece's although it is of another minute: of clocks that are further apart than that nobody can tell anything.</summary>
    public bool MayBeByOtherClocks(CameraExport export) =>
        !(export.RequestedTime < asked - ClocksApartAtMost) && !(export.RequestedTime > asked + ExportLookUp.CallEnds + ClocksApartAtMost);

    /// <summary>The beginning of the minute in which the vendor was asked, by clocks that are right.</summary>
    public DateTimeOffset From => asked - ClocksApart;

    /// <summary>Its end.</summary>
    public DateTimeOffset To => asked + ExportLookUp.CallEnds + ClocksApart;

    /// <summary>Whether an export is of the very minute in which the vendor was asked, by clocks that are right.</summary>
    public bool IsOfThatMinute(CameraExport export) => export.RequestedTime >= From && export.RequestedTime <= To;

    /// <summary>Whether an export was there before the vendor was asked.</summary>
    public bool IsEarlier(CameraExport export) => before.Contains(export.ExportId) || export.RequestedTime < asked - ClocksApartAtMost;

    /// <summary>
    /// Whether what began since is certainly listed, whatever became of it: something is that had ended before. What was still being made then may have ended after
    /// what the piece began, and be listed longer.
    /// </summary>
    public bool Reaches(CameraExport export) => ended.Contains(export.ExportId) && IsReady(export);

    /// <summary>Whether nothing more of the list can tell anything.</summary>
    public bool IsEnough(CameraExport export) => Reaches(export) || export.RequestedTime < asked - ExportMoves.Traceable;

    private static string[] Listed(FootagePiece piece) => (piece.ListedBefore ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static bool IsReady(CameraExport export) => export.Status is ExportStatus.Completed or ExportStatus.Expired;
}
