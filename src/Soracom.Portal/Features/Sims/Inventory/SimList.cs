using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>Lists SIMs out of the inventory.</summary>
/// <param name="shelf">The indexes.</param>
/// <param name="worker">Begins refreshes.</param>
/// <param name="reader">Knows what accounts there are, and their rows.</param>
/// <param name="options">How fresh lists are to be.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimList(InventoryShelf shelf, InventoryWorker worker, InventoryReader reader, IOptions<InventoryOptions> options, TimeProvider clock)
{
    /// <summary>The most rows of one window.</summary>
    public const int MostRows = 500;

    /// <summary>The most SIMs of one window whose ids alone are asked for.</summary>
    public const int MostIds = 10_000;

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
        return await FindAsync(await AccountsAsync(tenant, coverages, cancellationToken), lookup, cancellationToken);
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
        return await FindAsync(await AccountsAsync(tenants, coverage, cancellationToken), lookup, cancellationToken) with { Tenants = tenants };
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
        return await IdsAsync(await AccountsAsync(tenant, coverages, cancellationToken), lookup, cancellationToken);
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
        return await IdsAsync(await AccountsAsync(await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken), coverage, cancellationToken), lookup, cancellationToken);
    }

    /// <summary>Begins a refresh of each account of several tenants now, unless one is under way.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="coverage">The coverage; null for both.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it was asked for.</returns>
    public async Task RefreshAsync(Portfolio portfolio, SoracomCoverage? coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        foreach (var account in await AccountsAsync(await portfolio.PermittingAsync(Permission.SimsRead, cancellationToken), coverage, cancellationToken))
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
        await foreach (var sim in AllAsync(await AccountsAsync(tenant, coverages, cancellationToken), lookup, cancellationToken))
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
        var accounts = await AccountsAsync(permitted, coverage, cancellationToken);
        var read = 0;
        await foreach (var sim in AllAsync(accounts, lookup, cancellationToken))
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
        var accounts = (await AccountsAsync(tenants, coverage: null, cancellationToken)).Where(account => account.Inventory is not null).ToDictionary(account => (account.Tenant.TenantId, account.Coverage));
        InventoryKey[] keys = [.. sims.Where(sim => accounts.ContainsKey((sim.TenantId, sim.Coverage)))];
        var rows = await reader.SimsAsync(keys, cancellationToken);
        return
        [
            .. from key in keys
               let sim = rows.GetValueOrDefault(key)
               where sim is { GoneAt: null }
               select new ListedSim(accounts[(key.TenantId, key.Coverage)].Tenant, key.Coverage, sim),
        ];
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

        InventoryKey[] keys = [.. simIds.Select(simId => new InventoryKey(tenant.TenantId, coverage, simId))];
        var rows = await reader.SimsAsync(keys, cancellationToken);
        return [.. keys.Select(rows.GetValueOrDefault).OfType<InventorySim>().Where(sim => sim.GoneAt is null).Select(sim => new ListedSim(tenant, coverage, sim))];
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

    /// <summary>Accounts of a tenant; also those that there is no credential for.</summary>
    private async Task<IReadOnlyList<Account>> AccountsAsync(TenantContext tenant, IReadOnlyList<SoracomCoverage> coverages, CancellationToken cancellationToken)
    {
        var known = (await reader.AccountsAsync([tenant.TenantId], cancellationToken))[tenant.TenantId].ToDictionary(account => account.Coverage, account => account.Inventory);
        return [.. coverages.Select(coverage => new Account(tenant, coverage, known.GetValueOrDefault(coverage)))];
    }

    /// <summary>The accounts of several tenants that there is a credential for.</summary>
    private async Task<IReadOnlyList<Account>> AccountsAsync(IReadOnlyCollection<TenantContext> tenants, SoracomCoverage? coverage, CancellationToken cancellationToken)
    {
        var known = await reader.AccountsAsync([.. tenants.Select(tenant => tenant.TenantId)], cancellationToken);
        return
        [
            .. from tenant in tenants
               from account in known[tenant.TenantId]
               where coverage is null || coverage == account.Coverage
               select new Account(tenant, account.Coverage, account.Inventory),
        ];
    }

    private async Task<IReadOnlyList<Account>> ShelvedAsync(IReadOnlyList<Account> accounts, CancellationToken cancellationToken)
    {
        var shelved = await shelf.GetAsync([.. accounts.Select(account => new InventoryAccount(account.Tenant.TenantId, account.Coverage, account.Inventory))], cancellationToken);
        return [.. accounts.Select((account, place) => account with { Shelved = shelved[place] })];
    }

    private async Task<SimListing> FindAsync(IReadOnlyList<Account> accounts, SimLookup lookup, CancellationToken cancellationToken)
    {
        foreach (var account in accounts.Where(account => IsOld(account.Inventory)))
        {
            worker.Ask(account.Tenant.TenantId, account.Coverage);
        }

        var known = await ShelvedAsync(accounts, cancellationToken);
        var searched = known.Where(account => account.Shelved is not null).ToList();
        var found = IndexSearch.Run(Searched(searched, lookup), lookup);
        var rows = await RowsAsync(searched, found.Rows, cancellationToken);
        var inEach = searched.Zip(found.InEach).ToDictionary(pair => pair.First, pair => pair.Second);
        return new SimListing(found.Total, rows, found.Counts, [.. known.Select(account => State(account, lookup, inEach.GetValueOrDefault(account)))])
        {
            GroupNames = NamesOf([.. searched.Select(account => account.Shelved!.Index.Facets.GroupNames)]),
        };
    }

    private async Task<IReadOnlyList<FoundSim>> IdsAsync(IReadOnlyList<Account> accounts, SimLookup lookup, CancellationToken cancellationToken)
    {
        var searched = (await ShelvedAsync(accounts, cancellationToken)).Where(account => account.Shelved is not null).ToList();
        var found = IndexSearch.Run(Searched(searched, lookup), lookup);
        return [.. found.Rows.Select(row => new FoundSim(searched[row.Index].Tenant, searched[row.Index].Coverage, row.SimId))];
    }

    /// <summary>The accounts' indexes, those of tenants that are not wanted left out, and each with its tenant's place among the others, by name.</summary>
    private static SearchedIndex[] Searched(IReadOnlyList<Account> accounts, SimLookup lookup)
    {
        var places = accounts.Select(account => account.Tenant).Distinct()
            .OrderBy(tenant => tenant.Tenant.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(tenant => tenant.Slug, StringComparer.Ordinal)
            .Select((tenant, place) => (tenant, place)).ToDictionary(pair => pair.tenant, pair => pair.place);
        return [.. accounts.Select(account => new SearchedIndex(account.Shelved!.Index) { Place = places[account.Tenant], IsLeftOut = IsLeftOut(account.Tenant, lookup) })];
    }

    private static bool IsLeftOut(TenantContext tenant, SimLookup lookup) => lookup.Tenants.Count > 0 && !lookup.Tenants.Contains(tenant.Slug, StringComparer.Ordinal);

    private async IAsyncEnumerable<ListedSim> AllAsync(IReadOnlyList<Account> accounts, SimLookup lookup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var searched = (await ShelvedAsync([.. accounts.Where(account => !IsLeftOut(account.Tenant, lookup))], cancellationToken)).Where(account => account.Shelved is not null).ToList();
        var indexes = Searched(searched, lookup);
        for (var skip = 0; ; skip += Stretch)
        {
            var found = IndexSearch.Run(indexes, lookup with { Skip = skip, Take = Stretch });
            foreach (var some in found.Rows.Chunk(MostRows))
            {
                foreach (var sim in (await RowsAsync(searched, some, cancellationToken)).OfType<ListedSim>())
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

    private async Task<ListedSim?[]> RowsAsync(IReadOnlyList<Account> accounts, IReadOnlyCollection<(int Index, string SimId)> found, CancellationToken cancellationToken)
    {
        InventoryKey[] keys = [.. found.Select(row => new InventoryKey(accounts[row.Index].Tenant.TenantId, accounts[row.Index].Coverage, row.SimId))];
        var sims = await reader.SimsAsync(keys, cancellationToken);
        return [.. found.Zip(keys, (row, key) => sims.TryGetValue(key, out var sim) ? new ListedSim(accounts[row.Index].Tenant, key.Coverage, sim) : null)];
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

    private AccountState State(Account account, SimLookup lookup, int found) => new(account.Tenant, account.Coverage)
    {
        Found = found,
        IsListed = !IsLeftOut(account.Tenant, lookup),
        IsReadHere = worker.Walks,
        CompleteAsOf = account.Inventory?.CompleteAsOf,
        WalkStartedAt = account.Inventory?.WalkStartedAt,
        IsWalked = worker.IsAsked(account.Tenant.TenantId, account.Coverage) || (account.Inventory is { Holder: not null, HeldUntil: { } until } && until > clock.GetUtcNow()),
        Seen = account.Inventory?.Seen ?? 0,
        Known = account.Shelved?.Index.Count ?? 0,
        FailedAt = account.Inventory?.FailedAt,
        Failure = Enum.TryParse<VendorErrorKind>(account.Inventory?.Failure, out var kind) ? kind : null,
    };

    private bool IsOld(SimInventory? inventory)
    {
        var now = clock.GetUtcNow();
        return (inventory?.CompletedAt is not { } at || now - at > options.Value.RefreshOnSight)
            && (inventory?.NotBefore is not { } notBefore || notBefore <= now)
            && (inventory?.HeldUntil is not { } heldUntil || heldUntil <= now);
    }

    /// <summary>An account that is listed.</summary>
    private sealed record Account(TenantContext Tenant, SoracomCoverage Coverage, SimInventory? Inventory)
    {
        /// <summary>Its index; null until it was asked for, and where there is no inventory.</summary>
        public Shelved? Shelved { get; init; }
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

    /// <summary>The tenants of a list of several, by name; empty in a tenant's own.</summary>
    public IReadOnlyList<TenantContext> Tenants { get; init; } = [];
}

/// <summary>A SIM of a list.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Coverage">In which coverage.</param>
/// <param name="Sim">What is known of it.</param>
internal sealed record ListedSim(TenantContext Tenant, SoracomCoverage Coverage, InventorySim Sim);

/// <summary>A SIM that was found, by its id alone.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Coverage">In which coverage.</param>
/// <param name="SimId">The SIM id.</param>
internal sealed record FoundSim(TenantContext Tenant, SoracomCoverage Coverage, string SimId);

/// <summary>How an account's inventory stands.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
internal sealed record AccountState(TenantContext Tenant, SoracomCoverage Coverage)
{
    /// <summary>How many of its SIMs the view finds; what it would find where the view leaves its tenant out.</summary>
    public int Found { get; init; }

    /// <summary>Whether the view shows its tenant's SIMs.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>Whether this instance of the portal reads accounts; if not, it leaves that to another one.</summary>
    public bool IsReadHere { get; init; } = true;

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
