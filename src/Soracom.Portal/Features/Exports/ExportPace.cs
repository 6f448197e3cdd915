using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Features.Exports;

/// <summary>How long an export takes.</summary>
internal static class ExportPace
{
    /// <summary>How long it will take yet, by how long its latest pieces took, or those of the camera, or of any, before it has one; null where nothing is known.</summary>
    public static async Task<TimeSpan?> LeftAsync(PortalDbContext db, FootageExport export, PieceCounts counts, CancellationToken cancellationToken)
    {
        if (export.State != FootageExportState.Running || export.NotBefore is not null || counts.OpenCost == 0)
        {
            return null;
        }

        var alike = db.FootageExports.Where(other => other.Kind == export.Kind);
        IQueryable<FootageExport>[] known = [alike.Where(other => other.Id == export.Id), alike.Where(other => other.DeviceId == export.DeviceId), alike];
        foreach (var exports in known)
        {
            var latest = await db.FootagePieces.AsNoTracking()
                .Where(piece => exports.Any(other => other.Id == piece.ExportId) && FootagePieceStates.Got.Contains(piece.State) && piece.AskedAt != null && piece.At != null)
                .OrderByDescending(piece => piece.At)
                .Take(10)
                .Select(piece => new { piece.AskedAt, piece.At, piece.Cost })
                .ToListAsync(cancellationToken);
            var took = latest.Sum(piece => (piece.At!.Value - piece.AskedAt!.Value).TotalSeconds);
            if (latest.Sum(piece => piece.Cost) is > 0 and var cost)
            {
                return Rough(TimeSpan.FromSeconds(took / cost * counts.OpenCost));
            }
        }

        return null;
    }

    /// <summary>As precise as anybody can tell: to the minute beyond some minutes.</summary>
    private static TimeSpan Rough(TimeSpan left) => left < TimeSpan.FromMinutes(5) ? left : TimeSpan.FromMinutes(Math.Ceiling(left.TotalMinutes));
}
