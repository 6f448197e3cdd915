using System.Runtime.CompilerServices;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>Reads the SIMs of a selection out of the inventory, however many they are.</summary>
/// <param name="list">The list.</param>
/// <param name="soracom">Knows the coverages.</param>
/// <param name="clock">The clock.</param>
internal sealed class SelectedSims(SimList list, TenantSoracom soracom, TimeProvider clock)
{
    /// <summary>The SIMs of a selection; those of other tenants, and those that are gone, are left out.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs: of a view in its order.</returns>
    public async IAsyncEnumerable<ListedSim> ReadAsync(TenantContext tenant, SimSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(selection);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (selection is SimSelection.Matching matching)
        {
            var coverages = (await soracom.CoveragesAsync(tenant, cancellationToken)).Where(coverage => matching.Query.Coverage is null || matching.Query.Coverage == coverage).ToList();
            await foreach (var sim in list.AllAsync(tenant, coverages, matching.Query.Lookup(clock.GetUtcNow()), cancellationToken))
            {
                if (selection.Contains(SimKey.Of(sim)))
                {
                    yield return sim;
                }
            }
        }
        else if (selection is SimSelection.Picked picked)
        {
            var mine = picked.Sims.Where(sim => string.Equals(sim.Tenant, tenant.Slug, StringComparison.Ordinal));
            foreach (var coverage in mine.GroupBy(sim => sim.Coverage).OrderBy(group => group.Key))
            {
                foreach (var some in coverage.Select(sim => sim.SimId).Order(StringComparer.Ordinal).Chunk(SimList.MostRows))
                {
                    foreach (var sim in await list.ByIdAsync(tenant, coverage.Key, some, cancellationToken))
                    {
                        yield return sim;
                    }
                }
            }
        }
    }

    /// <summary>The SIMs of a selection out of several tenants; those of others, and those that are gone, are left out.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="selection">The selection.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs: of a view in its order.</returns>
    public async IAsyncEnumerable<ListedSim> ReadAsync(Portfolio portfolio, SimSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(selection);
        if (selection is SimSelection.Matching matching)
        {
            await foreach (var sim in list.AllAsync(portfolio, matching.Query.Coverage, matching.Query.Lookup(clock.GetUtcNow()), cancellationToken))
            {
                if (selection.Contains(SimKey.Of(sim)))
                {
                    yield return sim;
                }
            }
        }
        else if (selection is SimSelection.Picked picked)
        {
            var tenants = await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken);
            var byTenant = picked.Sims.ToLookup(sim => sim.Tenant, StringComparer.Ordinal);
            var keys =
                from tenant in tenants
                from sim in byTenant[tenant.Slug].OrderBy(sim => sim.Coverage).ThenBy(sim => sim.SimId, StringComparer.Ordinal)
                select new InventoryKey(tenant.TenantId, sim.Coverage, sim.SimId);
            foreach (var some in keys.Chunk(SimList.MostRows))
            {
                foreach (var sim in await list.ByIdAsync(portfolio, some, cancellationToken))
                {
                    yield return sim;
                }
            }
        }
    }
}
