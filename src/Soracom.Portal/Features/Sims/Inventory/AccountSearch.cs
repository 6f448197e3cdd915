using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>Searches accounts side by side, one tenant's or several's. Whoever asks has made sure, for each tenant and just before, that its SIMs may be read.</summary>
/// <param name="shelf">The indexes.</param>
/// <param name="worker">Begins refreshes.</param>
/// <param name="reader">Knows what accounts there are, and their rows.</param>
/// <param name="options">How fresh lists are to be.</param>
/// <param name="clock">The clock.</param>
internal sealed class AccountSearch(InventoryShelf shelf, InventoryWorker worker, InventoryReader reader, IOptions<InventoryOptions> options, TimeProvider clock)
{
    /// <summary>Accounts of a tenant; also those that there is no credential for.</summary>
    public async Task<IReadOnlyList<ListedAccount>> AccountsAsync(TenantContext tenant, IReadOnlyList<SoracomCoverage> coverages, CancellationToken cancellationToken)
    {
        var known = (await reader.AccountsAsync([tenant.TenantId], cancellationToken))[tenant.TenantId].ToDictionary(account => account.Coverage, account => account.Inventory);
        return [.. coverages.Select(coverage => new ListedAccount(tenant, coverage, known.GetValueOrDefault(coverage)))];
    }

    /// <summary>The accounts of several tenants that there is a credential for.</summary>
    public async Task<IReadOnlyList<ListedAccount>> AccountsAsync(IReadOnlyCollection<TenantContext> tenants, SoracomCoverage? coverage, CancellationToken cancellationToken)
    {
        var known = await reader.AccountsAsync([.. tenants.Select(tenant => tenant.TenantId)], cancellationToken);
        return
        [
            .. from tenant in tenants
               from account in known[tenant.TenantId]
               where coverage is null || coverage == account.Coverage
               select new ListedAccount(tenant, account.Coverage, account.Inventory),
        ];
    }

    private async Task<IReadOnlyList<ListedAccount>> ShelvedAsync(IReadOnlyList<ListedAccount> accounts, CancellationToken cancellationToken)
    {
        var shelved = await shelf.GetAsync([.. accounts.Select(account => new InventoryAccount(account.Tenant.TenantId, account.Coverage, account.Inventory))], cancellationToken);
        return [.. accounts.Select((account, place) => account with { Shelved = shelved[place] })];
    }

    /// <summary>Finds SIMs of accounts. What has become old is refreshed meanwhile; the answer does not wait for that.</summary>
    public async Task<SimListing> FindAsync(IReadOnlyList<ListedAccount> accounts, SimLookup lookup, CancellationToken cancellationToken)
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

    /// <summary>Which SIMs stand in a window, without what else is known of them.</summary>
    public async Task<IReadOnlyList<FoundSim>> IdsAsync(IReadOnlyList<ListedAccount> accounts, SimLookup lookup, CancellationToken cancellationToken)
    {
        var searched = (await ShelvedAsync(accounts, cancellationToken)).Where(account => account.Shelved is not null).ToList();
        var found = IndexSearch.Run(Searched(searched, lookup), lookup);
        return [.. found.Rows.Select(row => new FoundSim(searched[row.Index].Tenant, searched[row.Index].Coverage, row.SimId))];
    }

    /// <summary>The accounts' indexes, those of tenants that are not wanted left out, and each with its tenant's place among the others, by name.</summary>
    private static SearchedIndex[] Searched(IReadOnlyList<ListedAccount> accounts, SimLookup lookup)
    {
        var places = accounts.Select(account => account.Tenant).Distinct()
            .OrderBy(tenant => tenant.Tenant.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(tenant => tenant.Slug, StringComparer.Ordinal)
            .Select((tenant, place) => (tenant, place)).ToDictionary(pair => pair.tenant, pair => pair.place);
        return [.. accounts.Select(account => new SearchedIndex(account.Shelved!.Index) { Place = places[account.Tenant], IsLeftOut = IsLeftOut(account.Tenant, lookup) })];
    }

    private static bool IsLeftOut(TenantContext tenant, SimLookup lookup) => lookup.Tenants.Count > 0 && !lookup.Tenants.Contains(tenant.Slug, StringComparer.Ordinal);

    /// <summary>All SIMs that a lookup finds, in its order, as they are at one moment. Nothing but a few hundred is held at a time.</summary>
    public async IAsyncEnumerable<ListedSim> AllAsync(IReadOnlyList<ListedAccount> accounts, SimLookup lookup, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var searched = (await ShelvedAsync([.. accounts.Where(account => !IsLeftOut(account.Tenant, lookup))], cancellationToken)).Where(account => account.Shelved is not null).ToList();
        var indexes = Searched(searched, lookup);
        for (var skip = 0; ; skip += SimList.Stretch)
        {
            var found = IndexSearch.Run(indexes, lookup with { Skip = skip, Take = SimList.Stretch });
            foreach (var some in found.Rows.Chunk(SimList.MostRows))
            {
                foreach (var sim in (await RowsAsync(searched, some, cancellationToken)).OfType<ListedSim>())
                {
                    yield return sim;
                }
            }

            if (skip + SimList.Stretch >= found.Total)
            {
                yield break;
            }
        }
    }

    /// <summary>SIMs of accounts by their ids, in the order of the ids; those of other accounts, and those that are not there, are left out.</summary>
    public async Task<IReadOnlyList<ListedSim>> ByIdAsync(IReadOnlyList<ListedAccount> accounts, IReadOnlyList<InventoryKey> sims, CancellationToken cancellationToken)
    {
        var known = accounts.Where(account => account.Inventory is not null).ToDictionary(account => (account.Tenant.TenantId, account.Coverage));
        InventoryKey[] keys = [.. sims.Where(sim => known.ContainsKey((sim.TenantId, sim.Coverage)))];
        var rows = await reader.SimsAsync(keys, cancellationToken);
        return
        [
            .. from key in keys
               let sim = rows.GetValueOrDefault(key)
               where sim is { GoneAt: null }
               select new ListedSim(known[(key.TenantId, key.Coverage)].Tenant, key.Coverage, sim),
        ];
    }

    private async Task<ListedSim?[]> RowsAsync(List<ListedAccount> accounts, IReadOnlyCollection<(int Index, string SimId)> found, CancellationToken cancellationToken)
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

    private AccountState State(ListedAccount account, SimLookup lookup, int found) => new(account.Tenant, account.Coverage)
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
}

/// <summary>An account that is listed.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="Inventory">Its inventory; null where there is none.</param>
internal sealed record ListedAccount(TenantContext Tenant, SoracomCoverage Coverage, SimInventory? Inventory)
{
    /// <summary>Its index; null until it was asked for, and where there is no inventory.</summary>
    public Shelved? Shelved { get; init; }
}
