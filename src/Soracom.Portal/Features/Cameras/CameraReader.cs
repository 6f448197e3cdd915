using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras;

/// <summary>Reads one camera.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database: it knows what exports have set aside.</param>
/// <param name="clock">The clock.</param>
internal sealed class CameraReader(TenantSoracom soracom, PortalDatabase database, TimeProvider clock)
{
    /// <summary>The camera, and the firmware that waits for it (operations getSoraCamDevice, getSoraCamDeviceAtomCamFirmwareUpdate).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The camera, or a <see cref="VendorError"/>.</returns>
    public Task<Result<SeenCamera>> GetAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken) => ReadAsync(
        tenant,
        coverage,
        async (client, token) =>
        {
            var camera = await client.SoraCam.GetSoraCamDeviceAsync(deviceId, token);
            var waiting = await client.SoraCam.GetSoraCamDeviceAtomCamFirmwareUpdateAsync(deviceId, token);
            return new SeenCamera(camera, waiting is [.., { FirmwareVersion: { Length: > 0 } version }] ? version : null);
        },
        cancellationToken);

    /// <summary>Its settings (operation getSoraCamDeviceAtomCamSettings).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The settings, or a <see cref="VendorError"/>.</returns>
    public Task<Result<CameraSettings>> SettingsAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken) =>
        ReadAsync(tenant, coverage, (client, token) => client.SoraCam.GetSoraCamDeviceAtomCamSettingsAsync(deviceId, token), cancellationToken);

    /// <summary>When it starts itself anew (operation getSoraCamDeviceAtomCamSettingsSelfReboot).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The plan, or a <see cref="VendorError"/>.</returns>
    public Task<Result<SelfRebootSetting>> RestartAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken) =>
        ReadAsync(tenant, coverage, (client, token) => client.SoraCam.GetSoraCamDeviceAtomCamSettingsSelfRebootAsync(deviceId, token), cancellationToken);

    /// <summary>What may be played and exported of it this month (operation getSoraCamDeviceExportUsage), without what exports have set aside.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The quota, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<CameraQuota>> QuotaAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        var readAt = clock.GetUtcNow();
        await using var db = database.ForTenantBesideOthers(tenant.TenantId);
        var underWay = await QuotaSetAside.OutAsync(db, coverage, deviceId, cancellationToken);
        var usage = await ReadAsync(tenant, coverage, (client, token) => QuotaSetAside.ReadAsync(client.SoraCam, deviceId, underWay, token), cancellationToken);
        if (usage.Error is { } error)
        {
            return error;
        }

        if (CameraQuota.Of(usage.Value.Usage) is not { } quota)
        {
            return new VendorError(VendorErrorKind.NotUnderstood, coverage);
        }

        return quota.Less(await QuotaSetAside.OfAsync(db, coverage, deviceId, readAt, usage.Value.Exports, cancellationToken));
    }

    /// <summary>The licences that the account has bought (operation listSoraCamLicensePacks).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The licences, those of none left out; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<LicencePack>>> PacksAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var packs = await ReadAsync(tenant, coverage, (client, token) => client.SoraCam.ListSoraCamLicensePacksAsync(token), cancellationToken);
        return packs.Error is { } error ? error : Result.Of<IReadOnlyList<LicencePack>>([.. packs.Value.Where(pack => pack is { Id: not null, Quantity: > 0 })]);
    }

    /// <summary>Whether it can be reached at the moment itself (operation getSoraCamDeviceAtomCamOptions).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="deviceId">The camera.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether the option is on, or a <see cref="VendorError"/>.</returns>
    public Task<Result<CameraOptions>> OptionsAsync(TenantContext tenant, SoracomCoverage coverage, string deviceId, CancellationToken cancellationToken) =>
        ReadAsync(tenant, coverage, (client, token) => client.SoraCam.GetSoraCamDeviceAtomCamOptionsAsync(deviceId, token), cancellationToken);

    private async Task<Result<T>> ReadAsync<T>(TenantContext tenant, SoracomCoverage coverage, Func<ISoracomClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.CamerasRead, cancellationToken);
        return await soracom.ReadAsync(tenant, coverage, call, cancellationToken);
    }
}

/// <summary>A camera as it was read.</summary>
/// <param name="Camera">The camera.</param>
/// <param name="NextFirmware">The firmware that waits for it; null where none does.</param>
public sealed record SeenCamera(Camera Camera, string? NextFirmware)
{
    /// <summary>Its licence.</summary>
    public CameraLicence Licence => CameraLicence.Of(Camera.AppliedLicenses);

    /// <summary>Whether it sleeps.</summary>
    public bool Asleep => string.Equals(Camera.PowerState, CameraPowerState.Sleep, StringComparison.Ordinal);
}
