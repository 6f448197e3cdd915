namespace Soracom.Portal.Data.Members;

/// <summary>
/// That whoever an identity provider says is in a group becomes a member with a role. Of a person's groups the first in the tenant's order counts.
/// </summary>
public sealed class GroupGrant : ITenantOwned
{
    /// <summary>The longest name of a group in tokens, in characters.</summary>
    public const int GroupIdLength = 256;

    /// <summary>The longest name for people, in characters; room for every group's own.</summary>
    public const int LabelLength = GroupIdLength;

    /// <summary>Identity.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Whose group it is: the issuer of the ID tokens, compared byte by byte. Another issuer's group of the same name is another group.</summary>
    public required string Issuer { get; init; }

    /// <summary>The group as ID tokens name it, compared byte by byte: a GUID with Microsoft Entra, often a name elsewhere.</summary>
    public required string GroupId { get; init; }

    /// <summary>Name for people; the group's own where nobody gave another.</summary>
    public required string Label { get; init; }

    /// <summary>What the members may do. Never <see cref="TenantRole.Owner"/>: whoever runs the directory would run the tenant.</summary>
    public required TenantRole Role { get; set; }

    /// <summary>The tenant's own role, where <see cref="Role"/> is <see cref="TenantRole.Custom"/>; null otherwise.</summary>
    public Guid? CustomRoleId { get; set; }

    /// <summary>That role.</summary>
    public CustomRole? CustomRole { get; init; }

    /// <summary>Place in the order, from 0.</summary>
    public required int Position { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}

/// <summary>That no group lets a person into a tenant: an owner took the membership away by hand. An invitation still does.</summary>
public sealed class GroupExclusion : ITenantOwned
{
    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>Who.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>Who.</summary>
    public Person? Person { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset At { get; init; }
}
