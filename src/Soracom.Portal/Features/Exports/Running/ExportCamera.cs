using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>
/// What the portal does with an export's camera otherwise. Several tenants may have a credential of the camera's operator: all of them are
/// looked at. What is found of another tenant is compared here; nobody is told of it.
/// </summary>
internal static class ExportCamera
{
    /// <summary>For so long after it was asked for, a piece has the camera to itself: the vendor makes it, and an answer that was lost is looked for.</summary>
    private static readonly TimeSpan AloneFor = TimeSpan.FromMinutes(15);

    private static readonly string[] TenantFilter = [PortalDbContext.TenantFilter];

    /// <summary>Whether another export of the camera comes first: the vendor wants them one after another.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="export">The export.</param>
    /// <param name="isOut">Whether it has a piece out: that is looked after whoever is first, as its address dies.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static Task<bool> IsBusyAsync(PortalDbContext db, FootageExport export, bool isOut, DateTimeOffset now, CancellationToken cancellationToken) =>
        First(db, export, isOut, now).AnyAsync(cancellationToken);

    /// <summary>The number of the tenant's own export of the camera that comes first; null where none does, and where it is another tenant's.</summary>
    public static Task<int?> AheadAsync(PortalDbContext db, FootageExport export, bool isOut, DateTimeOffset now, CancellationToken cancellationToken) => First(db, export, isOut, now)
        .Where(other => other.TenantId == export.TenantId)
        .OrderBy(other => other.CreatedAt)
        .ThenBy(other => other.Id)
        .Select(other => (int?)other.Number)
        .FirstOrDefaultAsync(cancellationToken);

    /// <summary>
    /// The exports that come first. One that waits for something keeps nobody waiting. All of a camera, whosever they are, stand in one line, by when they were asked for: by two
    /// orders some could wait for each other in a circle, as the clocks of instances differ.
    /// </summary>
    private static IQueryable<FootageExport> First(PortalDbContext db, FootageExport export, bool isOut, DateTimeOffset now)
    {
        var (recently, traceable) = (now - AloneFor, now - ExportMoves.Traceable);
        var pieces = db.FootagePieces.IgnoreQueryFilters(TenantFilter);
        return OfCamera(db, export).Where(
            other => other.Id != export.Id
                && (other.HeldUntil > now
                    || (!isOut && other.State == FootageExportState.Running && (other.NotBefore == null || other.NotBefore <= now)
                        && (other.CreatedAt < export.CreatedAt || (other.CreatedAt == export.CreatedAt && other.Id.CompareTo(export.Id) < 0)))
                    || (!isOut && pieces.Any(piece => piece.TenantId == other.TenantId && piece.ExportId == other.Id && FootagePieceStates.Out.Contains(piece.State)
                        && (piece.AskedAt > recently || (piece.AskedAt > traceable && (other.NotBefore == null || other.NotBefore <= now)))))));
    }

    /// <summary>What is known to be the portal's of what began at the vendor at a time.</summary>
    public static async Task<CameraKnown> KnownAsync(
        PortalDbContext db, FootageExport export, IReadOnlyCollection<string> vendorIds, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var exports = OfCamera(db, export);
        var ids = await db.FootagePieces.IgnoreQueryFilters(TenantFilter)
            .Where(piece => piece.VendorId != null && vendorIds.Contains(piece.VendorId) && exports.Any(one => one.TenantId == piece.TenantId && one.Id == piece.ExportId))
            .Select(piece => piece.VendorId!)
            .ToListAsync(cancellationToken);
        var tenants = await db.VendorCredentials.IgnoreQueryFilters(TenantFilter)
            .Where(credential => credential.Coverage == export.Coverage && credential.OperatorId == export.OperatorId)
            .Select(credential => (Guid?)credential.TenantId)
            .ToListAsync(cancellationToken);
        var stills = await db.AuditEntries.IgnoreQueryFilters(TenantFilter).AnyAsync(
            entry => tenants.Contains(entry.TenantId) && entry.ObjectId == export.DeviceId && entry.Action == AuditActions.CameraStillTaken && entry.At >= from && entry.At <= to, cancellationToken);
        return new CameraKnown(ids.ToHashSet(StringComparer.Ordinal), stills);
    }

    private static IQueryable<FootageExport> OfCamera(PortalDbContext db, FootageExport export) => db.FootageExports.IgnoreQueryFilters(TenantFilter)
        .Where(other => other.OperatorId == export.OperatorId && other.DeviceId == export.DeviceId && other.Coverage == export.Coverage);
}

/// <summary>What is known to be the portal's of what began at the vendor at a time.</summary>
/// <param name="VendorIds">The vendor's ids of pieces.</param>
/// <param name="StillsByHand">Whether somebody has taken stills of the camera by hand, as the audit trail tells.</param>
internal sealed record CameraKnown(IReadOnlySet<string> VendorIds, bool StillsByHand);
