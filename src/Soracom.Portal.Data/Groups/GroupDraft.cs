namespace Soracom.Portal.Data.Groups;

/// <summary>What somebody is about to set for a group. Its author alone sees it, and can go on with it later.</summary>
public sealed class GroupDraft : ITenantOwned
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

    /// <summary>Whose it is.</summary>
    public required Guid OwnerId { get; init; }

    /// <summary>The revision that it began with.</summary>
    public required int BaseNumber { get; set; }

    /// <summary>As what it is to be written.</summary>
    public required GroupRevisionOrigin Origin { get; set; }

    /// <summary>The revision, or group, that it was filled from; null where it was edited from <see cref="BaseNumber"/>.</summary>
    public string? Source { get; set; }

    /// <summary>The configuration that it would set, sealed in the tenant's archive.</summary>
    public required byte[] Sealed { get; set; }

    /// <summary>When it was begun, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last edited, UTC.</summary>
    public required DateTimeOffset ChangedAt { get; set; }

    /// <summary>Since when it is being written to the vendor, UTC; null when it is not.</summary>
    public DateTimeOffset? WritingSince { get; set; }

    /// <summary>Counts how often it was saved: nobody overwrites in one window what was edited in another. The seal is bound to it.</summary>
    public required int Version { get; set; }
}
