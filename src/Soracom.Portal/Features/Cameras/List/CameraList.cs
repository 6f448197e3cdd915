using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>Lists cameras. The vendor's list tells no licence, no quota and no event: those take calls of their own for every camera.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database: it knows what exports have set aside.</param>
/// <param name="clock">The clock.</param>
internal sealed class CameraList(TenantSoracom soracom, PortalDatabase database, TimeProvider clock)
{
    /// <summary>The cameras of one coverage (operations listSoraCamDevices, listSoraCamDeviceAtomCamFirmwareUpdates).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The cameras, or why there are none; and which firmware waits for them, as far as that is known.</returns>
    public async Task<CameraListing> ReadAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        var readAt = clock.GetUtcNow();
        var cameras = await soracom.ReadAsync(tenant, coverage, (client, token) => client.SoraCam.ListSoraCamDevicesAsync(token), cancellationToken);
        if (cameras.Error is { } error)
        {
            return new CameraListing(coverage, [], readAt) { Failure = error };
        }

        if (cameras.Value.Count == 0)
        {
            return new CameraListing(coverage, [], readAt);
        }

        var waiting = await soracom.ReadAsync(tenant, coverage, (client, token) => client.SoraCam.ListSoraCamDeviceAtomCamFirmwareUpdatesAsync(token), cancellationToken);
        var versions = (waiting.Error is null ? waiting.Value : [])
            .Where(update => update.DeviceId is not null && !string.IsNullOrEmpty(update.FirmwareVersion))
            .ToLookup(update => update.DeviceId!, update => update.FirmwareVersion, StringComparer.Ordinal);
        return new CameraListing(coverage, [.. cameras.Value.Select(camera => ListedCamera.Of(coverage, camera, versions[camera.DeviceId].LastOrDefault()))], readAt)
        {
            FirmwareFailure = waiting.Error,
        };
    }

    /// <summary>
    /// What only calls for one camera tell (operations getSoraCamDevice, getSoraCamDeviceExportUsage, listSoraCamDeviceEventsForDevice). A page
    /// asks for many cameras, and so leaves what people wait for its share of the rate budget.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What there is to know, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CameraMore>> MoreAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, tenant.Ended);
        var readAt = clock.GetUtcNow();
        await using var db = database.ForTenantBesideOthers(tenant.TenantId);
        var underWay = await QuotaSetAside.OutAsync(db, coverage, deviceId, linked.Token);
        IReadOnlyCollection<string> held = [];
        var read = await soracom.ReadForJobAsync(
            tenant.TenantId,
            coverage,
            async (client, token) =>
            {
                var licence = CameraLicence.Of((await client.SoraCam.GetSoraCamDeviceAsync(deviceId, token)).AppliedLicenses);
                // Without a licence there is nothing to play or to export.
                var usage = licence.Kind == CameraLicenceKind.None ? null : await QuotaSetAside.ReadAsync(client.SoraCam, deviceId, underWay, token);
                held = usage?.Exports ?? [];
                var quota = usage is null ? null : CameraQuota.Of(usage.Usage);
                var events = await client.SoraCam.ListSoraCamDeviceEventsForDeviceAsync(deviceId, limit: 1, sort: Soracom.Api.SortOrder.Descending, cancellationToken: token);
                var last = events.Items.Count == 0 ? null : events.Items[0];
                return new CameraMore(licence, quota, last?.EventInfo?.AtomEventV1?.StartTime ?? last?.Time, last is null ? null : last.EventInfo?.AtomEventV1?.Type ?? CameraEventType.Other);
            },
            linked.Token);
        if (read is not { Error: null, Value.Quota: { } counted })
        {
            return read;
        }

        return read.Value with { Quota = counted.Less(await QuotaSetAside.OfAsync(db, coverage, deviceId, readAt, held, linked.Token)) };
    }
}
