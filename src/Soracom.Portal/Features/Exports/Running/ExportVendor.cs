using Soracom.Api;
using Soracom.Api.Http;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Running;

/// <summary>Asks the vendor for exports, of video or of stills: the same but for what the operations are called.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="clock">The clock.</param>
internal sealed class ExportVendor(TenantSoracom soracom, TimeProvider clock)
{
    /// <summary>The longest that the vendor is asked for a piece: sign-ins and both tries take less.</summary>
    public static readonly TimeSpan LongestCall = TimeSpan.FromSeconds(50);

    /// <summary>More exports than one camera usually begins in a minute.</summary>
    private const int Page = 50;

    /// <summary>More than a camera can begin in the days that a list may reach back.</summary>
    private const int MostPages = 1_000;

    /// <summary>Begins an export (exportSoraCamDeviceRecordedVideo, exportSoraCamDeviceRecordedImage). The call has ended after <see cref="LongestCall"/>, answered or not.</summary>
    public async Task<Result<CameraExport>> BeginAsync(ExportStep step, CancellationToken cancellationToken)
    {
        using var over = new CancellationTokenSource(LongestCall, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, over.Token);
        try
        {
            return await SendAsync(step, either.Token);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new VendorError(VendorErrorKind.Unavailable, step.Coverage) { OutcomeUnknown = true };
        }
    }

    /// <summary>How far an export is (getSoraCamDeviceExportedVideo, getSoraCamDeviceExportedImage).</summary>
    public Task<Result<CameraExport>> GetAsync(ExportStep step, CancellationToken cancellationToken) => soracom.ReadForJobAsync(
        step.Export.TenantId,
        step.Coverage,
        (client, token) => step.Export.Kind == FootageKind.Video
            ? client.SoraCam.GetSoraCamDeviceExportedVideoAsync(step.Export.DeviceId, step.Piece.VendorId!, token)
            : client.SoraCam.GetSoraCamDeviceExportedImageAsync(step.Export.DeviceId, step.Piece.VendorId!, token),
        cancellationToken);

