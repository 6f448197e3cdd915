using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Downloads;

/// <summary>Opens what exports hold, for those who may; that somebody is handed it is recorded before the first byte.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="book">The keys of files.</param>
/// <param name="folder">The files.</param>
/// <param name="losses">Settles what is not in the store.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class FootageFiles(PortalDatabase database, ExportFileBook book, ExportFolder folder, ExportLosses losses, AuditTrail audit)
{
    /// <summary>A download that goes on after a break, or comes in several parts at once, is recorded as one.</summary>
    private static readonly TimeSpan SameDownload = TimeSpan.FromMinutes(10);

    /// <summary>All pieces that there are by now as one ZIP, with a manifest.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file; a <see cref="GoneError"/> where there is none, a <see cref="FootageRemovedError"/>, or a <see cref="FootageLostError"/>.</returns>
    public async Task<Result<FootageDownload>> ZipAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(tenant, exportId, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        var (export, pieces) = found.Value;
        var fetched = pieces.Where(piece => piece is { State: FootagePieceState.Fetched, FileKey: not null }).ToDictionary(piece => FootageNames.Piece(export, piece), StringComparer.Ordinal);
        if (fetched.Count == 0)
        {
            return new GoneError();
        }

        var manifest = FootageManifest.Write(tenant.Tenant, export, pieces);
        using var sum = new ContentSum();
        sum.Append(manifest);
        var layout = new ZipLayout(
        [
            new ZipEntry(FootageNames.Manifest, sum.Value.Length, sum.Value.Crc32, export.FinishedAt ?? export.CreatedAt),
            .. fetched.Select(one => new ZipEntry(one.Key, one.Value.Length!.Value, (uint)one.Value.Crc32!.Value, one.Value.From)),
        ]);
        var keys = await book.KeysAsync(tenant.TenantId, fetched.Values, cancellationToken);
        if (keys.Count < fetched.Count || !await AreThereAsync(export, fetched.Values, cancellationToken))
        {
            return new FootageLostError();
        }

        var zip = new ZipStream(layout, entry => fetched.TryGetValue(entry.Name, out var piece) ? Open(export, piece, keys[piece.Number]) : new MemoryStream(manifest, writable: false));
        return new FootageDownload(zip, FootageNames.Zip(export, fetched.Count, pieces.Count), "application/zip", Convert.ToHexStringLower(SHA256.HashData(manifest)), token => RecordAsync(tenant, export, "", token));
    }

    /// <summary>One piece.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="number">The piece.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file; a <see cref="GoneError"/> where there is none, a <see cref="FootageRemovedError"/>, or a <see cref="FootageLostError"/>.</returns>
    public async Task<Result<FootageDownload>> PieceAsync(TenantContext tenant, Guid exportId, int number, CancellationToken cancellationToken)
    {
        var found = await FindAsync(tenant, exportId, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        var (export, pieces) = found.Value;
        if (pieces.FirstOrDefault(one => one.Number == number) is not { State: FootagePieceState.Fetched, FileKey: not null } piece)
        {
            return new GoneError();
        }

        if (!await AreThereAsync(export, [piece], cancellationToken))
        {
            return new FootageLostError();
        }

        var keys = await book.KeysAsync(tenant.TenantId, [piece], cancellationToken);
        return !keys.TryGetValue(number, out var key) ? new FootageLostError() : new FootageDownload(Open(export, piece, key), FootageNames.Alone(export, piece), FootageNames.ContentType(export), piece.Sha256!, token => RecordAsync(tenant, export, string.Create(CultureInfo.InvariantCulture, $"/{number}"), token));
    }

    /// <summary>The manifest alone: of an export into Harvest Files there is nothing else, as the portal has none of its files.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file; a <see cref="GoneError"/> where there is none, or a <see cref="FootageRemovedError"/>.</returns>
    public async Task<Result<FootageDownload>> ManifestAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        var found = await FindAsync(tenant, exportId, cancellationToken);
        if (found.Error is { } error)
        {
            return error;
        }

        var (export, pieces) = found.Value;
        var manifest = FootageManifest.Write(tenant.Tenant, export, pieces);
        return new FootageDownload(
            new MemoryStream(manifest, writable: false), FootageNames.ManifestAlone(export), "application/json", Convert.ToHexStringLower(SHA256.HashData(manifest)), token => RecordAsync(tenant, export, $"/{FootageNames.Manifest}", token));
    }

    private async Task<Result<(FootageExport Export, IReadOnlyList<FootagePiece> Pieces)>> FindAsync(TenantContext tenant, Guid exportId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasExport, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.FootageExports.AsNoTracking().SingleOrDefaultAsync(export => export.Id == exportId, cancellationToken) is not { } found ? new GoneError()
            : found.RemovedAt is not null ? new FootageRemovedError()
            : Result.Of<(FootageExport, IReadOnlyList<FootagePiece>)>((found, await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId).OrderBy(piece => piece.Number).ToListAsync(cancellationToken)));
    }

    /// <summary>Whether all files are in the store. Those that are not are settled as lost, so that they can be asked for again.</summary>
    private async Task<bool> AreThereAsync(FootageExport export, IReadOnlyCollection<FootagePiece> pieces, CancellationToken cancellationToken)
    {
        if (folder.Missing(pieces.ToDictionary(PlaceOf, piece => piece.Length!.Value)) is not { } missing)
        {
            return false;
        }

        if (missing.Count > 0)
        {
            await losses.SettleAsync(export.TenantId, export.Id, missing, ExportTrouble.FileBroken, cancellationToken);
        }

        return missing.Count == 0;
    }

    private static StoredPlace PlaceOf(FootagePiece piece) => new(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value);

    /// <summary>A piece's content. Where it turns out to be altered, it is settled as that, and the download breaks off.</summary>
    private TellingStream Open(FootageExport export, FootagePiece piece, byte[] key) => new(
        folder.Open(PlaceOf(piece), key) ?? throw new InvalidDataException($"Piece {piece.Number} of export {piece.ExportId} is not in the store."),
        () => losses.SettleAsync(export.TenantId, export.Id, [PlaceOf(piece)], ExportTrouble.FileAltered, CancellationToken.None));

    private Task RecordAsync(TenantContext tenant, FootageExport export, string detail, CancellationToken cancellationToken) =>
        audit.RecordOnceAsync(tenant, FootageAudit.Act(AuditActions.FootageDownloaded, export, detail), SameDownload, cancellationToken);
}

/// <summary>A file to download, which can be read from any place.</summary>
/// <param name="Content">Its content; to be disposed.</param>
/// <param name="Name">What it is called.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Tag">What changes when its content does.</param>
/// <param name="RecordAsync">Records that it is handed out, before its first byte is.</param>
internal sealed record FootageDownload(Stream Content, string Name, string ContentType, string Tag, Func<CancellationToken, Task> RecordAsync);
