namespace Soracom.Api.SoraCam;

/// <summary>Values of <see cref="Camera.PowerState"/>.</summary>
public static class CameraPowerState
{
    public const string On = "on";

    /// <summary>Records nothing.</summary>
    public const string Sleep = "sleep";
}

/// <summary>Values of settings that are on or off.</summary>
public static class SwitchState
{
    public const string On = "on";
    public const string Off = "off";
}

/// <summary>Values of <see cref="SensitivitySetting.State"/>.</summary>
public static class Sensitivity
{
    public const string High = "high";
    public const string Medium = "medium";
    public const string Low = "low";
}

/// <summary>Values of <see cref="NightVisionSetting.State"/>.</summary>
public static class NightVisionState
{
    public const string On = "on";
    public const string Off = "off";
    public const string Auto = "auto";
}

/// <summary>Values of <see cref="QualitySetting.State"/>.</summary>
public static class VideoQuality
{
    /// <summary>360p</summary>
    public const string Low = "low";

    /// <summary>SD</summary>
    public const string Medium = "medium";

    /// <summary>1080p</summary>
    public const string High = "high";
}

/// <summary>Values of <see cref="AtomEvent.Type"/> and <see cref="EventPeriod.Type"/>.</summary>
public static class CameraEventType
{
    public const string Motion = "motion";
    public const string Sound = "sound";
    public const string Other = "other";
}

/// <summary>Values of <see cref="AtomEvent.RecordingStatus"/>.</summary>
public static class EventRecordingStatus
{
    public const string Completed = "completed";
    public const string Recording = "recording";
    public const string Failed = "failed";
}

/// <summary>Values of <see cref="CameraExport.Status"/>, in the order in which they come.</summary>
public static class ExportStatus
{
    public const string Initializing = "initializing";
    public const string Processing = "processing";

    /// <summary>Has failed and is tried again.</summary>
    public const string Retrying = "retrying";

    /// <summary>Has an address, for ten minutes.</summary>
    public const string Completed = "completed";

    public const string Failed = "failed";

    /// <summary>The camera's quota of the month is used up.</summary>
    public const string LimitExceeded = "limitExceeded";

    /// <summary>The address is no longer good.</summary>
    public const string Expired = "expired";
}

/// <summary>Values of <see cref="VideoExportRequest.AudioCodec"/>.</summary>
public static class ExportAudioCodec
{
    public const string Pcm = "pcm_s16le";

    /// <summary>Makes the export cost twice the quota.</summary>
    public const string Mp3 = "mp3";
}

/// <summary>Values of <see cref="ImageExportRequest.ImageFilters"/>.</summary>
public static class ImageFilter
{
    /// <summary>Takes the bend of the lens out of the picture.</summary>
    public const string WideAngleCorrection = "wide_angle_correction";
}
