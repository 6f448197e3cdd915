using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Jobs;

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
    /// <summary>After this long without an answer, whoever asked for a door has given up, or is no more.</summary>
    public static readonly TimeSpan AskedFor = TimeSpan.FromMinutes(2);

    /// <summary>How often an open door is looked at.</summary>
    public static readonly TimeSpan LookedAtEvery = TimeSpan.FromMinutes(1);

    /// <summary>How long whoever closes a door is left alone with it.</summary>
    public static readonly TimeSpan ClosedWithin = TimeSpan.FromSeconds(75);

    /// <summary>How long after a door's time the vendor may still have it before the portal closes it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    /// <summary>Doors that are open, or may be.</summary>
    public static IQueryable<RemoteDoor> Live(IQueryable<RemoteDoor> doors) => doors.Where(door => door.EndedAt == null);

    /// <summary>Decides on a request, and writes the door down that is to be asked for.</summary>
    /// <param name="tenant">The tenant and whoever asks; the caller has asked it for the permission.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request.</param>
    /// <param name="sim">The SIM as it is.</param>
    /// <param name="cancellationToken">Cancels; then nothing is written.</param>
    /// <returns>The door, and whether it is new; a <see cref="DoorRefusedError"/>, a <see cref="DoorUnderWayError"/> or a <see cref="ConflictError"/>.</returns>
    internal Task<Result<AskedDoor>> AskAsync(TenantContext tenant, SoracomCoverage coverage, DoorRequest request, DoorSim sim, CancellationToken cancellationToken) => database.InTurnAsync<Result<AskedDoor>>(
        tenant.TenantId,
        async (db, token) =>
        {
            if (await db.RemoteDoors.AsNoTracking().SingleOrDefaultAsync(door => door.Id == request.Id, token) is { } same)
            {
                return same.OpenerId == tenant.Actor.PersonId ? new AskedDoor(same, IsNew: false) : new ConflictError();
            }

            var now = clock.GetUtcNow();
            var since = now - AskedFor;
            if (await db.RemoteDoors.AnyAsync(
                door => (door.State == RemoteDoorState.Asked || (door.State == RemoteDoorState.Unknown && door.EndedAt == null))
                    && door.OpenerId == tenant.Actor.PersonId && door.SimId == request.SimId && door.DevicePort == request.DevicePort && door.AskedAt > since,
                token))
            {
                return new DoorUnderWayError();
            }

            var policy = await db.RemoteAccessPolicies.AsNoTracking().SingleOrDefaultAsync(token) ?? new RemoteAccessPolicy { TenantId = tenant.TenantId };
            var decision = RemoteAccessJudge.Decide(policy, request, Requester.Of(tenant), sim);
            if (decision.Outcome != RemoteAccessOutcome.Allow)
            {
                return new DoorRefusedError(decision.Reasons);
            }

            var door = New(tenant, coverage, request, sim, now);
            db.RemoteDoors.Add(door);
            await db.SaveChangesAsync(token);
            return new AskedDoor(door, IsNew: true);
        },
        cancellationToken);

    /// <summary>Notes that the vendor opened a door.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="mapping">The vendor's entry.</param>
    /// <param name="found">Whether it was found by the portal itself after the answer was lost; then the trail is told here.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The door; to be closed at once where that was asked for meanwhile. Unknown where the entry is another door by now.</returns>
    public Task<RemoteDoor> OpenedAsync(Guid tenantId, Guid doorId, PortMapping mapping, bool found, CancellationToken cancellationToken) => ChangeAsync(
        tenantId,
        doorId,
        async (db, door, token) =>
        {
            if (door.IpAddress is not null)
            {
                return;
            }

            var opened = mapping.CreatedTime ?? clock.GetUtcNow();
            var taken = await db.RemoteDoors.AsNoTracking().Where(other => other.Id != door.Id && other.Port == mapping.Port && other.IpAddress == mapping.IpAddress).ToListAsync(token);
            if (taken.Exists(other => DoorMatch.Is(mapping, other)))
            {
                (door.State, door.Trouble, door.NotBefore) = (RemoteDoorState.Unknown, DoorTrouble.Several, null);
                return;
            }

            (door.IpAddress, door.Port, door.Hostname) = (mapping.IpAddress, mapping.Port, mapping.Hostname);
            (door.OpenedAt, door.ExpiresAt) = (opened, mapping.ExpiredTime ?? opened.AddSeconds(mapping.Duration ?? door.DurationSeconds));
            (door.VerifiedAt, door.Trouble, door.Tries, door.EndedAt) = (clock.GetUtcNow(), null, 0, null);
            // Somebody may have wanted it closed before it was there.
            var unwanted = door.End is RemoteDoorEnd.Person or RemoteDoorEnd.AllAtOnce or RemoteDoorEnd.OpenerLeft or RemoteDoorEnd.SimEnded;
            door.End = unwanted ? door.End : null;
            (door.State, door.NotBefore) = unwanted ? (RemoteDoorState.Closing, (DateTimeOffset?)null) : (RemoteDoorState.Open, NextLook(door));
            if (found)
            {
                audit.AddOfJob(db, tenantId, door.OpenerId, door.OpenerName, DoorAudit.Act(AuditActions.DoorOpened, door, more: "found"));
            }
        },
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
        (_, door, _) =>
        {
            SetClosing(door, end, by);
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
                SetClosing(door, RemoteDoorEnd.AllAtOnce, by);
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
            var wait = TimeSpan.FromTicks(Math.Min(JobPatience.After(door.Tries, told).Ticks, LookedAtEvery.Ticks));
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
                door.NotBefore = NextLook(door);
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
                SetClosing(door, RemoteDoorEnd.Time, by: null);
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
    private Task<RemoteDoor> ChangeAsync(Guid tenantId, Guid doorId, Func<PortalDbContext, RemoteDoor, CancellationToken, Task> change, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            var door = await db.RemoteDoors.SingleAsync(row => row.Id == doorId, token);
            await change(db, door, token);
            await db.SaveChangesAsync(token);
            return door;
        },
        cancellationToken);

    private static RemoteDoor New(TenantContext tenant, SoracomCoverage coverage, DoorRequest request, DoorSim sim, DateTimeOffset now) => new()
    {
        Id = request.Id,
        TenantId = tenant.TenantId,
        Coverage = coverage.ToWireName(),
        OperatorId = sim.OperatorId,
        SimId = sim.SimId,
        Imsi = sim.Imsi,
        SimName = sim.Name,
        DevicePort = request.DevicePort,
        Service = sim.Service,
        Tls = request.Tls,
        SourceRanges = request.Sources.ToString(),
        DurationSeconds = (int)request.Duration.TotalSeconds,
        Reason = request.Reason.Trim(),
        Ticket = request.Ticket.Trim(),
        OpenerId = tenant.Actor.PersonId,
        OpenerName = tenant.Actor.Name,
        AskedAt = now,
        State = RemoteDoorState.Asked,
    };

    private DateTimeOffset NextLook(RemoteDoor door)
    {
        var now = clock.GetUtcNow();
        var next = now + LookedAtEvery;
        // At its end it is looked at once its time is over, and once more where the vendor is late.
        return door.ExpiresAt is not { } end || next <= end ? next : now < end ? end + TimeSpan.FromSeconds(2) : end + Grace > now ? end + Grace : next;
    }

    private void SetClosing(RemoteDoor door, RemoteDoorEnd end, SignedIn? by)
    {
        if (door.EndedAt is not null)
        {
            return;
        }

        (door.End, door.EndedById, door.EndedByName) = (end, by?.PersonId, by?.Name);
        if (door.IpAddress is not null)
        {
            (door.State, door.Tries, door.NotBefore) = (RemoteDoorState.Closing, 0, by is null ? null : clock.GetUtcNow() + ClosedWithin);
        }
    }
}

/// <summary>A door that is to be asked for, or was before.</summary>
/// <param name="Door">The door.</param>
/// <param name="IsNew">Whether it is to be asked for now.</param>
internal sealed record AskedDoor(RemoteDoor Door, bool IsNew);

/// <summary>What stands in the way of a door beside what a vendor's call fails with.</summary>
internal static class DoorTrouble
{
    /// <summary>Several entries could be the door.</summary>
    public const string Several = "Several";

    /// <summary>The tenant's credential is another account's by now.</summary>
    public const string OtherAccount = "OtherAccount";
}
