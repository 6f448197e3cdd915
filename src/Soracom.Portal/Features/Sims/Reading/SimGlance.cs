using System.Collections.ObjectModel;
using Soracom.Api.Sims;

namespace Soracom.Portal.Features.Sims.Reading;

/// <summary>What there is to see of a SIM at a glance, whether the vendor has just told it or the portal remembers it.</summary>
/// <param name="SimId">The SIM id.</param>
/// <param name="Name">The name; empty when it has none.</param>
public sealed record SimGlance(string SimId, string Name)
{
    /// <summary>The ICCID of the profile in use.</summary>
    public string? Iccid { get; init; }

    /// <summary>The primary subscription's IMSI.</summary>
    public string? Imsi { get; init; }

    /// <summary>Its phone number.</summary>
    public string? Msisdn { get; init; }

    /// <summary>The subscriptions, the primary first.</summary>
    public IReadOnlyList<string> Subscriptions { get; init; } = [];

    /// <summary>The serial number.</summary>
    public string? SerialNumber { get; init; }

    /// <summary>The IMEI of the device.</summary>
    public string? Imei { get; init; }

    /// <summary>The device's address in its session, or in the last one.</summary>
    public string? IpAddress { get; init; }

    /// <summary>The vendor's word for the form.</summary>
    public string? ModuleType { get; init; }

    /// <summary>The speed class.</summary>
    public string? SpeedClass { get; init; }

    /// <summary>The vendor's word for the status.</summary>
    public string? Status { get; init; }

    /// <summary>Whether it has a session.</summary>
    public bool IsOnline { get; init; }

    /// <summary>Whether it is protected against termination.</summary>
    public bool IsProtected { get; init; }

    /// <summary>When the network last heard of it.</summary>
    public DateTimeOffset? LastHeardAt { get; init; }

    /// <summary>What its group is called.</summary>
    public string? GroupLabel { get; init; }

    /// <summary>Its tags but for the name.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the portal read it; null when that was just now.</summary>
    public DateTimeOffset? ReadAt { get; init; }

    /// <summary>When the portal found it gone from the account; null for one that is there.</summary>
    public DateTimeOffset? GoneAt { get; init; }

    /// <summary>A SIM as the vendor tells it.</summary>
    /// <param name="sim">The SIM.</param>
    /// <returns>The glance.</returns>
    public static SimGlance Of(Sim sim)
    {
        ArgumentNullException.ThrowIfNull(sim);
        var subscriber = sim.PrimarySubscriber;
        return new SimGlance(sim.SimId, sim.Name)
        {
            Iccid = sim.ActiveProfile?.Iccid,
            Imsi = subscriber?.Imsi,
            Msisdn = subscriber?.Msisdn,
            IpAddress = sim.SessionStatus?.UeIpAddress ?? sim.ArcSessionStatus?.ArcClientPeerIpAddress,
            Imei = sim.SessionStatus?.Imei,
            Status = sim.Status,
            IsOnline = sim.SessionStatus?.Online == true,
            IsProtected = sim.TerminationEnabled == false,
            LastHeardAt = sim.SessionStatus?.LastUpdatedAt ?? sim.ArcSessionStatus?.LastUpdatedAt,
        };
    }
}
