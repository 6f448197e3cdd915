using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;

namespace Soracom.Portal.Features.RemoteAccess.Doors;

/// <summary>Tells which SIM has an IMSI, by which the vendor's log and some of its entries know it.</summary>
internal static class SimsByImsi
{
    /// <summary>The SIMs that the portal has seen with some IMSIs.</summary>
    /// <param name="db">The tenant's database.</param>
    /// <param name="coverage">The coverage as the database has it.</param>
    /// <param name="imsis">The IMSIs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>SIM and its name by IMSI; without those that are not known.</returns>
    public static async Task<IReadOnlyDictionary<string, (string SimId, string Name)>> FindAsync(PortalDbContext db, string coverage, IEnumerable<string> imsis, CancellationToken cancellationToken)
    {
        var sims = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        foreach (var imsi in imsis.Where(imsi => imsi.Length > 0).Distinct(StringComparer.Ordinal))
        {
            // A SIM may have several, with spaces between: what is found by a part of one is looked at again.
            var found = await db.InventorySims.AsNoTracking()
                .Where(sim => sim.Coverage == coverage && sim.GoneAt == null && sim.Imsis.Contains(imsi))
                .Select(sim => new { sim.SimId, sim.Name, sim.Imsis })
                .ToListAsync(cancellationToken);
            if (found.FirstOrDefault(sim => sim.Imsis.Split(' ').Contains(imsi, StringComparer.Ordinal)) is { } sim)
            {
                sims[imsi] = (sim.SimId, sim.Name);
            }
        }

        return sims;
    }
}
