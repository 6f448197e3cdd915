namespace Soracom.Portal.Features.Groups.List;

/// <summary>What the list of groups shows, and can be sorted by.</summary>
public enum GroupColumn
{
    /// <summary>The name.</summary>
    Name,

    /// <summary>How many SIMs are in it.</summary>
    Sims,

    /// <summary>Its tags but for the name.</summary>
    Tags,

    /// <summary>The namespaces in which something is set.</summary>
    Namespaces,

    /// <summary>When the vendor says that it was last changed.</summary>
    Modified,

    /// <summary>When its configuration was last changed here.</summary>
    Written,
}
