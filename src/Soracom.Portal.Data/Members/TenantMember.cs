using Soracom.Portal.Data.Tenants;

namespace Soracom.Portal.Data.Members;

/// <summary>That a person belongs to a tenant, and as what.</summary>
public sealed class TenantMember : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The tenant.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>The member.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The member.</summary>
    public Person? Person { get; init; }

    /// <summary>What the member may do.</summary>
    public required TenantRole Role { get; set; }

    /// <summary>The tenant's own role, where <see cref="Role"/> is <see cref="TenantRole.Custom"/>; null otherwise.</summary>
    public Guid? CustomRoleId { get; set; }

    /// <summary>That role.</summary>
    public CustomRole? CustomRole { get; init; }

    /// <summary>Which group of the identity provider gives the membership, and takes it away again; null for one that people gave, which groups leave alone.</summary>
    public Guid? GroupGrantId { get; set; }

    /// <summary>That group.</summary>
    public GroupGrant? GroupGrant { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset AddedAt { get; set; }

    /// <summary>
    /// Until when, UTC: from then on the member is let in no more. Null for those who stay. Where a group gives the membership, as long as a session of
    /// the last sign-in can hold: the next sign-in says whether the person is in that group still.
    /// </summary>
    public DateTimeOffset? Until { get; set; }
}

/// <summary>The preset of permissions that a member has in a tenant.</summary>
public enum TenantRole
{
    /// <summary>Everything, members and credentials included.</summary>
    Owner,

    /// <summary>Runs the fleet; no members, no credentials.</summary>
    Operator,

    /// <summary>Looks, changes nothing.</summary>
    Viewer,

    /// <summary>Bills only.</summary>
    Billing,

    /// <summary>Watches cameras: sees and plays what they recorded; takes nothing out and changes nothing.</summary>
    Guard,

    /// <summary>No preset: a <see cref="CustomRole"/> of the tenant says what the member may do, and nothing without one.</summary>
    Custom,
}

/// <summary>That a person administers a reseller and through it all of the reseller's tenants.</summary>
[InstallationWide]
public sealed class ResellerAdministrator
{
    /// <summary>The reseller.</summary>
    public required Guid ResellerId { get; init; }

    /// <summary>The reseller.</summary>
    public Reseller? Reseller { get; init; }

    /// <summary>The administrator.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>The administrator.</summary>
    public Person? Person { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset AddedAt { get; init; }
}
