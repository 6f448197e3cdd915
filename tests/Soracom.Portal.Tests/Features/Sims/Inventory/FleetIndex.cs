using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

/// <summary>The index of a fleet, made as the portal makes it, for tests that have nothing to wait for.</summary>
internal static class FleetIndex
{
    public static SimIndex Of(IReadOnlyList<IndexedSim> sims) => SimIndex.OfAsync(sims.ToAsyncEnumerable(), Watchdog.Token).GetAwaiter().GetResult();
}
