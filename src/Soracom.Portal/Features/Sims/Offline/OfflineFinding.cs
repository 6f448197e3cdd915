namespace Soracom.Portal.Features.Sims.Offline;

/// <summary>Why a SIM may have no session. In the order of what speaks loudest, where several are as sure.</summary>
public enum OfflineCause
{
    /// <summary>It was terminated, which is final.</summary>
    Terminated,

    /// <summary>It is suspended.</summary>
    Suspended,

    /// <summary>It is inactive.</summary>
    Inactive,

    /// <summary>It was not registered yet.</summary>
    NotRegistered,

    /// <summary>Its expiry time has passed.</summary>
    Expired,

    /// <summary>Its free test is used up.</summary>
    TestUsedUp,

    /// <summary>Its subscription carries no data.</summary>
    NoData,

    /// <summary>It is locked to another device than it was last seen in.</summary>
    OtherDevice,

    /// <summary>Its group asks for a user name and password.</summary>
    Authentication,

    /// <summary>The device reaches the network and begins no session.</summary>
    RegisteredWithoutSession,

    /// <summary>It never had a session.</summary>
    NeverConnected,

    /// <summary>It lost and found its session many times before.</summary>
    Restless,

    /// <summary>A diagnosis found something.</summary>
    Diagnosis,

    /// <summary>It is locked to a device, and in which it is nobody knows.</summary>
    LockedToADevice,

    /// <summary>Its session ended a moment ago; devices reconnect.</summary>
    JustNow,

    /// <summary>The tunnel of a virtual SIM is down.</summary>
    Tunnel,

    /// <summary>Nothing here keeps it from connecting: it is the device, its power or its reception.</summary>
    Device,
}

/// <summary>How sure a cause is.</summary>
public enum Certainty
{
    /// <summary>With this there can't be a session.</summary>
    Certain,

    /// <summary>Something speaks for it.</summary>
    Likely,

    /// <summary>Nothing speaks against it.</summary>
    Possible,
}

/// <summary>A cause, and what speaks for it.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Certainty">How sure it is.</param>
/// <param name="Evidence">What speaks for it.</param>
public sealed record OfflineFinding(OfflineCause Cause, Certainty Certainty, IReadOnlyList<Evidence> Evidence);

/// <summary>Something that was seen.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When; null where it has no time.</param>
/// <param name="Text">Which, in the vendor's terms: a status, an IMEI, an insight's message.</param>
/// <param name="Count">How many.</param>
public sealed record Evidence(EvidenceKind Kind, DateTimeOffset? At = null, string? Text = null, int? Count = null);

/// <summary>What can be seen.</summary>
public enum EvidenceKind
{
    /// <summary>The status.</summary>
    Status,

    /// <summary>Since when it has the status.</summary>
    StatusSince,

    /// <summary>When it expired.</summary>
    ExpiredAt,

    /// <summary>When the test was used up.</summary>
    TestEnded,

    /// <summary>Data is not among what the subscription carries.</summary>
    NoDataCapability,

    /// <summary>The device that it is locked to.</summary>
    LockedTo,

    /// <summary>The device that it was last seen in.</summary>
    SeenIn,

    /// <summary>The group asks for a user name and password.</summary>
    GroupAsks,

    /// <summary>When the group was last changed.</summary>
    GroupChanged,

    /// <summary>When it last registered with a network.</summary>
    RegisteredAt,

    /// <summary>When its last session ended.</summary>
    SessionEnded,

    /// <summary>When it was last heard of.</summary>
    LastHeard,

    /// <summary>There is no sign of a session, ever.</summary>
    NoSessionEver,

    /// <summary>How many sessions began on its last day.</summary>
    SessionsOfADay,

    /// <summary>What a diagnosis found.</summary>
    Insight,
}
