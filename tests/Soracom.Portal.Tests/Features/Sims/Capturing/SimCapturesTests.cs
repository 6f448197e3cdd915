using System.Net;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Radzen;
using Soracom.Api;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Capturing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Sims.Capturing;

/// <summary>Recordings of a SIM's traffic, from asking for one to the file in the browser.</summary>
public sealed class SimCapturesTests : IAsyncLifetime
{
    private const SoracomCoverage Japan = SoracomCoverage.Japan;
    private const string Truck = "8999811100000000051";
    private const uint PcapMagic = 0xA1B2C3D4;

    private PortalScene scene = null!;
    private SignedIn person = null!;
    private TenantContext tenant = null!;

    private SimCaptures Captures => scene.Get<SimCaptures>();

    public async ValueTask InitializeAsync()
    {
        scene = await PortalScene.StartAsync();
        person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Operator);
        tenant = await scene.OpenAsync(person, PortalScene.Aoba);
    }

    public async ValueTask DisposeAsync()
    {
        tenant.Dispose();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task Start_IsListed_GoesOn_AndIsReadyInTheEnd()
    {
        var started = (await Captures.StartAsync(tenant, Japan, Truck, TimeSpan.FromMinutes(1), Watchdog.Token)).Value;
        Assert.Equal((CaptureStage.Requested, TimeSpan.FromMinutes(1)), (started.Stage, started.Duration));

        scene.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(CaptureStage.Capturing, (await OnlyAsync()).Stage);

        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((CaptureStage.Done, started.SessionId), ((await OnlyAsync()).Stage, (await OnlyAsync()).SessionId));
    }

    [Theory]
    [InlineData(29)]
    [InlineData(86_401)]
    public async Task Start_TooShortOrTooLong_IsRefusedWithoutACall(int seconds)
    {
        Assert.IsType<InputError>((await Captures.StartAsync(tenant, Japan, Truck, TimeSpan.FromSeconds(seconds), Watchdog.Token)).Error);

        Assert.Empty((await Captures.ListAsync(tenant, Japan, Truck, after: null, Watchdog.Token)).Value.Captures);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task EachAct_IsAuditedBeforeAndAfter_WithTheSimAndTheRecording()
    {
        var started = (await Captures.StartAsync(tenant, Japan, Truck, TimeSpan.FromMinutes(1), Watchdog.Token)).Value;
        scene.Clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Null((await Captures.StopAsync(tenant, Japan, Truck, started.SessionId, Watchdog.Token)).Error);
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Null((await Captures.DeleteAsync(tenant, Japan, Truck, started.SessionId, Watchdog.Token)).Error);
        Assert.Equal(VendorErrorKind.NotFound, Assert.IsType<VendorError>((await Captures.DeleteAsync(tenant, Japan, Truck, started.SessionId, Watchdog.Token)).Error).Kind);

        var entries = await EntriesAsync();
        Assert.Equal(
            [
                (AuditActions.SimCaptureStarted, AuditOutcome.Begun), (AuditActions.SimCaptureStarted, AuditOutcome.Succeeded),
                (AuditActions.SimCaptureStopped, AuditOutcome.Begun), (AuditActions.SimCaptureStopped, AuditOutcome.Succeeded),
                (AuditActions.SimCaptureDeleted, AuditOutcome.Begun), (AuditActions.SimCaptureDeleted, AuditOutcome.Succeeded),
                (AuditActions.SimCaptureDeleted, AuditOutcome.Begun), (AuditActions.SimCaptureDeleted, AuditOutcome.Failed),
            ],
            entries.Select(entry => (entry.Action, entry.Outcome)));
        Assert.All(entries, entry => Assert.Equal(Truck, entry.ObjectId));
        Assert.StartsWith(started.SessionId, entries[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Download_OfADoneRecording_IsAPcapFile_AndIsAudited()
    {
        var sessionId = await DoneAsync();
        using var visitor = new Visitor(scene, person);

        var answer = await visitor.GetAsync(PortalUrls.Capture(PortalScene.Aoba, Japan, Truck, sessionId));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/vnd.tcpdump.pcap", answer.Headers["Content-Type"]);
        Assert.Equal($"attachment; filename=\"capture-{Truck}.pcap\"", answer.Headers["Content-Disposition"]);
        Assert.Equal((AuditActions.SimCaptureDownloaded, AuditOutcome.Succeeded, sessionId), Last(await EntriesAsync()));

        var opened = (await Captures.OpenAsync(tenant, Japan, Truck, sessionId, Watchdog.Token)).Value;
        await using (opened)
        {
            var magic = new byte[4];
            await opened.Content.ReadExactlyAsync(magic, Watchdog.Token);
            Assert.Equal(PcapMagic, BitConverter.ToUInt32(magic));
        }
    }

    [Fact]
    public async Task Download_ByThoseWhoMayNot_IsRefused_AndOfWhatIsNotThereNotFound()
    {
        var sessionId = await DoneAsync();
        var address = PortalUrls.Capture(PortalScene.Aoba, Japan, Truck, sessionId);
        using var viewer = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        using var stranger = new Visitor(scene, await scene.MemberAsync(PortalScene.Nagisa, TenantRole.Owner));
        using var nobody = new Visitor(scene);
        using var visitor = new Visitor(scene, person);

        Assert.Equal(HttpStatusCode.Forbidden, (await viewer.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address)).Status);
        // The other tenant's address with its own slug: the other account has no such SIM.
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(PortalUrls.Capture(PortalScene.Nagisa, Japan, Truck, sessionId))).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await nobody.GetAsync(address)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(PortalUrls.Capture(PortalScene.Aoba, Japan, Truck, "none"))).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(address.Replace("coverage=jp", "coverage=mars", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task Open_ARecordingThatGoesOn_HasNoFile()
    {
        var started = (await Captures.StartAsync(tenant, Japan, Truck, TimeSpan.FromMinutes(1), Watchdog.Token)).Value;

        Assert.IsType<GoneError>((await Captures.OpenAsync(tenant, Japan, Truck, started.SessionId, Watchdog.Token)).Error);
        Assert.Equal((AuditActions.SimCaptureDownloaded, AuditOutcome.Failed, started.SessionId), Last(await EntriesAsync()));
    }

    [Fact]
    public async Task Card_StartsARecordingAndFollowsIt_WithoutTheAddressOfItsFile()
    {
        var clock = new FakeTime(scene.Clock.GetUtcNow());
        await using var circuit = new ComponentScene(scene, clock: clock);
        var card = Open(circuit, tenant);
        card.WaitForElement(".order button");
        card.Act(it => it.Find(".order button").Click());
        await YesAsync(circuit, card);
        card.WaitForAssertion(() => Assert.Single(card.FindAll("li .badge.info")));
        Assert.True(card.Find(".order button").HasAttribute("disabled"));

        scene.Clock.Advance(TimeSpan.FromMinutes(10));
        await clock.TimerWithinAsync(TimeSpan.FromSeconds(3), Watchdog.Token);
        clock.Advance(TimeSpan.FromSeconds(3));

        card.WaitForAssertion(() => Assert.Single(card.FindAll("li .badge.good")));
        Assert.StartsWith($"/t/aoba/sims/{Truck}/captures/", card.Find("a[download]").GetAttribute("href"), StringComparison.Ordinal);
        Assert.DoesNotContain("://", card.Find("ul").OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Card_AViewer_SeesRecordingsButDoesNothingWithThem()
    {
        await DoneAsync();
        using var viewer = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        await using var circuit = new ComponentScene(scene);

        var card = Open(circuit, viewer);

        card.WaitForAssertion(() => Assert.Single(card.FindAll("li")));
        Assert.Empty(card.FindAll("button, a, select"));
    }

    [Fact]
    public async Task Card_TheVendorRefuses_SaysSo()
    {
        await using var circuit = new ComponentScene(scene);
        var card = Open(circuit, tenant);
        card.WaitForElement(".order button");
        scene.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Path = $"/v1/sims/{Truck}/packet_capture_sessions", Status = 409, Method = "POST" });

        card.Act(it => it.Find(".order button").Click());
        await YesAsync(circuit, card);

        card.WaitForAssertion(() => Assert.Single(card.FindAll(".notice")));
        Assert.False(card.Find(".order button").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Card_AsksBeforeARecordingBegins_AndANoBeginsNone()
    {
        await using var circuit = new ComponentScene(scene);
        var asked = new List<string>();
        circuit.Services.GetRequiredService<DialogService>().OnOpen += (_, _, parameters, _) => asked.Add((string)parameters[nameof(ConfirmDialog.Question)]!);
        var card = Open(circuit, tenant);
        card.WaitForElement(".order button");
        card.Act(it => it.Find(".order button").Click());
        var before = (await scene.TrailAsync(PortalScene.Aoba)).Count;

        await card.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(false));

        Assert.Contains(Truck, Assert.Single(asked), StringComparison.Ordinal);
        Assert.Equal(before, (await scene.TrailAsync(PortalScene.Aoba)).Count);
        Assert.Empty(card.FindAll("li"));
    }

    private static Task YesAsync(ComponentScene circuit, IRenderedComponent<SimCapturesCard> card) =>
        card.InvokeAsync(() => circuit.Services.GetRequiredService<DialogService>().Close(true));

    private static (string Action, AuditOutcome Outcome, string? Detail) Last(IReadOnlyList<AuditEntry> entries) => (entries[^1].Action, entries[^1].Outcome, entries[^1].Detail);

    private static IRenderedComponent<SimCapturesCard> Open(ComponentScene circuit, TenantContext tenant)
    {
        var place = new SimPlace(PortalScene.Aoba, Japan, Truck);
        return circuit.Render<SimCapturesCard>(parameters => parameters
            .AddCascadingValue(tenant)
            .AddCascadingValue("Location", "https://portal.test" + place.To(SimTab.Network))
            .Add(card => card.Place, place));
    }

    private async Task<CaptureInfo> OnlyAsync() => Assert.Single((await Captures.ListAsync(tenant, Japan, Truck, after: null, Watchdog.Token)).Value.Captures);

    private async Task<string> DoneAsync()
    {
        var started = (await Captures.StartAsync(tenant, Japan, Truck, TimeSpan.FromSeconds(30), Watchdog.Token)).Value;
        scene.Clock.Advance(TimeSpan.FromMinutes(2));
        return started.SessionId;
    }

    private async Task<IReadOnlyList<AuditEntry>> EntriesAsync() =>
        [.. (await scene.TrailAsync(PortalScene.Aoba)).Where(entry => entry.Action.StartsWith("sim.capture.", StringComparison.Ordinal))];
}
