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

    /// <summary>ready, active, inactive, standby, suspended or terminated.</summary>
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

    public bool Online => Session is { Online: true };
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
internal sealed record Subscriber(string Imsi, string? Msisdn, string Subscription, IReadOnlyList<string> Bundles, string? Status);
