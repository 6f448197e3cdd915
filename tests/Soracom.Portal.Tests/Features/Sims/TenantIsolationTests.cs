using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class TenantIsolationTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task Find_TwoTenantsShareAnImsi_EachSeesItsOwn()
    {
        using var aoba = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var nagisa = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var ofAoba = await FindAsync(aoba);
        var ofNagisa = await FindAsync(nagisa);

        var one = Assert.Single(ofAoba.Rows);
        var other = Assert.Single(ofNagisa.Rows);
        Assert.Contains(DemoFleets.SharedImsi, one!.Sim.Imsis, StringComparison.Ordinal);
        Assert.Contains(DemoFleets.SharedImsi, other!.Sim.Imsis, StringComparison.Ordinal);
        Assert.Equal((aoba.TenantId, nagisa.TenantId), (one.Sim.TenantId, other.Sim.TenantId));
        Assert.NotEqual(one.Sim.SimId, other.Sim.SimId);
    }

    private async Task<SimListing> FindAsync(TenantContext tenant)
    {
        await scene.Get<InventorySync>().RunAsync(tenant.TenantId, SoracomCoverage.Japan, Watchdog.Token);
        var lookup = (SimQuery.All with { Text = DemoFleets.SharedImsi }).Lookup(scene.Clock.GetUtcNow());
        return await scene.Get<SimList>().FindAsync(tenant, [SoracomCoverage.Japan], lookup, Watchdog.Token);
    }
}
