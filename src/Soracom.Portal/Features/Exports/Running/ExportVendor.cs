using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Asks the vendor for exports, of video or of stills: the same but for what the operations are called.</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class ExportVendor(TenantSoracom soracom)
{
    /// <summary>More exports than one camera begins in a minute.</summary>
    private const int Latest = 50;

    /// <summary>Begins an export (exportSoraCamDeviceRecordedVideo, exportSoraCamDeviceRecordedImage).</summary>
    public Task<Result<CameraExport>> BeginAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var (export, piece) = (step.Export, step.Piece);
        var harvest = export.HarvestFolder is { } folder ? new HarvestFilesTarget { PathPrefix = folder } : null;
        return soracom.ChangeForJobAsync(
            export.TenantId,
            step.Coverage,
            (client, token) => export.Kind == FootageKind.Video
                ? client.SoraCam.ExportSoraCamDeviceRecordedVideoAsync(
                    export.DeviceId,
                    new VideoExportRequest { From = piece.From, To = piece.To, Archive = export.Archive, AudioCodec = export.AudioCodec.Length > 0 ? export.AudioCodec : null, HarvestFiles = harvest },
                    token)
                : client.SoraCam.ExportSoraCamDeviceRecordedImageAsync(
                    export.DeviceId, new ImageExportRequest { Time = piece.From, ImageFilters = export.WideAngle ? [ImageFilter.WideAngleCorrection] : null, HarvestFiles = harvest }, token),
            cancellationToken);
    }

    /// <summary>How far an export is (getSoraCamDeviceExportedVideo, getSoraCamDeviceExportedImage).</summary>
    public Task<Result<CameraExport>> GetAsync(ExportStep step, CancellationToken cancellationToken) => soracom.ReadForJobAsync(
        step.Export.TenantId,
        step.Coverage,
        (client, token) => step.Export.Kind == FootageKind.Video
            ? client.SoraCam.GetSoraCamDeviceExportedVideoAsync(step.Export.DeviceId, step.Piece.VendorId!, token)
            : client.SoraCam.GetSoraCamDeviceExportedImageAsync(step.Export.DeviceId, step.Piece.VendorId!, token),
        cancellationToken);

    /// <summary>The camera's latest exports (listSoraCamDeviceVideoExportsForDevice, listSoraCamDeviceImageExportsForDevice).</summary>
    public async Task<Result<IReadOnlyList<CameraExport>>> LatestAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var page = await soracom.ReadForJobAsync(
            step.Export.TenantId,
            step.Coverage,
            (client, token) => step.Export.Kind == FootageKind.Video
                ? client.SoraCam.ListSoraCamDeviceVideoExportsForDeviceAsync(step.Export.DeviceId, limit: Latest, sort: SortOrder.Descending, cancellationToken: token)
                : client.SoraCam.ListSoraCamDeviceImageExportsForDeviceAsync(step.Export.DeviceId, limit: Latest, sort: SortOrder.Descending, cancellationToken: token),
            cancellationToken);
        return page.Error is { } error ? error : Result.Of(page.Value.Items);
    }
}
