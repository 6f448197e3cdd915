using Bunit;
using Soracom.Api;
using Soracom.Api.DataEntries;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.HarvestData;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Sims.HarvestData;

/// <summary>What a SIM sent to Harvest Data, from the vendor to the page.</summary>
public sealed class SimHarvestTests(SharedScene shared) : IAsyncLifetime
{
    // Its group has Harvest on.
    private const string Truck = "8999811100000000051";
    private const string Address = "/t/aoba/sims/8942?coverage=jp&tab=data";

    private readonly PortalScene scene = shared.Scene;
    private readonly ComponentScene circuit = new(shared.Scene);

    private TenantContext tenant = null!;

    public async ValueTask InitializeAsync() => tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        tenant.Dispose();
    }

    [Fact]
    public async Task Read_PageAfterPage_GoesOnWithOlderEntries()
    {
        var first = await ReadAsync(new HarvestQuery());
        Assert.Equal(SimHarvest.PageSize, first.Entries.Count);

        var second = await ReadAsync(new HarvestQuery { After = first.Next });

        var times = first.Entries.Concat(second.Entries).Select(entry => entry.Time).ToList();
        Assert.Equal(times.OrderDescending(), times);
        Assert.Equal(times.Distinct().Count(), times.Count);
    }

    [Fact]
    public async Task Read_ADay_HoldsWhatWasSentOnItInTheTenantsZone()
    {
        var newest = (await ReadAsync(new HarvestQuery())).Entries[0];
        var day = Times.DayOf(newest.Time!.Value, "Asia/Tokyo").AddDays(-2);
        var entries = new List<DataEntry>();
        string? after = null;
        do
        {
            var page = await ReadAsync(new HarvestQuery { From = day, Until = day, After = after });
            entries.AddRange(page.Entries);
            after = page.Next;
        }
        while (after is not null);

        Assert.NotEmpty(entries);
        Assert.All(entries, entry => Assert.Equal(day, Times.DayOf(entry.Time!.Value, "Asia/Tokyo")));
    }

    [Theory]
    [InlineData(Address)]
    [InlineData($"{Address}&from=2026-04-01")]
    [InlineData($"{Address}&from=2026-04-01&until=2026-04-02&after=1234_5")]
    public void Address_OfAView_LeadsBackToIt(string address) =>
        Assert.Equal(address, new SimPlace("aoba", SoracomCoverage.Japan, "8942").To(HarvestQuery.Parse(address)));

    [Fact]
    public void Panel_ShowsEntriesAndTheWayToOlderOnes()
    {
        var panel = Open(Truck, new HarvestQuery());

        panel.WaitForAssertion(() => Assert.Equal(SimHarvest.PageSize, panel.FindAll("tbody tr").Count));
        Assert.Contains("after=", panel.Find(".table-foot a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public void Panel_ASimThatSentNothing_SaysWhatHarvestIs()
    {
        var panel = Open("8999811100000000622", new HarvestQuery());

        panel.WaitForAssertion(() => Assert.Equal("Nothing was stored yet", panel.Find(".notice h2, .notice h3, .notice strong, .notice h1").TextContent));
    }

    private async Task<HarvestPage> ReadAsync(HarvestQuery query) => (await scene.Get<SimHarvest>().ReadAsync(tenant, SoracomCoverage.Japan, Truck, query, Watchdog.Token)).Value;

    private IRenderedComponent<SimHarvestPanel> Open(string simId, HarvestQuery query)
    {
        var place = new SimPlace(PortalScene.Aoba, SoracomCoverage.Japan, simId);
        return circuit.Render<SimHarvestPanel>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(query))
            .Add(panel => panel.Place, place));
    }
}
