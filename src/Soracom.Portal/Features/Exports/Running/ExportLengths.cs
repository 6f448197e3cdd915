using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Looks into videos that were stored before their lengths were kept, or that the store did not give when they were fetched.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="book">The keys of files.</param>
/// <param name="folder">The files.</param>
/// <param name="losses">Settles what the store never gives.</param>
internal sealed class ExportLengths(PortalDatabase database, ExportFileBook book, ExportFolder folder, ExportLosses losses)
{
    /// <summary>
    /// A file that the store did not give so often, though it was there each time, is lost: nobody looks for it any more until it is asked for again. By the worker's pace
    /// that takes some two hours at least.
    /// </summary>
    internal const int MostLooks = 12;

    /// <summary>How often the store did not give a file, since the program began.</summary>
    private readonly Dictionary<Guid, int> missed = [];

    /// <summary>How many, from the first on, the store did not give: the next ones come first, and those again once all were looked at.</summary>
    private int passed;

    /// <summary>So many are looked into at a time.</summary>
    public int AtOnce { get; init; } = 200;

    /// <summary>Looks into some of them.</summary>
    /// <param name="cancellationToken">Ends it; what is left comes the next time.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!folder.IsThere)
        {
            return;
        }

        var pieces = await UnseenAsync(cancellationToken);
        var left = 0;
        foreach (var ofTenant in pieces.GroupBy(piece => piece.TenantId))
        {
            left += await LookAsync(ofTenant.Key, [.. ofTenant], cancellationToken);
        }

        passed = pieces.Count < AtOnce ? 0 : passed + left;
    }

    /// <summary>Looks into some of a tenant's.</summary>
    /// <returns>How many are to be looked into again: what the store does not give says nothing of the video, and must not be in the way of the others.</returns>
    private async Task<int> LookAsync(Guid tenantId, List<FootagePiece> pieces, CancellationToken cancellationToken)
    {
        using var cipher = await OpenAsync(tenantId, cancellationToken);
        if (cipher is null)
        {
            // That is the tenant's trouble, and not the files'.
            return pieces.Count;
        }

        var left = 0;
        foreach (var piece in pieces)
        {
            left += await TroubleAsync(piece, cipher, cancellationToken) is not { } trouble || await IsLostAsync(piece, trouble, cancellationToken) ? 0 : 1;
        }

        return left;
    }

    /// <summary>What the tenant's keys are sealed with; null where it can't be opened now, or is no more.</summary>
    private async Task<ArchiveCipher?> OpenAsync(Guid tenantId, CancellationToken cancellationToken)
    {
        try
        {
            return await book.OpenAsync(tenantId, cancellationToken);
        }
        catch (VaultException)
        {
            return null;
        }
    }

    /// <summary>Looks into one.</summary>
    /// <returns>Null where it was; otherwise why the store did not give it.</returns>
    private async Task<string?> TroubleAsync(FootagePiece piece, ArchiveCipher cipher, CancellationToken cancellationToken)
    {
        try
        {
            if (!await IsSeenAsync(piece, ExportFileBook.KeyOf(cipher, piece), cancellationToken))
            {
                return ExportTrouble.FileBroken;
            }

            missed.Remove(piece.FileId!.Value);
            return null;
        }
        catch (Exception error) when (ExportFetcher.IsOfTheStore(error))
        {
            return ExportTrouble.FileUnread;
        }
    }

    /// <summary>Settles a file that the store did not give often enough.</summary>
    /// <returns>False where it is looked for again.</returns>
    private async Task<bool> IsLostAsync(FootagePiece piece, string trouble, CancellationToken cancellationToken)
    {
        var fileId = piece.FileId!.Value;
        if (!folder.IsThere || (missed[fileId] = missed.GetValueOrDefault(fileId) + 1) < MostLooks)
        {
            return false;
        }

        await losses.SettleAsync(piece.TenantId, piece.ExportId, [PlaceOf(piece)], trouble, cancellationToken);
        missed.Remove(fileId);
        return true;
    }

    private static StoredPlace PlaceOf(FootagePiece piece) => new(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value);

    private async Task<List<FootagePiece>> UnseenAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var exports = db.FootageExports.IgnoreQueryFilters([PortalDbContext.TenantFilter]).OfServed(db).Where(export => export.Kind == FootageKind.Video && !export.Archive);
        return await db.FootagePieces.IgnoreQueryFilters([PortalDbContext.TenantFilter]).AsNoTracking()
            .Where(piece => piece.State == FootagePieceState.Fetched && piece.FileKey != null && piece.FileId != null && piece.VideoMilliseconds == null && !piece.IsUnread
                && exports.Any(export => export.TenantId == piece.TenantId && export.Id == piece.ExportId))
            .OrderBy(piece => piece.ExportId)
            .ThenBy(piece => piece.Number)
            .Skip(passed)
            .Take(AtOnce)
            .ToListAsync(cancellationToken);
    }

    /// <returns>False where it is not there.</returns>
    private async Task<bool> IsSeenAsync(FootagePiece piece, byte[] key, CancellationToken cancellationToken)
    {
        TimeSpan? length = null;
        try
        {
            await using var content = folder.Open(PlaceOf(piece), key);
            if (content is null)
            {
                return false;
            }

            length = await Mp4Length.OfAsync(content, cancellationToken);
        }
        catch (InvalidDataException)
        {
            // Whoever downloads it sees what became of it.
        }

        ExportFetcher.NoteLength(piece, length, isUnread: length is null);
        await using var db = database.ForTenant(piece.TenantId);
        await db.FootagePieces
            .Where(row => row.ExportId == piece.ExportId && row.Number == piece.Number && row.FileId == piece.FileId && row.State == FootagePieceState.Fetched)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.VideoMilliseconds, piece.VideoMilliseconds).SetProperty(row => row.IsUnread, piece.IsUnread)
                    .SetProperty(row => row.IsShort, piece.IsShort).SetProperty(row => row.IsLong, piece.IsLong),
                cancellationToken);
        return true;
    }
}
