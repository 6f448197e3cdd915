using System.Globalization;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Changes;

/// <summary>A setting that is one of some values.</summary>
public enum CameraSetting
{
    /// <summary>Whether motion is noticed.</summary>
    Motion,

    /// <summary>How small a motion is noticed.</summary>
    MotionSensitivity,

    /// <summary>Whether what moves is framed in the picture.</summary>
    MotionTagging,

    /// <summary>Whether sound is noticed.</summary>
    Sound,

    /// <summary>How soft a sound is noticed.</summary>
    SoundSensitivity,

    /// <summary>Infrared light in the dark.</summary>
    NightVision,

    /// <summary>The quality of what is seen live.</summary>
    Quality,

    /// <summary>Whether the picture is turned upside down.</summary>
    Rotation,

    /// <summary>The maker's sign in the picture.</summary>
    Logo,

    /// <summary>The time in the picture.</summary>
    Timestamp,

    /// <summary>The light at the camera.</summary>
    StatusLight,
}

/// <summary>The values of settings, in the vendor's words.</summary>
internal static class CameraSettingValues
{
    /// <summary>What a setting may be, in the order in which it is offered.</summary>
    public static IReadOnlyList<string> Of(CameraSetting setting) => setting switch
    {
        CameraSetting.MotionSensitivity or CameraSetting.SoundSensitivity => [Sensitivity.Low, Sensitivity.Medium, Sensitivity.High],
        CameraSetting.NightVision => [NightVisionState.Auto, NightVisionState.On, NightVisionState.Off],
        CameraSetting.Quality => [VideoQuality.Low, VideoQuality.Medium, VideoQuality.High],
        CameraSetting.Rotation => ["0", "180"],
        _ => [SwitchState.Off, SwitchState.On],
    };

    /// <summary>Whether it is on or off, and nothing else.</summary>
    public static bool IsSwitch(CameraSetting setting) => Of(setting) is [SwitchState.Off, SwitchState.On];

    /// <summary>What a setting is; null where the vendor does not tell.</summary>
    public static string? Read(CameraSettings all, CameraSetting setting) => setting switch
    {
        CameraSetting.Motion => all.Motion,
        CameraSetting.MotionSensitivity => all.MotionSensitivity,
        CameraSetting.MotionTagging => all.MotionTagging,
        CameraSetting.Sound => all.Sound,
        CameraSetting.SoundSensitivity => all.SoundSensitivity,
        CameraSetting.NightVision => all.NightVision,
        CameraSetting.Quality => all.Quality,
        CameraSetting.Rotation => all.Rotation?.ToString(CultureInfo.InvariantCulture),
        CameraSetting.Logo => all.Logo,
        CameraSetting.Timestamp => all.Timestamp,
        _ => all.StatusLight,
    };
}

/// <summary>Another value of a setting (operations setSoraCamDeviceAtomCamSettings...).</summary>
/// <param name="Setting">The setting.</param>
/// <param name="Value">The value.</param>
public sealed record CameraSettingChange(CameraSetting Setting, string Value) : CameraChange
{
    /// <inheritdoc />
    internal override string Action => AuditActions.CameraSettingChanged;

    /// <inheritdoc />
    internal override string? What => Setting.ToString();

    /// <inheritdoc />
    internal override string? After => Value;

    /// <inheritdoc />
    public override InputError? Wrong() => CameraSettingValues.Of(Setting).Contains(Value, StringComparer.Ordinal) ? null : new InputError("CameraSetting", string.Join(", ", CameraSettingValues.Of(Setting)));

    /// <inheritdoc />
    internal override async Task<string?> ReadAsync(ISoracomClient client, Camera camera, CancellationToken cancellationToken) =>
        CameraSettingValues.Read(await client.SoraCam.GetSoraCamDeviceAtomCamSettingsAsync(camera.DeviceId, cancellationToken), Setting);

    /// <inheritdoc />
    internal override Task SendAsync(ISoracomClient client, string deviceId, CancellationToken cancellationToken) => Setting switch
    {
        CameraSetting.Motion => client.SoraCam.SetSoraCamDeviceAtomCamSettingsMotionAsync(deviceId, Switch, cancellationToken),
        CameraSetting.MotionSensitivity => client.SoraCam.SetSoraCamDeviceAtomCamSettingsMotionSensitivityAsync(deviceId, new SensitivitySetting { State = Value }, cancellationToken),
        CameraSetting.MotionTagging => client.SoraCam.SetSoraCamDeviceAtomCamSettingsMotionTaggingAsync(deviceId, Switch, cancellationToken),
        CameraSetting.Sound => client.SoraCam.SetSoraCamDeviceAtomCamSettingsSoundAsync(deviceId, Switch, cancellationToken),
        CameraSetting.SoundSensitivity => client.SoraCam.SetSoraCamDeviceAtomCamSettingsSoundSensitivityAsync(deviceId, new SensitivitySetting { State = Value }, cancellationToken),
        CameraSetting.NightVision => client.SoraCam.SetSoraCamDeviceAtomCamSettingsNightVisionAsync(deviceId, new NightVisionSetting { State = Value }, cancellationToken),
        CameraSetting.Quality => client.SoraCam.SetSoraCamDeviceAtomCamSettingsQualityAsync(deviceId, new QualitySetting { State = Value }, cancellationToken),
        CameraSetting.Rotation => client.SoraCam.SetSoraCamDeviceAtomCamSettingsRotationAsync(deviceId, new RotationSetting { State = int.Parse(Value, CultureInfo.InvariantCulture) }, cancellationToken),
        CameraSetting.Logo => client.SoraCam.SetSoraCamDeviceAtomCamSettingsLogoAsync(deviceId, Switch, cancellationToken),
        CameraSetting.Timestamp => client.SoraCam.SetSoraCamDeviceAtomCamSettingsTimestampAsync(deviceId, Switch, cancellationToken),
        _ => client.SoraCam.SetSoraCamDeviceAtomCamSettingsStatusLightAsync(deviceId, Switch, cancellationToken),
    };

    private SwitchSetting Switch => new() { State = Value };
}
