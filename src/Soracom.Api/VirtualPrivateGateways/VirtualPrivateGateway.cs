using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;
using Soracom.Api.Sims;

namespace Soracom.Api.VirtualPrivateGateways;

/// <summary>A virtual private gateway (wire: VirtualPrivateGateway). What only its network is made of stays as it came.</summary>
public sealed record VirtualPrivateGateway
{
    public string? VpgId { get; init; }

    public string? OperatorId { get; init; }

    /// <summary>Tags by name; the tag <c>name</c> is the display name.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, string> Tags
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, string>.Empty;
    } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>12, 13, 14 (Type-E), 15 (Type-F) or 242 (Type-F2).</summary>
    public int? Type { get; init; }

    /// <summary><c>running</c>, the only one that is documented.</summary>
    public string? Status { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? CreatedTime { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastModifiedTime { get; init; }

    public Placement? Placement { get; init; }

    public VirtualPrivateGatewaySessions? SessionStats { get; init; }

    public bool? UseInternetGateway { get; init; }

    public bool? FixedIpAddressesEnabled { get; init; }

    public IReadOnlyList<string>? FixedPublicIpAddresses { get; init; }

    public bool? GateOpened { get; init; }

    public bool? GatePrivacySeparatorEnabled { get; init; }

    public decimal? GateVxlanId { get; init; }

    public bool? JunctionEnabled { get; init; }

    public bool? EnableSimBasedRouting { get; init; }

    public bool? ImplicitTerminationProtected { get; init; }

    /// <summary>Range of the devices' addresses, in CIDR notation.</summary>
    public string? DeviceSubnetCidrRange { get; init; }

    public string? UeSubnetCidrRange { get; init; }

    public string? VpgSubnetCidrRange { get; init; }

    public int? OffsetId { get; init; }

    public string? PrimaryServiceName { get; init; }

    public string? Size { get; init; }

    public IReadOnlyList<string>? AllowedOperators { get; init; }

    public JsonElement? CustomerRoutes { get; init; }

    public JsonElement? Inspection { get; init; }

    public JsonElement? Mirroring { get; init; }

    public JsonElement? Redirection { get; init; }

    public JsonElement? RoutingFilterEntries { get; init; }

    public JsonElement? SimBasedRoutingConfig { get; init; }

    public JsonElement? SoracomTransitGateway { get; init; }

    public JsonElement? SoracomTransitGatewayPeeringConnections { get; init; }

    public JsonElement? SoracomTransitGatewayVpcAttachments { get; init; }

    public JsonElement? TransitGatewayAttachments { get; init; }

    public JsonElement? VirtualInterfaces { get; init; }

    public JsonElement? VpcPeeringConnections { get; init; }

    public JsonElement? VpnConnections { get; init; }

    /// <summary>The display name; empty when it has none.</summary>
    [JsonIgnore]
    public string Name => Tags.GetValueOrDefault("name", "");
}

/// <summary>How many SIMs use a gateway.</summary>
public sealed record VirtualPrivateGatewaySessions
{
    /// <summary>Online SIMs, as of <see cref="LastUpdatedAt"/>.</summary>
    public int? Online { get; init; }

    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? LastUpdatedAt { get; init; }
}
