using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Palette;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>Finds SIMs for the palette, as the list of SIMs does.</summary>
/// <param name="list">The list.</param>
/// <param name="soracom">Knows the tenant's coverages.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimPalette(SimList list, TenantSoracom soracom, TimeProvider clock) : IPaletteSource
{
    /// <inheritdoc />
    public PaletteKind Kind => PaletteKind.Sims;

    /// <inheritdoc />
    public Permission Needs => Permission.SimsRead;

    /// <inheritdoc />
    public async Task<PaletteFinds> FindAsync(TenantContext tenant, string text, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Needs, cancellationToken);
        var query = SimQuery.All with { Text = text };
        var found = await list.FindAsync(tenant, await soracom.CoveragesAsync(tenant, cancellationToken), query.Lookup(clock.GetUtcNow()) with { Take = most }, cancellationToken);
        return new PaletteFinds(
            [.. found.Rows.OfType<ListedSim>().Select(sim => new PaletteEntry(
                PortalUrls.Sim(tenant.Slug, sim.Sim.Coverage, sim.Sim.SimId), "cpu", Names.IsBlank(sim.Sim.Name) ? sim.Sim.SimId : sim.Sim.Name, InventoryRow.Split(sim.Sim.Imsis) is [var imsi, ..] ? imsi : null))],
            found.Total,
            PortalUrls.Sims(tenant.Slug, query));
    }
}
