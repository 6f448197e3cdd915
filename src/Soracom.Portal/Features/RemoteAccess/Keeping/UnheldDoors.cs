using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Keeping;

/// <summary>Finds open doors whose opener may not open any more, or whose SIM has come to its end, as far as the portal itself knows.</summary>
internal static class UnheldDoors
{
    /// <summary>The doors that nothing holds open any more, and why.</summary>
    /// <param name="db">The whole installation's database.</param>
    /// <param name="live">The doors to look at.</param>
    /// <param name="now">The present time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<(RemoteDoor Door, RemoteDoorEnd End)>> FindAsync(PortalDbContext db, IQueryable<RemoteDoor> live, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var doors = await live.Where(door => door.End == null && (door.ExpiresAt == null || door.ExpiresAt > now)).ToListAsync(cancellationToken);
        if (doors.Count == 0)
        {
            return [];
        }

        var standings = await TenantAccess.StandingsAsync(db, [.. doors.Select(door => (door.OpenerId, door.TenantId)).Distinct()], now, cancellationToken);
        var tenants = doors.Select(door => door.TenantId).Distinct().ToList();
        var sims = doors.Select(door => door.SimId).Distinct(StringComparer.Ordinal).ToList();
        var seen = await db.InventorySims.AsNoTracking()
            .IgnoreQueryFilters([PortalDbContext.TenantFilter])
            .Where(sim => tenants.Contains(sim.TenantId) && sims.Contains(sim.SimId))
            .Select(sim => new { sim.TenantId, sim.Coverage, sim.SimId, sim.Status, sim.GoneAt, sim.ReadAt })
            .ToListAsync(cancellationToken);
        var bySim = seen.ToLookup(sim => (sim.TenantId, sim.Coverage, sim.SimId));
        return
        [
            .. from door in doors
               let standing = standings.GetValueOrDefault((door.OpenerId, door.TenantId))
               let mayStill = standing?.May(Permission.RemoteAccessOpen) == true && (standing.May(Permission.RemoteAccessAnywhere) || SourceRanges.Parse(door.SourceRanges, out _)?.IsAnywhere != true)
               // What was seen before the door was asked for is older than what it was opened by.
               let ended = bySim[(door.TenantId, door.Coverage, door.SimId)].Any(sim => (DoorSim.IsEnded(sim.Status) && sim.ReadAt > door.AskedAt) || sim.GoneAt > door.AskedAt)
               where !mayStill || ended
               select (door, mayStill ? RemoteDoorEnd.SimEnded : RemoteDoorEnd.OpenerLeft),
        ];
    }
}
