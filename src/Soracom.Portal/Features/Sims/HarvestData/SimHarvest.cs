using Soracom.Api;
using Soracom.Api.DataEntries;
using Soracom.Api.Http;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.HarvestData;

/// <summary>Reads what a SIM sent to Harvest Data (operation getDataFromSim).</summary>
/// <param name="soracom">The way to the vendor.</param>
internal sealed class SimHarvest(TenantSoracom soracom)
{
    /// <summary>Entries on a page.</summary>
    public const int PageSize = 50;

    /// <summary>A page of what a SIM sent, the newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="simId">The SIM id.</param>
    /// <param name="query">Between which days, and where the page begins.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The page, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<HarvestPage>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string simId, HarvestQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(query);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        var zone = tenant.Tenant.OwnTimeZone;
        UnixMilliseconds? from = query.From is { } first ? Times.StartOf(first, zone) : null;
        UnixMilliseconds? to = query.Until is { } last && last < DateOnly.MaxValue ? Times.StartOf(last.AddDays(1), zone).AddMilliseconds(-1) : null;
        var page = await soracom.ReadAsync(
            tenant,
            coverage,
            (client, token) => client.Sims.GetDataFromSimAsync(simId, from, to, SortOrder.Descending, PageSize, query.After, token),
            cancellationToken);
        return page.Then(entries => new HarvestPage(entries.Items, entries.NextKey));
    }
}

/// <summary>A page of what a SIM sent.</summary>
/// <param name="Entries">The entries, the newest first.</param>
/// <param name="Next">The vendor's key of the page that follows; null at the end.</param>
public sealed record HarvestPage(IReadOnlyList<DataEntry> Entries, string? Next);
