using Soracom.Api;
using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>Tells a SIM from all others, in lists of several tenants too.</summary>
/// <param name="Tenant">The tenant's name in addresses.</param>
/// <param name="Coverage">The coverage.</param>
/// <param name="SimId">The SIM id.</param>
public sealed record SimKey(string Tenant, SoracomCoverage Coverage, string SimId)
{
    internal static SimKey Of(ListedSim sim) => new(sim.Tenant.Slug, sim.Coverage, sim.Sim.SimId);

    internal static SimKey Of(FoundSim sim) => new(sim.Tenant.Slug, sim.Coverage, sim.SimId);
}
