using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class SimSearchTests(SharedScene shared)
{
    private readonly PortalScene scene = shared.Scene;

    public static TheoryData<SoracomCoverage> Coverages => [.. Enum.GetValues<SoracomCoverage>()];

    [Theory]
    [InlineData("nosuchsim")]
    [InlineData("..")]
    [InlineData("../groups")]
    [InlineData("%2e%2e")]
    [InlineData("8942310000000000000?x=1#y")]
    public async Task Get_IdThatIsNone_IsNotFound(string simId)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var answer = await scene.Get<SimSearch>().GetAsync(tenant, SoracomCoverage.Japan, simId, Watchdog.Token);

        var error = Assert.IsType<Soracom.Portal.Shared.Vendor.VendorError>(answer.Error);
        Assert.Equal(Soracom.Portal.Shared.Vendor.VendorErrorKind.NotFound, error.Kind);
    }

    [Theory]
    [MemberData(nameof(Coverages))]
    public async Task Get_SimOfTheOtherCoverage_IsNotFound(SoracomCoverage coverage)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var sim = (await EverythingAsync(tenant, coverage))[0].SimId;
        var other = coverage == SoracomCoverage.Japan ? SoracomCoverage.Global : SoracomCoverage.Japan;

        Assert.Equal(sim, (await scene.Get<SimSearch>().GetAsync(tenant, coverage, sim, Watchdog.Token)).Value.SimId);
        Assert.NotNull((await scene.Get<SimSearch>().GetAsync(tenant, other, sim, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Groups_AreListedByNameAndNameTheSims()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groups = (await scene.Get<GroupNames>().ListAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Value;

        Assert.Equal(["予備機", "倉庫ゲート", "冷蔵設備", "遠隔保守", "配送トラック"], groups.Select(group => group.Label).Order(StringComparer.Ordinal));
        Assert.Equal("g-1", new GroupName("g-1", "").Label);
        var ids = groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(await EverythingAsync(tenant, SoracomCoverage.Japan), sim => Assert.True(sim.GroupId is null || ids.Contains(sim.GroupId)));
    }

    private async Task<List<Sim>> EverythingAsync(TenantContext tenant, SoracomCoverage coverage)
    {
        var read = await scene.Get<Soracom.Portal.Shared.Vendor.TenantSoracom>().ReadAsync(
            tenant,
            coverage,
            async (client, token) =>
            {
                var all = new List<Sim>();
                await foreach (var sim in client.Sims.ListAllSimsAsync(token))
                {
                    all.Add(sim);
                }

                return all;
            },
            Watchdog.Token);
        return read.Value;
    }
}
