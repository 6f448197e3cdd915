using Microsoft.Extensions.Logging;
using Soracom.Api;
using Soracom.Portal.Benchmarks.Load.Circuits;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Load;

/// <summary>What the load tool measures, with a few circuits: that each act has its effect, and none fails.</summary>
public sealed class SimListVisitTests(ClassScene own) : IClassFixture<ClassScene>, IAsyncLifetime
{
    private const int Circuits = 3;

    private readonly PortalScene scene = own.Scene;

    public async ValueTask InitializeAsync() =>
        Assert.Equal(SyncOutcome.Complete, await scene.Get<InventorySync>().RunAsync(await scene.TenantIdAsync(PortalScene.Nagisa), SoracomCoverage.Japan, Watchdog.Token));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Acts_OfSeveralCircuitsAtOnce_HaveTheirEffect(bool compressed)
    {
        using var visitor = await LoadVisitor.SignInAsync(scene.Address, "operator", compressed, Watchdog.Token);

        await Task.WhenAll(Enumerable.Range(0, Circuits).Select(async seed =>
        {
            await using var circuit = await visitor.OpenAsync(PortalUrls.Sims(PortalScene.Nagisa), Watchdog.Token);
            var acts = new SimListVisit(circuit, new Random(seed));
            await acts.ArriveAsync();
            var (all, list) = (acts.Total, circuit.Location);

            await acts.SearchAsync();
            Assert.InRange(acts.Total, 1, all - 1);
            Assert.Contains("q=", circuit.Location.Query, StringComparison.Ordinal);

            var found = circuit.Location;
            await acts.OpenAsync();
            Assert.StartsWith($"{list.AbsolutePath}/", circuit.Location.AbsolutePath, StringComparison.Ordinal);
            await acts.BackAsync(found);
            await acts.ClearAsync();
            Assert.Equal((all, list), (acts.Total, circuit.Location));

            await acts.SortAsync();
            Assert.Contains("sort=", circuit.Location.Query, StringComparison.Ordinal);
            await acts.ScrollAsync();
        }));

        Assert.DoesNotContain(scene.Logs.Lines, line => line.Level is LogLevel.Error or LogLevel.Critical);
    }

    [Fact]
    public async Task Circuit_WhoseSessionHasEnded_SaysWhatHappenedToIt()
    {
        using var visitor = await LoadVisitor.SignInAsync(scene.Address, "operator", compressed: true, Watchdog.Token);
        await using var circuit = await visitor.OpenAsync(PortalUrls.Sims(PortalScene.Nagisa), Watchdog.Token);
        await new SimListVisit(circuit, new Random(0)).ArriveAsync();

        await scene.TestDatabase.ExecuteAsync("DELETE FROM SignInSessions");
        await scene.Get<AccessWatch>().CheckAsync(Watchdog.Token);

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => circuit.UntilAsync("anything else", _ => false, Watchdog.Token));
        Assert.Contains("loaded anew", failure.Message, StringComparison.Ordinal);
    }
}
