using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>Lists SIMs out of the inventory.</summary>
/// <param name="shelf">The indexes.</param>
/// <param name="worker">Begins refreshes.</param>
/// <param name="soracom">Knows what accounts there are.</param>
/// <param name="database">The portal's database.</param>
/// <param name="options">How fresh lists are to be.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimList(InventoryShelf shelf, InventoryWorker worker, TenantSoracom soracom, PortalDatabase database, IOptions<InventoryOptions> options, TimeProvider clock)
{
    /// <summary>The most rows of one window.</summary>
    public const int MostRows = 500;

    /// <summary>How many ids are looked up at once where all are wanted.</summary>
    private const int Stretch = 10_000;

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
        return await FindAsync([.. coverages.Select(coverage => (tenant, coverage))], lookup, cancellationToken);
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
        return await FindAsync(await AccountsAsync(portfolio, coverage, cancellationToken), lookup, cancellationToken);
    }

    /// <summary>Begins a refresh of each account of several tenants now, unless one is under way.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="coverage">The coverage; null for both.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it was asked for.</returns>
    public async Task RefreshAsync(Portfolio portfolio, SoracomCoverage? coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        foreach (var (tenant, one) in await AccountsAsync(portfolio, coverage, cancellationToken))
        {
            worker.Ask(tenant.TenantId, one);
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
        var accounts = new List<(TenantContext Tenant, SoracomCoverage Coverage)>();
        var indexes = new List<SimIndex>();
        foreach (var coverage in coverages)
        {
            if (await shelf.GetAsync(tenant.TenantId, coverage, cancellationToken) is { } shelved)
            {
                accounts.Add((tenant, coverage));
                indexes.Add(shelved.Index);
            }
        }

        for (var skip = 0; ; skip += Stretch)
        {
            var found = IndexSearch.Run(indexes, lookup with { Skip = skip, Take = Stretch });
            foreach (var some in found.Rows.Chunk(MostRows))
            {
                foreach (var sim in (await RowsAsync(accounts, some, cancellationToken)).OfType<ListedSim>())
                {
                    yield return sim;
                }
            }

            if (skip + Stretch >= found.Total)
            {
                yield break;
            }
        }
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
        if (await shelf.GetAsync(tenant.TenantId, coverage, cancellationToken) is null)
        {
            return [];
        }

        var rows = await RowsAsync(tenant.TenantId, coverage, [.. simIds], cancellationToken);
        return [.. simIds.Select(simId => rows.GetValueOrDefault(simId)).OfType<InventorySim>().Where(sim => sim.GoneAt is null).Select(sim => new ListedSim(tenant, coverage, sim))];
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

    /// <summary>The accounts that there is a credential for.</summary>
    private async Task<IReadOnlyList<(TenantContext Tenant, SoracomCoverage Coverage)>> AccountsAsync(Portfolio portfolio, SoracomCoverage? coverage, CancellationToken cancellationToken)
    {
        var accounts = new List<(TenantContext, SoracomCoverage)>();
        foreach (var tenant in await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken))
        {
            accounts.AddRange((await soracom.CoveragesAsync(tenant, cancellationToken)).Where(one => coverage is null || coverage == one).Select(one => (tenant, one)));
        }

        return accounts;
    }

    private async Task<SimListing> FindAsync(IReadOnlyList<(TenantContext Tenant, SoracomCoverage Coverage)> accounts, SimLookup lookup, CancellationToken cancellationToken)
    {
        var states = new List<AccountState>();
        var searched = new List<((TenantContext Tenant, SoracomCoverage Coverage) Account, SimIndex Index)>();
        foreach (var (tenant, coverage) in accounts)
        {
            var shelved = await shelf.GetAsync(tenant.TenantId, coverage, cancellationToken);
            if (IsOld(shelved?.Inventory))
            {
                worker.Ask(tenant.TenantId, coverage);
            }

            states.Add(State(tenant, coverage, shelved));
            if (shelved is not null)
            {
                searched.Add(((tenant, coverage), shelved.Index));
            }
        }

        var found = IndexSearch.Run([.. searched.Select(one => one.Index)], lookup);
        var rows = await RowsAsync([.. searched.Select(one => one.Account)], found.Rows, cancellationToken);
        return new SimListing(found.Total, rows, found.Counts, states)
        {
            GroupNames = NamesOf([.. searched.Select(one => one.Index.Facets.GroupNames)]),
        };
    }

    private async Task<ListedSim?[]> RowsAsync(
        List<(TenantContext Tenant, SoracomCoverage Coverage)> accounts, IEnumerable<(int Index, string SimId)> found, CancellationToken cancellationToken)
    {
        var places = found.ToList();
        var rows = new ListedSim?[places.Count];
        foreach (var window in places.Select((row, place) => (row, place)).GroupBy(at => at.row.Index))
        {
            var (tenant, coverage) = accounts[window.Key];
            var sims = await RowsAsync(tenant.TenantId, coverage, [.. window.Select(at => at.row.SimId)], cancellationToken);
            foreach (var (row, place) in window)
            {
                rows[place] = sims.TryGetValue(row.SimId, out var sim) ? new ListedSim(tenant, coverage, sim) : null;
            }
        }

        return rows;
    }

    private static IReadOnlyDictionary<string, string> NamesOf(IReadOnlyList<IReadOnlyDictionary<string, string>> accounts)
    {
        if (accounts.Count == 1)
        {
            return accounts[0];
        }

        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (groupId, name) in accounts.SelectMany(account => account))
        {
            names[groupId] = name;
        }

        return names;
    }

    private AccountState State(TenantContext tenant, SoracomCoverage coverage, Shelved? shelved) => new(tenant, coverage)
    {
        CompleteAsOf = shelved?.Inventory.CompleteAsOf,
        WalkStartedAt = shelved?.Inventory.WalkStartedAt,
        IsWalked = worker.IsAsked(tenant.TenantId, coverage) || (shelved?.Inventory is { Holder: not null, HeldUntil: { } until } && until > clock.GetUtcNow()),
        Seen = shelved?.Inventory.Seen ?? 0,
        Known = shelved?.Index.Count ?? 0,
        FailedAt = shelved?.Inventory.FailedAt,
        Failure = Enum.TryParse<VendorErrorKind>(shelved?.Inventory.Failure, out var kind) ? kind : null,
    };

    private bool IsOld(SimInventory? inventory)
    {
        var now = clock.GetUtcNow();
        return (inventory?.CompletedAt is not { } at || now - at > options.Value.RefreshOnSight)
            && (inventory?.NotBefore is not { } notBefore || notBefore <= now)
            && (inventory?.HeldUntil is not { } heldUntil || heldUntil <= now);
    }

    private async Task<Dictionary<string, InventorySim>> RowsAsync(Guid tenantId, SoracomCoverage coverage, List<string> simIds, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenantId);
        // The index tells SIM ids as they are searched by, in lower case; the vendor's are digits.
        return await db.InventorySims.AsNoTracking()
            .Where(sim => sim.Coverage == name && simIds.Contains(sim.SimId))
            .ToDictionaryAsync(sim => sim.SimId, StringComparer.OrdinalIgnoreCase, cancellationToken);
    }
}

