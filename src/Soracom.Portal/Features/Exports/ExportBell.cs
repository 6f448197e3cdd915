using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Features.Exports;

/// <summary>Tells whoever runs an export that it is done, or has paused by itself.</summary>
internal sealed class ExportBell : IBellSource
{
    /// <inheritdoc />
    public Permission Needs => Permission.CamerasExport;

    /// <inheritdoc />
    public IQueryable<BellRow> Rows(PortalDbContext db) =>
        from export in db.FootageExports
        where (export.State == FootageExportState.Done && export.FinishedAt != null && export.RemovedAt == null)
            || (export.State == FootageExportState.Paused && export.PausedAt != null && export.PausedBy == null)
        select new BellRow
        {
            PersonId = export.OwnerId,
            TenantId = export.TenantId,
            At = export.State == FootageExportState.Done ? export.FinishedAt!.Value : export.PausedAt!.Value,
            Kind = export.State == FootageExportState.Done ? BellKind.ExportDone : BellKind.ExportPaused,
            ObjectId = export.Id,
            Number = export.Number,
            Name = export.CameraName,
            Bad = db.FootagePieces.Count(piece => piece.TenantId == export.TenantId && piece.ExportId == export.Id && FootagePieceStates.Lost.Contains(piece.State)),
        };

    /// <inheritdoc />
    public string AddressOf(string slug, BellRow row) => PortalUrls.Export(slug, row.ObjectId);
}
