namespace Soracom.Portal.Data.Groups;

/// <summary>A group as the portal last saw it. What was set for it stands in its <see cref="GroupRevision"/>s.</summary>
public sealed class InventoryGroup : ITenantOwned
{
    /// <summary>The longest group id that is kept, in characters; the vendor's have 36.</summary>
    public const int IdLength = 64;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>The vendor's account that it belongs to; with the credential of another one it is not to be seen.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The group id.</summary>
    public required string GroupId { get; init; }

    /// <summary>When the vendor was asked for what stands here, UTC.</summary>
    public required DateTimeOffset ReadAt { get; set; }

    /// <summary>When it was found to be gone, UTC; null for one that is there.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>The name; empty when it has none.</summary>
    public required string Name { get; set; }

    /// <summary>Its tags but for the name, as a JSON object by key.</summary>
    public required string Tags { get; set; }

    /// <summary>The namespaces in which something is set, in the order of their names, with a space between.</summary>
    public required string Namespaces { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When the vendor says that it was last changed, UTC.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }

    /// <summary>When its configuration was last changed through the portal, UTC; null when it never was.</summary>
    public DateTimeOffset? WrittenAt { get; set; }

    /// <summary>Who did that, by the name at the time.</summary>
    public string? WrittenBy { get; set; }

    /// <summary>Tells its configuration, which its last <see cref="GroupRevision"/> holds, from another without opening that.</summary>
    public required byte[] Digest { get; set; }
}
