using Soracom.Api.Http;
using Soracom.Api.Subscribers;

namespace Soracom.Api.Sims;

/// <summary>A new virtual SIM; there is one kind (wire: CreateSimRequest).</summary>
public sealed record VirtualSimOrder
{
    public required string Type { get; init; }

    public required string Subscription { get; init; }

    /// <summary>The one kind that there is: Arc.</summary>
    public static VirtualSimOrder Arc { get; } = new() { Type = SimType.Virtual, Subscription = AddedSubscription.Arc };
}

/// <summary>A subscription to be added.</summary>
public sealed record SubscriptionOrder
{
    /// <summary>One of <see cref="AddedSubscription"/>.</summary>
    [WireValues(typeof(AddedSubscription))]
    public required string Subscription { get; init; }

    /// <summary>One of <see cref="AddedSubscriptionType"/>, fitting the subscription.</summary>
    [WireValues(typeof(AddedSubscriptionType))]
    public string? Type { get; init; }

    /// <summary>Whether it is used as soon as it is delivered; the vendor's default is true.</summary>
    public bool? Enable { get; init; }

    /// <summary>Marks the over-the-air scripts: up to 64 letters, digits, and -_:</summary>
    public string? Tag { get; init; }
}

/// <summary>Subscriptions that can be added to a SIM: Arc to any, others to one whose primary is plan01s.</summary>
public static class AddedSubscription
{
    public const string PlanP1 = "planP1";
    public const string PlanX1 = "planX1";
    public const string PlanX2 = "planX2";
    public const string PlanX3 = "planX3";
    public const string PlanUsMax = "plan-US-max";
    public const string Arc = "planArc01";
}

/// <summary>Values of <see cref="SubscriptionOrder.Type"/>.</summary>
public static class AddedSubscriptionType
{
    /// <summary>Arc's.</summary>
    public const string Virtual = "virtual";

    public const string Cellular = "cellular";
}

/// <summary>The places for subscriptions that a profile has (wire: SubscriptionContainerStatus).</summary>
public sealed record SubscriptionContainers
{
    public IReadOnlyList<SubscriptionContainer>? Containers { get; init; }

    /// <summary>Which place is used in which network.</summary>
    public IReadOnlyDictionary<string, CountryMapping>? CountryMapping { get; init; }
}

/// <summary>A place for a subscription (wire: SubscriptionContainer).</summary>
public sealed record SubscriptionContainer
{
    public long? ContainerId { get; init; }

    /// <summary>Whether the subscription has been delivered to the SIM.</summary>
    public bool? Downloaded { get; init; }

    /// <summary>The subscription, by its IMSI.</summary>
    public IReadOnlyDictionary<string, Subscriber>? Subscriber { get; init; }
}

/// <summary>Which subscription is used in a network.</summary>
public sealed record CountryMapping
{
    /// <summary>Country and network code.</summary>
    public string? PlmnCode { get; init; }

    public CountryMappingRecord? MappingRecord { get; init; }
}

/// <summary>A subscription and its place.</summary>
public sealed record CountryMappingRecord
{
    public long? ContainerId { get; init; }

    public string? Subscription { get; init; }
}

/// <summary>A session that is asked for; there is nothing to say of it.</summary>
public sealed record ArcSessionOrder;

/// <summary>A new Arc session: what a WireGuard client has to know (wire: ArcSessionCreateResponse).</summary>
public sealed record ArcSession
{
    /// <summary>Networks, in CIDR notation, that are reached through the tunnel.</summary>
    public IReadOnlyList<string>? ArcAllowedIPs { get; init; }

    public string? ArcClientPeerIpAddress { get; init; }

    public string? ArcClientPeerPublicKey { get; init; }

    /// <summary>Host and port of the server.</summary>
    public string? ArcServerEndpoint { get; init; }

    public string? ArcServerPeerPublicKey { get; init; }
}

/// <summary>The key of a virtual SIM's device (wire: ArcCredentialRenewRequest, ArcCredentialAttachRequest).</summary>
public sealed record ArcKeyChoice
{
    /// <summary>Its public key, 32 bytes in base 64; null to let the vendor make the pair.</summary>
    public string? ArcClientPeerPublicKey { get; init; }
}

/// <summary>The key of a virtual SIM's device (wire: ArcCredentialRenewResponse, ArcCredentialAttachResponse).</summary>
public sealed record ArcKeys
{
    public string? ArcClientPeerPublicKey { get; init; }

    /// <summary>Only when the vendor has made it. A secret, told once.</summary>
    public string? ArcClientPeerPrivateKey { get; init; }

    /// <summary>Leaves out the private key.</summary>
    public override string ToString() => $"{nameof(ArcKeys)} {{ ArcClientPeerPublicKey = {ArcClientPeerPublicKey} }}";
}
