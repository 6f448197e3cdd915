using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.RemoteAccess;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Which doors to a tenant's devices there are, or were.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="known">Has the SIMs read that doors lead to, where they are not known yet.</param>
internal sealed class RemoteDoors(PortalDatabase database, TenantSoracom soracom, KnownSims known)
{
    /// <summary>How many doors that have ended are listed.</summary>
    public const int MostEnded = 50;

    /// <summary>The doors that were asked for here.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Those that are open, or may be, and those that ended last.</returns>
    public async Task<DoorBoard> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return new DoorBoard(
            await DoorBook.Live(db.RemoteDoors.AsNoTracking()).OrderBy(door => door.ExpiresAt).ThenBy(door => door.AskedAt).ToListAsync(cancellationToken),
            await db.RemoteDoors.AsNoTracking().Where(door => door.EndedAt != null).OrderByDescending(door => door.EndedAt).Take(MostEnded).ToListAsync(cancellationToken));
    }

    /// <summary>One door.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The door, or a <see cref="GoneError"/>.</returns>
    public async Task<Result<RemoteDoor>> GetAsync(TenantContext tenant, Guid doorId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.RemoteDoors.AsNoTracking().SingleOrDefaultAsync(door => door.Id == doorId, cancellationToken) is { } found ? found : new GoneError();
    }

    /// <summary>The doors of an account that were opened elsewhere (operation listPortMappings).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="age">How old the vendor's list may be; zero has it asked anew.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The doors, those that end first before the others; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<ForeignDoor>>> ElsewhereAsync(TenantContext tenant, SoracomCoverage coverage, TimeSpan age, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        var read = age == TimeSpan.Zero
            ? await soracom.ReadAsync(tenant, coverage, DoorMatch.ListAsync, cancellationToken)
            : await soracom.ReadRecentAsync(tenant, coverage, age, DoorMatch.ListAsync, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        await using var db = database.ForTenant(tenant.TenantId);
        await known.AsOfAsync(db, tenant, coverage, cancellationToken);
        return Result.Of(await ForeignAsync(db, coverage, read.Value, cancellationToken));
    }

    /// <summary>Those of an account's entries that are no doors of the portal's.</summary>
    internal static async Task<IReadOnlyList<ForeignDoor>> ForeignAsync(PortalDbContext db, SoracomCoverage coverage, IReadOnlyList<PortMapping> mappings, CancellationToken cancellationToken)
    {
        var named = mappings.Where(mapping => mapping is { IpAddress: not null, Port: not null } && mapping.Expired != true).ToList();
        var ports = named.Select(mapping => mapping.Port).Distinct().ToList();
        var own = await db.RemoteDoors.AsNoTracking().Where(door => door.Port != null && ports.Contains(door.Port)).ToListAsync(cancellationToken);
        var unsettled = await DoorBook.Live(db.RemoteDoors.AsNoTracking()).Where(door => door.IpAddress == null).ToListAsync(cancellationToken);
        var foreign = named.Where(mapping => !own.Exists(door => DoorIdentity.Is(mapping, door))).ToList();
        var byImsi = await SimsByImsi.FindAsync(db, coverage.ToWireName(), foreign.Where(mapping => mapping.SimId is null).Select(mapping => mapping.Imsi ?? string.Empty), cancellationToken);
        var sims = foreign.Select(mapping => mapping.SimId).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var names = await db.InventorySims.AsNoTracking().Where(sim => sim.Coverage == coverage.ToWireName() && sims.Contains(sim.SimId)).ToDictionaryAsync(sim => sim.SimId, sim => sim.Name, StringComparer.Ordinal, cancellationToken);
        return
        [
            .. foreign
                .Select(mapping => (Mapping: mapping, Sim: mapping.SimId is { } simId ? (simId, names.GetValueOrDefault(simId, string.Empty)) : byImsi.GetValueOrDefault(mapping.Imsi ?? string.Empty)))
                .Select(found => new ForeignDoor(coverage, found.Mapping, found.Sim.Item1, found.Sim.Item2 ?? string.Empty, unsettled.Find(door => DoorMatch.CouldBe(found.Mapping, door))))
                .OrderBy(door => door.Mapping.ExpiredTime),
        ];
    }
}

/// <summary>The doors that were asked for here.</summary>
/// <param name="Live">Those that are open, or may be; those that end first before the others.</param>
/// <param name="Ended">Those that ended last, the latest first.</param>
public sealed record DoorBoard(IReadOnlyList<RemoteDoor> Live, IReadOnlyList<RemoteDoor> Ended);

/// <summary>A door that was opened elsewhere.</summary>
/// <param name="Coverage">The coverage.</param>
/// <param name="Mapping">The vendor's entry.</param>
/// <param name="SimId">The SIM; null where the vendor names an IMSI that the portal does not know.</param>
/// <param name="SimName">The SIM's name as the portal last saw it; empty when it has none.</param>
/// <param name="MayBe">A door whose answer was lost and that this may be; null where there is none.</param>
public sealed record ForeignDoor(SoracomCoverage Coverage, PortMapping Mapping, string? SimId, string SimName, RemoteDoor? MayBe)
{
    /// <summary>The public address.</summary>
    public string Endpoint => Mapping.Endpoint ?? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Mapping.IpAddress}:{Mapping.Port}");
}
