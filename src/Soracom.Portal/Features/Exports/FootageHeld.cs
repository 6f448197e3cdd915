using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports;

/// <summary>What exports hold of what is asked for again.</summary>
/// <param name="Same">Those that hold the same, the newest first.</param>
/// <param name="Other">Those that hold the period otherwise, or can't be counted on for it, such as where a video is shorter than what was recorded, the newest first.</param>
/// <param name="IsCut">Whether there are more, older ones, that were not looked at.</param>
internal sealed record FootageHeld(IReadOnlyList<FootageThere> Same, IReadOnlyList<FootageThere> Other, bool IsCut)
{
    /// <summary>The most exports of a period that are looked at, the newest first.</summary>
    public const int MostExports = 100;

    /// <summary>The most pieces that are looked at.</summary>
    public const int MostPieces = 20_000;

    /// <summary>What the vendor was asked for is fetched whatever becomes of its export.</summary>
    private static readonly FootagePieceState[] Sure = [.. FootagePieceStates.Got, .. FootagePieceStates.Out];

    /// <summary>The exports of a request's period, as far as they have files of it, or are to have some.</summary>
    public static async Task<FootageHeld> OfAsync(PortalDbContext db, SoracomCoverage coverage, ExportRequest request, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        // The camera may have been another operator's before.
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
        var held = db.FootagePieces.Where(piece => piece.From < request.To && piece.To >= request.From && (Sure.Contains(piece.State) || piece.State == FootagePieceState.Waiting));
        var exports = await db.FootageExports.AsNoTracking()
            .Where(export => export.Coverage == name && export.OperatorId == operatorId && export.DeviceId == request.DeviceId && export.Kind == request.Kind
                && export.From < request.To && export.To > request.From && export.RemovedAt == null && held.Any(piece => piece.ExportId == export.Id))
            .OrderByDescending(export => export.Number)
            .Take(MostExports + 1)
            .ToListAsync(cancellationToken);
        var looked = exports.Take(MostExports).ToDictionary(export => export.Id);
        var ids = looked.Keys.ToList();
        var pieces = await held.AsNoTracking()
            .Where(piece => ids.Contains(piece.ExportId))
            .Join(db.FootageExports, piece => piece.ExportId, export => export.Id, (piece, export) => new { export.Number, Piece = piece.Number, piece.ExportId, piece.From, piece.To, piece.State, piece.VideoMilliseconds, piece.IsShort, piece.IsUnread, piece.IsFoundInList })
            .OrderByDescending(piece => piece.Number)
            .ThenBy(piece => piece.Piece)
            .Take(MostPieces + 1)
            .ToListAsync(cancellationToken);
        var all = pieces.Take(MostPieces).GroupBy(piece => piece.ExportId).SelectMany(group => PartsOf(
            request, looked[group.Key], [.. group.Select(piece => new Part(
                new Period(piece.From, piece.To).Within(request.Period),
                piece.State,
                piece.IsFoundInList ? FootageDifference.Found
                    : piece is { State: FootagePieceState.Fetched, IsShort: true } ? FootageDifference.TooShort
                    : piece is { State: FootagePieceState.Fetched, IsUnread: true } ? FootageDifference.Unread
                    : null,
                piece.VideoMilliseconds is { } video ? TimeSpan.FromMilliseconds(video) : null))])).ToList();
        return new FootageHeld(
            [.. all.Where(there => there.Differences.Count == 0)], [.. all.Where(there => there.Differences.Count > 0)], exports.Count > MostExports || pieces.Count > MostPieces);
    }

    /// <summary>What an export holds: what waits of a paused one is apart, as nobody knows whether it comes.</summary>
    private static IEnumerable<FootageThere> PartsOf(ExportRequest request, FootageExport export, IReadOnlyList<Part> pieces)
    {
        var differences = DifferencesOf(request, export);
        var isPaused = export.State == FootageExportState.Paused;
        var counted = pieces.Where(piece => piece.State != FootagePieceState.Waiting || export.State == FootageExportState.Running).ToList();
        // What nobody can vouch for is told, and not taken for what is asked for.
        foreach (var alike in counted.GroupBy(piece => piece.Doubt).OrderBy(group => group.Key))
        {
            if (Joined(request, alike) is { Count: > 0 } sure)
            {
                yield return new FootageThere(export, sure, alike.Any(piece => !FootagePieceStates.Got.Contains(piece.State)))
                {
                    Differences = alike.Key is { } doubt ? [.. differences, doubt] : differences,
                    AtMost = alike.Key is null ? null : alike.Aggregate(TimeSpan.Zero, (sum, piece) => sum + (piece.Video < piece.Period.Length ? piece.Video.Value : piece.Period.Length)),
                };
            }
        }

        if (isPaused && Joined(request, pieces.Where(piece => piece.State == FootagePieceState.Waiting)) is { Count: > 0 } waiting)
        {
            yield return new FootageThere(export, waiting, IsUnderWay: false) { Differences = [.. differences, FootageDifference.Paused] };
        }
    }

    private static IReadOnlyList<FootageDifference> DifferencesOf(ExportRequest request, FootageExport export)
    {
        var isVideo = request.Kind == FootageKind.Video;
        (FootageDifference Difference, bool IsThere)[] differences =
        [
            (FootageDifference.Sound, isVideo && !string.Equals(export.AudioCodec, request.AudioCodec, StringComparison.Ordinal)),
            (FootageDifference.Archive, isVideo && export.Archive != request.Archive),
            (FootageDifference.WideAngle, !isVideo && export.WideAngle != request.WideAngle),
            (FootageDifference.InHarvest, export.HarvestFolder is not null),
            (FootageDifference.InPortal, export.HarvestFolder is null && request.HarvestFolder is not null),
        ];
        return [.. differences.Where(one => one.IsThere).Select(one => one.Difference)];
    }

    private static IReadOnlyList<Period> Joined(ExportRequest request, IEnumerable<Part> pieces)
    {
        var parts = pieces.Select(piece => piece.Period);
        return request.Kind == FootageKind.Stills ? [.. parts.Where(part => part.From < request.To)] : Footage.Joined(parts);
    }

    /// <summary>What a piece holds of a period.</summary>
    /// <param name="Period">Which part of it.</param>
    /// <param name="State">Where the piece stands.</param>
    /// <param name="Doubt">Why it can't be counted on; null where it can.</param>
    /// <param name="Video">How long its video is; null where nobody knows.</param>
    private sealed record Part(Period Period, FootagePieceState State, FootageDifference? Doubt, TimeSpan? Video);
}
