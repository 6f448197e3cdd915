using Bunit;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Timeline;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Timeline;

/// <summary>What happened to a SIM, from three sources.</summary>
public sealed class SimTimelineTests(ClassScene own) : IClassFixture<ClassScene>, IAsyncLifetime
{
    private const string Truck = "8999811100000000051";
    private const string Gate = "8999811100000000713";

    private readonly PortalScene scene = own.Scene;
    private readonly ComponentScene circuit = new(own.Scene);

    private TenantContext owner = null!;
    private TenantContext viewer = null!;

    public async ValueTask InitializeAsync()
    {
        owner = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        viewer = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        owner.Dispose();
        viewer.Dispose();
    }

    [Fact]
    public async Task Read_ToItsEnd_HoldsEverythingOnceInTheOrderOfTime()
    {
        await RecordAsync(Truck);
        var all = await AllAsync(owner, Truck, new TimelineQuery());

        Assert.Equal(all.OrderByDescending(item => item.At).Select(item => item.At), all.Select(item => item.At));
        Assert.Equal(all.Distinct().Count(), all.Count);
        foreach (var kind in Enum.GetValues<TimelineKind>())
        {
            var only = await AllAsync(owner, Truck, new TimelineQuery { Kind = kind });
            Assert.NotEmpty(only);
            Assert.Equal(only.Count, all.Count(item => item.GetType() == only[0].GetType()));
        }

        Assert.True(all.Count > SimTimeline.PageSize, "One stretch would prove nothing.");
    }

    [Fact]
    public async Task Read_SomebodyWhoMayNotReadTheTrail_LeavesItOutAndSaysSo_AndIsNoAttempt()
    {
        await RecordAsync(Gate);

        var page = (await ReadAsync(viewer, Gate, new TimelineQuery())).Value;
        var portal = (await ReadAsync(viewer, Gate, new TimelineQuery { Kind = TimelineKind.Portal })).Value;

        Assert.True(page.IsPortalLeftOut);
        Assert.NotEmpty(page.Items);
        Assert.DoesNotContain(page.Items, item => item is TimelineItem.Portal);
        Assert.Equal((true, 0, null), (portal.IsPortalLeftOut, portal.Items.Count, portal.Next));
        Assert.False((await ReadAsync(viewer, Gate, new TimelineQuery { Kind = TimelineKind.Session })).Value.IsPortalLeftOut);
        Assert.DoesNotContain(await scene.TrailAsync(PortalScene.Aoba), entry => entry.Outcome == AuditOutcome.Denied);
    }

    [Fact]
    public async Task Read_AnotherTenantsEntriesOfTheSameId_AreNotThere()
    {
        using var other = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Owner);
        await scene.Get<AuditTrail>().RecordAsync(other, new AuditAct(AuditActions.TenantOpened, AuditOutcome.Succeeded) { ObjectId = "8999811100000000192" }, Watchdog.Token);

        Assert.Empty(await AllAsync(owner, "8999811100000000192", new TimelineQuery { Kind = TimelineKind.Portal }));
    }

    [Fact]
    public async Task Read_OneSourceFails_TellsItAndShowsTheOthers()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{Truck}/events/", Status = 503 });

        var page = (await ReadAsync(owner, Truck, new TimelineQuery())).Value;

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>(Assert.Single(page.Missing, missing => missing.Key == TimelineKind.Session).Value).Kind);
        Assert.Contains(page.Items, item => item is TimelineItem.Status);
    }

    [Fact]
    public async Task Read_EverythingFails_IsTheError()
    {
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{Truck}/", Status = 503, Count = 2 });

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>((await ReadAsync(viewer, Truck, new TimelineQuery())).Error).Kind);
    }

    [Fact]
    public async Task Panel_ShowsDaysNewestFirst_AndOlderOnesOnDemand()
    {
        var panel = Open(owner, Truck, new TimelineQuery());
        panel.WaitForAssertion(() => Assert.Equal(SimTimeline.PageSize, panel.FindAll("li").Count));
        var days = panel.FindAll(".day h3").Select(day => day.TextContent).ToList();
        Assert.Equal(days.OrderDescending(StringComparer.Ordinal), days);

        panel.Act(it => it.Find(".body > p button, p > button").Click());

        panel.WaitForAssertion(() => Assert.True(panel.FindAll("li").Count > SimTimeline.PageSize));
    }

    [Fact]
    public async Task Panel_AStatusThatChanged_SaysFromWhatToWhat()
    {
        var sim = await scene.VendorSimAsync(viewer, "冷凍トラック 6号車");

        var panel = Open(viewer, sim.SimId, new TimelineQuery { Kind = TimelineKind.Status });

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll("li")));
        Assert.Contains(panel.FindAll("li"), item => item.TextContent.Contains("Active → Inactive", StringComparison.Ordinal));
    }

    private async Task RecordAsync(string simId) =>
        await scene.Get<AuditTrail>().RecordAsync(owner, new AuditAct(AuditActions.CredentialTested, AuditOutcome.Failed) { ObjectId = simId, Detail = "Unavailable" }, Watchdog.Token);

    private Task<Result<TimelinePage>> ReadAsync(TenantContext tenant, string simId, TimelineQuery query, TimelineMark? mark = null) =>
        scene.Get<SimTimeline>().ReadAsync(tenant, SoracomCoverage.Japan, simId, query, mark, Watchdog.Token);

    private async Task<List<TimelineItem>> AllAsync(TenantContext tenant, string simId, TimelineQuery query)
    {
        var all = new List<TimelineItem>();
        TimelineMark? mark = null;
        do
        {
            var page = (await ReadAsync(tenant, simId, query, mark)).Value;
            Assert.Empty(page.Missing);
            all.AddRange(page.Items);
            mark = page.Next;
        }
        while (mark is not null);
        return all;
    }

    private IRenderedComponent<SimTimelinePanel> Open(TenantContext tenant, string simId, TimelineQuery query)
    {
        var place = new SimPlace(PortalScene.Aoba, SoracomCoverage.Japan, simId);
        return circuit.Render<SimTimelinePanel>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(query))
            .Add(panel => panel.Place, place));
    }
}
