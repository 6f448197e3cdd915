using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>
/// A SIM (wire: Sim). It may hold several profiles and subscriptions, so IMSI, ICCID and subscription are found in
/// <see cref="Profiles"/>; see <see cref="ActiveProfile"/> and <see cref="PrimarySubscriber"/>.
/// </summary>
public sealed record Sim
{
    public required string SimId { get; init; }

    public string? OperatorId { get; init; }

    /// <summary>One of <see cref="SimType"/>.</summary>
    [WireValues(typeof(SimType))]
    public string? Type { get; init; }

    /// <summary>One of <see cref="Sims.ModuleType"/>.</summary>
    [WireValues(typeof(ModuleType), AreMore = true)]
    public string? ModuleType { get; init; }

    /// <summary>One of <see cref="SimStatus"/>, or a value that the vendor has added since.</summary>
    [WireValues(typeof(SimStatus), AreMore = true)]
    public string? Status { get; init; }

    public string? SpeedClass { get; init; }

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

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }

    /// <summary>When <see cref="ExpiryAction"/> takes place; from then on no new session is possible.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? ExpiryTime { get; init; }

    /// <summary>One of <see cref="Sims.ExpiryAction"/>; null when none is set.</summary>
    [WireValues(typeof(ExpiryAction))]
    public string? ExpiryAction { get; init; }

    /// <summary>True when the SIM may be terminated, that is, when termination protection is off.</summary>
    public bool? TerminationEnabled { get; init; }

    public ImeiLock? ImeiLock { get; init; }

    public Capabilities? Capabilities { get; init; }

    /// <summary>The ICCID of the profile in use, a key of <see cref="Profiles"/>.</summary>
    public string? ActiveProfileId { get; init; }

    /// <summary>Profiles by ICCID.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, SimProfile> Profiles
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, SimProfile>.Empty;
    } = ReadOnlyDictionary<string, SimProfile>.Empty;

    public SessionStatus? SessionStatus { get; init; }

    public PreviousSessionStatus? PreviousSession { get; init; }

    /// <summary>Only for a SIM that has an Arc subscription.</summary>
    public ArcSessionStatus? ArcSessionStatus { get; init; }

    /// <summary>What the SIM's applet reported of the device, by name.</summary>
    public IReadOnlyDictionary<string, string>? LocalInfo { get; init; }

    /// <summary>None for a virtual SIM.</summary>
    public string? SerialNumber { get; init; }

    public string? OtaSerialNumber { get; init; }

    /// <summary>When Napter was last used with it; null if never.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastPortMappingCreatedTime { get; init; }

    /// <summary>The last registration with a network, of any of its subscribers; null when unknown.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastLocationUpdateTime { get; init; }

    /// <summary>When it took the status (ready, standby or suspended) that renewal fees go by.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? RenewalFeeStatusSetTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? PcapStartTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? PcapEndTime { get; init; }

    /// <summary>When it used up what the free test period allows.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? TestmodeExhaustedTime { get; init; }

    /// <summary>The display name; empty when it has none.</summary>
    [JsonIgnore]
    public string Name => Tags.GetValueOrDefault("name", "");

    /// <summary>The profile in use: the one that the vendor names, or the only one; null when that is not to be told.</summary>
    [JsonIgnore]
    public SimProfile? ActiveProfile =>
        ActiveProfileId is { } iccid && Profiles.TryGetValue(iccid, out var named) ? named
        : Profiles.Count == 1 ? Profiles.Values.First()
        : null;

    /// <summary>The primary subscription of <see cref="ActiveProfile"/>, with IMSI and MSISDN.</summary>
    [JsonIgnore]
    public SimplifiedSubscriber? PrimarySubscriber => ActiveProfile?.PrimarySubscriber;
}

/// <summary>The only device that a SIM may be used in (wire: ImeiLock).</summary>
public sealed record ImeiLock
{
    /// <summary>The device's IMEI; <c>|ANONYMOUS</c> after it lets sessions without a reported IMEI through.</summary>
    public string? Imei { get; init; }
}

/// <summary>What a subscription carries (wire: Capabilities).</summary>
public sealed record Capabilities
{
    public bool? Data { get; init; }

    public bool? Sms { get; init; }
}
