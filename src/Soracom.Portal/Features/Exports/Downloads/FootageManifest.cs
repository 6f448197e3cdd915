using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Exports.Downloads;

/// <summary>What an export is: of which camera and period, asked for by whom and why, and what its files hold. The same until the export changes.</summary>
internal static class FootageManifest
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Names of cameras stay readable; it is a file, never part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="export">The export.</param>
    /// <param name="pieces">All of its pieces, in the order of time.</param>
    public static byte[] Write(TenantIdentity tenant, FootageExport export, IReadOnlyList<FootagePiece> pieces)
    {
        var video = export.Kind == FootageKind.Video;
        var known = export.To < export.CreatedAt ? export.To : export.CreatedAt;
        var manifest = new
        {
            Format = "soracom-portal-footage/1",
            Export = new
            {
                export.Number,
                export.Id,
                Tenant = new { tenant.Slug, tenant.Name },
                State = Word(export.State),
                RequestedBy = export.RequestedBy,
                export.RequestedById,
                RequestedAt = export.CreatedAt.UtcDateTime,
                // Where somebody went on with it after a pause, or had what failed asked for again.
                ResumedBy = export.ResumedAt is null ? null : export.OwnerName,
                ResumedById = export.ResumedAt is null ? (Guid?)null : export.OwnerId,
                ResumedAt = export.ResumedAt?.UtcDateTime,
                FinishedAt = export.FinishedAt?.UtcDateTime,
                Reason = export.Reason.Length > 0 ? export.Reason : null,
            },
            Camera = new { export.DeviceId, Name = export.CameraName, export.Coverage, export.OperatorId },
            Period = new { From = export.From.UtcDateTime, To = export.To.UtcDateTime, TimeZone = tenant.OwnTimeZone },
            Options = new
            {
                Kind = Word(export.Kind),
                Archive = video ? export.Archive : (bool?)null,
                AudioCodec = video ? export.AudioCodec : null,
                WideAngleCorrection = video ? (bool?)null : export.WideAngle,
                export.EverySeconds,
                export.HarvestFolder,
            },
            ChargedSeconds = pieces.Sum(piece => piece.Charged),
            // Then that is the least: of so many pieces nobody knows whether the vendor has charged them.
            PiecesOfUnknownCharge = pieces.Count(piece => piece.MayBeCharged) is > 0 and var unknown ? unknown : (int?)null,
            MayBeChargedSeconds = pieces.Sum(piece => piece.MayBeChargedSeconds) is > 0 and var doubtful ? doubtful : (long?)null,
            // No answer told those: somebody else may have begun them.
            PiecesFoundInList = pieces.Count(piece => piece.IsFoundInList) is > 0 and var found ? found : (int?)null,
            // What the portal can't know is said rather than left to be guessed.
            NotKnown = export.HarvestFolder is null
                ? null
                : "The vendor put these files into the account's Harvest Files itself. The portal has not read them: it knows none of their names, sizes and SHA-256. {date} in a folder is the minute in which the vendor made a file.",
            // Without recording, left out as another export holds it, or not to be had.
            NotIncluded = video
                ? Footage.Gaps(Footage.Joined(pieces.Where(piece => IsHad(piece)).SelectMany(RecordedParts.Of)), new Period(export.From, known))
                    .Select(gap => new { From = gap.From.UtcDateTime, To = gap.To.UtcDateTime })
                : null,
            // When it was asked for, that was still to come.
            NotRecordedYet = export.To - known >= TimeSpan.FromSeconds(1) ? new { From = known.UtcDateTime, To = export.To.UtcDateTime } : null,
            Pieces = pieces.Select(piece => new
            {
                piece.Number,
                From = piece.From.UtcDateTime,
                To = video ? piece.To.UtcDateTime : (DateTime?)null,
                // An archive leaves out what lies between its recordings.
                Recorded = piece.Recorded is null ? null : RecordedParts.Of(piece).Select(part => new { From = part.From.UtcDateTime, To = part.To.UtcDateTime }),
                State = Word(piece.State),
                piece.Reason,
                AskedAt = piece.AskedAt?.UtcDateTime,
                VendorExportId = piece.VendorId,
                // No answer told it: somebody else may have begun it.
                FoundInList = piece.IsFoundInList ? true : (bool?)null,
                HarvestFolder = piece.State == FootagePieceState.Delivered ? FootageNames.HarvestFolder(export, piece) : null,
                File = piece.State == FootagePieceState.Fetched ? FootageNames.Piece(export, piece) : null,
                Bytes = piece.State == FootagePieceState.Fetched ? piece.Length : null,
                Sha256 = piece.State == FootagePieceState.Fetched ? piece.Sha256 : null,
                // As the video's own boxes tell; of archives that is not read.
                VideoSeconds = piece is { State: FootagePieceState.Fetched, VideoMilliseconds: { } milliseconds } ? milliseconds / 1000.0 : (double?)null,
                ShorterThanRecorded = piece is { State: FootagePieceState.Fetched, IsShort: true } ? true : (bool?)null,
                LongerThanRecorded = piece is { State: FootagePieceState.Fetched, IsLong: true } ? true : (bool?)null,
                LengthNotReadable = piece is { State: FootagePieceState.Fetched, IsUnread: true } ? true : (bool?)null,
                ChargedSeconds = piece.Charged,
                ChargeNotKnown = piece.MayBeCharged ? true : (bool?)null,
                MayBeChargedSeconds = piece.MayBeCharged ? piece.MayBeChargedSeconds : (long?)null,
            }),
        };
        return JsonSerializer.SerializeToUtf8Bytes(manifest, Json);
    }

    private static bool IsHad(FootagePiece piece) => piece.State is FootagePieceState.Fetched or FootagePieceState.Delivered;

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
