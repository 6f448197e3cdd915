using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <content>
/// Settings of a camera. All of them need a licence or real-time access. What a POST sets is answered with an empty 200; 400 for a value that there is not.
/// </content>
public partial interface ISoraCamApi
{
    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettings: all settings at once, but for the weekly reboot.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettings"), Get("/sora_cam/devices/{device_id}/atom_cam/settings")]
    Task<CameraSettings> GetSoraCamDeviceAtomCamSettingsAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsLogo: whether the maker's logo is in the picture.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsLogo"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/logo")]
    Task<SwitchSetting> GetSoraCamDeviceAtomCamSettingsLogoAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsLogo: sets whether the maker's logo is in the picture.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsLogo", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/logo")]
    Task SetSoraCamDeviceAtomCamSettingsLogoAsync([Path("device_id")] string deviceId, [Body] SwitchSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsMotion: whether motion is detected; without it a motion licence records nothing.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsMotion"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/motion")]
    Task<SwitchSetting> GetSoraCamDeviceAtomCamSettingsMotionAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsMotion: sets whether motion is detected; without it a motion licence records nothing.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsMotion", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/motion")]
    Task SetSoraCamDeviceAtomCamSettingsMotionAsync([Path("device_id")] string deviceId, [Body] SwitchSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsMotionSensitivity: how much motion it takes.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsMotionSensitivity"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/motion_sensitivity")]
    Task<SensitivitySetting> GetSoraCamDeviceAtomCamSettingsMotionSensitivityAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsMotionSensitivity: sets how much motion it takes.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsMotionSensitivity", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/motion_sensitivity")]
    Task SetSoraCamDeviceAtomCamSettingsMotionSensitivityAsync([Path("device_id")] string deviceId, [Body] SensitivitySetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsMotionTagging: whether what moves is framed in green.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsMotionTagging"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/motion_tagging")]
    Task<SwitchSetting> GetSoraCamDeviceAtomCamSettingsMotionTaggingAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsMotionTagging: sets whether what moves is framed in green.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsMotionTagging", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/motion_tagging")]
    Task SetSoraCamDeviceAtomCamSettingsMotionTaggingAsync([Path("device_id")] string deviceId, [Body] SwitchSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsNightVision: whether the camera sees in the dark.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsNightVision"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/night_vision")]
    Task<NightVisionSetting> GetSoraCamDeviceAtomCamSettingsNightVisionAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsNightVision: sets whether the camera sees in the dark.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsNightVision", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/night_vision")]
    Task SetSoraCamDeviceAtomCamSettingsNightVisionAsync([Path("device_id")] string deviceId, [Body] NightVisionSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsQuality: the quality of what is kept on a memory card; recordings in the cloud are always 1920 × 1080 pixels.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsQuality"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/quality")]
    Task<QualitySetting> GetSoraCamDeviceAtomCamSettingsQualityAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsQuality: sets the quality of what is kept on a memory card; recordings in the cloud are always 1920 × 1080 pixels.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsQuality", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/quality")]
    Task SetSoraCamDeviceAtomCamSettingsQualityAsync([Path("device_id")] string deviceId, [Body] QualitySetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsRotation: whether the picture is turned around, in degrees.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsRotation"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/rotation")]
    Task<RotationSetting> GetSoraCamDeviceAtomCamSettingsRotationAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsRotation: sets whether the picture is turned around, in degrees.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsRotation", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/rotation")]
    Task SetSoraCamDeviceAtomCamSettingsRotationAsync([Path("device_id")] string deviceId, [Body] RotationSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsSelfReboot: when the camera starts itself anew.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsSelfReboot"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/self_reboot")]
    Task<SelfRebootSetting> GetSoraCamDeviceAtomCamSettingsSelfRebootAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsSelfReboot: sets when the camera starts itself anew.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsSelfReboot", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/self_reboot")]
    Task SetSoraCamDeviceAtomCamSettingsSelfRebootAsync([Path("device_id")] string deviceId, [Body] SelfRebootSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsSound: whether sound is detected.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsSound"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/sound")]
    Task<SwitchSetting> GetSoraCamDeviceAtomCamSettingsSoundAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsSound: sets whether sound is detected.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsSound", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/sound")]
    Task SetSoraCamDeviceAtomCamSettingsSoundAsync([Path("device_id")] string deviceId, [Body] SwitchSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsSoundSensitivity: how much sound it takes.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsSoundSensitivity"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/sound_sensitivity")]
    Task<SensitivitySetting> GetSoraCamDeviceAtomCamSettingsSoundSensitivityAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsSoundSensitivity: sets how much sound it takes.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsSoundSensitivity", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/sound_sensitivity")]
    Task SetSoraCamDeviceAtomCamSettingsSoundSensitivityAsync([Path("device_id")] string deviceId, [Body] SensitivitySetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsStatusLight: whether the status light is on.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsStatusLight"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/status_light")]
    Task<SwitchSetting> GetSoraCamDeviceAtomCamSettingsStatusLightAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsStatusLight: sets whether the status light is on.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsStatusLight", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/status_light")]
    Task SetSoraCamDeviceAtomCamSettingsStatusLightAsync([Path("device_id")] string deviceId, [Body] SwitchSetting setting, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getSoraCamDeviceAtomCamSettingsTimestamp: whether the time is in the picture.</summary>
    [SoracomOperation("getSoraCamDeviceAtomCamSettingsTimestamp"), Get("/sora_cam/devices/{device_id}/atom_cam/settings/timestamp")]
    Task<SwitchSetting> GetSoraCamDeviceAtomCamSettingsTimestampAsync([Path("device_id")] string deviceId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation setSoraCamDeviceAtomCamSettingsTimestamp: sets whether the time is in the picture.</summary>
    [SoracomOperation("setSoraCamDeviceAtomCamSettingsTimestamp", Effect = CallEffect.Repeatable), Post("/sora_cam/devices/{device_id}/atom_cam/settings/timestamp")]
    Task SetSoraCamDeviceAtomCamSettingsTimestampAsync([Path("device_id")] string deviceId, [Body] SwitchSetting setting, CancellationToken cancellationToken = default);
}
