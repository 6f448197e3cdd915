using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>What is known of pieces' files: their keys, which are written before the files, and the room that they take.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="store">The exports.</param>
/// <param name="archive">Seals the keys.</param>
/// <param name="rules">How much a tenant may keep.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportFileBook(PortalDatabase database, ExportStore store, TenantArchive archive, ExportRules rules, TimeProvider clock)
{
    /// <summary>More than 15 minutes of a camera's video have taken so far, sound included; in bytes.</summary>
    public const long LargePiece = 512L << 20;

    /// <summary>More than any still has taken so far, or the shortest video; in bytes.</summary>
    private const long SmallPiece = 16L << 20;

    /// <summary>What somebody may have made of a piece while its file was on its way.</summary>
    private static readonly FootagePieceState[] SettledMeanwhile = [FootagePieceState.Waiting, FootagePieceState.Failed, FootagePieceState.Skipped];

    /// <summary>The room that there has to be before the vendor is asked for a piece, in bytes: by its length.</summary>
    public static long RoomFor(FootagePiece piece) => Math.Max(SmallPiece, (long)(LargePiece * Math.Min(1, RecordedParts.LengthOf(piece) / ExportPlanner.LongestPiece)));

    /// <summary>Gives a piece a file of its own with a new key, and sets its room aside against other fetches of the tenant, before it is written.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="turn">The turn.</param>
    /// <param name="number">The piece.</param>
    /// <param name="length">How long it is, in bytes; null where nobody says, which is taken for a large one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The file; <see cref="NewFile.None"/> where the tenant has no room for it; <see cref="NewFile.Removed"/> where its export's files were removed meanwhile; null when the turn is lost.</returns>
    public async Task<NewFile?> NewFileAsync(Guid tenantId, JobTurn turn, int number, long? length, CancellationToken cancellationToken) => await store.WriteAsync(
        tenantId,
        turn,
        async (db, export, token) =>
        {
            if (export.RemovedAt is not null)
            {
                return NewFile.Removed;
            }

            var piece = await db.FootagePieces.SingleAsync(row => row.ExportId == export.Id && row.Number == number, token);
            (piece.Length, piece.Sha256, piece.Crc32) = (null, null, null);
            await db.SaveChangesAsync(token);
            var left = await rules.MostBytesAsync(db, token) - await TakenAsync(db, token);
            if (left < (length ?? 1))
            {
                return NewFile.None;
            }

            using var cipher = await archive.BeginAsync(db, tenantId, token);
            var file = new NewFile(Guid.CreateVersion7(), RandomNumberGenerator.GetBytes(SealedFile.KeySize), length ?? Math.Min(left, LargePiece), piece.FileId);
            (piece.FileId, piece.FileKey, piece.Length) = (file.FileId, cipher.Seal(file.FileId, 1, file.Key), file.Room);
            return file;
        },
        cancellationToken);

    /// <summary>The keys of pieces' files, by the pieces' numbers; those are left out that have none, or whose key is shut.</summary>
    public async Task<IReadOnlyDictionary<int, byte[]>> KeysAsync(Guid tenantId, IReadOnlyCollection<FootagePiece> pieces, CancellationToken cancellationToken)
    {
        using var cipher = await OpenAsync(tenantId, cancellationToken);
        return cipher is null
            ? new Dictionary<int, byte[]>()
            : pieces.Where(piece => piece is { FileId: not null, FileKey: { } key } && !cipher.IsShut(key)).ToDictionary(piece => piece.Number, piece => KeyOf(cipher, piece));
    }

    /// <summary>Opens what a tenant's keys are sealed with, for the keys of many files.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>It, to be disposed; null while nothing was sealed.</returns>
    /// <exception cref="VaultException">It can't be opened.</exception>
    public async Task<ArchiveCipher?> OpenAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        return await archive.OpenAsync(db, tenantId, cancellationToken);
    }

    /// <summary>The key of a file.</summary>
    /// <param name="cipher">What the tenant's keys are sealed with.</param>
    /// <param name="piece">A piece that has a file and its key.</param>
    /// <exception cref="VaultException">It was altered, or belongs elsewhere.</exception>
    public static byte[] KeyOf(ArchiveCipher cipher, FootagePiece piece) => cipher.Open(piece.FileId!.Value, 1, piece.FileKey!);

    /// <summary>Whether a tenant has room for so many bytes more, as far as its own limit goes.</summary>
    public async Task<bool> HasRoomAsync(Guid tenantId, long room, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        return await rules.MostBytesAsync(db, cancellationToken) - await TakenAsync(db, cancellationToken) >= room;
    }

    /// <summary>Whether any tenant has a file in the store.</summary>
    public async Task<bool> IsInUseAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.FootagePieces.IgnoreQueryFilters([PortalDbContext.TenantFilter]).AnyAsync(piece => piece.FileKey != null, cancellationToken);
    }

    /// <summary>What a tenant has in the store, and what is on its way there, also where somebody has gone on without it, or had it asked for again, meanwhile.</summary>
    private Task<long> TakenAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.FootagePieces
            .Where(piece => piece.FileKey != null
                && (piece.State == FootagePieceState.Fetched || piece.State == FootagePieceState.Exporting
                    || (SettledMeanwhile.Contains(piece.State) && piece.Sha256 == null && db.FootageExports.Any(export => export.Id == piece.ExportId && export.HeldUntil > now))))
            .SumAsync(piece => piece.Length ?? 0, cancellationToken);
    }
}

/// <summary>A file that is about to be written.</summary>
/// <param name="FileId">Its id.</param>
/// <param name="Key">Its key.</param>
/// <param name="Room">The most that it may have, in bytes.</param>
/// <param name="Former">The piece's file of an earlier try; null where there was none.</param>
internal sealed record NewFile(Guid FileId, byte[] Key, long Room, Guid? Former)
{
    /// <summary>There is no room for it.</summary>
    public static readonly NewFile None = new(Guid.Empty, [], 0, Former: null);

    /// <summary>The export's files were removed: it gets none any more.</summary>
    public static readonly NewFile Removed = new(Guid.AllBitsSet, [], 0, Former: null);
}
