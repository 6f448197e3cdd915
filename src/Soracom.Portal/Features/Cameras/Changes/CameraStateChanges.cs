using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Changes;

/// <summary>Another name (operation setSoraCamDeviceName).</summary>
/// <param name="Name">The name.</param>
public sealed record CameraNameChange(string Name) : CameraChange
{
    /// <summary>The most characters of a name. The vendor documents no limit.</summary>
    public const int MostCharacters = 100;

    /// <inheritdoc />
    internal override string Action => AuditActions.CameraNamed;

    /// <inheritdoc />
    internal override string? After => Name;

    /// <inheritdoc />
    public override InputError? Wrong() => string.IsNullOrWhiteSpace(Name) || Name.Length > MostCharacters ? new InputError("CameraName", MostCharacters) : null;

    /// <inheritdoc />
    internal override Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) => Task.FromResult<string?>(camera.Name ?? "");

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) =>
        client.SoraCam.SetSoraCamDeviceNameAsync(deviceId, new CameraName { Name = Name }, cancellationToken);
}

/// <summary>Awake or asleep (operation setSoraCamDevicePowerState).</summary>
/// <param name="Awake">Whether it is to be on.</param>
public sealed record CameraPowerChange(bool Awake) : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraPowered;

    /// <inheritdoc />
    internal override string? After => Awake ? CameraPowerState.On : CameraPowerState.Sleep;

    /// <inheritdoc />
    internal override Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) => Task.FromResult(camera.PowerState);

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) =>
        client.SoraCam.SetSoraCamDevicePowerStateAsync(deviceId, new CameraPower { PowerState = After! }, cancellationToken);
}

/// <summary>Starts the camera anew (operation rebootSoraCamDevice).</summary>
public sealed record CameraReboot : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraRebooted;

    /// <inheritdoc />
    internal override string? After => null;

    /// <inheritdoc />
    internal override Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <inheritdoc />
    internal override Task<Obstacle?> ObstacleAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) =>
        Task.FromResult(camera.Connected == true ? null : new Obstacle("CameraOffline"));

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) => client.SoraCam.RebootSoraCamDeviceAsync(deviceId, cancellationToken);
}

/// <summary>Installs the firmware that waits (operation updateSoraCamDeviceAtomCamFirmware). The camera is offline meanwhile.</summary>
public sealed record CameraFirmwareInstallation : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraFirmwareUpdated;

    /// <inheritdoc />
    internal override string? After => null;

    /// <inheritdoc />
    internal override Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) => Task.FromResult(camera.FirmwareVersion);

    /// <inheritdoc />
    internal override async Task<Obstacle?> ObstacleAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) =>
        camera.Connected != true ? new Obstacle("CameraOffline")
        : await client.SoraCam.GetSoraCamDeviceAtomCamFirmwareUpdateAsync(camera.DeviceId, cancellationToken) is not { Count: > 0 } ? new Obstacle("CameraUpToDate")
        : null;

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) => client.SoraCam.UpdateSoraCamDeviceAtomCamFirmwareAsync(deviceId, cancellationToken);
}

/// <summary>Access to the camera at the moment itself, a paid option (operation updateSoraCamDeviceAtomCamOptionsRealTimeAccess).</summary>
/// <param name="Enabled">Whether there is to be any.</param>
public sealed record CameraRealTimeChange(bool Enabled) : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraRealTimeChanged;

    /// <inheritdoc />
    internal override string? After => Text(Enabled);

    /// <inheritdoc />
    internal override async Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) =>
        Text((await client.SoraCam.GetSoraCamDeviceAtomCamOptionsAsync(camera.DeviceId, cancellationToken)).RealTimeAccess?.Enabled == true);

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) =>
        client.SoraCam.UpdateSoraCamDeviceAtomCamOptionsRealTimeAccessAsync(deviceId, new RealTimeAccess { Enabled = Enabled }, cancellationToken);

    private static string Text(bool enabled) => enabled ? SwitchState.On : SwitchState.Off;
}
