using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <content>
/// Exports: recorded video and stills as files. They are made in the background and are to be polled; a finished one has an address for ten
/// minutes. Each costs quota when it is finished, the same moment twice costs twice.
/// </content>
public partial interface ISoraCamApi
{
    /// <summary>
    /// Vendor operation exportSoraCamDeviceRecordedVideo: begins an export. 400 when the range is wrong or nothing was recorded in it; 403 without
    /// <c>FileEntry:putFile</c> for an export to Harvest Files.
    /// </summary>
    [SoracomOperation("exportSoraCamDeviceRecordedVideo"), Post("/sora_cam/devices/{device_id}/videos/exports")]
    Task<CameraExport> ExportSoraCamDeviceRecordedVideoAsync(
        [Path("device_id")] string deviceId, [Body] VideoExportRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceExportedVideo: how far an export is. 404 some time after its end too.</summary>
    [SoracomOperation("getSoraCamDeviceExportedVideo"), Get("/sora_cam/devices/{device_id}/videos/exports/{export_id}")]
    Task<CameraExport> GetSoraCamDeviceExportedVideoAsync(
        [Path("device_id")] string deviceId, [Path("export_id")] string exportId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamDeviceVideoExports: one page of the video exports of all cameras, or of one.</summary>
    /// <param name="deviceId">Only this camera's.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most exports a page holds; the vendor's default is 10.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceVideoExports"), Get("/sora_cam/devices/videos/exports")]
    Task<SoracomPage<CameraExport>> ListSoraCamDeviceVideoExportsAsync(
        [Query("device_id")] string? deviceId = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamDeviceVideoExportsForDevice: one page of a camera's video exports.</summary>
    /// <param name="deviceId">The camera.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most exports a page holds; the vendor's default is 10.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceVideoExportsForDevice"), Get("/sora_cam/devices/{device_id}/videos/exports")]
    Task<SoracomPage<CameraExport>> ListSoraCamDeviceVideoExportsForDeviceAsync(
        [Path("device_id")] string deviceId,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation exportSoraCamDeviceRecordedImage: begins the export of a still, 1920 × 1080 pixels, which costs as much as a second of video.
    /// 403 without <c>FileEntry:putFile</c> for an export to Harvest Files; 404 also when nothing was recorded at that moment.
    /// </summary>
    [SoracomOperation("exportSoraCamDeviceRecordedImage"), Post("/sora_cam/devices/{device_id}/images/exports")]
    Task<CameraExport> ExportSoraCamDeviceRecordedImageAsync(
        [Path("device_id")] string deviceId, [Body] ImageExportRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceExportedImage: how far an export is. 404 some time after its end too.</summary>
    [SoracomOperation("getSoraCamDeviceExportedImage"), Get("/sora_cam/devices/{device_id}/images/exports/{export_id}")]
    Task<CameraExport> GetSoraCamDeviceExportedImageAsync(
        [Path("device_id")] string deviceId, [Path("export_id")] string exportId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamDeviceImageExports: one page of the still exports of all cameras, or of one.</summary>
    /// <param name="deviceId">Only this camera's.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most exports a page holds; the vendor's default is 10.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceImageExports"), Get("/sora_cam/devices/images/exports")]
    Task<SoracomPage<CameraExport>> ListSoraCamDeviceImageExportsAsync(
        [Query("device_id")] string? deviceId = null,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamDeviceImageExportsForDevice: one page of a camera's still exports.</summary>
    /// <param name="deviceId">The camera.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPage{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most exports a page holds; the vendor's default is 10.</param>
    /// <param name="sort">One of <see cref="SortOrder"/>; the vendor's default is the newest first.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listSoraCamDeviceImageExportsForDevice"), Get("/sora_cam/devices/{device_id}/images/exports")]
    Task<SoracomPage<CameraExport>> ListSoraCamDeviceImageExportsForDeviceAsync(
        [Path("device_id")] string deviceId,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        [Query("sort"), WireValues(typeof(SortOrder))] string? sort = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceExportUsage: what a camera has used of this month's quota, and what is left.</summary>
    [SoracomOperation("getSoraCamDeviceExportUsage"), Get("/sora_cam/devices/{device_id}/exports/usage")]
    Task<ExportUsage> GetSoraCamDeviceExportUsageAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation updateSoraCamDeviceExportUsageLimitOverride: sets a camera's monthly quota, 0 to 1500 hours instead of 72. What is used above 72
    /// hours costs extra. 400 for other numbers.
    /// </summary>
    [SoracomOperation("updateSoraCamDeviceExportUsageLimitOverride", Effect = CallEffect.Repeatable)]
    [Put("/sora_cam/devices/{device_id}/exports/usage/limit_override")]
    Task<ExportUsage> UpdateSoraCamDeviceExportUsageLimitOverrideAsync(
        [Path("device_id")] string deviceId, [Body] ExportLimit limit, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation deleteSoraCamDeviceExportUsageLimitOverride: makes a camera's monthly quota 72 hours again.</summary>
    [SoracomOperation("deleteSoraCamDeviceExportUsageLimitOverride", Effect = CallEffect.Repeatable)]
    [Delete("/sora_cam/devices/{device_id}/exports/usage/limit_override")]
    Task DeleteSoraCamDeviceExportUsageLimitOverrideAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);
}