/// <summary>SIMs that were found.</summary>
/// <param name="Total">How many in all.</param>
/// <param name="Rows">Those of the window, in order; null for a SIM that went this very moment.</param>
/// <param name="Counts">How many each facet value would leave; see <see cref="SimsFound.Counts"/>.</param>
/// <param name="Accounts">How each account's inventory stands.</param>
internal sealed record SimListing(
    int Total, IReadOnlyList<ListedSim?> Rows, IReadOnlyDictionary<(SimFacet Facet, string Value), int> Counts, IReadOnlyList<AccountState> Accounts)
{
    /// <summary>Names of the groups that have one, by id.</summary>
    public required IReadOnlyDictionary<string, string> GroupNames { get; init; }
}

/// <summary>A SIM of a list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Coverage">In which coverage.</param>
/// <param name="Sim">What is known of it.</param>
internal sealed record ListedSim(TenantContext Tenant, SoracomCoverage Coverage, InventorySim Sim);

/// <summary>How an account's inventory stands.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
internal sealed record AccountState(TenantContext Tenant, SoracomCoverage Coverage)
{
    /// <summary>No SIM of the list is older; null before the first whole walk.</summary>
    public DateTimeOffset? CompleteAsOf { get; init; }

    /// <summary>When the refresh under way began, or the one that was put down halfway; null when there is none.</summary>
    public DateTimeOffset? WalkStartedAt { get; init; }

    /// <summary>Whether it is being refreshed now, or waits for its turn to be.</summary>
    public bool IsWalked { get; init; }

    /// <summary>SIMs that the refresh under way has seen.</summary>
    public int Seen { get; init; }

    /// <summary>SIMs that are known of the account.</summary>
    public int Known { get; init; }

    /// <summary>When the last try failed; null when it went well.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>In which way.</summary>
    public VendorErrorKind? Failure { get; init; }
}
