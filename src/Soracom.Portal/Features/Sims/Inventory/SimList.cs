using System.Runtime.CompilerServices;
using Soracom.Api;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>Lists SIMs out of the inventory, for those who may read them.</summary>
/// <param name="search">Searches the accounts.</param>
/// <param name="worker">Begins refreshes.</param>
internal sealed class SimList(AccountSearch search, InventoryWorker worker)
{
    /// <summary>The most rows of one window.</summary>
    public const int MostRows = 500;

    /// <summary>The most SIMs of one window whose ids alone are asked for.</summary>
    public const int MostIds = 10_000;

    /// <summary>How many ids are looked up at once where all are wanted.</summary>
    internal const int Stretch = 10_000;

    /// <summary>Finds a tenant's SIMs. What has become old is refreshed meanwhile; the answer does not wait for that.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverages">The coverages to look in.</param>
    /// <param name="lookup">What is looked for; at most <see cref="MostRows"/> rows at a time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The window, the counts and the state of each account.</returns>
    public async Task<SimListing> FindAsync(TenantContext tenant, IReadOnlyList<SoracomCoverage> coverages, SimLookup lookup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(coverages);
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookup.Take, MostRows, nameof(lookup));
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        return await search.FindAsync(await search.AccountsAsync(tenant, coverages, cancellationToken), lookup, cancellationToken);
    }

    /// <summary>Finds SIMs of several tenants. What has become old is refreshed meanwhile; the answer does not wait for that.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="coverage">The coverage to look in; null for both.</param>
    /// <param name="lookup">What is looked for; at most <see cref="MostRows"/> rows at a time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The window, the counts and the state of each account.</returns>
    public async Task<SimListing> FindAsync(Portfolio portfolio, SoracomCoverage? coverage, SimLookup lookup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookup.Take, MostRows, nameof(lookup));
        var tenants = await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken);
        return await search.FindAsync(await search.AccountsAsync(tenants, coverage, cancellationToken), lookup, cancellationToken) with { Tenants = tenants };
    }

    /// <summary>Which of a tenant's SIMs stand in a window, without what else is known of them.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverages">The coverages to look in.</param>
    /// <param name="lookup">What is looked for; at most <see cref="MostIds"/> at a time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs, in order.</returns>
    public async Task<IReadOnlyList<FoundSim>> IdsAsync(TenantContext tenant, IReadOnlyList<SoracomCoverage> coverages, SimLookup lookup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(coverages);
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookup.Take, MostIds, nameof(lookup));
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        return await search.IdsAsync(await search.AccountsAsync(tenant, coverages, cancellationToken), lookup, cancellationToken);
    }

    /// <summary>Which SIMs of several tenants stand in a window, without what else is known of them.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="coverage">The coverage to look in; null for both.</param>
    /// <param name="lookup">What is looked for; at most <see cref="MostIds"/> at a time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs, in order.</returns>
    public async Task<IReadOnlyList<FoundSim>> IdsAsync(Portfolio portfolio, SoracomCoverage? coverage, SimLookup lookup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(lookup);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lookup.Take, MostIds, nameof(lookup));
        return await search.IdsAsync(await search.AccountsAsync(await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken), coverage, cancellationToken), lookup, cancellationToken);
    }

    /// <summary>Begins a refresh of each account of several tenants now, unless one is under way.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="coverage">The coverage; null for both.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it was asked for.</returns>
    public async Task RefreshAsync(Portfolio portfolio, SoracomCoverage? coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        foreach (var account in await search.AccountsAsync(await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken), coverage, cancellationToken))
        {
            worker.Ask(account.Tenant.TenantId, account.Coverage);
        }
    }

    /// <summary>All SIMs that a lookup finds, in its order, as they are at one moment. Nothing but a few hundred is held at a time.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverages">The coverages to look in.</param>
    /// <param name="lookup">What is looked for; its window does not matter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs.</returns>
    public async IAsyncEnumerable<ListedSim> AllAsync(
        TenantContext tenant, IReadOnlyList<SoracomCoverage> coverages, SimLookup lookup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(coverages);
        ArgumentNullException.ThrowIfNull(lookup);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await foreach (var sim in search.AllAsync(await search.AccountsAsync(tenant, coverages, cancellationToken), lookup, cancellationToken))
        {
            yield return sim;
        }
    }

    /// <summary>All SIMs of several tenants that a lookup finds, in its order, as they are at one moment. Who loses a right meanwhile gets no more of that tenant.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="coverage">The coverage to look in; null for both.</param>
    /// <param name="lookup">What is looked for; its window does not matter.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs.</returns>
    public async IAsyncEnumerable<ListedSim> AllAsync(
        Portfolio portfolio, SoracomCoverage? coverage, SimLookup lookup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(lookup);
        HashSet<TenantContext> permitted = [.. await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken)];
        var accounts = await search.AccountsAsync(permitted, coverage, cancellationToken);
        var read = 0;
        await foreach (var sim in search.AllAsync(accounts, lookup, cancellationToken))
        {
            if (++read % Stretch == 0)
            {
                permitted = [.. await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken)];
            }

            if (permitted.Contains(sim.Tenant))
            {
                yield return sim;
            }
        }
    }

    /// <summary>SIMs of several tenants by their ids; those that are not there are left out.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="sims">The SIMs, at most <see cref="MostRows"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs, in the order of the ids.</returns>
    public async Task<IReadOnlyList<ListedSim>> ByIdAsync(Portfolio portfolio, IReadOnlyList<InventoryKey> sims, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(sims);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(sims.Count, MostRows, nameof(sims));
        var tenants = await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken);
        return await search.ByIdAsync(await search.AccountsAsync(tenants, coverage: null, cancellationToken), sims, cancellationToken);
    }

    /// <summary>SIMs by their ids; those that are not there are left out.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simIds">The SIM ids, at most <see cref="MostRows"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs, in the order of the ids.</returns>
    public async Task<IReadOnlyList<ListedSim>> ByIdAsync(TenantContext tenant, SoracomCoverage coverage, IReadOnlyList<string> simIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(simIds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(simIds.Count, MostRows, nameof(simIds));
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var accounts = await search.AccountsAsync(tenant, [coverage], cancellationToken);
        return await search.ByIdAsync(accounts, [.. simIds.Select(simId => new InventoryKey(tenant.TenantId, coverage, simId))], cancellationToken);
    }

    /// <summary>Begins a refresh of an account now, unless one is under way.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it was asked for.</returns>
    public async Task RefreshAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        worker.Ask(tenant.TenantId, coverage);
    }
}
