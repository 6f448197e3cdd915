using Soracom.Api;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Sandbox;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class TenantIsolationTests(SharedScene shared)
{
    private static readonly SimQuery SharedImsi = SimQuery.All with { Text = DemoFleets.SharedImsi };

    private readonly PortalScene scene = shared.Scene;

    [Fact]
    public async Task Search_TwoTenantsShareAnImsi_EachSeesItsOwn()
    {
        using var aoba = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var nagisa = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);

        var ofAoba = await scene.Get<SimSearch>().SearchAsync(aoba, SoracomCoverage.Japan, SharedImsi, Watchdog.Token);
        var ofNagisa = await scene.Get<SimSearch>().SearchAsync(nagisa, SoracomCoverage.Japan, SharedImsi, Watchdog.Token);

        var one = Assert.Single(ofAoba.Value.Sims);
        var other = Assert.Single(ofNagisa.Value.Sims);
        Assert.Equal(DemoFleets.SharedImsi, one.PrimarySubscriber?.Imsi);
        Assert.Equal(DemoFleets.SharedImsi, other.PrimarySubscriber?.Imsi);
        Assert.NotEqual(one.SimId, other.SimId);
        Assert.Equal(scene.Account(PortalScene.Aoba).OperatorId, one.OperatorId);
        Assert.Equal(scene.Account(PortalScene.Nagisa).OperatorId, other.OperatorId);
    }
}
