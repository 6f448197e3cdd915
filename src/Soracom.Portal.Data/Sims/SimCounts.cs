using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Sims;

/// <summary>How many SIMs an account has, by status, and how many of them are online: what <see cref="SimInventory.Counts"/> holds, so that many accounts are added up without reading their SIMs.</summary>
public static class SimCounts
{
    /// <summary>Counts the SIMs of an account.</summary>
    /// <param name="sims">The tenant's SIMs.</param>
    /// <param name="coverage">The account's coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>One count a status; SIMs that are gone are left out.</returns>
    public static async Task<IReadOnlyList<SimCount>> CountAsync(IQueryable<InventorySim> sims, string coverage, CancellationToken cancellationToken) => await sims
        .Where(sim => sim.Coverage == coverage && sim.GoneAt == null)
        .GroupBy(sim => sim.Status)
        .Select(status => new SimCount(status.Key, status.Count(), status.Count(sim => sim.Online)))
        .ToListAsync(cancellationToken);

    /// <summary>Writes counts down.</summary>
    /// <param name="counts">The counts.</param>
    /// <returns>What <see cref="Read"/> understands.</returns>
    public static string Write(IReadOnlyList<SimCount> counts) => JsonSerializer.Serialize(counts);

    /// <summary>Reads what was written down.</summary>
    /// <param name="written">What <see cref="Write"/> gave.</param>
    /// <returns>The counts.</returns>
    public static IReadOnlyList<SimCount> Read(string written) => JsonSerializer.Deserialize<IReadOnlyList<SimCount>>(written) ?? [];
}

/// <summary>How many SIMs have one status.</summary>
/// <param name="Status">The vendor's word for it.</param>
/// <param name="Sims">How many.</param>
/// <param name="Online">How many of them are online.</param>
public sealed record SimCount(string Status, int Sims, int Online);
