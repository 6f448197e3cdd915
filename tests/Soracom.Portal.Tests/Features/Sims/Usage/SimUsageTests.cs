using Bunit;
using Soracom.Api;
using Soracom.Api.Stats;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Usage;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Usage;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Usage;

/// <summary>How much a SIM sent and received, from the vendor to the page.</summary>
public sealed class SimUsageTests(ClassScene own) : IClassFixture<ClassScene>, IAsyncLifetime
{
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
    public async Task Read_TheSameDay_IsTheSameAmountByDayAndByMinutes()
    {
        var sim = await SimAsync("冷蔵トラック 1号車");
        var days = await ReadAsync(sim, new UsageQuery());
        var yesterday = days.Slots[^2];

        // A day of UTC lies in two of Tokyo's.
        var day = DateOnly.FromDateTime(yesterday.Start.UtcDateTime);
        var slots = new[] { day, day.AddDays(1) }.Select(one => ReadAsync(sim, new UsageQuery { Period = UsagePeriod.Minutes, Day = one }));
        var minutes = (await Task.WhenAll(slots)).SelectMany(report => report.Slots).Where(slot => slot.Start >= yesterday.Start && slot.Start < yesterday.Start.AddDays(1)).ToList();

        Assert.Equal(288, minutes.Count);
        Assert.True(yesterday.Total.Both > 0);
        Assert.Equal(yesterday.Total, minutes.Aggregate(UsageAmount.None, (sum, slot) => sum + slot.Total));
        Assert.Equal(["s1.standard"], days.SpeedClasses);
    }

    [Fact]
    public async Task Read_Months_HoldsAllDaysOfTheMonth()
    {
        var sim = await SimAsync("冷蔵トラック 1号車");
        var months = await ReadAsync(sim, new UsageQuery { Period = UsagePeriod.Month });
        var days = await ReadAsync(sim, new UsageQuery { Days = UsageQuery.Spans[1] });
        var last = months.Slots[^2];

        Assert.Equal(last.Total, days.Slots.Where(day => day.Start.Month == last.Start.Month).Aggregate(UsageAmount.None, (sum, slot) => sum + slot.Total));
        Assert.True(last.Total.Both > 0);
    }

    [Fact]
    public void Report_RowsOfOneSlotAreAdded_ThoseOutsideAndWithoutTimeAreLeftOut()
    {
        var range = UsageRange.Of(new UsageQuery { Period = UsagePeriod.Month }, new DateTimeOffset(2026, 3, 15, 0, 0, 0, TimeSpan.Zero), "UTC");
        var traffic = new Dictionary<string, Traffic> { ["s1.fast"] = new() { UploadBytes = 1, DownloadBytes = 10 }, ["s1.slow"] = new() };

        var report = SimUsage.Report(
            range,
            [
                new AirStats { Time = range.Starts[3], Traffic = traffic },
                new AirStats { Time = range.Starts[3].AddDays(1), Traffic = traffic },
                new AirStats { Time = range.End, Traffic = traffic },
                new AirStats { Time = range.Starts[0].AddDays(-1), Traffic = traffic },
                new AirStats { Traffic = traffic },
                new AirStats { Time = range.Starts[4] },
            ]);

        Assert.Equal(new UsageAmount(2, 20), report.Total);
        Assert.Equal(new UsageAmount(2, 20), report.Slots[3].Of("s1.fast"));
        Assert.Equal(["s1.fast"], report.SpeedClasses);
    }

    [Fact]
    public async Task Panel_ASimWithTraffic_ShowsAChart_OrATableOfTheSame()
    {
        var sim = await SimAsync("冷蔵トラック 1号車");

        var chart = Open(sim, new UsageQuery { Period = UsagePeriod.Month });
        chart.WaitForAssertion(() => Assert.Equal("17", chart.Find("[data-chart] input").GetAttribute("max")));
        Assert.Empty(chart.FindAll("table"));

        var table = Open(sim, new UsageQuery { Period = UsagePeriod.Month, AsTable = true, Split = UsageSplit.SpeedClass });
        table.WaitForAssertion(() => Assert.NotEmpty(table.FindAll("tbody tr")));
        Assert.Contains("s1.standard", table.Find("thead").TextContent, StringComparison.Ordinal);
        // The present month has just begun, without traffic so far.
        Assert.Equal(scene.Clock.GetUtcNow().AddMonths(-1).ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), table.Find("tbody th").TextContent);
        Assert.Empty(table.FindAll("[data-chart]"));
    }

    [Fact]
    public async Task Panel_ATerminatedSim_SaysThatThereIsNothing()
    {
        var panel = Open(await SimAsync("平ボディ 8号車"), new UsageQuery());

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".notice.empty")));
        Assert.NotEmpty(panel.FindAll("[role=group] a"));
    }

    [Fact]
    public async Task Panel_TheVendorFails_SaysHowAndTriesAgain()
    {
        var sim = await SimAsync("冷蔵トラック 1号車");
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/stats/", Status = 503 });

        var panel = Open(sim, new UsageQuery());
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".notice.failed")));
        panel.Act(it => it.Find(".notice button").Click());

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[data-chart]")));
    }

    [Fact]
    public async Task Panel_DrawnAgain_IsNotReadAgain()
    {
        var place = new SimPlace(PortalScene.Aoba, SoracomCoverage.Japan, await SimAsync("冷蔵トラック 1号車"));
        var panel = Open(place.SimId, new UsageQuery());
        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("[data-chart]")));
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/stats/", Status = 503 });

        panel.Render(parameters => parameters.Add(section => section.Place, place with { }));

        Assert.NotEmpty(panel.FindAll("[data-chart]"));
        Assert.Single(scene.Sandbox.Faults.Armed);
        scene.Sandbox.Faults.Clear();
    }

    private async Task<string> SimAsync(string name) => (await scene.VendorSimAsync(tenant, name)).SimId;

    private async Task<UsageReport> ReadAsync(string simId, UsageQuery query) =>
        (await scene.Get<SimUsage>().ReadAsync(tenant, SoracomCoverage.Japan, simId, query, Watchdog.Token)).Value;

    private IRenderedComponent<SimUsagePanel> Open(string simId, UsageQuery query)
    {
        var place = new SimPlace(PortalScene.Aoba, SoracomCoverage.Japan, simId);
        return circuit.Render<SimUsagePanel>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(query))
            .Add(panel => panel.Place, place));
    }
}
