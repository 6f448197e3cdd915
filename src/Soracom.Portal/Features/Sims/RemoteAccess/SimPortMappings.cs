using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Napter;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.RemoteAccess;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.RemoteAccess;

/// <summary>Lists the ways into a SIM's device that are open (operation listPortMappingsForSim), and who opened them where that was here.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="database">The portal's database.</param>
internal sealed class SimPortMappings(TenantSoracom soracom, PortalDatabase database)
{
    /// <summary>The port mappings of a SIM.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The mappings, those that end first before the others; none where there are none; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<SimMapping>>> ListAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var found = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Napter.ListPortMappingsForSimAsync(simId, token), cancellationToken);
        if (found.Error is VendorError { Kind: VendorErrorKind.NotFound })
        {
            // The vendor says so of a SIM without mappings.
            return Result.Of<IReadOnlyList<SimMapping>>([]);
        }

        if (found.Error is { } error)
        {
            return error;
        }

        await using var db = database.ForTenant(tenant.TenantId);
        var mayKnow = tenant.May(Permission.RemoteAccessRead);
        var doors = mayKnow
            ? await db.RemoteDoors.AsNoTracking().Where(door => door.SimId == simId && door.IpAddress != null).ToListAsync(cancellationToken)
            : [];
        return Result.Of<IReadOnlyList<SimMapping>>(
        [
            .. found.Value
                .OrderBy(mapping => mapping.ExpiredTime)
                .Select(mapping => SimMapping.Of(mapping, doors, mayKnow)),
        ]);
    }
}

/// <summary>A way into a SIM's device.</summary>
/// <param name="Mapping">The vendor's entry.</param>
/// <param name="Door">What the portal knows of it; null where it was opened elsewhere, or one may not know.</param>
/// <param name="IsElsewhere">Whether it was opened elsewhere; false where one may not know.</param>
/// <param name="IsHidden">Whether the way to it is left out, as one may not see doors: that there is one is all there is to know.</param>
public sealed record SimMapping(PortMapping Mapping, RemoteDoor? Door, bool IsElsewhere, bool IsHidden)
{
    /// <summary>What somebody may know of an entry.</summary>
    /// <param name="mapping">The vendor's entry.</param>
    /// <param name="doors">The doors to the SIM that the portal knows.</param>
    /// <param name="mayKnow">Whether one may see doors.</param>
    /// <returns>The entry; without the address and who is let in where one may not see doors.</returns>
    internal static SimMapping Of(PortMapping mapping, IReadOnlyList<RemoteDoor> doors, bool mayKnow)
    {
        if (!mayKnow)
        {
            return new SimMapping(mapping with { IpAddress = null, Port = null, Hostname = null, Endpoint = null, Source = null }, Door: null, IsElsewhere: false, IsHidden: true);
        }

        var door = doors.FirstOrDefault(door => DoorIdentity.Is(mapping, door));
        return new SimMapping(mapping, door, IsElsewhere: door is null, IsHidden: false);
    }
}
