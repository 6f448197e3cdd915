using Bunit;
using Soracom.Api;
using Soracom.Api.Diagnostics;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Diagnosing;
using Soracom.Portal.Features.Sims.Offline;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Diagnosing;

/// <summary>The vendor's diagnosis: asked for, followed, kept.</summary>
public sealed class SimDiagnosingTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;
    private const string Suspended = "8999811100000000465";
    private const string Truck = "8999811100000000051";

    private PortalScene scene = null!;
    private TenantContext tenant = null!;

    private SimDiagnosing Diagnosing => scene.Get<SimDiagnosing>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Start_IsRunning_IsFollowedToItsEnd_AndKept()
    {
        var started = (await Diagnosing.StartAsync(tenant, Japan, Suspended, Watchdog.Token)).Value;
        Assert.Equal((SimDiagnosisState.Running, "Operator"), (started.State, started.RequestedBy));
        Assert.Equal(SimDiagnosisState.Running, (await Diagnosing.FollowAsync(tenant, Japan, started.Id, Watchdog.Token)).Value.State);

        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        var done = (await Diagnosing.FollowAsync(tenant, Japan, started.Id, Watchdog.Token)).Value;

        Assert.Equal(SimDiagnosisState.Done, done.State);
        Assert.Contains(SimDiagnosing.InsightsOf(done), insight => insight.Severity == InsightSeverity.Error);
        // Once it is done the vendor is not asked again.
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/diagnostics", Status = 503, Count = 5 });
        Assert.Equal(done.Insights, (await Diagnosing.FollowAsync(tenant, Japan, started.Id, Watchdog.Token)).Value.Insights);
        Assert.Equal(done.Insights, Assert.Single(await Diagnosing.ListAsync(tenant, Japan, Suspended, Watchdog.Token)).Insights);
        Assert.Empty(await Diagnosing.ListAsync(tenant, Japan, Truck, Watchdog.Token));
        Assert.Empty(await Diagnosing.ListAsync(tenant, SoracomCoverage.Global, Suspended, Watchdog.Token));
    }

    [Fact]
    public async Task Start_IsAudited_WhetherItGoesWellOrNot()
    {
        await Diagnosing.StartAsync(tenant, Japan, Truck, Watchdog.Token);
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/diagnostics", Status = 503 });
        var failed = await Diagnosing.StartAsync(tenant, Japan, Truck, Watchdog.Token);

        Assert.Equal(VendorErrorKind.Unavailable, Assert.IsType<VendorError>(failed.Error).Kind);
        var entries = (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action == AuditActions.SimDiagnosed).ToList();
        Assert.Equal([(Truck, AuditOutcome.Succeeded), (Truck, AuditOutcome.Failed)], entries.Select(entry => (entry.ObjectId, entry.Outcome)));
        Assert.Equal("Unavailable", entries[1].Detail);
        Assert.Single(await Diagnosing.ListAsync(tenant, Japan, Truck, Watchdog.Token));
    }

    [Fact]
    public async Task Follow_OneThatTheVendorForgot_HasFailed_AndOneOfNobodyIsGone()
    {
        var started = (await Diagnosing.StartAsync(tenant, Japan, Truck, Watchdog.Token)).Value;
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = "/v1/diagnostics", Status = 404 });

        Assert.Equal(SimDiagnosisState.Failed, (await Diagnosing.FollowAsync(tenant, Japan, started.Id, Watchdog.Token)).Value.State);
        Assert.IsType<GoneError>((await Diagnosing.FollowAsync(tenant, Japan, Guid.NewGuid(), Watchdog.Token)).Error);
    }

    [Fact]
    public async Task List_ACredentialOfAnotherOperator_ShowsNothingOfTheFormerOnes()
    {
        await Diagnosing.StartAsync(tenant, Japan, Truck, Watchdog.Token);
        await scene.TestDatabase.ExecuteAsync("UPDATE VendorCredentials SET OperatorId = $other", ("$other", "OP0000000000"));

        Assert.Empty(await Diagnosing.ListAsync(tenant, Japan, Truck, Watchdog.Token));
    }

    [Fact]
    public async Task Offline_TheLastDiagnosis_IsAmongTheFacts_UntilItIsOld()
    {
        await Diagnosing.FollowAsync(tenant, Japan, await DoneAsync(Suspended), Watchdog.Token);
        var sim = (await scene.Get<SimSearch>().GetAsync(tenant, Japan, Suspended, Watchdog.Token)).Value;

        Assert.NotEmpty((await ReasonsAsync(tenant, sim)).Insights.Value!);
        scene.Clock.Advance(TimeSpan.FromDays(8));
        using var later = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Operator);
        Assert.Null((await ReasonsAsync(later, sim)).Insights.Value);
    }

    [Fact]
    public async Task Panel_RunsADiagnosisAndShowsWhatItFound()
    {
        var clock = new FakeTime(scene.Clock.GetUtcNow());
        await using var circuit = new ComponentScene(scene, clock: clock);
        var panel = Open(circuit, tenant);
        panel.WaitForElement("header button");
        panel.Act(it => it.Find("header button").Click());
        panel.WaitForAssertion(() => Assert.Single(panel.FindAll(".diagnosis .badge.info")));
        Assert.True(panel.Find("header button").HasAttribute("disabled"));

        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        await clock.TimerWithinAsync(TimeSpan.FromSeconds(2), Watchdog.Token);
        clock.Advance(TimeSpan.FromSeconds(2));

        panel.WaitForAssertion(() => Assert.Contains("cannot connect", panel.Find(".diagnosis li").TextContent, StringComparison.Ordinal));
        Assert.False(panel.Find("header button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Panel_AViewer_ReadsResultsButRunsNone()
    {
        await DoneAsync(Suspended);
        using var viewer = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);

        var panel = Open(circuit, viewer);

        panel.WaitForAssertion(() => Assert.NotEmpty(panel.FindAll(".diagnosis")));
        Assert.Empty(panel.FindAll("header button"));
    }

    private async Task<Guid> DoneAsync(string simId)
    {
        var started = (await Diagnosing.StartAsync(tenant, Japan, simId, Watchdog.Token)).Value;
        scene.Clock.Advance(TimeSpan.FromSeconds(10));
        return started.Id;
    }

    private Task<OfflineFacts> ReasonsAsync(TenantContext reader, Sim sim) => scene.Get<OfflineReasons>().ReadAsync(reader, Japan, sim, Watchdog.Token);

    private static IRenderedComponent<SimDiagnosisPanel> Open(ComponentScene circuit, TenantContext tenant)
    {
        var place = new SimPlace(PortalScene.Aoba, Japan, Suspended);
        return circuit.Render<SimDiagnosisPanel>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(SimTab.Diagnostics))
            .Add(panel => panel.Place, place));
    }
}
