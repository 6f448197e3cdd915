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
    /// and still on its way counts once. The quota is the camera's: what other tenants with a credential of the same operator have set aside counts too.
    /// </summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="readAt">When the vendor's count was read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<TimeSpan> OfAsync(PortalDbContext db, SoracomCoverage coverage, string deviceId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
        string[] tenantFilter = [PortalDbContext.TenantFilter];
        var exports = db.FootageExports.IgnoreQueryFilters(tenantFilter).Where(export => export.OperatorId == operatorId && export.DeviceId == deviceId && export.Coverage == name);
        return TimeSpan.FromSeconds(await db.FootagePieces.IgnoreQueryFilters(tenantFilter)
            .Where(piece => exports.Any(export => export.TenantId == piece.TenantId && export.Id == piece.ExportId)
                && (piece.State == FootagePieceState.Waiting || (piece.IsCharged ? piece.At >= readAt : FootagePieceStates.Out.Contains(piece.State))))
            .SumAsync(piece => piece.Cost, cancellationToken));
    }
}
