using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Jobs;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Overview;

/// <summary>
/// What there is to say of all tenants that somebody may see, from the portal's own store: a few queries, however many tenants there are and
/// whatever they hold. Accounts whose SIMs were never read are read soon; otherwise the vendor is not asked.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="walks">Has SIMs read.</param>
/// <param name="clock">The clock.</param>
internal sealed class PortfolioOverview(PortalDatabase database, ISimWalks walks, TimeProvider clock)
{
    private static readonly FootageExportState[] OpenExports = [FootageExportState.Running, FootageExportState.Paused];
    private static readonly SimJobState[] OpenJobs = [SimJobState.Planning, SimJobState.Running, SimJobState.Paused];

    /// <summary>The tenants, by name.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What each holds, as far as the person may see it there.</returns>
    public async Task<IReadOnlyList<TenantFigures>> ListAsync(Portfolio portfolio, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var tenants = await portfolio.HoldingAsync(cancellationToken);
        await using var db = database.ForInstallation();
        var credentials = (await Own(db.VendorCredentials, tenants)
            .Select(credential => new Account(credential.TenantId, credential.Coverage, credential.OperatorId, credential.LastResult))
            .ToListAsync(cancellationToken)).ToLookup(account => account.TenantId);
        var inventories = (await InventoriesAsync(db, Permitting(tenants, Permission.SimsRead), cancellationToken)).ToLookup(inventory => inventory.TenantId);
        var costs = (await CostsAsync(db, Permitting(tenants, Permission.BillingRead), cancellationToken)).ToLookup(cost => (cost.TenantId, cost.Coverage, cost.OperatorId));
        var doors = await CountAsync(Own(db.RemoteDoors, Permitting(tenants, Permission.RemoteAccessRead)).Where(door => door.EndedAt == null), cancellationToken);
        var exports = await CountAsync(Own(db.FootageExports, Permitting(tenants, Permission.CamerasExport)).Where(export => OpenExports.Contains(export.State)), cancellationToken);
        var jobs = await CountAsync(Own(db.SimJobs, Permitting(tenants, Permission.SimsRead)).Where(job => OpenJobs.Contains(job.State)), cancellationToken);
        return
        [
            .. tenants.Select(tenant =>
            {
                var accounts = credentials[tenant.TenantId].ToList();
                var read = inventories[tenant.TenantId].Where(inventory => accounts.Exists(account => account.Coverage == inventory.Coverage)).ToList();
                if (tenant.May(Permission.SimsRead))
                {
                    AskFor(tenant.TenantId, accounts.Where(account => !read.Exists(inventory => inventory.Coverage == account.Coverage)));
                }

                return new TenantFigures(
                    tenant,
                    tenant.May(Permission.SimsRead) ? SimsOf(accounts, read) : null,
                    tenant.May(Permission.BillingRead) ? CostsOf(accounts.SelectMany(account => costs[(account.TenantId, account.Coverage, account.OperatorId)])) : null,
                    tenant.May(Permission.RemoteAccessRead) ? doors.GetValueOrDefault(tenant.TenantId) : null,
                    tenant.May(Permission.CamerasExport) ? exports.GetValueOrDefault(tenant.TenantId) : null,
                    tenant.May(Permission.SimsRead) ? jobs.GetValueOrDefault(tenant.TenantId) : null,
                    TroublesOf(tenant, accounts, read));
            }),
        ];
    }

    private static SimFigures SimsOf(List<Account> accounts, List<Inventory> read)
    {
        var counts = read.SelectMany(inventory => inventory.Counts).ToList();
        return new SimFigures(
            new StatusCounts(counts.GroupBy(count => count.Status, StringComparer.Ordinal).ToDictionary(status => status.Key, status => status.Sum(count => count.Sims), StringComparer.Ordinal)),
            counts.Sum(count => count.Online),
            accounts.Count > 0 && read.Count == accounts.Count && read.TrueForAll(inventory => inventory.AsOf is not null) ? read.Min(inventory => inventory.AsOf) : null);
    }

