using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Keeping;

/// <summary>The footage that the portal keeps of a tenant.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="book">The keys of files.</param>
/// <param name="folder">The files.</param>
internal sealed class ExportHoldings(PortalDatabase database, ExportFileBook book, ExportFolder folder) : ITenantHoldings
{
    /// <inheritdoc />
    public async IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        foreach (var export in await db.FootageExports.AsNoTracking().Where(export => export.RemovedAt == null).OrderBy(export => export.Number).ToListAsync(cancellationToken))
        {
            var pieces = await db.FootagePieces.AsNoTracking()
                .Where(piece => piece.ExportId == export.Id && piece.State == FootagePieceState.Fetched && piece.FileKey != null)
                .OrderBy(piece => piece.Number)
                .ToListAsync(cancellationToken);
            var keys = await book.KeysAsync(tenantId, pieces, cancellationToken);
            foreach (var piece in pieces)
            {
                yield return new HeldFile(
                    string.Create(CultureInfo.InvariantCulture, $"footage/{export.Number}/{FootageNames.Piece(export, piece)}"),
                    piece.From,
                    _ => Task.FromResult(keys.TryGetValue(piece.Number, out var key) ? folder.Open(new StoredPlace(tenantId, export.Id, piece.Number, piece.FileId!.Value), key) : null))
                {
                    IsDense = true,
                };
            }
        }
    }

    /// <inheritdoc />
    public void Delete(Guid tenantId) => folder.Delete(tenantId);
}
