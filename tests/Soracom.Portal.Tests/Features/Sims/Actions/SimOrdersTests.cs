using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Features.Sims.Changes;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Sims.Actions;

/// <summary>SIMs and subscriptions come into the account; their secrets stay nowhere.</summary>
public sealed class SimOrdersTests(ClassScene own) : IClassFixture<ClassScene>
{
    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task CreateVirtual_TellsThePrivateKeyOnce_AndKeepsItNowhere()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var made = await scene.Get<SimOrders>().CreateVirtualAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        var key = made.Value.Keys.ArcClientPeerPrivateKey;
        Assert.NotNull(key);
        var sim = await GetAsync(tenant, made.Value.SimId);
        Assert.Equal((SimType.Virtual, (string?)null), (sim.Type, sim.ActiveProfile!.ArcClientPeerPrivateKey));
        Assert.DoesNotContain(key, scene.Logs.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => $"{entry.Detail} {entry.ObjectId} {entry.ObjectName}".Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task RenewArc_GivesAnotherKey()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var made = await scene.Get<SimOrders>().CreateVirtualAsync(tenant, SoracomCoverage.Japan, Watchdog.Token);

        var renewed = await scene.Get<SimOrders>().RenewArcAsync(tenant, SoracomCoverage.Japan, made.Value.SimId, Watchdog.Token);

        Assert.NotNull(renewed.Value.ArcClientPeerPrivateKey);
        Assert.NotEqual(made.Value.Keys.ArcClientPeerPrivateKey, renewed.Value.ArcClientPeerPrivateKey);
    }

    [Fact]
    public async Task AddSubscription_OfArcToACard_IsThereAfterwards_AndCanNotBeAddedTwice()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await CardAsync(tenant);
        Assert.Contains(AddedSubscription.Arc, SimPlans.AdditionsTo(sim));

        var added = await scene.Get<SimOrders>().AddSubscriptionAsync(tenant, SoracomCoverage.Japan, sim.SimId, sim.ActiveProfile!.Iccid!, AddedSubscription.Arc, Watchdog.Token);

        Assert.Null(added.Error);
        var after = await GetAsync(tenant, sim.SimId);
        Assert.True(SimPlans.HasArc(after));
        Assert.DoesNotContain(AddedSubscription.Arc, SimPlans.AdditionsTo(after));
    }

    [Theory]
    [InlineData("123", "0000", "RegisterSimId")]
    [InlineData("89423100000000000x1", "0000", "RegisterSimId")]
    [InlineData("8942310000000000001", " ", "RegisterSecret")]
    public async Task Register_BadValues_AreNamedBeforeAnythingIsSent(string simId, string secret, string error)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var registered = await scene.Get<SimOrders>().RegisterAsync(tenant, SoracomCoverage.Japan, simId, secret, "", Watchdog.Token);

        Assert.Equal(error, Assert.IsType<InputError>(registered.Error).Key);
    }

    [Fact]
    public async Task Register_ASimThatIsThere_IsSaid()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        var sim = await CardAsync(tenant);

        var registered = await scene.Get<SimOrders>().RegisterAsync(tenant, SoracomCoverage.Japan, sim.SimId, "0000", "", Watchdog.Token);

        Assert.Equal("RegisteredAlready", Assert.IsType<ObstacleError>(registered.Error).Why.Key);
    }

    [Fact]
    public async Task Register_AnotherSecret_IsRefusedByTheVendor_AndTheSecretIsNowhere()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);

        var registered = await scene.Get<SimOrders>().RegisterAsync(tenant, SoracomCoverage.Japan, "8942310099999999999", "the-puk-1234", "Pump", Watchdog.Token);

        Assert.Equal(VendorErrorKind.NotFound, Assert.IsType<VendorError>(registered.Error).Kind);
        Assert.DoesNotContain("the-puk-1234", scene.Logs.Everything, StringComparison.Ordinal);
        var told = (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.SimRegistered).ToList();
        Assert.Equal([AuditOutcome.Begun, AuditOutcome.Failed], told.Select(entry => entry.Outcome));
        Assert.DoesNotContain(told, entry => entry.Detail?.Contains("1234", StringComparison.Ordinal) == true);
    }

    private async Task<Sim> CardAsync(TenantContext tenant) => (await scene.Get<TenantSoracom>().ReadAsync(
        tenant,
        SoracomCoverage.Japan,
        async (client, token) => await client.Sims.SearchSimsAsync(status: [SimStatus.Active], limit: 100, cancellationToken: token),
        Watchdog.Token)).Value.Items.First(sim => sim.Type != SimType.Virtual && !SimPlans.HasArc(sim));

    private async Task<Sim> GetAsync(TenantContext tenant, string simId) =>
        (await scene.Get<TenantSoracom>().ReadAsync(tenant, SoracomCoverage.Japan, (client, token) => client.Sims.GetSimAsync(simId, token), Watchdog.Token)).Value;
}
