using Soracom.Api.Napter;
using Soracom.Api.Sims;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>What has to be known of a SIM before a door to its device is opened.</summary>
/// <param name="SimId">The SIM id.</param>
/// <param name="OperatorId">Whose it is.</param>
/// <param name="Name">The name; empty when it has none.</param>
/// <param name="Imsi">The IMSI of the session that a door leads to; empty when unknown.</param>
/// <param name="GroupId">The group's id; empty when it is in none.</param>
/// <param name="Tags">Its tags.</param>
/// <param name="Status">The vendor's word for the status.</param>
/// <param name="IsOnline">Whether it has a session.</param>
/// <param name="Service">Which session a door leads to: one of <see cref="NapterService"/>.</param>
public sealed record DoorSim(
    string SimId, string OperatorId, string Name, string Imsi, string GroupId, IReadOnlyDictionary<string, string> Tags, string Status, bool IsOnline, string Service)
{
    /// <summary>Whether a SIM in this status keeps no door: it was suspended, deactivated or terminated.</summary>
    /// <param name="status">The vendor's word.</param>
    /// <returns>True when it connects to nothing any more.</returns>
    public static bool IsEnded(string? status) => status is SimStatus.Suspended or SimStatus.Inactive or SimStatus.Terminated;

    /// <summary>Reads it from the vendor's answer.</summary>
    internal static DoorSim Of(Sim sim)
    {
        var subscribers = sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values).ToList();
        var tunnel = subscribers.Find(subscriber => subscriber.Subscription == AddedSubscription.Arc);
        var overArc = sim.Type == SimType.Virtual || (sim.SessionStatus?.Online != true && tunnel is not null && sim.ArcSessionStatus is not null);
        return new DoorSim(
            sim.SimId,
            sim.OperatorId ?? string.Empty,
            sim.Name,
            (overArc ? tunnel?.Imsi : sim.SessionStatus?.Imsi) ?? sim.PrimarySubscriber?.Imsi ?? string.Empty,
            sim.GroupId ?? string.Empty,
            sim.Tags,
            sim.Status ?? string.Empty,
            sim.SessionStatus?.Online == true || (sim.Type != SimType.Virtual && overArc),
            overArc ? NapterService.Arc : NapterService.Air);
    }
}
