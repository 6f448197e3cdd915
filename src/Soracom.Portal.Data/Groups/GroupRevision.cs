namespace Soracom.Portal.Data.Groups;

/// <summary>A configuration that a group has had. The vendor keeps none of them but the last; here they stay for ever.</summary>
public sealed class GroupRevision : ITenantOwned
{
    /// <summary>Identity; the seal is bound to it.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>The vendor's account that the group belongs to.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The group id.</summary>
    public required string GroupId { get; init; }

    /// <summary>Counts the group's revisions from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When it was read from the vendor, UTC.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>When the vendor says that the group was last changed then, UTC.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }

    /// <summary>How it came about.</summary>
    public required GroupRevisionOrigin Origin { get; init; }

    /// <summary>Who wrote it; null where it was found.</summary>
    public Guid? ById { get; init; }

    /// <summary>Who wrote it, by the name at the time.</summary>
    public string? ByName { get; init; }

    /// <summary>The revision that it was rolled back to, or the group that it was copied from; null otherwise.</summary>
    public string? Source { get; init; }

    /// <summary>The configuration, sealed in the tenant's archive: it may hold passwords.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>How a configuration came about.</summary>
public enum GroupRevisionOrigin
{
    /// <summary>It was found at the vendor: set there, or by the portal before it kept revisions.</summary>
    Found,

    /// <summary>It was written here.</summary>
    Written,

    /// <summary>It was written here to bring an earlier one back.</summary>
    RolledBack,

    /// <summary>It was written here out of a file.</summary>
    Imported,

    /// <summary>It was written here after another group's.</summary>
    Copied,

    /// <summary>The group was made with it here.</summary>
    Created,
}
