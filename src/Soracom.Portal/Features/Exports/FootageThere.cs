using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports;

/// <summary>An export that holds, or is to hold, some of what is asked for again.</summary>
/// <param name="Export">The export.</param>
/// <param name="Parts">What it holds of the period, in the order of time.</param>
/// <param name="IsUnderWay">Whether some of that is yet to come.</param>
public sealed record FootageThere(FootageExport Export, IReadOnlyList<Period> Parts, bool IsUnderWay)
{
    /// <summary>How much it holds of the period; nothing for stills, which are moments.</summary>
    public TimeSpan Length => Parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length);

    /// <summary>The exports that hold some of what a request asks for, the newest first.</summary>
    internal static async Task<IReadOnlyList<FootageThere>> OfAsync(PortalDbContext db, SoracomCoverage coverage, ExportRequest request, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        // The camera may have been another operator's before.
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
        var exports = await db.FootageExports.AsNoTracking()
            .Where(export => export.Coverage == name && export.OperatorId == operatorId && export.DeviceId == request.DeviceId && export.Kind == request.Kind
                && export.From < request.To && export.To > request.From && export.RemovedAt == null && export.HarvestFolder == null)
            .OrderByDescending(export => export.Number)
            .ToListAsync(cancellationToken);
        var ids = exports.Select(export => export.Id).ToList();
        var pieces = await db.FootagePieces.AsNoTracking()
            .Where(piece => ids.Contains(piece.ExportId) && (piece.State == FootagePieceState.Fetched || FootagePieceStates.ToCome.Contains(piece.State)) && piece.From < request.To && piece.To >= request.From)
            .OrderBy(piece => piece.Number)
            .Select(piece => new { piece.ExportId, piece.From, piece.To, piece.State })
            .ToListAsync(cancellationToken);
        var byExport = pieces.ToLookup(piece => piece.ExportId);
        return
        [
            .. exports.Where(export => byExport.Contains(export.Id)).Select(export => new FootageThere(
                export,
                PartsOf(request, byExport[export.Id].Select(piece => new Period(piece.From, piece.To).Within(request.Period))),
                byExport[export.Id].Any(piece => piece.State != FootagePieceState.Fetched))).Where(there => there.Parts.Count > 0),
        ];
    }

    private static IReadOnlyList<Period> PartsOf(ExportRequest request, IEnumerable<Period> pieces) => request.Kind == FootageKind.Stills ? [.. pieces] : Footage.Joined(pieces);
}
