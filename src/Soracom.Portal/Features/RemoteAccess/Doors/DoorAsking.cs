using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Writes down doors that are to be asked for, where the tenant's policy allows them.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="clock">The clock.</param>
internal sealed class DoorAsking(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Decides on a request, and writes the door down that is to be asked for.</summary>
    /// <param name="tenant">The tenant and whoever asks; the caller has asked it for the permission.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request.</param>
    /// <param name="sim">The SIM as it is.</param>
    /// <param name="before">The SIM's entries at the vendor; null where they are not known.</param>
    /// <param name="cancellationToken">Cancels; then nothing is written.</param>
    /// <returns>The door, and whether it is new; a <see cref="DoorRefusedError"/>, a <see cref="DoorUnderWayError"/> or a <see cref="ConflictError"/>.</returns>
    internal Task<Result<AskedDoor>> AskAsync(TenantContext tenant, SoracomCoverage coverage, DoorRequest request, DoorSim sim, IReadOnlyList<PortMapping>? before, CancellationToken cancellationToken) => database.InTurnAsync<Result<AskedDoor>>(
        tenant.TenantId,
        async (db, token) =>
        {
            if (await db.RemoteDoors.AsNoTracking().SingleOrDefaultAsync(door => door.Id == request.Id, token) is { } same)
            {
                return same.OpenerId == tenant.Actor.PersonId ? new AskedDoor(same, IsNew: false) : new ConflictError();
            }

            var now = clock.GetUtcNow();
            // As long as what was asked for may still turn out to be there.
            var since = now - DoorMatch.MadeWithin;
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
            door.EntriesBefore = DoorMatch.LikeOf(before, door);
            db.RemoteDoors.Add(door);
            await db.SaveChangesAsync(token);
            return new AskedDoor(door, IsNew: true);
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
}

/// <summary>A door that is to be asked for, or was before.</summary>
/// <param name="Door">The door.</param>
/// <param name="IsNew">Whether it is to be asked for now.</param>
internal sealed record AskedDoor(RemoteDoor Door, bool IsNew);
