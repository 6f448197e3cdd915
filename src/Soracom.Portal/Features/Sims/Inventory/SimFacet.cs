namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>What a list of SIMs can be narrowed by, value by value, with the number of SIMs beside each.</summary>
public enum SimFacet
{
    /// <summary>The SIM's status.</summary>
    Status,

    /// <summary>Whether it has a session.</summary>
    Session,

    /// <summary>The id of its group; empty for none.</summary>
    Group,

    /// <summary>Its subscriptions, of which a SIM may have several.</summary>
    Subscription,

    /// <summary>The module type.</summary>
    ModuleType,

    /// <summary>The speed class.</summary>
    SpeedClass,

    /// <summary>The keys of its tags, but for the one that is its name.</summary>
    TagKey,
}
