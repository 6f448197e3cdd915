namespace Soracom.Portal.Data.RemoteAccess;

/// <summary>
/// Something that happened at a door to a device, as the vendor's log tells it: kept here longer than the vendor may, and told with the door
/// that it happened at. What the vendor told stays as it was told.
/// </summary>
public sealed class RemoteAccessEvent : ITenantOwned
{
    /// <summary>The longest identity, in characters: a SHA-256 in hexadecimal.</summary>
    public const int IdentityLength = 64;

    /// <summary>The longest of the vendor's words, addresses and ids, in characters.</summary>
    public const int WordLength = 64;

    /// <summary>Number of the row.</summary>
    public long Id { get; init; }

    /// <inheritdoc />
    public required Guid TenantId { get; init; }

    /// <summary>What tells it from every other event of the tenant: made of all that the vendor tells of it, so that reading it again is no second one.</summary>
    public required string Identity { get; init; }

    /// <summary>The coverage: jp or g.</summary>
    public required string Coverage { get; init; }

    /// <summary>Whose log it is of.</summary>
    public required string OperatorId { get; init; }

    /// <summary>When it happened, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The vendor's word for it, such as CONNECTED.</summary>
    public required string Type { get; init; }

    /// <summary>The subscription that the door led to.</summary>
    public required string Imsi { get; init; }

    /// <summary>The same for all that happens to one connection; empty when the vendor did not tell.</summary>
    public required string ConnectionId { get; init; }

    /// <summary>From where; empty of what happened to the door itself.</summary>
    public required string SourceAddress { get; init; }

    /// <summary>From which port; null of what happened to the door itself.</summary>
    public int? SourcePort { get; init; }

    /// <summary>The device's address; empty of what happened to the door itself.</summary>
    public required string DeviceAddress { get; init; }

    /// <summary>The device's port; null of what happened to the door itself.</summary>
    public int? DevicePort { get; init; }

    /// <summary>Whether the way up to the vendor was encrypted; null when the vendor did not tell.</summary>
    public bool? Tls { get; init; }

    /// <summary>The SIM of the subscription, as far as the portal knew it; empty when it did not.</summary>
    public required string SimId { get; set; }

    /// <summary>The SIM's name at the time; empty when it had none or is not known.</summary>
    public required string SimName { get; set; }

    /// <summary>Whose door it happened at.</summary>
    public required RemoteEventOrigin Origin { get; set; }

    /// <summary>The door that was opened here; null when it was another, or which is not certain.</summary>
    public Guid? DoorId { get; set; }

    /// <summary>Who opened that door; null without one.</summary>
    public Guid? OpenerId { get; set; }

    /// <summary>That person's name at the time; empty without one.</summary>
    public required string OpenerName { get; set; }
}

/// <summary>Whose door something happened at.</summary>
public enum RemoteEventOrigin
{
    /// <summary>One that was opened here.</summary>
    Door,

    /// <summary>None that was opened here.</summary>
    Elsewhere,

    /// <summary>One of several that were opened here and lead to the same port of the same device: the vendor does not tell which.</summary>
    OneOfSeveral,
}
