using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace Soracom.Api.Sims;

/// <summary>A profile of a SIM: an ICCID and the subscriptions under it (wire: SimProfile).</summary>
public sealed record SimProfile
{
    public string? Iccid { get; init; }

    /// <summary>The IMSI of the primary subscription, a key of <see cref="Subscribers"/>.</summary>
    public string? PrimaryImsi { get; init; }

    /// <summary>Whether subscriptions can be added over the air.</summary>
    public bool? OtaSupported { get; init; }

    /// <summary>Subscriptions by IMSI.</summary>
    [AllowNull]
    public IReadOnlyDictionary<string, SimplifiedSubscriber> Subscribers
    {
        get;
        init => field = value ?? ReadOnlyDictionary<string, SimplifiedSubscriber>.Empty;
    } = ReadOnlyDictionary<string, SimplifiedSubscriber>.Empty;

    /// <summary>The WireGuard public key of a virtual SIM's device.</summary>
    public string? ArcClientPeerPublicKey { get; init; }

    /// <summary>
    /// The WireGuard private key of a virtual SIM's device. A secret; the vendor tells it once, right after it has made it.
    /// </summary>
    public string? ArcClientPeerPrivateKey { get; init; }

    /// <summary>The subscription of <see cref="PrimaryImsi"/>, or the only one; null when that is not to be told.</summary>
    [JsonIgnore]
    public SimplifiedSubscriber? PrimarySubscriber =>
        PrimaryImsi is { } imsi && Subscribers.TryGetValue(imsi, out var named) ? named
        : Subscribers.Count == 1 ? Subscribers.Values.First()
        : null;

    /// <summary>Leaves out the private key.</summary>
    public override string ToString() => $"{nameof(SimProfile)} {{ Iccid = {Iccid}, PrimaryImsi = {PrimaryImsi} }}";
}

/// <summary>One subscription of a SIM (wire: SimplifiedSubscriber).</summary>
public sealed record SimplifiedSubscriber
{
    public string? Imsi { get; init; }

    public string? Msisdn { get; init; }

    /// <summary>The plan, for example <c>plan-D</c> or <c>plan01s</c>.</summary>
    public string? Subscription { get; init; }

    public IReadOnlyList<string>? Bundles { get; init; }

    public Capabilities? Capabilities { get; init; }

    /// <summary>
    /// Of the primary subscription: the SIM's status. Of an additional one: shipped, delivered, ready (over-the-air delivery),
    /// active or terminated.
    /// </summary>
    public string? Status { get; init; }
}
