using Soracom.Portal.Features.RemoteAccess.Doors;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>SIMs that are looked for to open doors to.</summary>
public sealed class DoorSimsTests : IAsyncLifetime
{
    private DoorScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await DoorScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData("pump", "Pump 1, Pump_2")]
    [InlineData("p_2", "Pump_2")]
    [InlineData("p%2", "")]
    [InlineData("0000000000042", "Pump_2")]
    [InlineData("44010123456", "Pump 1, Pump_2")]
    [InlineData("p", "")]
    public async Task Search_WhatThePortalKeeps_IsFoundByAnyPart_AndNothingIsAWildcard(string text, string names)
    {
        var now = scene.Portal.Clock.GetUtcNow();
        await scene.SeenAsync("8942310000000000041", "Pump 1", "active", now);
        await scene.SeenAsync("8942310000000000042", "Pump_2", "active", now);

        var found = await scene.Portal.Get<DoorSims>().SearchAsync(scene.Tenant, DoorScene.Japan, text, Watchdog.Token);

        Assert.Equal(names, string.Join(", ", found.Value.Select(sim => sim.Name)));
    }

    [Fact]
    public async Task Search_BeforeThePortalHasThemAll_AsksTheVendor()
    {
        var found = await scene.Portal.Get<DoorSims>().SearchAsync(scene.Tenant, DoorScene.Japan, scene.Sim.SimId, Watchdog.Token);

        Assert.Equal((scene.Sim.SimId, scene.Sim.Name, true), (Assert.Single(found.Value).SimId, found.Value[0].Name, found.Value[0].IsOnline));
    }
}
