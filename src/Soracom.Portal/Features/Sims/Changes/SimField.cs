namespace Soracom.Portal.Features.Sims.Changes;

/// <summary>What of a SIM a change is about.</summary>
public enum SimField
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>A tag.</summary>
    Tag,

    /// <summary>The group.</summary>
    Group,

    /// <summary>The status.</summary>
    Status,

    /// <summary>The speed class.</summary>
    SpeedClass,

    /// <summary>When it expires, and what happens then.</summary>
    Expiry,

    /// <summary>The IMEI that it is locked to.</summary>
    ImeiLock,

    /// <summary>Whether it is protected against termination.</summary>
    TerminationProtection,
}
