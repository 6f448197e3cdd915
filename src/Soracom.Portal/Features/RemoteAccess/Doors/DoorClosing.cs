using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.RemoteAccess;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Closes single doors. One that would not close at once is tried again by the worker until it is gone.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Makes the change.</param>
/// <param name="book">Writes down what becomes of doors.</param>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
internal sealed class DoorClosing(TenantSoracom soracom, VendorActs acts, DoorBook book, PortalDatabase database, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Closes a door that was asked for here (operation deletePortMapping): one's own, or another's with the permission for that.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>
    /// The door as it is then; one that is not settled yet is closed as soon as it is found, and of one whose time is over is found out whether it
    /// is gone. A <see cref="GoneError"/>, a
    /// <see cref="DoorOfOtherAccountError"/> or a <see cref="VendorError"/>.
    /// </returns>
    public async Task<Result<RemoteDoor>> CloseAsync(TenantContext tenant, Guid doorId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessOpen, cancellationToken);
        await using (var db = database.ForTenant(tenant.TenantId))
        {
            if (await db.RemoteDoors.AsNoTracking().SingleOrDefaultAsync(row => row.Id == doorId, cancellationToken) is not { } known)
            {
                return new GoneError();
            }

            if (known.OpenerId != tenant.Actor.PersonId)
            {
                await tenant.RequireAsync(Permission.RemoteAccessClose, cancellationToken);
            }

            if (await IsAnothersAsync(db, known, cancellationToken))
            {
                return new DoorOfOtherAccountError();
            }
        }

        var door = await book.ClosingAsync(tenant.TenantId, doorId, RemoteDoorEnd.Person, tenant.Actor, cancellationToken);
        if (IsLate(door))
        {
            return await SettleAsync(tenant, door, cancellationToken);
        }

        if (door.State == RemoteDoorState.Closing)
        {
            return await SendAsync(tenant, door);
        }

        if (door.EndedAt is null)
        {
            await audit.RecordAsync(tenant, DoorAudit.Act(AuditActions.DoorClosed, door, AuditOutcome.Unknown, "as soon as it is found"), CancellationToken.None);
        }

        return door;
    }

    /// <summary>Closes a door that was opened elsewhere, if it is still the one that was shown.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="door">The door.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>True; a <see cref="GoneError"/> where it is not there any more; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<bool>> CloseElsewhereAsync(TenantContext tenant, ForeignDoor door, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(door);
        await tenant.RequireAsync(Permission.RemoteAccessClose, cancellationToken);
        var read = await soracom.ReadAsync(tenant, door.Coverage, DoorMatch.ListAsync, cancellationToken);
        return read.Error is { } error ? error
            : read.Value.Any(mapping => mapping.IpAddress == door.Mapping.IpAddress && mapping.Port == door.Mapping.Port && mapping.CreatedTime == door.Mapping.CreatedTime)
                ? await SendAsync(tenant, door, cancellationToken)
                : new GoneError();
    }

    /// <summary>Whether a door's account is not the one that the tenant's credential opens now.</summary>
    internal static async Task<bool> IsAnothersAsync(PortalDbContext db, RemoteDoor door, CancellationToken cancellationToken) =>
        await db.VendorCredentials.Where(credential => credential.Coverage == door.Coverage).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken) is { } operatorId
        && door.OperatorId.Length > 0 && operatorId != door.OperatorId;

    /// <summary>Whether a door that nobody has seen to be gone should be by its time.</summary>
    internal bool IsLate(RemoteDoor door) => door is { EndedAt: null, IpAddress: not null, Overstayed: false } && DoorSteps.IsOver(door, clock.GetUtcNow());

    /// <summary>Finds out about a door whose time is over, and closes it where the vendor has it still: nothing is sent to an address that may be another's.</summary>
    internal async Task<Result<RemoteDoor>> SettleAsync(TenantContext tenant, RemoteDoor door, CancellationToken cancellationToken)
    {
        var read = await soracom.ReadAsync(tenant, CoverageOf(door), DoorMatch.ListAsync, cancellationToken);
        return read.Error is { } unread ? unread
            : read.Value.Any(mapping => DoorIdentity.Is(mapping, door) && mapping.Expired != true)
                ? await SendAsync(tenant, await book.OverstayedAsync(tenant.TenantId, door.Id, CancellationToken.None))
                : await book.GoneAsync(tenant.TenantId, door.Id, RemoteDoorEnd.Time, verified: true, CancellationToken.None);
    }

    /// <summary>Closes a door that is noted to be closed.</summary>
    /// <returns>The door; a <see cref="DoorStillOpenError"/> or a <see cref="VendorError"/>.</returns>
    internal async Task<Result<RemoteDoor>> SendAsync(TenantContext tenant, RemoteDoor door)
    {
        var isThere = false;
        var closed = await acts.DoAsync(
            tenant,
            CoverageOf(door),
            DoorAudit.Act(AuditActions.DoorClosed, door),
            (client, token) => DeleteAsync(client, door.IpAddress!, door.Port!.Value, token),
            async (client, token) =>
            {
                isThere = (await DoorMatch.ListAsync(client, token)).Any(mapping => DoorIdentity.Is(mapping, door) && mapping.Expired != true);
                return new Looked<bool>(!isThere, Answer: true);
            },
            CancellationToken.None,
            Deleted);
        if (closed.Error is not { } error)
        {
            return await book.GoneAsync(tenant.TenantId, door.Id, found: null, verified: true, CancellationToken.None);
        }

        await book.TroubleAsync(tenant.TenantId, door.Id, (error as VendorError)?.Kind.ToString() ?? error.Key, (error as VendorError)?.RetryAfter, CancellationToken.None);
        return isThere ? new DoorStillOpenError() : error;
    }

    /// <summary>Closes a door that was opened elsewhere.</summary>
    internal Task<Result<bool>> SendAsync(TenantContext tenant, ForeignDoor door, CancellationToken cancellationToken) => acts.DoAsync(
        tenant,
        door.Coverage,
        new AuditAct(AuditActions.DoorClosed, AuditOutcome.Begun) { ObjectId = door.SimId ?? door.Mapping.Imsi, ObjectName = door.SimName, Detail = $"{door.Endpoint}, opened elsewhere" },
        (client, token) => DeleteAsync(client, door.Mapping.IpAddress!, door.Mapping.Port!.Value, token),
        async (client, token) => new Looked<bool>(
            !(await DoorMatch.ListAsync(client, token)).Any(mapping => mapping.IpAddress == door.Mapping.IpAddress && mapping.Port == door.Mapping.Port && mapping.CreatedTime == door.Mapping.CreatedTime), Answer: true),
        cancellationToken,
        Deleted);

    /// <summary>A door's coverage.</summary>
    internal static SoracomCoverage CoverageOf(RemoteDoor door) => SoracomCoverages.TryParseWireName(door.Coverage, out var coverage) ? coverage : throw new InvalidOperationException($"{door.Coverage} is no coverage.");

    /// <summary>Has the vendor close a door (operation deletePortMapping).</summary>
    /// <returns>True; false where there was none any more.</returns>
    internal static async Task<bool> DeleteAsync(ISoracomClient client, string ipAddress, int port, CancellationToken cancellationToken)
    {
        try
        {
            await client.Napter.DeletePortMappingAsync(ipAddress, port.ToString(System.Globalization.CultureInfo.InvariantCulture), cancellationToken);
        }
        catch (SoracomNotFoundException)
        {
            // Somebody was faster.
            return false;
        }

        return true;
    }

    private static AuditAct Deleted(AuditAct act, bool wasThere) => wasThere ? act : act with { Detail = $"{act.Detail}; was gone" };
}
