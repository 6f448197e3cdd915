using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;
using Soracom.Api.Sims;

namespace Soracom.Api.Subscribers;

/// <summary>
/// One subscription of a SIM, as the older half of the vendor's API knows it: by IMSI (wire: Subscriber). Group, tags, expiry and
/// the like are the SIM's.
/// </summary>
public sealed record Subscriber
{
    public string? Imsi { get; init; }

    public string? Msisdn { get; init; }

    public string? Iccid { get; init; }

    public string? SimId { get; init; }

    public string? OperatorId { get; init; }

    /// <summary>The Access Point Name.</summary>
    public string? Apn { get; init; }

    /// <summary>The device's own address.</summary>
    public string? IpAddress { get; init; }

    /// <summary>None for a virtual SIM.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>One of <see cref="Sims.ModuleType"/>; null for an additional subscription.</summary>
    [WireValues(typeof(ModuleType), AreMore = true)]
    public string? ModuleType { get; init; }

    /// <summary>The speed class once more.</summary>
    public string? Type { get; init; }

    public string? SpeedClass { get; init; }

    /// <summary>The plan, for example <c>plan-D</c>.</summary>
    public string? Subscription { get; init; }

    public IReadOnlyList<string>? Bundles { get; init; }

    /// <summary>0: no SMS; 1: SMS.</summary>
    public int? Plan { get; init; }

    /// <summary>One of <see cref="SimStatus"/>, or a value that the vendor has added since.</summary>
    [WireValues(typeof(SimStatus), AreMore = true)]
    public string? Status { get; init; }

    /// <summary>Null when it is in no group.</summary>
    public string? GroupId { get; init; }

    /// <summary>Tags by name; the tag <c>name</c> is the display name.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, string>.Empty;
    } = ReadOnlyDictionary<string, string>.Empty;

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    /// <summary><see cref="CreatedTime"/> once more.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedAt { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary><see cref="LastModifiedTime"/> once more.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedAt { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiryTime { get; init; }

    /// <summary><see cref="ExpiryTime"/> once more.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiredAt { get; init; }

    /// <summary>One of <see cref="Sims.ExpiryAction"/>; null when none is set.</summary>
    [WireValues(typeof(ExpiryAction))]
    public string? ExpiryAction { get; init; }

    /// <summary>True when the SIM may be terminated, that is, when termination protection is off.</summary>
    public bool? TerminationEnabled { get; init; }

    public ImeiLock? ImeiLock { get; init; }

    public SessionStatus? SessionStatus { get; init; }

    public PreviousSessionStatus? PreviousSession { get; init; }

    /// <summary>Where it is registered, for each kind of network.</summary>
    public LocationRegistrations? LocationRegistrationStatus { get; init; }

    /// <summary>When somebody registered the SIM by hand; null for one that came with an order.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? RegisteredTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? RenewalFeeStatusSetTime { get; init; }

    /// <summary>When Napter was last used with it; null if never.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastPortMappingCreatedTime { get; init; }

    /// <summary>Objects whose layout is not public.</summary>
    public IReadOnlyList<JsonElement>? PacketCaptureSessions { get; init; }
}

/// <summary>Where a subscription is registered (wire: LocationRegistrationStatus).</summary>
public sealed record LocationRegistrations
{
    /// <summary>2G and 3G, calls and SMS.</summary>
    public LocationRegistration? Cs { get; init; }

    /// <summary>2G and 3G, data.</summary>
    public LocationRegistration? Ps { get; init; }

    /// <summary>LTE.</summary>
    public LocationRegistration? Eps { get; init; }
}

/// <summary>A registration with one kind of network (wire: LocationRegistrationStatusForNetwork).</summary>
public sealed record LocationRegistration
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>The network: country and network code.</summary>
    public string? Vplmn { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(List<Subscriber>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(List<string>))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(TransferOffer))]
[JsonSerializable(typeof(TransferToken))]
[JsonSerializable(typeof(TransferredSubscribers))]
internal sealed partial class SubscribersJson : JsonSerializerContext;
