using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Looks into videos that were stored before their lengths were kept, or that the store did not give when they were fetched.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="book">The keys of files.</param>
/// <param name="folder">The files.</param>
internal sealed class ExportLengths(PortalDatabase database, ExportFileBook book, ExportFolder folder)
{
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
        foreach (var piece in pieces)
        {
            left += await IsSeenAsync(piece, cancellationToken) ? 0 : 1;
        }

        passed = pieces.Count < AtOnce ? 0 : passed + left;
    }

    /// <summary>Looks into one.</summary>
    /// <returns>False where the store does not give it, which says nothing of the video, and must not be in the way of the others.</returns>
    private async Task<bool> IsSeenAsync(FootagePiece piece, CancellationToken cancellationToken)
    {
        try
        {
            return (await book.KeysAsync(piece.TenantId, [piece], cancellationToken)).TryGetValue(piece.Number, out var key) && await LookAsync(piece, key, cancellationToken);
        }
        catch (Exception error) when (ExportFetcher.IsOfTheStore(error))
        {
            return false;
        }
    }

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

    private async Task<bool> LookAsync(FootagePiece piece, byte[] key, CancellationToken cancellationToken)
    {
        TimeSpan? length = null;
        try
        {
            await using var content = folder.Open(new StoredPlace(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value), key);
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
