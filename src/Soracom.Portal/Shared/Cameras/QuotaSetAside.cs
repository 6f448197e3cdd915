using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Shared.Cameras;

/// <summary>What the portal's exports have set aside of a camera's quota.</summary>
internal static class QuotaSetAside
{
    /// <summary>
    /// What is yet to come of exports, and what was charged since the vendor's count was read: that does not hold it yet. What is charged
    /// and still on its way counts once.
    /// </summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="readAt">When the vendor's count was read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<TimeSpan> OfAsync(PortalDbContext db, SoracomCoverage coverage, string deviceId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        return TimeSpan.FromSeconds(await db.FootagePieces
            .Where(piece => db.FootageExports.Any(export => export.Id == piece.ExportId && export.Coverage == name && export.DeviceId == deviceId)
                && (piece.State == FootagePieceState.Waiting || (piece.IsCharged ? piece.At >= readAt : FootagePieceStates.Out.Contains(piece.State))))
            .SumAsync(piece => piece.Cost, cancellationToken));
    }
}