    /// <summary>Whether the camera is known to have no licence (getSoraCamDevice): the vendor refuses exports of it then.</summary>
    public async Task<bool> IsUnlicensedAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var read = await CameraAsync(step, cancellationToken);
        return read.Error is null && CameraNoLicenceError.IsOf(read.Value);
    }

    /// <summary>Whether something was recorded in a piece's time, as far as the vendor's list tells (listSoraCamDeviceRecordingsAndEvents).</summary>
    public async Task<bool> IsRecordedAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var (from, to) = (step.Piece.From, step.Piece.To);
        var read = await soracom.ReadForJobAsync(
            step.Export.TenantId,
            step.Coverage,
            (client, token) => client.SoraCam.ListSoraCamDeviceRecordingsAndEventsAsync(
                step.Export.DeviceId, from: new UnixMilliseconds(from), to: new UnixMilliseconds(to), sort: SortOrder.Ascending, cancellationToken: token),
            cancellationToken);
        return read.Error is null && read.Value.Content.Records is { } records && records.Any(record => record.StartTime < to && !(record.EndTime <= from));
    }

    /// <summary>The camera's newest exports (listSoraCamDeviceVideoExportsForDevice, listSoraCamDeviceImageExportsForDevice), as they are before another is asked for.</summary>
    /// <param name="step">The export.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most <see cref="ExportTrace.Remembered"/>, the newest first; none where the vendor has no list of a camera that it knows (getSoraCamDevice). Or a <see cref="VendorError"/>, of kind not found where it knows no such camera.</returns>
    public async Task<Result<IReadOnlyList<CameraExport>>> NewestAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var read = await soracom.ReadForJobAsync(
            step.Export.TenantId,
            step.Coverage,
            (client, token) => step.Export.Kind == FootageKind.Video
                ? client.SoraCam.ListSoraCamDeviceVideoExportsForDeviceAsync(step.Export.DeviceId, limit: ExportTrace.Remembered, sort: SortOrder.Descending, cancellationToken: token)
                : client.SoraCam.ListSoraCamDeviceImageExportsForDeviceAsync(step.Export.DeviceId, limit: ExportTrace.Remembered, sort: SortOrder.Descending, cancellationToken: token),
            cancellationToken);
        if (read.Error is not VendorError { Kind: VendorErrorKind.NotFound })
        {
            return read.Error is { } error ? error : Result.Of<IReadOnlyList<CameraExport>>(read.Value.Items);
        }

        // Nobody tells how it answers of a camera of which nothing was exported yet.
        var camera = await CameraAsync(step, cancellationToken);
        return camera.Error is { } unknown ? unknown : Result.Of<IReadOnlyList<CameraExport>>([]);
    }

    /// <summary>The camera's latest exports (listSoraCamDeviceVideoExportsForDevice, listSoraCamDeviceImageExportsForDevice).</summary>
    /// <param name="step">The export.</param>
    /// <param name="isEnough">Whether nothing more has to be read after one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<Result<List<CameraExport>>> LatestAsync(ExportStep step, Func<CameraExport, bool> isEnough, CancellationToken cancellationToken) => soracom.ReadForJobAsync(
        step.Export.TenantId,
        step.Coverage,
        (client, token) => step.Export.Kind == FootageKind.Video
            ? SinceAsync(
                "listSoraCamDeviceVideoExportsForDevice",
                key => client.SoraCam.ListSoraCamDeviceVideoExportsForDeviceAsync(step.Export.DeviceId, lastEvaluatedKey: key, limit: Page, sort: SortOrder.Descending, cancellationToken: token),
                isEnough)
            : SinceAsync(
                "listSoraCamDeviceImageExportsForDevice",
                key => client.SoraCam.ListSoraCamDeviceImageExportsForDeviceAsync(step.Export.DeviceId, lastEvaluatedKey: key, limit: Page, sort: SortOrder.Descending, cancellationToken: token),
                isEnough),
        cancellationToken);

    /// <summary>Reads a list of exports, the latest first, until one is enough.</summary>
    /// <param name="operationId">The vendor's operation.</param>
    /// <param name="read">Reads the page at a key; null for the first.</param>
    /// <param name="isEnough">Whether nothing more has to be read after one.</param>
    /// <exception cref="Soracom.Api.Errors.SoracomProtocolException">The list goes round in circles, or has no end: what it does not show may be in it all the same.</exception>
    internal static async Task<List<CameraExport>> SinceAsync(string operationId, Func<string?, Task<SoracomPage<CameraExport>>> read, Func<CameraExport, bool> isEnough)
    {
        var latest = new List<CameraExport>();
        await foreach (var export in SoracomPaging.WalkAsync(operationId, (key, _) => read(key), MostPages))
        {
            latest.Add(export);
            if (isEnough(export))
            {
                break;
            }
        }

        return latest;
    }

    /// <summary>A piece's export as the camera's list of exports tells of it, for one that is not found by its id.</summary>
    /// <param name="step">The piece.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The export; a <see cref="VendorError"/> of kind not found where the list has none.</returns>
    public async Task<Result<CameraExport>> FindAsync(ExportStep step, CancellationToken cancellationToken)
    {
        var trace = new ExportTrace(step.Piece);
        var latest = await LatestAsync(step, export => IsIt(export) || trace.IsEarlier(export), cancellationToken);
        return latest.Error is { } error ? error
            : latest.Value.Find(IsIt) is { } found ? found
            : new VendorError(VendorErrorKind.NotFound, step.Coverage);

        bool IsIt(CameraExport export) => string.Equals(export.ExportId, step.Piece.VendorId, StringComparison.Ordinal);
    }

    private Task<Result<Camera>> CameraAsync(ExportStep step, CancellationToken cancellationToken) =>
        soracom.ReadForJobAsync(step.Export.TenantId, step.Coverage, (client, token) => client.SoraCam.GetSoraCamDeviceAsync(step.Export.DeviceId, token), cancellationToken);

    private Task<Result<CameraExport>> SendAsync(ExportStep step, CancellationToken cancellationToken)
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
}
