using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Finds SIMs to open doors to: among those that the portal keeps, and at the vendor where it does not have them all yet.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="known">Whether all SIMs are known; where they are not, they are read.</param>
internal sealed class DoorSims(PortalDatabase database, TenantSoracom soracom, KnownSims known)
{
    /// <summary>The most that are found.</summary>
    public const int Most = 20;

    /// <summary>The fewest characters that the vendor searches for.</summary>
    public const int Fewest = 2;

    /// <summary>Finds SIMs.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="text">A part of the name, or of the SIM id, an IMSI, an ICCID or an MSISDN; two characters or more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most <see cref="Most"/>, those that are online first; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<FoundSim>>> SearchAsync(TenantContext tenant, SoracomCoverage coverage, string text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(text);
        await tenant.RequireAsync(Permission.RemoteAccessOpen, cancellationToken);
        var sought = text.Trim();
        if (sought.Length < Fewest)
        {
            return Result.Of<IReadOnlyList<FoundSim>>([]);
        }

        await using var db = database.ForTenant(tenant.TenantId);
        var name = coverage.ToWireName();
        if (await known.AsOfAsync(db, tenant, coverage, cancellationToken) is not null)
        {
            var pattern = $"%{sought.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal).Replace("[", @"\[", StringComparison.Ordinal)}%";
            return Result.Of<IReadOnlyList<FoundSim>>(await db.InventorySims.AsNoTracking()
                .Where(sim => sim.Coverage == name && sim.GoneAt == null)
                .Where(sim => EF.Functions.Like(sim.Name, pattern, @"\") || EF.Functions.Like(sim.SimId, pattern, @"\") || EF.Functions.Like(sim.Imsis, pattern, @"\")
                    || EF.Functions.Like(sim.Iccids, pattern, @"\") || EF.Functions.Like(sim.Msisdns, pattern, @"\"))
                .OrderByDescending(sim => sim.Online).ThenBy(sim => sim.Name).ThenBy(sim => sim.SimId)
                .Take(Most)
                .Select(sim => new FoundSim(sim.SimId, sim.Name, sim.Status, sim.Online))
                .ToListAsync(cancellationToken));
        }

        var found = await soracom.ReadAsync(
            tenant,
            coverage,
            (client, token) => client.Sims.SearchSimsAsync(name: [sought], simId: [sought], imsi: [sought], iccid: [sought], msisdn: [sought], limit: Most, searchType: SearchType.Or, cancellationToken: token),
            cancellationToken);
        return found.Then<IReadOnlyList<FoundSim>>(page =>
        [
            .. page.Items
                .Select(sim => new FoundSim(sim.SimId, sim.Name, sim.Status ?? string.Empty, sim.SessionStatus?.Online == true))
                .OrderByDescending(sim => sim.IsOnline).ThenBy(sim => sim.Name, StringComparer.CurrentCulture)
                .Take(Most),
        ]);
    }
}

/// <summary>A SIM that was found.</summary>
/// <param name="SimId">The SIM id.</param>
/// <param name="Name">The name; empty when it has none.</param>
/// <param name="Status">The vendor's word for the status.</param>
/// <param name="IsOnline">Whether it had a session when it was last seen.</param>
public sealed record FoundSim(string SimId, string Name, string Status, bool IsOnline);
