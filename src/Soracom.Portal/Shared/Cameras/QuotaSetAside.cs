using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Shared.Cameras;

/// <summary>What the portal's exports have set aside of a camera's quota.</summary>
internal static class QuotaSetAside
{
    /// <summary>One export of a camera is worked on at a time; more are left of programs that ended.</summary>
    private const int MostLookedAt = 3;

    private static readonly string[] TenantFilter = [PortalDbContext.TenantFilter];

    /// <summary>
    /// What is yet to come of exports, and what was charged since the vendor's count was read: that does not hold it yet. What is charged
    /// and still on its way counts once. The quota is the camera's: what other tenants with a credential of the same operator have set aside counts too.
    /// </summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="readAt">When the vendor's count was read.</param>
    /// <param name="counted">The vendor's ids of exports that its count is known to hold.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<SetAside> OfAsync(
        PortalDbContext db, SoracomCoverage coverage, string deviceId, DateTimeOffset readAt, IReadOnlyCollection<string> counted, CancellationToken cancellationToken)
    {
        var pieces = await PiecesAsync(db, coverage, deviceId, cancellationToken);
        var costs = await pieces
            .Where(piece => piece.State == FootagePieceState.Waiting
                || ((piece.VendorId == null || !counted.Contains(piece.VendorId)) && (piece.IsCharged ? piece.At >= readAt : FootagePieceStates.Out.Contains(piece.State))))
            .GroupBy(piece => piece.ExportId)
            .Select(group => new { group.Key, Cost = group.Sum(piece => piece.Cost) })
            .ToDictionaryAsync(group => group.Key, group => group.Cost, cancellationToken);
        // The tenant's own are those that its filter lets through.
        var ids = costs.Keys.ToList();
        var own = ids.Count == 0 ? [] : await db.FootageExports.Where(export => ids.Contains(export.Id)).Select(export => export.Id).ToListAsync(cancellationToken);
        var mine = own.Sum(id => costs[id]);
        return new SetAside(TimeSpan.FromSeconds(mine), TimeSpan.FromSeconds(costs.Values.Sum() - mine));
    }

    /// <summary>The exports that the vendor makes of a camera, and that nobody has seen charged: it may have charged them since they were looked at.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<OutPiece>> OutAsync(PortalDbContext db, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken)
    {
        var pieces = await PiecesAsync(db, coverage, deviceId, cancellationToken);
        return await pieces.Where(piece => piece.State == FootagePieceState.Exporting && !piece.IsCharged && piece.VendorId != null)
            .OrderByDescending(piece => piece.AskedAt)
            .Take(MostLookedAt)
            .Select(piece => new OutPiece(piece.VendorId!, piece.From != piece.To))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Reads a camera's usage (operation getSoraCamDeviceExportUsage), and before that which exports it holds: those that are made (getSoraCamDeviceExportedVideo, getSoraCamDeviceExportedImage).</summary>
    /// <param name="cameras">The vendor.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="exports">The exports that it may have charged meanwhile.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<CountedUsage> ReadAsync(ISoraCamApi cameras, string deviceId, IReadOnlyList<OutPiece> exports, CancellationToken cancellationToken)
    {
        var counted = new List<string>();
        foreach (var (vendorId, isVideo) in exports)
        {
            try
            {
                var export = await (isVideo
                    ? cameras.GetSoraCamDeviceExportedVideoAsync(deviceId, vendorId, cancellationToken)
                    : cameras.GetSoraCamDeviceExportedImageAsync(deviceId, vendorId, cancellationToken));
                if (export.Status is ExportStatus.Completed or ExportStatus.Expired)
                {
                    counted.Add(vendorId);
                }
            }
            catch (SoracomApiException)
            {
                // It stays set aside until whoever works on it knows more.
            }
        }

        return new CountedUsage(await cameras.GetSoraCamDeviceExportUsageAsync(deviceId, cancellationToken), counted);
    }

    private static async Task<IQueryable<FootagePiece>> PiecesAsync(PortalDbContext db, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        var operatorId = await db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
        var exports = db.FootageExports.IgnoreQueryFilters(TenantFilter).Where(export => export.OperatorId == operatorId && export.DeviceId == deviceId && export.Coverage == name);
        return db.FootagePieces.IgnoreQueryFilters(TenantFilter).Where(piece => exports.Any(export => export.TenantId == piece.TenantId && export.Id == piece.ExportId));
    }
}

/// <summary>What exports have set aside of a camera's quota.</summary>
/// <param name="Own">The tenant's.</param>
/// <param name="Elsewhere">Those of other tenants of the same operator.</param>
internal readonly record struct SetAside(TimeSpan Own, TimeSpan Elsewhere);

/// <summary>An export that the vendor makes.</summary>
/// <param name="VendorId">The vendor's id.</param>
/// <param name="IsVideo">Whether it is of video rather than a still.</param>
internal sealed record OutPiece(string VendorId, bool IsVideo);

/// <summary>A camera's usage, and what it is known to hold.</summary>
/// <param name="Usage">The vendor's count.</param>
/// <param name="Exports">The vendor's ids of exports under way that it holds.</param>
internal sealed record CountedUsage(ExportUsage Usage, IReadOnlyCollection<string> Exports);
