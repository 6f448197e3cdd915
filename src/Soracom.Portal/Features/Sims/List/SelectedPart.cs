using Soracom.Api;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>What is selected of one account: a job is about no more.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="Count">How many SIMs; of a view as many as it finds now.</param>
public sealed record SelectedPart(TenantContext Tenant, SoracomCoverage Coverage, int Count)
{
    /// <summary>The parts of a selection out of several tenants, by tenant. What is selected of a tenant whose right has ended is in none.</summary>
    /// <param name="selection">The selection.</param>
    /// <param name="listing">What the list shows.</param>
    internal static IReadOnlyList<SelectedPart> Of(SimSelection selection, SimListing listing)
    {
        var parts = selection switch
        {
            SimSelection.Picked picked when picked.Sims.ToLookup(sim => sim.Tenant, StringComparer.Ordinal) is var byTenant =>
                from tenant in listing.Tenants
                from its in byTenant[tenant.Slug].GroupBy(sim => sim.Coverage)
                select new SelectedPart(tenant, its.Key, its.Count()),
            SimSelection.Matching matching =>
                from account in listing.Accounts
                where account.IsListed
                let without = matching.Except.Count(sim => sim.Coverage == account.Coverage && string.Equals(sim.Tenant, account.Tenant.Slug, StringComparison.Ordinal))
                select new SelectedPart(account.Tenant, account.Coverage, account.Found - without),
            _ => throw new InvalidOperationException($"{selection.GetType().Name} has no parts."),
        };
        return [.. parts.Where(part => part.Count > 0).OrderBy(part => part.Tenant.Tenant.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(part => part.Coverage)];
    }
}
