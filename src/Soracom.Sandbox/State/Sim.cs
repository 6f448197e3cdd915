using Soracom.Sandbox.Sims;

namespace Soracom.Sandbox.State;

/// <summary>
/// A SIM of any kind. Immutable; times are Unix milliseconds, and wire values are kept as the strings they are,
/// shared constants all of them, as an account holds a hundred thousand of these.
/// </summary>
internal sealed record Sim
{
    /// <summary>19 digits; also the ICCID of the first profile.</summary>
    public required string SimId { get; init; }

    /// <summary>uicc, euicc or virtual.</summary>
    public required string Type { get; init; }

    public required string ModuleType { get; init; }

    /// <summary>ready, active, inactive, standby, suspended or terminated; testing in the free test period.</summary>
    public required string Status { get; init; }

    public required string SpeedClass { get; init; }

    public string? GroupId { get; init; }

    public required Tags Tags { get; init; }

    public required long CreatedTime { get; init; }

    public required long LastModifiedTime { get; init; }

    public long? ExpiryTime { get; init; }

    public string? ExpiryAction { get; init; }

    /// <summary>True means that the SIM may be terminated: protection is off.</summary>
    public bool TerminationEnabled { get; init; }

    /// <summary>The IMEI that the SIM is locked to.</summary>
    public string? LockedImei { get; init; }

    /// <summary>None for a virtual SIM.</summary>
    public string? SerialNumber { get; init; }

    public required IReadOnlyList<SimProfile> Profiles { get; init; }

    /// <summary>Null for a SIM that has never connected.</summary>
    public SimSession? Session { get; init; }

    public PreviousSession? PreviousSession { get; init; }

    /// <summary>Set for SIMs with an Arc subscription.</summary>
    public ArcSession? ArcSession { get; init; }

    public long? LastPortMappingCreatedTime { get; init; }

    public long? RenewalFeeStatusSetTime { get; init; }

    public long? LastLocationUpdateTime { get; init; }

    /// <summary>What few SIMs have; null for the others.</summary>
    public SimDetails? Details { get; init; }

    public bool Online => Session is { Online: true };

    public bool IsVirtual => Type == "virtual";

    public Subscriber PrimarySubscriber => Profiles[0].Subscribers[0];

    public Subscriber? FindSubscriber(string imsi) =>
        Profiles.SelectMany(profile => profile.Subscribers).FirstOrDefault(subscriber => subscriber.Imsi == imsi);

    /// <summary>The SIM with one of its subscriptions changed.</summary>
    public Sim WithSubscriber(string imsi, Func<Subscriber, Subscriber> change) => this with
    {
        Profiles = [.. Profiles.Select(profile => profile with { Subscribers = [.. profile.Subscribers.Select(one => one.Imsi == imsi ? change(one) : one)] })],
    };
}

/// <summary>A profile on the SIM with its subscriptions; the first one is the primary.</summary>
internal sealed record SimProfile(string Iccid, bool OtaSupported, IReadOnlyList<Subscriber> Subscribers)
{
    /// <summary>Public WireGuard key, where the profile has an Arc subscription.</summary>
    public string? ArcClientPeerPublicKey { get; init; }
}

/// <param name="Imsi">15 digits.</param>
/// <param name="Msisdn">Telephone number in international form without plus; none for Arc.</param>
/// <param name="Subscription">The plan.</param>
/// <param name="Bundles">Data bundles of the plan; empty for plans without.</param>
/// <param name="Status">Of an additional subscription; null for the primary, which has its SIM's.</param>
internal sealed record Subscriber(string Imsi, string? Msisdn, string Subscription, IReadOnlyList<string> Bundles, string? Status)
{
    public Plan Plan => Subscriptions.Of(Subscription);
}

/// <summary>What few SIMs have. Times are Unix milliseconds.</summary>
internal sealed record SimDetails
{
    /// <summary>When somebody registered the SIM by hand.</summary>
    public long? RegisteredTime { get; init; }

    public long? PcapStartTime { get; init; }

    public long? PcapEndTime { get; init; }

    /// <summary>What the card's applet has reported of its device.</summary>
    public IReadOnlyDictionary<string, string>? LocalInfo { get; init; }

    /// <summary>The free test period, while it goes on and after.</summary>
    public TestPeriod? Test { get; init; }
}

/// <summary>A SIM's free test period.</summary>
/// <param name="StartedTime">Unix milliseconds.</param>
/// <param name="Days">How long it is.</param>
/// <param name="DataBytes">How much traffic is free.</param>
/// <param name="NumberOfSms">How many messages are.</param>
/// <param name="NextStatus">What becomes of the SIM then.</param>
internal sealed record TestPeriod(long StartedTime, int Days, long DataBytes, int NumberOfSms, string NextStatus);