    private static IReadOnlyList<Money> CostsOf(IEnumerable<Cost> costs) =>
    [
        .. costs.GroupBy(cost => cost.Currency, StringComparer.Ordinal)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal)
            .Select(currency => new Money(currency.Sum(cost => cost.Amount), currency.Key)),
    ];

    // What the credential says of itself first: without it nothing else can be read, and says so by the same word.
    private static List<TenantTrouble> TroublesOf(TenantContext tenant, List<Account> accounts, List<Inventory> read)
    {
        if (!tenant.May(Permission.SimsRead) && !tenant.May(Permission.CredentialsRead))
        {
            return [];
        }

        if (accounts.Count == 0)
        {
            return [new(VendorErrorKind.NoCredential, null)];
        }

        var troubles = new List<TenantTrouble>();
        foreach (var account in accounts)
        {
            var kind = KindOf(account.Result) ?? (Enum.TryParse<VendorErrorKind>(read.Find(inventory => inventory.Coverage == account.Coverage)?.Failure, out var failure) ? failure : null);
            if (kind is { } found && SoracomCoverages.TryParseWireName(account.Coverage, out var coverage))
            {
                troubles.Add(new(found, coverage));
            }
        }

        return troubles;
    }

    private static VendorErrorKind? KindOf(CredentialResult? result) => result switch
    {
        CredentialResult.Refused => VendorErrorKind.BadCredential,
        CredentialResult.Unreadable => VendorErrorKind.UnreadableCredential,
        CredentialResult.Unreachable => VendorErrorKind.Unavailable,
        _ => null,
    };

    private static List<TenantContext> Permitting(IReadOnlyList<TenantContext> tenants, Permission permission) => [.. tenants.Where(tenant => tenant.May(permission))];

    private static IQueryable<TRow> Own<TRow>(IQueryable<TRow> rows, IReadOnlyList<TenantContext> tenants)
        where TRow : class, ITenantOwned
    {
        var ids = tenants.Select(tenant => tenant.TenantId).ToList();
        return rows.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(row => ids.Contains(row.TenantId));
    }

    private static Task<Dictionary<Guid, int>> CountAsync<TRow>(IQueryable<TRow> rows, CancellationToken cancellationToken)
        where TRow : class, ITenantOwned =>
        rows.GroupBy(row => row.TenantId).Select(tenant => new { tenant.Key, Count = tenant.Count() }).ToDictionaryAsync(tenant => tenant.Key, tenant => tenant.Count, cancellationToken);

    private static async Task<IReadOnlyList<Inventory>> InventoriesAsync(PortalDbContext db, IReadOnlyList<TenantContext> tenants, CancellationToken cancellationToken)
    {
        var inventories = await Own(db.SimInventories, tenants)
            .Select(inventory => new { inventory.TenantId, inventory.Coverage, inventory.CompleteAsOf, inventory.Failure, inventory.ChangeNumber, inventory.Counts, inventory.CountedAt })
            .ToListAsync(cancellationToken);

        // Those that have changed since they were counted: few, as a walk that ends counts.
        var stale = inventories.Where(inventory => inventory.Counts is null || inventory.CountedAt != inventory.ChangeNumber).Select(inventory => inventory.TenantId).ToHashSet();
        var counted = stale.Count == 0
            ? []
            : await Own(db.InventorySims, [.. tenants.Where(tenant => stale.Contains(tenant.TenantId))])
                .Where(sim => sim.GoneAt == null)
                .GroupBy(sim => new { sim.TenantId, sim.Coverage, sim.Status })
                .Select(status => new { status.Key.TenantId, status.Key.Coverage, Count = new SimCount(status.Key.Status, status.Count(), status.Count(sim => sim.Online)) })
                .ToListAsync(cancellationToken);
        var fresh = counted.ToLookup(count => (count.TenantId, count.Coverage), count => count.Count);
        return
        [
            .. inventories.Select(inventory => new Inventory(
                inventory.TenantId,
                inventory.Coverage,
                inventory.CompleteAsOf,
                inventory.Failure,
                stale.Contains(inventory.TenantId) ? [.. fresh[(inventory.TenantId, inventory.Coverage)]] : SimCounts.Read(inventory.Counts!))),
        ];
    }

    private void AskFor(Guid tenantId, IEnumerable<Account> unread)
    {
        foreach (var account in unread)
        {
            if (SoracomCoverages.TryParseWireName(account.Coverage, out var coverage))
            {
                walks.Ask(tenantId, coverage);
            }
        }
    }

    private async Task<IReadOnlyList<Cost>> CostsAsync(PortalDbContext db, IReadOnlyList<TenantContext> tenants, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var month = (now.Year * 100) + now.Month;
        return await Own(db.BillMonths, tenants)
            .Where(bill => bill.Month == month && bill.Amount != null)
            .Select(bill => new Cost(bill.TenantId, bill.Coverage, bill.OperatorId, bill.Currency, bill.Amount!.Value + bill.CouponAmount))
            .ToListAsync(cancellationToken);
    }

    private sealed record Account(Guid TenantId, string Coverage, string OperatorId, CredentialResult? Result);

    private sealed record Inventory(Guid TenantId, string Coverage, DateTimeOffset? AsOf, string? Failure, IReadOnlyList<SimCount> Counts);

    private sealed record Cost(Guid TenantId, string Coverage, string OperatorId, string Currency, decimal Amount);
}
