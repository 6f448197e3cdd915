using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <summary>
/// Cameras and their cloud recordings (vendor tag SoraCam). A SAM user needs <c>OAuth2:authorize</c> besides the permission of
/// most of these operations. Every operation on a camera that the account doesn't have answers 404. Times are sent in milliseconds.
/// </summary>
public partial interface ISoraCamApi
{
    /// <summary>Vendor operation listSoraCamDevices: all cameras, without their licences. Not paged.</summary>
    [SoracomOperation("listSoraCamDevices"), Get("/sora_cam/devices")]
    Task<IReadOnlyList<Camera>> ListSoraCamDevicesAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDevice: one camera with its licences.</summary>
    [SoracomOperation("getSoraCamDevice"), Get("/sora_cam/devices/{device_id}")]
    Task<Camera> GetSoraCamDeviceAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation handleDeleteSoraCamDevice: takes a camera off the account.</summary>
    [SoracomOperation("handleDeleteSoraCamDevice"), Delete("/sora_cam/devices/{device_id}")]
    Task HandleDeleteSoraCamDeviceAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceName: a camera's name.</summary>
    [SoracomOperation("getSoraCamDeviceName"), Get("/sora_cam/devices/{device_id}/name")]
    Task<CameraName> GetSoraCamDeviceNameAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceName: renames a camera. 400 for a bad name.</summary>
    [SoracomOperation("setSoraCamDeviceName", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/name")]
    Task SetSoraCamDeviceNameAsync([Path("device_id")] string deviceId, [Body] CameraName name, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDevicePowerState: whether a camera is on or asleep.</summary>
    [SoracomOperation("getSoraCamDevicePowerState"), Get("/sora_cam/devices/{device_id}/power_state")]
    Task<CameraPower> GetSoraCamDevicePowerStateAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDevicePowerState: wakes a camera or puts it to sleep; asleep it records nothing.</summary>
    [SoracomOperation("setSoraCamDevicePowerState", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/power_state")]
    Task SetSoraCamDevicePowerStateAsync([Path("device_id")] string deviceId, [Body] CameraPower power, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation rebootSoraCamDevice: starts a camera anew; it is offline meanwhile.</summary>
    [SoracomOperation("rebootSoraCamDevice"), Post("/sora_cam/devices/{device_id}/reboot")]
    Task RebootSoraCamDeviceAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listSoraCamDeviceAtomCamFirmwareUpdates: the cameras that a newer firmware waits for.</summary>
    [SoracomOperation("listSoraCamDeviceAtomCamFirmwareUpdates"), Get("/sora_cam/devices/atom_cam/firmware/updates")]
    Task<IReadOnlyList<CameraFirmwareUpdate>> ListSoraCamDeviceAtomCamFirmwareUpdatesAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamFirmwareUpdate: the firmware that waits for a camera; null when it is up to date.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamFirmwareUpdate", MayAnswerNothing = true), Get("/sora_cam/devices/{device_id}/atom_cam/firmware/update")]
    Task<IReadOnlyList<CameraFirmwareUpdate>?> GetSoraCamDeviceAtomCamFirmwareUpdateAsync(
        [Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation updateSoraCamDeviceAtomCamFirmware: begins the update of a camera's firmware. The camera is offline meanwhile, and must
    /// not lose its power. 400 when there is no newer firmware.
    /// </summary>
    [SoracomOperation("updateSoraCamDeviceAtomCamFirmware"), Post("/sora_cam/devices/{device_id}/atom_cam/firmware/update")]
    Task UpdateSoraCamDeviceAtomCamFirmwareAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamOptions: which paid options a camera has.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamOptions"), Get("/sora_cam/devices/{device_id}/atom_cam/options")]
    Task<CameraOptions> GetSoraCamDeviceAtomCamOptionsAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateSoraCamDeviceAtomCamOptionsRealTimeAccess: switches real-time access, which costs a monthly fee.</summary>
    [SoracomOperation("updateSoraCamDeviceAtomCamOptionsRealTimeAccess", Effect = CallEffect.Repeatable)]
    [Put("/sora_cam/devices/{device_id}/atom_cam/options/real_time_access")]
    Task<RealTimeAccess> UpdateSoraCamDeviceAtomCamOptionsRealTimeAccessAsync(
        [Path("device_id")] string deviceId, [Body] RealTimeAccess access, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation getSoraCamDeviceAtomCamLiveImage: a picture of this moment, by its address. 422 when the camera is offline or has no
    /// real-time access.
    /// </summary>
    [SoracomOperation("getSoraCamDeviceAtomCamLiveImage"), Get("/sora_cam/devices/{device_id}/atom_cam/live_image")]
    Task<LiveImage> GetSoraCamDeviceAtomCamLiveImageAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createSoraCamDeviceDataEntry: keeps data of the caller's with a camera, in Harvest Data, as of now.</summary>
    /// <param name="deviceId">The camera.</param>
    /// <param name="data">JSON, plain text or <c>application/octet-stream</c>, by its content type.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("createSoraCamDeviceDataEntry"), Post("/sora_cam/devices/{device_id}/data")]
    Task CreateSoraCamDeviceDataEntryAsync([Path("device_id")] string deviceId, [Body] SoracomUpload data, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation updateSoraCamDeviceDataEntry: the same as of a given time; replaces what is there.</summary>
    [SoracomOperation("updateSoraCamDeviceDataEntry", Effect = CallEffect.Repeatable), Put("/sora_cam/devices/{device_id}/data/{time}")]
    Task UpdateSoraCamDeviceDataEntryAsync(
        [Path("device_id")] string deviceId, [Path("time")] UnixMilliseconds time, [Body] SoracomUpload data, CancellationToken cancellationToken = default);
}
