using Microsoft.EntityFrameworkCore;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.RemoteAccess;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>
/// Writes down what becomes of doors. Every change is made in the tenant's turn and looks first whether the door still stands where it is
/// believed to: people, the worker and other instances may be at the same door.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class DoorBook(PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Doors that are open, or may be.</summary>
    public static IQueryable<RemoteDoor> Live(IQueryable<RemoteDoor> doors) => doors.Where(door => door.EndedAt == null);

    /// <summary>Notes that the vendor opened a door.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="mapping">The vendor's entry.</param>
    /// <param name="found">Whether it was found by the portal itself after the answer was lost; then the trail is told here.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The door; to be closed at once where that was asked for meanwhile. Unknown where the entry is another door by now.</returns>
    public Task<RemoteDoor> OpenedAsync(Guid tenantId, Guid doorId, PortMapping mapping, bool found, CancellationToken cancellationToken) => database.InOperatorsTurnAsync(
        tenantId,
        (own, turn) => ChangeAsync(own, doorId, async (db, door, token) =>
        {
            if (door.IpAddress is not null)
            {
                return;
            }

            var opened = mapping.CreatedTime ?? clock.GetUtcNow();
            var taken = await db.RemoteDoors.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(other => other.Id != door.Id && other.OperatorId == door.OperatorId && other.Port == mapping.Port && other.IpAddress == mapping.IpAddress).ToListAsync(token);
            if (taken.Exists(other => DoorIdentity.Is(mapping, other)))
            {
                (door.State, door.Trouble, door.NotBefore) = (RemoteDoorState.Unknown, DoorTrouble.Several, null);
                return;
            }

            (door.IpAddress, door.Port, door.Hostname) = (mapping.IpAddress, mapping.Port, DoorMatch.HostOf(mapping));
            (door.OpenedAt, door.ExpiresAt) = (opened, mapping.ExpiredTime ?? opened.AddSeconds(mapping.Duration ?? door.DurationSeconds));
            (door.VerifiedAt, door.Trouble, door.Tries, door.EndedAt) = (clock.GetUtcNow(), null, 0, null);
            // Somebody may have wanted it closed before it was there.
            var unwanted = door.End is RemoteDoorEnd.Person or RemoteDoorEnd.AllAtOnce or RemoteDoorEnd.OpenerLeft or RemoteDoorEnd.SimEnded;
            door.End = unwanted ? door.End : null;
            (door.State, door.NotBefore) = unwanted ? (RemoteDoorState.Closing, (DateTimeOffset?)null) : (RemoteDoorState.Open, DoorSteps.NextLook(door, clock.GetUtcNow()));
            if (found)
            {
                audit.AddOfJob(db, tenantId, door.OpenerId, door.OpenerName, DoorAudit.Act(AuditActions.DoorOpened, door, more: "found"));
            }
        },
        turn),
        cancellationToken);

    /// <summary>Notes that a door was not opened.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="end">Why.</param>
    /// <param name="trouble">The kind of the error; null where there was none.</param>
    /// <param name="told">Whether the trail is to be told here.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<RemoteDoor> FailedAsync(Guid tenantId, Guid doorId, RemoteDoorEnd end, string? trouble, bool told, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (db, door, _) =>
        {
            if (door.State is RemoteDoorState.Asked or RemoteDoorState.Unknown)
            {
                (door.State, door.End, door.EndedAt, door.Trouble, door.NotBefore) = (RemoteDoorState.Failed, end, clock.GetUtcNow(), trouble, null);
                if (told)
                {
                    audit.AddOfJob(db, tenantId, door.OpenerId, door.OpenerName, DoorAudit.Act(AuditActions.DoorOpened, door, AuditOutcome.Failed, "not there"));
                }
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that nobody knows yet whether the vendor opened a door.</summary>
    public Task<RemoteDoor> UnknownAsync(Guid tenantId, Guid doorId, string trouble, TimeSpan again, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (_, door, _) =>
        {
            if (door is { IpAddress: null, EndedAt: null })
            {
                (door.State, door.Trouble, door.NotBefore) = (RemoteDoorState.Unknown, trouble, clock.GetUtcNow() + again);
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that a door is about to be closed. From then on it is tried until it is gone.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="end">Why.</param>
    /// <param name="by">Who; null for the portal itself, which then goes about it at once.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The door: <see cref="RemoteDoorState.Closing"/> where there is something to close.</returns>
    public Task<RemoteDoor> ClosingAsync(Guid tenantId, Guid doorId, RemoteDoorEnd end, SignedIn? by, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (db, door, _) =>
        {
            if (by is null && door is { EndedAt: null, End: null } && !DoorSteps.IsOver(door, clock.GetUtcNow()))
            {
                // A person's act is recorded before this; the vendor may be long in coming.
                audit.AddOfItself(db, tenantId, DoorAudit.Act(AuditActions.DoorClosed, door, AuditOutcome.Begun, $"{end} noted"));
            }

            DoorSteps.Close(door, end, by, clock.GetUtcNow());
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that all of a tenant's doors are about to be closed.</summary>
    /// <returns>Those that are open, or may be.</returns>
    public Task<IReadOnlyList<RemoteDoor>> ClosingAllAsync(Guid tenantId, SignedIn by, CancellationToken cancellationToken) => database.InTurnAsync<IReadOnlyList<RemoteDoor>>(
        tenantId,
        async (db, token) =>
        {
            var doors = await Live(db.RemoteDoors).OrderBy(door => door.AskedAt).ToListAsync(token);
            foreach (var door in doors)
            {
                DoorSteps.Close(door, RemoteDoorEnd.AllAtOnce, by, clock.GetUtcNow());
            }

            await db.SaveChangesAsync(token);
            return doors;
        },
        cancellationToken);

    /// <summary>Notes that a door is gone.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="found">How it was found to have ended by itself; null where it was closed from here, as it is written.</param>
    /// <param name="verified">Whether the vendor was asked.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<RemoteDoor> GoneAsync(Guid tenantId, Guid doorId, RemoteDoorEnd? found, bool verified, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (db, door, _) =>
        {
            if (door.EndedAt is not null)
            {
                return Task.CompletedTask;
            }

            var now = clock.GetUtcNow();
            // What somebody was closing while it was looked at has ended by that.
            found = verified && door.State == RemoteDoorState.Closing ? null : found;
            door.End = found ?? door.End ?? RemoteDoorEnd.Elsewhere;
            (door.State, door.EndedAt) = door.End == RemoteDoorEnd.Time && !door.Overstayed ? (RemoteDoorState.Expired, door.ExpiresAt ?? now) : (RemoteDoorState.Closed, now);
            (door.VerifiedAt, door.Trouble, door.NotBefore, door.Tries) = (verified ? now : door.VerifiedAt, verified ? null : door.Trouble, null, 0);
            if (found is not null)
            {
                audit.AddOfItself(db, tenantId, DoorAudit.Act(AuditActions.DoorEnded, door, verified ? AuditOutcome.Succeeded : AuditOutcome.Unknown, found.ToString()));
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that a door could not be closed, or looked at.</summary>
    public Task<RemoteDoor> TroubleAsync(Guid tenantId, Guid doorId, string trouble, TimeSpan? told, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (_, door, _) =>
        {
            if (door.EndedAt is not null)
            {
                return Task.CompletedTask;
            }

            door.Tries++;
            // What is open, or to be closed, is not left alone for long, whatever the vendor would like.
            var wait = TimeSpan.FromTicks(Math.Min(JobPatience.After(door.Tries, told).Ticks, DoorSteps.LookedAtEvery.Ticks));
            (door.Trouble, door.NotBefore) = (trouble, clock.GetUtcNow() + wait);
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that the vendor was asked and has a door.</summary>
    public Task<RemoteDoor> VerifiedAsync(Guid tenantId, Guid doorId, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (_, door, _) =>
        {
            if (door.State == RemoteDoorState.Open)
            {
                (door.VerifiedAt, door.Trouble, door.Tries) = (clock.GetUtcNow(), null, 0);
                door.NotBefore = DoorSteps.NextLook(door, clock.GetUtcNow());
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Has an open door looked at again.</summary>
    public Task<RemoteDoor> LaterAsync(Guid tenantId, Guid doorId, TimeSpan wait, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (_, door, _) =>
        {
            door.NotBefore = clock.GetUtcNow() + wait;
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that the vendor has a door open after its time, and that it is to be closed.</summary>
    public Task<RemoteDoor> OverstayedAsync(Guid tenantId, Guid doorId, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (_, door, _) =>
        {
            if (door.State == RemoteDoorState.Open)
            {
                door.Overstayed = true;
                DoorSteps.Close(door, RemoteDoorEnd.Time, by: null, clock.GetUtcNow());
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Notes that nobody could find out about a door until its time was over.</summary>
    public Task<RemoteDoor> NeverKnownAsync(Guid tenantId, Guid doorId, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        (db, door, _) =>
        {
            if (door is { IpAddress: null, EndedAt: null })
            {
                (door.State, door.End, door.EndedAt, door.NotBefore) = (RemoteDoorState.Unknown, RemoteDoorEnd.NeverKnown, clock.GetUtcNow(), null);
                audit.AddOfItself(db, tenantId, DoorAudit.Act(AuditActions.DoorEnded, door, AuditOutcome.Unknown, nameof(RemoteDoorEnd.NeverKnown)));
            }

            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Changes a door in the tenant's turn.</summary>
    private Task<RemoteDoor> ChangeAsync(Guid tenantId, Guid doorId, Func<PortalDbContext, RemoteDoor, CancellationToken, Task> change, CancellationToken cancellationToken) =>
        database.InTurnAsync(tenantId, (db, token) => ChangeAsync(db, doorId, change, token), cancellationToken);

    private static async Task<RemoteDoor> ChangeAsync(PortalDbContext db, Guid doorId, Func<PortalDbContext, RemoteDoor, CancellationToken, Task> change, CancellationToken cancellationToken)
    {
        var door = await db.RemoteDoors.SingleAsync(row => row.Id == doorId, cancellationToken);
        await change(db, door, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return door;
    }
}
