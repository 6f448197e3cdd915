using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Stills;

/// <summary>
/// Has the vendor make pictures of what cameras recorded. Each uses one second of the camera's quota of the month. The vendor hands
/// pictures out at signed addresses, which whoever knows them can read; they never leave this service.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Does what the trail tells of before and after.</param>
/// <param name="files">Fetches pictures.</param>
/// <param name="allowance">Knows what exports have set aside.</param>
/// <param name="clock">The clock.</param>
internal sealed class CameraStills(TenantSoracom soracom, VendorActs acts, VendorFiles files, CameraAllowance allowance, TimeProvider clock)
{
    /// <summary>How long a picture is waited for.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>For so long after it was asked for, a picture that the vendor does not find is looked for again: it may not know yet what it has just begun.</summary>
    public static readonly TimeSpan FoundWithin = TimeSpan.FromMinutes(1);

    /// <summary>How often the vendor is asked whether it is there.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>What a picture uses of the quota.</summary>
    public static readonly TimeSpan Cost = TimeSpan.FromSeconds(1);

    /// <summary>So long does it take until what a camera records can be had.</summary>
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(10);

    /// <summary>The largest picture that is taken; the vendor's have 1920 by 1080 pixels.</summary>
    private const int MostBytes = 16 * 1024 * 1024;

    /// <summary>So many pages of the past are looked through for the newest recording: events stand among recordings.</summary>
    private const int MostPages = 5;

    /// <summary>A fresh address may not be alive yet.</summary>
    private const int FetchTries = 5;

    /// <summary>A picture of the newest moment that a camera recorded (operations exportSoraCamDeviceRecordedImage, getSoraCamDeviceExportedImage).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="agreed">What somebody has seen that it costs; null for any.</param>
    /// <param name="cancellationToken">Cancels the waiting; what is charged is charged.</param>
    /// <returns>The picture; one of this feature's errors; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CameraStill>> TakeAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CameraAgreed? agreed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        var newest = await soracom.ReadAsync(tenant, coverage, (client, token) => NewestAsync(client, deviceId, token), linked.Token);
        if (newest.Error is { } unread)
        {
            return unread is VendorError { Kind: VendorErrorKind.NotFound } ? new CameraNothingRecordedError() : unread;
        }

        if (newest.Value is not { } moment)
        {
            return new CameraNothingRecordedError();
        }

        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        return await MakeAsync(tenant, coverage, deviceId, moment, agreed, linked.Token);
    }

    /// <summary>A picture of a moment that a camera recorded (operations exportSoraCamDeviceRecordedImage, getSoraCamDeviceExportedImage).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="moment">The moment.</param>
    /// <param name="agreed">What somebody has seen that it costs; null for any.</param>
    /// <param name="cancellationToken">Cancels the waiting; what is charged is charged.</param>
    /// <returns>The picture; one of this feature's errors; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CameraStill>> TakeAtAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, DateTimeOffset moment, CameraAgreed? agreed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasPlay, cancellationToken);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        return await MakeAsync(tenant, coverage, deviceId, moment, agreed, linked.Token);
    }

    private async Task<Result<CameraStill>> MakeAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, DateTimeOffset moment, CameraAgreed? agreed, CancellationToken cancellationToken)
    {
        if (await allowance.ObstacleAsync(tenant, coverage, deviceId, Cost, agreed, cancellationToken) is { } obstacle)
        {
            return obstacle;
        }

        var begun = await acts.DoAsync(
            tenant,
            coverage,
            new AuditAct(AuditActions.CameraStillTaken, AuditOutcome.Begun) { ObjectId = deviceId, Detail = moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture) },
            (client, token) => client.SoraCam.ExportSoraCamDeviceRecordedImageAsync(deviceId, new ImageExportRequest { Time = moment }, token),
            look: null,
            cancellationToken);
        if (begun.Error is { } refused)
        {
            return refused is VendorError { Kind: VendorErrorKind.NotFound } ? new CameraNothingRecordedError() : refused;
        }

        var made = await MadeAsync(tenant, coverage, deviceId, begun.Value, cancellationToken);
        return made.Error is { } error ? error
            : await FetchAsync(made.Value, coverage, cancellationToken) is { } content ? new CameraStill(content, moment)
            : new CameraStillLostError();
    }

    private async Task<DateTimeOffset?> NewestAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken)
    {
        string? key = null;
        for (var page = 0; page < MostPages; page++)
        {
            var past = await client.SoraCam.ListSoraCamDeviceRecordingsAndEventsAsync(deviceId, key, sort: Soracom.Api.SortOrder.Descending, cancellationToken: cancellationToken);
            var newest = (past.Content.Records ?? []).Where(record => record.StartTime is not null).MaxBy(record => record.StartTime);
            if (newest is { StartTime: { } start })
            {
                var end = newest.EndTime is { } over ? over.AddSeconds(-1) : clock.GetUtcNow() - Delay;
                return end > start ? end : start;
            }

            key = past.NextKey;
            if (key is null)
            {
                break;
            }
        }

        return null;
    }

    /// <summary>The address of the picture, once it is made.</summary>
    private async Task<Result<string>> MadeAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CameraExport export, CancellationToken cancellationToken)
    {
        var asked = clock.GetUtcNow();
        while (true)
        {
            switch (export.Status)
            {
                case ExportStatus.Completed:
                    return export.Url is { } url ? url : new CameraStillLostError();
                case ExportStatus.LimitExceeded:
                    return new CameraQuotaUsedError();
                case ExportStatus.Failed:
                    return new CameraStillFailedError();
                case ExportStatus.Expired:
                    // It was made, and charged.
                    return new CameraStillLostError();
            }

            if (clock.GetUtcNow() - asked >= Patience)
            {
                return new CameraStillLostError();
            }

            await Task.Delay(Interval, clock, cancellationToken);
            var next = await soracom.ReadAsync(
                tenant, coverage, (client, token) => client.SoraCam.GetSoraCamDeviceExportedImageAsync(deviceId, export.ExportId, token), cancellationToken);
            if (next.Error is null)
            {
                export = next.Value;
            }
            else if (!(next.Error is VendorError { Kind: VendorErrorKind.Unavailable or VendorErrorKind.RateLimited }
                || (next.Error is VendorError { Kind: VendorErrorKind.NotFound } && clock.GetUtcNow() - asked < FoundWithin)))
            {
                // Whatever it is: the picture was asked for, and may be charged.
                return new CameraStillLostError();
            }
        }
    }

    /// <summary>The bytes at an address; null when there are none to be had. The picture is paid for: what fails is tried again.</summary>
    private async Task<ReadOnlyMemory<byte>?> FetchAsync(string url, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        for (var tries = 1; ; tries++)
        {
            var read = await files.ReadAsync(url, coverage, MostBytes, cancellationToken);
            if (read.Error is null)
            {
                return read.Value;
            }

            if (tries >= FetchTries)
            {
                return null;
            }

            await Task.Delay(Interval, clock, cancellationToken);
        }
    }
}
