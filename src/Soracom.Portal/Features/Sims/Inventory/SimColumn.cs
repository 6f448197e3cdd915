namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>What a list of SIMs can be sorted by.</summary>
public enum SimColumn
{
    /// <summary>The SIM id.</summary>
    SimId,

    /// <summary>The name.</summary>
    Name,

    /// <summary>The ICCIDs.</summary>
    Iccid,

    /// <summary>The IMSIs.</summary>
    Imsi,

    /// <summary>The MSISDNs.</summary>
    Msisdn,

    /// <summary>The IMEI that the last session was seen with.</summary>
    Imei,

    /// <summary>The serial number.</summary>
    SerialNumber,

    /// <summary>The device's IP address.</summary>
    IpAddress,

    /// <summary>The group's name, or its id where it has none.</summary>
    Group,

    /// <summary>The tags, by key.</summary>
    Tags,

    /// <summary>The status.</summary>
    Status,

    /// <summary>Online or offline.</summary>
    Session,

    /// <summary>The subscription.</summary>
    Subscription,

    /// <summary>The module type.</summary>
    ModuleType,

    /// <summary>The speed class.</summary>
    SpeedClass,

    /// <summary>When it was last heard.</summary>
    LastHeard,

    /// <summary>When it expires.</summary>
    Expiry,

    /// <summary>When it was made.</summary>
    Created,

    /// <summary>When it was last changed.</summary>
    Modified,

    /// <summary>Whose it is, in lists of several tenants, and by name within a tenant.</summary>
    Tenant,
}
