using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.SoraCam;

/// <summary>A camera (wire: SoraCamDevice).</summary>
public sealed record Camera
{
    /// <summary>The MAC address: twelve hexadecimal digits.</summary>
    public required string DeviceId { get; init; }

    public string? Name { get; init; }

    public string? ProductDisplayName { get; init; }

    /// <summary><c>Camera</c>.</summary>
    public string? DeviceCategory { get; init; }

    public string? FirmwareVersion { get; init; }

    /// <summary>One of <see cref="CameraPowerState"/>.</summary>
    [WireValues(typeof(CameraPowerState))]
    public string? PowerState { get; init; }

    /// <summary>Whether the cloud hears of the camera.</summary>
    public bool? Connected { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastConnectedTime { get; init; }

    /// <summary>Whether it is another operator's, who lets this one see it.</summary>
    public bool? IsShared { get; init; }

    public CameraConfiguration? Configuration { get; init; }

    /// <summary>Null in lists: only getSoraCamDevice tells.</summary>
    public IReadOnlyList<AppliedLicence>? AppliedLicenses { get; init; }
}

/// <summary>What a camera raises alarms for (wire: SoraCamDeviceConfiguration).</summary>
public sealed record CameraConfiguration
{
    public bool? MotionDetectionEnabled { get; init; }

    public bool? AudioAlarmEnabled { get; init; }

    public bool? SmokeAlarmEnabled { get; init; }
}

/// <summary>A licence of a camera, in words (wire: SoraCamDeviceLicenseInfo).</summary>
public sealed record AppliedLicence
{
    public string? Name { get; init; }

    /// <summary>Such as <c>storage_life=14</c>: the days that recordings are kept.</summary>
    public string? Value { get; init; }
}

/// <summary>Wire: SoraCamDeviceName.</summary>
public sealed record CameraName
{
    public required string Name { get; init; }
}

/// <summary>Wire: SoraCamPowerState.</summary>
public sealed record CameraPower
{
    /// <summary>One of <see cref="CameraPowerState"/>.</summary>
    [WireValues(typeof(CameraPowerState))]
    public required string PowerState { get; init; }
}

/// <summary>A firmware that waits for a camera (wire: SoraCamDevicesFirmwareUpdate).</summary>
public sealed record CameraFirmwareUpdate
{
    public string? DeviceId { get; init; }

    public string? FirmwareVersion { get; init; }

    /// <summary>Seconds after which an update that has not ended counts as failed.</summary>
    public long? Timeout { get; init; }
}

/// <summary>Wire: SoraCamDeviceOptions.</summary>
public sealed record CameraOptions
{
    public RealTimeAccess? RealTimeAccess { get; init; }
}

/// <summary>Access to a camera from anywhere at the moment itself, a paid option (wire: SoraCamDeviceRealTimeAccessOption).</summary>
public sealed record RealTimeAccess
{
    public required bool Enabled { get; init; }
}

/// <summary>Wire: SoraCamAtomCamLiveImageResponse.</summary>
public sealed record LiveImage
{
    /// <summary>A signed address: whoever knows it can see the picture.</summary>
    public string? Url { get; init; }

    /// <summary>Leaves out the address.</summary>
    public override string ToString() => nameof(LiveImage);
}
