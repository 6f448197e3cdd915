using Bunit;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Location;
using Soracom.Portal.Features.Sims.Logs;
using Soracom.Portal.Features.Sims.RemoteAccess;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Location;

/// <summary>Where a SIM is, the ways to its device, and what went wrong on them.</summary>
public sealed class SimNetworkTests(ClassScene own) : IClassFixture<ClassScene>, IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;
    private const string Truck = "8999811100000000051";

    private readonly PortalScene scene = own.Scene;
    private readonly ComponentScene circuit = new(own.Scene);

    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync() => tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
    }

    [Fact]
    public async Task Location_OfASessionsCell_IsAPlaceInJapan()
    {
        var sim = (await scene.Get<SimSearch>().GetAsync(tenant, Japan, Truck, Watchdog.Token)).Value;

        var place = (await scene.Get<SimLocation>().FindAsync(tenant, Japan, sim.SessionStatus!.Cell!, Watchdog.Token)).Value!;

        Assert.InRange(place.Lat!.Value, 24, 46);
        Assert.InRange(place.Lon!.Value, 122, 154);
    }

    [Theory]
    [InlineData(null, 1, 1)]
    [InlineData(440, null, 1)]
    [InlineData(440, 1, null)]
    public async Task Location_OfACellThatIsNotWhole_IsUnknownWithoutACall(int? mcc, int? mnc, int? tac)
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/cell_locations", Status = 503 });

        Assert.Null((await scene.Get<SimLocation>().FindAsync(tenant, Japan, new Cell { Mcc = mcc, Mnc = mnc, Tac = tac }, Watchdog.Token)).Value);

        Assert.Single(scene.Sandbox.Faults.Armed);
        scene.Sandbox.Faults.Clear();
    }

    [Fact]
    public async Task Location_ThatNobodyKnows_IsUnknown()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/cell_locations", Status = 404 });

        var found = await scene.Get<SimLocation>().FindAsync(tenant, Japan, new Cell { Mcc = 440, Mnc = 10, Tac = 1, Eci = 1 }, Watchdog.Token);

        Assert.Equal((null, null), (found.Error, found.Value));
    }

    [Fact]
    public async Task LocationCard_NamesItsSourceAndLicence_AndFetchesNothingFromOutside()
    {
        var sim = (await scene.Get<SimSearch>().GetAsync(tenant, Japan, Truck, Watchdog.Token)).Value;
        var place = new SimPlace(PortalScene.Aoba, Japan, Truck);
        var card = circuit.Render<SimLocationCard>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(SimTab.Network))
            .Add(one => one.Place, place)
            .Add(one => one.Cell, sim.SessionStatus!.Cell));

        card.WaitForAssertion(() => Assert.StartsWith("https://www.openstreetmap.org/?mlat=", card.Find("a.button").GetAttribute("href"), StringComparison.Ordinal));
        Assert.Contains("OpenCelliD, CC BY-SA 4.0", card.Find(".body").TextContent, StringComparison.Ordinal);
        Assert.Empty(card.FindAll("img, iframe, script"));
        Assert.All(card.FindAll("a"), link => Assert.Equal("noopener noreferrer", link.GetAttribute("rel")));
    }

    [Fact]
    public async Task Mappings_OfASimWithoutAny_AreNone() =>
        Assert.Empty((await scene.Get<SimPortMappings>().ListAsync(tenant, Japan, "8999811100000000622", Watchdog.Token)).Value);

    [Fact]
    public async Task Logs_PageAfterPage_HoldEachEntryOnceInOrder()
    {
        var all = 0;
        foreach (var simId in new[] { Truck, "8999811100000000101", "8999811100000000192", "8999811100000000713", "8999811100000000804", "8999811100000001026", "8999811100000001729", "8999811100000001810" })
        {
            var entries = new List<DateTimeOffset?>();
            DateTimeOffset? before = null;
            do
            {
                var page = (await scene.Get<SimLogs>().ReadAsync(tenant, Japan, simId, before, Watchdog.Token)).Value;
                entries.AddRange(page.Entries.Select(entry => entry.Time));
                before = page.Before;
            }
            while (before is not null);

            Assert.Equal(entries.OrderDescending(), entries);
            Assert.Equal(entries.Distinct().Count(), entries.Count);
            all += entries.Count;
        }

        Assert.True(all > 0, "Without an entry this would hold of nothing.");
    }

    [Fact]
    public void LogsCard_NothingWentWrong_SaysSo()
    {
        var place = new SimPlace(PortalScene.Aoba, Japan, "8999811100000000622");
        var card = circuit.Render<SimLogsCard>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(SimTab.Diagnostics))
            .Add(one => one.Place, place));

        card.WaitForAssertion(() => Assert.Contains("No errors.", card.Markup, StringComparison.Ordinal));
    }
}
