using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Exports.Keeping;

/// <summary>Settles files that are not in the store, or can't be read, as lost, so that they can be asked for again.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportLosses(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Settles files of an export as lost, in the tenant's turn, and says so in the audit trail.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="exportId">The export.</param>
    /// <param name="places">The files: those that were fetched anew, or removed, since they were looked at are left alone.</param>
    /// <param name="why">One of <see cref="Running.ExportTrouble"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task SettleAsync(Guid tenantId, Guid exportId, IReadOnlyList<StoredPlace> places, string why, CancellationToken cancellationToken)
    {
        var numbers = places.Select(place => place.Number).ToList();
        return database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                var lost = await db.FootagePieces.Where(piece => piece.ExportId == exportId && numbers.Contains(piece.Number) && piece.State == FootagePieceState.Fetched).ToListAsync(token);
                lost.RemoveAll(piece => !places.Contains(new StoredPlace(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value)));
                if (lost.Count > 0 && await db.FootageExports.SingleOrDefaultAsync(row => row.Id == exportId && row.RemovedAt == null, token) is { } export)
                {
                    lost.ForEach(piece => (piece.State, piece.Reason, piece.At) = (FootagePieceState.Failed, why, clock.GetUtcNow()));
                    audit.AddOfItself(db, tenantId, FootageAudit.Act(AuditActions.FootageLost, export, string.Create(CultureInfo.InvariantCulture, $", {lost.Count}")));
                    await db.SaveChangesAsync(token);
                }

                return lost.Count;
            },
            cancellationToken);
    }
}
