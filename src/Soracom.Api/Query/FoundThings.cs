using System.Text.Json;
using System.Text.Json.Serialization;

namespace Soracom.Api.Query;

/// <summary>The traffic of a subscriber within a period (wire: TrafficVolumeRanking).</summary>
public sealed record TrafficRank
{
    public string? Imsi { get; init; }

    /// <summary>Bytes, both ways.</summary>
    public long? TrafficVolume { get; init; }
}

/// <summary>A device of Inventory (wire: Device).</summary>
public sealed record Device
{
    [JsonPropertyName("device_id")]
    public string? DeviceId { get; init; }

    public string? OperatorId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>Its name in LwM2M.</summary>
    public string? Endpoint { get; init; }

    public bool? Online { get; init; }

    public string? IpAddress { get; init; }

    public string? Manufacturer { get; init; }

    public string? ModelNumber { get; init; }

    public string? SerialNumber { get; init; }

    public string? FirmwareVersion { get; init; }

    public string? RegistrationId { get; init; }

    /// <summary>Seconds.</summary>
    public long? RegistrationLifeTime { get; init; }

    public DateTimeOffset? LastRegistrationUpdate { get; init; }

    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>Its objects and resources, of no documented layout.</summary>
    public JsonElement? Objects { get; init; }

    /// <summary>Tags by name; the tag <c>name</c> is the display name.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>A Sigfox device (wire: SigfoxDevice).</summary>
public sealed record SigfoxDevice
{
    [JsonPropertyName("device_id")]
    public string? DeviceId { get; init; }

    public string? OperatorId { get; init; }

    public string? GroupId { get; init; }

    /// <summary>One of <see cref="SigfoxStatus"/>, in any case.</summary>
    public string? Status { get; init; }

    /// <summary>True when it may be terminated.</summary>
    public bool? TerminationEnabled { get; init; }

    public SigfoxSighting? LastSeen { get; init; }

    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>Tags by name; the tag <c>name</c> is the display name.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }
}

/// <summary>When a Sigfox device was last heard (wire: LastSeen).</summary>
public sealed record SigfoxSighting
{
    public DateTimeOffset? Time { get; init; }

    /// <summary>Signal strength in dBm.</summary>
    public int? Rssi { get; init; }

    /// <summary>Signal to noise ratio in dB.</summary>
    public int? Snr { get; init; }
}

/// <summary>Values of searchSigfoxDevices' <c>status</c>.</summary>
public static class SigfoxStatus
{
    public const string Active = "active";
    public const string Inactive = "inactive";
    public const string Suspended = "suspended";
    public const string Terminated = "terminated";
    public const string Shipped = "shipped";
    public const string Ready = "ready";
    public const string InStock = "inStock";
    public const string Banned = "banned";
    public const string Standby = "standby";
}

/// <summary>Values of searchSigfoxDevices' <c>registration</c>.</summary>
public static class SigfoxRegistration
{
    public const string NotStarted = "notStarted";
    public const string Pending = "pending";
    public const string Success = "success";
    public const string Failed = "failed";
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(IReadOnlyList<TrafficRank>))]
[JsonSerializable(typeof(List<Device>))]
[JsonSerializable(typeof(List<SigfoxDevice>))]
internal sealed partial class QueryJson : JsonSerializerContext;
