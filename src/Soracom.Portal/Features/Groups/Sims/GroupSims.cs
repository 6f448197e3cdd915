using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.Sims;

/// <summary>Reads which SIMs are in a group, out of what is remembered of the account's SIMs.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="known">Whether they are remembered.</param>
internal sealed class GroupSims(PortalDatabase database, KnownSims known)
{
    /// <summary>The most SIMs that are told one by one.</summary>
    public const int MostSims = 50;

    /// <summary>The SIMs of a group.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs; without any, and without an age, where the account's SIMs have not all been read yet: that is begun then.</returns>
    public async Task<Result<SimsOfGroup>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenant.TenantId);
        var operatorId = await GroupArchive.OperatorAsync(db, coverage, cancellationToken);
        var asOf = operatorId is null ? null : await known.AsOfAsync(db, tenant, coverage, operatorId, cancellationToken);
        if (asOf is null)
        {
            return new SimsOfGroup(StatusCounts.None, [], AsOf: null);
        }

        var its = db.InventorySims.AsNoTracking().Where(sim => sim.Coverage == name && sim.GroupId == groupId && sim.GoneAt == null);
        var counts = await its.GroupBy(sim => sim.Status).Select(some => new { Status = some.Key, Count = some.Count() }).ToListAsync(cancellationToken);
        var first = await its.OrderBy(sim => sim.Name == "").ThenBy(sim => sim.Name).ThenBy(sim => sim.SimId)
            .Take(MostSims)
            .Select(sim => new SimOfGroup(sim.SimId, sim.Name, sim.Status, sim.Online, sim.LastHeardAt))
            .ToListAsync(cancellationToken);
        return new SimsOfGroup(new StatusCounts(counts.ToDictionary(count => count.Status, count => count.Count, StringComparer.Ordinal)), first, asOf);
    }
}

/// <summary>The SIMs of a group.</summary>
/// <param name="Counts">All of them by status.</param>
/// <param name="First">The first of them by name.</param>
/// <param name="AsOf">No SIM is older than this; null where they have not all been read yet.</param>
public sealed record SimsOfGroup(StatusCounts Counts, IReadOnlyList<SimOfGroup> First, DateTimeOffset? AsOf);

/// <summary>A SIM of a group.</summary>
/// <param name="SimId">The SIM id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="Status">The vendor's word for its status.</param>
/// <param name="Online">Whether it has a session.</param>
/// <param name="LastHeardAt">When the network last heard of it; null when never.</param>
public sealed record SimOfGroup(string SimId, string Name, string Status, bool Online, DateTimeOffset? LastHeardAt);
