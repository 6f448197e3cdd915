using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.Changes;

/// <summary>Changes single cameras.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Makes the changes.</param>
internal sealed class CameraChanges(TenantSoracom soracom, VendorActs acts)
{
    /// <summary>Looks at the camera, and changes it where that is needed and possible.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="change">The change; the person has confirmed it.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>
    /// Whether anything was sent: not where the camera was so already; an <see cref="InputError"/>, an <see cref="ObstacleError"/> or a
    /// <see cref="VendorError"/>, which tells whether the change may have been made all the same.
    /// </returns>
    public async Task<Result<bool>> ApplyAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CameraChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(change);
        await tenant.RequireAsync(Permission.CamerasManage, cancellationToken);
        if (change.Wrong() is { } wrong)
        {
            return wrong;
        }

        var read = await soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) =>
            {
                var camera = await client.SoraCam.GetSoraCamDeviceAsync(deviceId, token);
                var value = await change.ReadAsync(client, camera, token);
                var there = change.After is { } after && string.Equals(value, after, StringComparison.Ordinal);
                return new Before(camera, value, there, there ? null : await change.ObstacleAsync(client, camera, token));
            },
            cancellationToken);
        if (read.Error is { } unread)
        {
            return unread;
        }

        if (read.Value.IsThere)
        {
            return false;
        }

        if (read.Value.Obstacle is { } obstacle)
        {
            return new ObstacleError(obstacle);
        }

        // The vendor takes its time; whose right ended meanwhile changes nothing any more.
        await tenant.RequireAsync(Permission.CamerasManage, cancellationToken);
        var done = await acts.DoAsync(
            tenant,
            coverage,
            ActOf(change, read.Value),
            async (client, token) =>
            {
                await change.SendAsync(client, deviceId, token);
                return true;
            },
            change.After is { } wanted
                ? async (client, token) =>
                {
                    var now = await change.ReadAsync(client, await client.SoraCam.GetSoraCamDeviceAsync(deviceId, token), token);
                    return new Looked<bool>(string.Equals(now, wanted, StringComparison.Ordinal), Answer: true);
                }
        : null,
            cancellationToken);
        return done.Error is VendorError { Kind: VendorErrorKind.Denied } && await ObstacleAsync(tenant, coverage, deviceId, change) is { } since ? new ObstacleError(since) : done;
    }

    /// <summary>
    /// What stands against a change by now; null where nothing is known to. The vendor refuses in the same words whoever lacks the right
    /// and whoever came a moment after the one that took the last licence.
    /// </summary>
    private async Task<Obstacle?> ObstacleAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CameraChange change)
    {
        var looked = await soracom.ReadAsync(
            tenant,
            coverage,
            async (client, token) => await change.ObstacleAsync(client, await client.SoraCam.GetSoraCamDeviceAsync(deviceId, token), token),
            CancellationToken.None);
        return looked.Error is null ? looked.Value : null;
    }

    private static AuditAct ActOf(CameraChange change, Before before) => new(change.Action, AuditOutcome.Begun)
    {
        ObjectId = before.Camera.DeviceId,
        ObjectName = string.IsNullOrEmpty(before.Camera.Name) ? null : before.Camera.Name,
        Detail = change.After is null ? before.Value : change.What,
        Before = change.After is null ? null : before.Value,
        After = change.After,
    };

    private sealed record Before(Camera Camera, string? Value, bool IsThere, Obstacle? Obstacle);
}
