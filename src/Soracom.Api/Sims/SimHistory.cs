using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>A session's beginning, change or end (wire: SessionEvent).</summary>
public sealed record SessionEvent
{
    /// <summary>One of <see cref="SessionEventKind"/>.</summary>
    public string? Event { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? Time { get; init; }

    /// <summary>When the session began.</summary>
    public DateTimeOffset? CreatedTime { get; init; }

    public string? SessionId { get; init; }

    public string? OperatorId { get; init; }

    public string? SimId { get; init; }

    public string? Imsi { get; init; }

    /// <summary>The primary subscription's IMSI, in real answers; not in the vendor's definition.</summary>
    public string? PrimaryImsi { get; init; }

    public string? Subscription { get; init; }

    /// <summary>The IMEI of the device; null for a virtual SIM.</summary>
    public string? Imei { get; init; }

    /// <summary>The device's own address.</summary>
    public string? UeIpAddress { get; init; }

    /// <summary>The Access Point Name.</summary>
    public string? Apn { get; init; }

    /// <summary>The first DNS server's address.</summary>
    public string? Dns0 { get; init; }

    /// <summary>The second DNS server's address.</summary>
    public string? Dns1 { get; init; }

    /// <summary>The base station; null for a virtual SIM.</summary>
    public Cell? Cell { get; init; }

    /// <summary>Null when no Virtual Private Gateway was used.</summary>
    public string? VpgId { get; init; }

    public string? GatewayPrivateIpAddress { get; init; }

    public string? GatewayPublicIpAddress { get; init; }
}

/// <summary>Values of <see cref="SessionEvent.Event"/>.</summary>
public static class SessionEventKind
{
    public const string Created = "Created";

    /// <summary>Another base station, or a change of the radio.</summary>
    public const string Modified = "Modified";

    public const string Deleted = "Deleted";
}

/// <summary>What a SIM's subscription was like from a moment on (wire: SimStatusHistoryResponse).</summary>
public sealed record SimStatusEntry
{
    public string? SimId { get; init; }

    public string? Imsi { get; init; }

    public string? PrimaryImsi { get; init; }

    /// <summary>Whether the entry is about the primary subscription.</summary>
    public bool? IsPrimary { get; init; }

    /// <summary>One of <see cref="SimStatus"/>.</summary>
    public string? Status { get; init; }

    public string? SpeedClass { get; init; }

    public string? GroupId { get; init; }

    public string? Subscription { get; init; }

    public IReadOnlyList<string>? Bundles { get; init; }

    /// <summary>From when on; whole seconds.</summary>
    [JsonPropertyName("applyDateTimeEpochSec"), JsonConverter(typeof(UnixSecondsConverter))]
    public DateTimeOffset? ApplyTime { get; init; }
}

/// <summary>How far a SIM is in its free test period (wire: TestingUsage).</summary>
public sealed record TestingUsage
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? StartedTime { get; init; }

    /// <summary>Null while the period goes on.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? EndedTime { get; init; }

    public TestingAmounts? Usage { get; init; }

    /// <summary>What is free, and what becomes of the SIM once one of it is used up.</summary>
    public TestingLimits? UsageLimit { get; init; }
}

/// <summary>What was used while testing.</summary>
public sealed record TestingAmounts
{
    public long? DataBytes { get; init; }

    /// <summary>Messages sent and received.</summary>
    public long? NumberOfSms { get; init; }
}

/// <summary>What may be used while testing.</summary>
public sealed record TestingLimits
{
    public int? Days { get; init; }

    public long? DataBytes { get; init; }

    /// <summary>Messages sent and received.</summary>
    public long? NumberOfSms { get; init; }

    /// <summary>The status afterwards: active, standby or suspended.</summary>
    public string? NextStatus { get; init; }

    /// <summary>Days between reaching a limit and the change of status.</summary>
    public int? StatusTransitionDelayDays { get; init; }
}
