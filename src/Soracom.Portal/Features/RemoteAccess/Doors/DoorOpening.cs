using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.RemoteAccess;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>
/// Opens doors. Each is written down before the vendor is asked, so that none is forgotten whatever happens in between; where the vendor's
/// answer is lost the door that it made is looked for, and no second one is asked for.
/// </summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Makes the change.</param>
/// <param name="asking">Writes down what is to be asked for.</param>
/// <param name="book">Writes down what becomes of doors.</param>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class DoorOpening(TenantSoracom soracom, VendorActs acts, DoorAsking asking, DoorBook book, PortalDatabase database, AuditTrail audit)
{
    /// <summary>How soon the worker looks for a door whose answer was lost.</summary>
    private static readonly TimeSpan LookedForAfter = TimeSpan.FromSeconds(15);

    /// <summary>What has to be known of a SIM before a door to its device is opened (operation getSim).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIM, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<DoorSim>> SimAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessOpen, cancellationToken);
        return await ReadAsync(tenant, coverage, simId, cancellationToken);
    }

    /// <summary>Opens a door (operation createPortMappingForSim) where the tenant's policy allows it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="request">The request; sent twice, it is one door.</param>
    /// <param name="cancellationToken">Cancels, until the door is written down.</param>
    /// <returns>
    /// The door: open, or <see cref="RemoteDoorState.Unknown"/> where no answer came and it is being looked for. A
    /// <see cref="DoorRefusedError"/>, an <see cref="InputError"/>, an <see cref="ObstacleError"/>, a <see cref="DoorUnderWayError"/>, a
    /// <see cref="ConflictError"/>, a <see cref="FreshSignInError"/> where everybody would be let in, or a <see cref="VendorError"/> where none was opened.
    /// </returns>
    public async Task<Result<RemoteDoor>> OpenAsync(TenantContext tenant, SoracomCoverage coverage, DoorRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(request);
        await tenant.RequireAsync(Permission.RemoteAccessOpen, cancellationToken);
        if (request.Wrong() is { } wrong)
        {
            return wrong;
        }

        if (request.Sources.IsAnywhere && await tenant.RequireFreshAsync(Permission.RemoteAccessOpen, cancellationToken) is { } stale)
        {
            return stale;
        }

        var listing = DoorMatch.BeforeAsync(soracom, tenant, coverage, request.SimId, cancellationToken);
        var sim = await ReadAsync(tenant, coverage, request.SimId, cancellationToken);
        var before = await listing;
        if (sim.Error is { } unread)
        {
            return unread;
        }

        if (ObstacleFor(sim.Value) is { } obstacle)
        {
            return new ObstacleError(obstacle);
        }

        // The vendor takes its time; whose right ended meanwhile opens nothing any more.
        await tenant.RequireAsync(Permission.RemoteAccessOpen, cancellationToken);
        var asked = await asking.AskAsync(tenant, coverage, request, sim.Value, before, cancellationToken);
        if (asked.Error is DoorRefusedError refused)
        {
            await audit.RecordAsync(
                tenant,
                new AuditAct(AuditActions.DoorOpened, AuditOutcome.Denied) { ObjectId = request.SimId, ObjectName = sim.Value.Name, Detail = DoorAudit.Refused(request, refused.Reasons), Reason = DoorAudit.Why(request.Ticket, request.Reason) },
                cancellationToken);
        }

        return asked.Error is { } error ? error
            : asked.Value is { IsNew: false, Door: var same } ? same
            : await SendAsync(tenant, coverage, asked.Value.Door);
    }

    /// <summary>Why a SIM as it is lets no door be opened; null when it does.</summary>
    /// <param name="sim">The SIM.</param>
    internal static Obstacle? ObstacleFor(DoorSim sim) =>
        DoorSim.IsEnded(sim.Status) ? new Obstacle("DoorSimEnded") : sim.IsOnline ? null : new Obstacle("Offline");

    private async Task<Result<DoorSim>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), cancellationToken);
        return read.Then(DoorSim.Of);
    }

    private async Task<Result<RemoteDoor>> SendAsync(TenantContext tenant, SoracomCoverage coverage, RemoteDoor door)
    {
        var wanted = new NewSimPortMapping
        {
            Destination = new SimPortMappingDestination { Port = door.DevicePort, Service = door.Service },
            Duration = door.DurationSeconds,
            Source = new PortMappingSource { IpRanges = door.SourceRanges.Split(' ') },
            TlsRequired = door.Tls,
        };
        var several = false;
        try
        {
            var made = await acts.DoAsync(
                tenant,
                coverage,
                DoorAudit.Act(AuditActions.DoorOpened, door),
                (client, token) => client.Napter.CreatePortMappingForSimAsync(door.SimId, wanted, token),
                async (client, token) =>
                {
                    var could = await CandidatesAsync(database, await DoorMatch.ListAsync(client, token), door, token);
                    several = could is { Count: > 1 };
                    return new Looked<PortMapping>(could.Count == 1, could.Count == 1 ? could[0] : new PortMapping());
                },
                CancellationToken.None,
                (act, answer) => act with { Detail = $"{act.Detail}; {answer.IpAddress}:{answer.Port}" });
            return made.Error is { } error
                ? await NotOpenedAsync(tenant, door, error, several)
                : DoorMatch.IsNamed(made.Value)
                    ? await book.OpenedAsync(tenant.TenantId, door.Id, made.Value, found: false, CancellationToken.None)
                    : await book.UnknownAsync(tenant.TenantId, door.Id, nameof(VendorErrorKind.NotUnderstood), LookedForAfter, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The right ended just before it was sent.
            await book.FailedAsync(tenant.TenantId, door.Id, RemoteDoorEnd.NotThere, trouble: null, told: true, CancellationToken.None);
            throw;
        }
    }

    /// <summary>
    /// The entries that could be a door: none that is known as another, and none at all while another door that was asked for in the same way
    /// is not settled, as nobody could tell whose it is.
    /// </summary>
    internal static async Task<IReadOnlyList<PortMapping>> CandidatesAsync(PortalDatabase database, IReadOnlyList<PortMapping> mappings, RemoteDoor door, CancellationToken cancellationToken)
    {
        var could = mappings.Where(mapping => DoorMatch.CouldBe(mapping, door)).ToList();
        if (could.Count == 0)
        {
            return could;
        }

        // Other tenants may have a credential of the same account: theirs are compared here, and nobody is told of them.
        await using var db = database.ForTenantBesideOthers(door.TenantId);
        var others = await db.RemoteDoors.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(other => other.Id != door.Id && other.OperatorId == door.OperatorId && other.Coverage == door.Coverage && other.SimId == door.SimId && (other.EndedAt == null || other.AskedAt > door.AskedAt.AddHours(-9))).ToListAsync(cancellationToken);
        var free = could.Where(mapping => !others.Exists(other => DoorIdentity.Is(mapping, other))).ToList();
        // One more that asks for the same makes several of one; so does an entry that somebody else may have made just before.
        return free.Count == 1 && (DoorMatch.IsEarly(free[0], door) || others.Exists(other => other is { IpAddress: null, EndedAt: null } && DoorMatch.CouldBe(free[0], other)))
            ? [free[0], free[0]]
            : free;
    }

    private async Task<Result<RemoteDoor>> NotOpenedAsync(TenantContext tenant, RemoteDoor door, PortalError error, bool several)
    {
        var kind = (error as VendorError)?.Kind.ToString();
        if (error is VendorError { OutcomeUnknown: true })
        {
            return await book.UnknownAsync(tenant.TenantId, door.Id, several ? DoorTrouble.Several : kind!, LookedForAfter, CancellationToken.None);
        }

        await book.FailedAsync(tenant.TenantId, door.Id, RemoteDoorEnd.Refused, kind, told: false, CancellationToken.None);
        return error;
    }
}
