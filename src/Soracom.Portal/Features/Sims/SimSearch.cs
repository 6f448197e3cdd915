using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims;

/// <summary>Finds SIMs by the vendor's search (operation searchSims) and reads single ones (getSim).</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="inventory">Takes in what is learned.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimSearch(TenantSoracom soracom, InventoryStore inventory, TimeProvider clock)
{
    /// <summary>SIMs on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The most vendor pages that one page may cost; after that it ends early and offers to go on.</summary>
    private const int MostCalls = 10;

    /// <summary>The vendor's smallest page.</summary>
    private const int SmallestVendorPage = 10;

    /// <summary>The vendor's largest page.</summary>
    private const int VendorPageSize = 100;

    /// <summary>One page of the SIMs that a query asks for.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="query">What to look for.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The page; an <see cref="InputError"/> when a term is too short or the text too long; or a <see cref="VendorError"/>.
    /// </returns>
    public async Task<Result<SimHits>> SearchAsync(TenantContext tenant, SoracomCoverage coverage, SimQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        if (query.Text.Length > SimQuery.MostCharacters)
        {
            return new InputError("TooLong", SimQuery.MostCharacters);
        }

        return query.Terms.FirstOrDefault(term => term.Length < SimQuery.FewestCharacters) is { } tooShort
            ? new InputError("TooShort", tooShort, SimQuery.FewestCharacters)
            : await soracom.ReadAsync(tenant, coverage, (client, token) => CollectAsync(client.Sims, SimSearchPlan.For(query), query.After, token), cancellationToken);
    }

    /// <summary>One SIM, with all that the vendor tells of it. What is learned goes into the inventory.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIM, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<Sim>> GetAsync(TenantContext tenant, SoracomCoverage coverage, string simId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var readAt = clock.GetUtcNow();
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Sims.GetSimAsync(simId, token), cancellationToken);
        if (read.Error is null)
        {
            await inventory.LearnAsync(tenant.TenantId, coverage, [read.Value], readAt, cancellationToken);
        }
        else if (read.Error is VendorError { Kind: VendorErrorKind.NotFound })
        {
            await inventory.LearnGoneAsync(tenant.TenantId, coverage, simId, readAt, cancellationToken);
        }

        return read;
    }

    private static async Task<SimHits> CollectAsync(ISimsApi sims, SimSearchPlan plan, string? after, CancellationToken cancellationToken)
    {
        var found = new List<Sim>(PageSize);
        for (var call = 0; call < MostCalls; call++)
        {
            var page = await plan.AskAsync(sims, plan.FiltersHere ? VendorPageSize : Math.Max(PageSize - found.Count, SmallestVendorPage), after, cancellationToken);
            foreach (var sim in page.Items.Where(plan.Allows))
            {
                found.Add(sim);
                if (found.Count == PageSize)
                {
                    // The vendor's key is the id of the last SIM seen, so that the next page begins after this one.
                    var more = page.NextKey is not null || !ReferenceEquals(sim, page.Items[^1]);
                    return new SimHits(found, more ? sim.SimId : null);
                }
            }

            if (page.NextKey is null)
            {
                return new SimHits(found, NextKey: null);
            }

            after = page.NextKey;
        }

        return new SimHits(found, after) { EndedEarly = true };
    }
}

/// <summary>One page of SIMs.</summary>
/// <param name="Sims">The SIMs, in the vendor's order.</param>
/// <param name="NextKey">Where the next page begins; null at the end.</param>
public sealed record SimHits(IReadOnlyList<Sim> Sims, string? NextKey)
{
    /// <summary>Whether the page was cut short because so few SIMs passed the filters.</summary>
    public bool EndedEarly { get; init; }
}
