using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Sims;

/// <summary>The session that a SIM has, or had last (wire: SessionStatus).</summary>
public sealed record SessionStatus
{
    /// <summary>Whether there is a session. After a loss of power it may stay true until the session times out.</summary>
    public bool? Online { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastUpdatedAt { get; init; }

    public string? SessionId { get; init; }

    public string? Imsi { get; init; }

    /// <summary>The IMEI of the device; null for a virtual SIM.</summary>
    public string? Imei { get; init; }

    public string? Subscription { get; init; }

    /// <summary>The device's own address.</summary>
    public string? UeIpAddress { get; init; }

    public IReadOnlyList<string>? DnsServers { get; init; }

    /// <summary>Null when no Virtual Private Gateway is used.</summary>
    public string? VpgId { get; init; }

    public string? GatewayPrivateIpAddress { get; init; }

    public string? GatewayPublicIpAddress { get; init; }

    public Placement? Placement { get; init; }

    /// <summary>The base station; null for a virtual SIM.</summary>
    public Cell? Cell { get; init; }

    /// <summary>An object whose layout is not public.</summary>
    public JsonElement? Location { get; init; }
}

/// <summary>The session before the present one (wire: PreviousSessionStatus).</summary>
public sealed record PreviousSessionStatus
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? DeletedTime { get; init; }

    public string? SessionId { get; init; }

    public string? Imsi { get; init; }

    /// <summary>The IMEI of the device; null for a virtual SIM.</summary>
    public string? Imei { get; init; }

    public string? Subscription { get; init; }

    /// <summary>The device's own address.</summary>
    public string? UeIpAddress { get; init; }

    public IReadOnlyList<string>? DnsServers { get; init; }

    /// <summary>Null when no Virtual Private Gateway was used.</summary>
    public string? VpgId { get; init; }

    public string? GatewayPrivateIpAddress { get; init; }

    public string? GatewayPublicIpAddress { get; init; }

    public Cell? Cell { get; init; }
}

/// <summary>The Arc (WireGuard) session of a virtual subscription (wire: ArcSessionStatus).</summary>
public sealed record ArcSessionStatus
{
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastUpdatedAt { get; init; }

    /// <summary>Host and port of the server.</summary>
    public string? ArcServerEndpoint { get; init; }

    public string? ArcServerPeerPublicKey { get; init; }

    public string? ArcClientPeerIpAddress { get; init; }

    public string? ArcClientPeerPublicKey { get; init; }

    /// <summary>Networks, in CIDR notation, that are reached through the tunnel.</summary>
    public IReadOnlyList<string>? ArcAllowedIPs { get; init; }

    public string? VpgId { get; init; }

    public string? GatewayPrivateIpAddress { get; init; }

    public string? GatewayPublicIpAddress { get; init; }

    public Placement? Placement { get; init; }
}

/// <summary>Where a session meets the vendor's network (wire: Placement).</summary>
public sealed record Placement
{
    /// <summary><c>aws</c>.</summary>
    public string? InfrastructureProvider { get; init; }

    /// <summary>A region of the provider: ap-northeast-1, eu-central-1, us-west-2 or ap-southeast-2.</summary>
    public string? Region { get; init; }
}

/// <summary>A base station; which members are set depends on the radio technology (wire: Cell).</summary>
public sealed record Cell
{
    /// <summary>3G, GSM, LTE, LTE-M or NB-IoT, in any letter case.</summary>
    public string? RadioType { get; init; }

    /// <summary>Mobile Country Code, three digits.</summary>
    public int? Mcc { get; init; }

    /// <summary>Mobile Network Code; shown with at least two digits.</summary>
    public int? Mnc { get; init; }

    /// <summary>Location Area Code (2G, 3G), 16 bits.</summary>
    public int? Lac { get; init; }

    /// <summary>Cell Identity (2G, 3G), 16 bits.</summary>
    public int? Ci { get; init; }

    /// <summary>Routing Area Code (2G, 3G), 8 bits.</summary>
    public int? Rac { get; init; }

    /// <summary>Service Area Code (2G, 3G), 16 bits.</summary>
    public int? Sac { get; init; }

    /// <summary>Tracking Area Code (LTE), 16 bits.</summary>
    public int? Tac { get; init; }

    /// <summary>E-UTRAN Cell Identifier (LTE), 28 bits.</summary>
    public long? Eci { get; init; }
}
