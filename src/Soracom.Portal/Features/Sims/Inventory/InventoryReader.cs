using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Reads what several tenants' inventories hold, in a few queries however many tenants they are. It takes tenants by their ids: whoever
/// asks has made sure, for each of them and just before, that its SIMs may be read.
/// </summary>
/// <param name="database">The portal's database.</param>
internal sealed class InventoryReader(PortalDatabase database)
{
    /// <summary>
    /// How many accounts' SIMs are looked up in one query. It tries each id in each account, so that fewer at once are fewer tries, and
    /// more are fewer queries.
    /// </summary>
    private const int AccountsAtOnce = 32;

    /// <summary>The accounts that tenants have a credential for, and the inventory of each that belongs to it: one query.</summary>
    /// <param name="tenantIds">The tenants.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The accounts by tenant, Japan first.</returns>
    public async Task<ILookup<Guid, InventoryAccount>> AccountsAsync(IReadOnlyCollection<Guid> tenantIds, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        var accounts = await (
            from credential in db.VendorCredentials.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter])
            where tenantIds.Contains(credential.TenantId)
            join inventory in db.SimInventories
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { inventory.TenantId, inventory.Coverage, inventory.OperatorId } into own
            from inventory in own.DefaultIfEmpty()
            select new { credential.TenantId, credential.Coverage, Inventory = inventory }).ToListAsync(cancellationToken);
        return accounts
            .Select(row => new InventoryAccount(row.TenantId, CoverageOf(row.Coverage), row.Inventory))
            .OrderBy(account => account.Coverage)
            .ToLookup(account => account.TenantId);
    }

    /// <summary>SIMs of several accounts.</summary>
    /// <param name="wanted">The SIMs, by ids as the index tells them: in lower case.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Those that are there.</returns>
    public async Task<IReadOnlyDictionary<InventoryKey, InventorySim>> SimsAsync(IReadOnlyCollection<InventoryKey> wanted, CancellationToken cancellationToken)
    {
        var found = new Dictionary<InventoryKey, InventorySim>();
        await using var db = database.ForInstallation();
        foreach (var coverage in wanted.GroupBy(sim => sim.Coverage))
        {
            var name = coverage.Key.ToWireName();
            foreach (var accounts in coverage.GroupBy(sim => sim.TenantId).Chunk(AccountsAtOnce))
            {
                var tenantIds = accounts.Select(account => account.Key).ToList();
                var simIds = accounts.SelectMany(account => account).Select(sim => sim.SimId).Distinct(StringComparer.Ordinal).ToList();
                var rows = db.InventorySims.AsNoTracking()
                    .IgnoreQueryFilters([PortalDbContext.TenantFilter])
                    .Where(sim => tenantIds.Contains(sim.TenantId) && sim.Coverage == name && simIds.Contains(sim.SimId))
                    .AsAsyncEnumerable();
                await foreach (var sim in rows.WithCancellation(cancellationToken))
                {
                    found[new InventoryKey(sim.TenantId, coverage.Key, Folding.Fold(sim.SimId))] = sim;
                }
            }
        }

        return found;
    }

    private static SoracomCoverage CoverageOf(string name) =>
        SoracomCoverages.TryParseWireName(name, out var coverage) ? coverage : throw new InvalidOperationException($"There is no coverage {name}.");
}

/// <summary>An account that a tenant has a credential for.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="Inventory">Its inventory; null where there is none yet, or only another operator's.</param>
internal sealed record InventoryAccount(Guid TenantId, SoracomCoverage Coverage, SimInventory? Inventory);

/// <summary>Tells a SIM from all others in the inventories of several tenants.</summary>
/// <param name="TenantId">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="SimId">The SIM id as the index tells it.</param>
internal readonly record struct InventoryKey(Guid TenantId, SoracomCoverage Coverage, string SimId);
