using System.Net;
using Soracom.Api.AuditLogs;
using Soracom.Portal.Data.RemoteAccess;

namespace Soracom.Portal.Features.RemoteAccess.Events;

/// <summary>
/// Finds the door that something happened at. The vendor's log names neither the public port nor the mapping, only the subscription, the
/// device's port and the time; so what fits several doors is said to, and never given to one of them.
/// </summary>
internal static class RemoteEventMatch
{
    /// <summary>How far the vendor's clock and the portal's may be apart, and answers may be late.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    /// <summary>The door of an event.</summary>
    /// <param name="happened">The event; what it was matched with before does not count.</param>
    /// <param name="doors">The tenant's doors.</param>
    /// <returns>Whose door it was; the door where it is certain.</returns>
    public static (RemoteEventOrigin Origin, RemoteDoor? Door) Of(RemoteAccessEvent happened, IEnumerable<RemoteDoor> doors)
    {
        var possible = doors.Where(door => LeadsThere(door, happened)).ToList();
        var fitting = possible.FindAll(door => IsWithin(door, happened.At, TimeSpan.Zero));
        if (fitting.Count == 0)
        {
            fitting = possible.FindAll(door => IsWithin(door, happened.At, Slack));
        }

        if (fitting.Count > 1 && Moment(happened) is { } moment)
        {
            // Doors that live side by side begin and end one by one.
            fitting = fitting.FindAll(door => moment(door) is { } at && (at - happened.At).Duration() <= Slack);
            fitting = [.. fitting.GroupBy(door => (moment(door)!.Value - happened.At).Duration()).OrderBy(same => same.Key).Take(1).SelectMany(same => same)];
            if (fitting.Count == 0)
            {
                return (RemoteEventOrigin.Elsewhere, null);
            }
        }

        return fitting switch
        {
            [] => (RemoteEventOrigin.Elsewhere, null),
            [var only] => (RemoteEventOrigin.Door, only),
            _ => (RemoteEventOrigin.OneOfSeveral, null),
        };
    }

    /// <summary>Of what happens to a door itself: when that happened to a door.</summary>
    private static Func<RemoteDoor, DateTimeOffset?>? Moment(RemoteAccessEvent happened) => happened.Type switch
    {
        NapterAuditLogType.Created => door => door.OpenedAt ?? door.AskedAt,
        NapterAuditLogType.Deleted => door => door.EndedAt,
        NapterAuditLogType.Expired => door => door.ExpiresAt,
        _ => null,
    };

    private static bool LeadsThere(RemoteDoor door, RemoteAccessEvent happened) =>
        door.State != RemoteDoorState.Failed
        && door.Coverage == happened.Coverage
        && door.OperatorId == happened.OperatorId
        && (door.Imsi.Length > 0 ? door.Imsi == happened.Imsi : happened.SimId.Length > 0 && door.SimId == happened.SimId)
        && (happened.DevicePort is not { } port || door.DevicePort == port)
        && (happened.Tls is not { } tls || door.Tls == tls)
        && LetsIn(door, happened);

    /// <summary>Whether it is from where the door lets in. Who was turned away tells nothing of that.</summary>
    private static bool LetsIn(RemoteDoor door, RemoteAccessEvent happened) =>
        happened.Type == NapterAuditLogType.Denied
        || !IPAddress.TryParse(happened.SourceAddress, out var source)
        || door.SourceRanges.Length == 0
        || door.SourceRanges.Split(' ').Any(range => IPNetwork.TryParse(range, out var network) && network.Contains(source));

    private static bool IsWithin(RemoteDoor door, DateTimeOffset at, TimeSpan slack)
    {
        var begin = door.OpenedAt ?? door.AskedAt;
        var end = door.ExpiresAt ?? begin.AddSeconds(door.DurationSeconds);
        if (door.EndedAt is { } ended && ended < end)
        {
            end = ended;
        }

        return at >= begin - slack && at <= end + slack;
    }
}
