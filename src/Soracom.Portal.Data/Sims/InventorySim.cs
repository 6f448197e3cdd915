namespace Soracom.Portal.Data.Sims;

/// <summary>A SIM as the portal last saw it. Several ids of one kind stand in one text, with a space between.</summary>
public sealed class InventorySim : ITenantOwned
{
    /// <summary>The longest SIM id that is kept, in characters; the vendor's have 19.</summary>
    public const int IdLength = 64;

    /// <summary>The longest word for a status, in characters.</summary>
    public const int StatusLength = 32;

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>The SIM id.</summary>
    public required string SimId { get; init; }

    /// <summary>When the vendor was asked for what stands here, UTC.</summary>
    public required DateTimeOffset ReadAt { get; set; }

    /// <summary>The last walk that met it.</summary>
    public int Walk { get; set; }

    /// <summary>The inventory's change number when anything but <see cref="ReadAt"/> and <see cref="Walk"/> changed here last.</summary>
    public long ChangeNumber { get; set; }

    /// <summary>When it was found to be gone from the account, UTC; null for one that is there.</summary>
    public DateTimeOffset? GoneAt { get; set; }

    /// <summary>The name; empty when it has none.</summary>
    public required string Name { get; set; }

    /// <summary>Its tags but for the name, as a JSON object by key.</summary>
    public required string Tags { get; set; }

    /// <summary>The ICCIDs, that of the profile in use first.</summary>
    public required string Iccids { get; set; }

    /// <summary>The IMSIs, the primary subscription's first.</summary>
    public required string Imsis { get; set; }

    /// <summary>The MSISDNs, in the order of the IMSIs.</summary>
    public required string Msisdns { get; set; }

    /// <summary>The subscriptions, the primary first.</summary>
    public required string Subscriptions { get; set; }

    /// <summary>The IMEI that the last session was seen with; empty when unknown.</summary>
    public required string Imei { get; set; }

    /// <summary>The serial number; empty for a virtual SIM.</summary>
    public required string SerialNumber { get; set; }

    /// <summary>The group's id; empty when it is in none.</summary>
    public required string GroupId { get; set; }

    /// <summary>The group's name; empty when the group has none or is unknown.</summary>
    public required string GroupName { get; set; }

    /// <summary>The vendor's word for the status.</summary>
    public required string Status { get; set; }

    /// <summary>The speed class.</summary>
    public required string SpeedClass { get; set; }

    /// <summary>The vendor's word for the form: mini, micro, nano, trio, embedded or virtual.</summary>
    public required string ModuleType { get; set; }

    /// <summary>Whether it has a session.</summary>
    public bool Online { get; set; }

    /// <summary>The session's id; empty when unknown.</summary>
    public required string SessionId { get; set; }

    /// <summary>The device's IP address in the last session; empty when unknown.</summary>
    public required string IpAddress { get; set; }

    /// <summary>The base station of the last session, as a JSON object in the vendor's terms; empty when unknown.</summary>
    public required string Cell { get; set; }

    /// <summary>When the network last heard of it, UTC; null when never.</summary>
    public DateTimeOffset? LastHeardAt { get; set; }

    /// <summary>When it expires, UTC; null when it does not.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>What happens then, in the vendor's word; empty when nothing does.</summary>
    public required string ExpiryAction { get; set; }

    /// <summary>Whether it may be terminated: termination protection is off.</summary>
    public bool TerminationEnabled { get; set; }

    /// <summary>The IMEI that it is locked to; empty when it is not locked.</summary>
    public required string ImeiLock { get; set; }

    /// <summary>When it was made, UTC.</summary>
    public DateTimeOffset? CreatedAt { get; set; }

    /// <summary>When the vendor says that it was last changed, UTC.</summary>
    public DateTimeOffset? ModifiedAt { get; set; }
}
