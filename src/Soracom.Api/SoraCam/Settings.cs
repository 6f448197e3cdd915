using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <summary>All settings of a camera, but for the weekly reboot (wire: SoraCamAtomCamSettingsAll).</summary>
public sealed record CameraSettings
{
    [WireValues(typeof(SwitchState))]
    public string? Logo { get; init; }

    [WireValues(typeof(SwitchState))]
    public string? Motion { get; init; }

    [WireValues(typeof(Sensitivity))]
    public string? MotionSensitivity { get; init; }

    [WireValues(typeof(SwitchState))]
    public string? MotionTagging { get; init; }

    [WireValues(typeof(NightVisionState))]
    public string? NightVision { get; init; }

    [WireValues(typeof(VideoQuality))]
    public string? Quality { get; init; }

    /// <summary>Degrees: 0 or 180.</summary>
    public int? Rotation { get; init; }

    [WireValues(typeof(SwitchState))]
    public string? Sound { get; init; }

    [WireValues(typeof(Sensitivity))]
    public string? SoundSensitivity { get; init; }

    [WireValues(typeof(SwitchState))]
    public string? StatusLight { get; init; }

    [WireValues(typeof(SwitchState))]
    public string? Timestamp { get; init; }
}

/// <summary>A setting that is on or off (wire: SoraCamAtomCamSettingsLogo, ...Motion, ...MotionTagging, ...Sound, ...StatusLight, ...Timestamp).</summary>
public sealed record SwitchSetting
{
    /// <summary>One of <see cref="SwitchState"/>.</summary>
    [WireValues(typeof(SwitchState))]
    public required string State { get; init; }
}

/// <summary>Wire: SoraCamAtomCamSettingsMotionSensitivity, SoraCamAtomCamSettingsSoundSensitivity.</summary>
public sealed record SensitivitySetting
{
    /// <summary>One of <see cref="Sensitivity"/>.</summary>
    [WireValues(typeof(Sensitivity))]
    public required string State { get; init; }
}

/// <summary>Wire: SoraCamAtomCamSettingsNightVision.</summary>
public sealed record NightVisionSetting
{
    /// <summary>One of <see cref="NightVisionState"/>.</summary>
    [WireValues(typeof(NightVisionState))]
    public required string State { get; init; }
}

/// <summary>Wire: SoraCamAtomCamSettingsQuality.</summary>
public sealed record QualitySetting
{
    /// <summary>One of <see cref="VideoQuality"/>.</summary>
    [WireValues(typeof(VideoQuality))]
    public required string State { get; init; }
}

/// <summary>Wire: SoraCamAtomCamSettingsRotation.</summary>
public sealed record RotationSetting
{
    /// <summary>Degrees: 0 or 180.</summary>
    public required int State { get; init; }
}

/// <summary>When a camera starts itself anew (wire: SoraCamAtomCamSettingsSelfReboot).</summary>
public sealed record SelfRebootSetting
{
    public required bool Enabled { get; init; }

    /// <summary>The time of day in UTC, <c>HH:mm</c>; the vendor's default is midnight.</summary>
    public string? Time { get; init; }

    /// <summary>0 is Sunday; the vendor's default is every day.</summary>
    public IReadOnlyList<int>? DaysOfWeek { get; init; }
}
