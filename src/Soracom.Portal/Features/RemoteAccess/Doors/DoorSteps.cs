using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>How a door goes from one state to the next, and how soon it is looked at.</summary>
internal static class DoorSteps
{
    /// <summary>After this long without an answer, whoever asked for a door has given up, or is no more.</summary>
    public static readonly TimeSpan AskedFor = TimeSpan.FromMinutes(2);

    /// <summary>How often an open door is looked at.</summary>
    public static readonly TimeSpan LookedAtEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long after a door's time the vendor may still have it before the portal closes it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>How long whoever closes a door is left alone with it.</summary>
    private static readonly TimeSpan ClosedWithin = TimeSpan.FromSeconds(75);

    /// <summary>When an open door is looked at next.</summary>
    /// <param name="door">The door.</param>
    /// <param name="now">Now.</param>
    /// <returns>In a minute; at its end once its time is over, and once more where the vendor is late.</returns>
    public static DateTimeOffset NextLook(RemoteDoor door, DateTimeOffset now)
    {
        var next = now + LookedAtEvery;
        return door.ExpiresAt is not { } end || next <= end ? next : now < end ? end + TimeSpan.FromSeconds(2) : end + Grace > now ? end + Grace : next;
    }

    /// <summary>Whether a door's time is over: then the vendor has closed it, unless it is seen to have it still.</summary>
    /// <param name="door">The door.</param>
    /// <param name="now">Now.</param>
    /// <returns>True from its end on; false where that is not known.</returns>
    public static bool IsOver(RemoteDoor door, DateTimeOffset now) => door.ExpiresAt <= now;

    /// <summary>Has a door closed; one whose time is over is looked at instead, and one whose public address is not known yet, as soon as it is.</summary>
    /// <param name="door">The door; nothing is done with one that has ended.</param>
    /// <param name="end">Why.</param>
    /// <param name="by">Who; null for the portal itself, which then goes about it at once.</param>
    /// <param name="now">Now.</param>
    public static void Close(RemoteDoor door, RemoteDoorEnd end, SignedIn? by, DateTimeOffset now)
    {
        if (door.EndedAt is not null)
        {
            return;
        }

        if (IsOver(door, now) && !door.Overstayed)
        {
            // Its time has closed it; its address may be another's by now. Whoever looks next sees to it.
            door.NotBefore = null;
            return;
        }

        if (door.End is null)
        {
            // Who comes later does not take the first one's reason away.
            (door.End, door.EndedById, door.EndedByName) = (end, by?.PersonId, by?.Name);
        }

        if (door.IpAddress is not null)
        {
            (door.State, door.Tries, door.NotBefore) = (RemoteDoorState.Closing, 0, by is null ? null : now + ClosedWithin);
        }
    }
}
