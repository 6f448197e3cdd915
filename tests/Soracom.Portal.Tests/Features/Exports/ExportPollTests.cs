using Soracom.Portal.Data.Exports;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>How often the vendor is asked how far a piece is.</summary>
public sealed class ExportPollTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    private ExportScene scene = null!;
    private FootageExport export = null!;

    private FakeTime Clock => scene.Portal.Clock;

    /// <summary>How often the vendor was asked for one export by its id, and for the camera's list.</summary>
    private (int One, int List) Asked => (Calls("getSoraCamDeviceExportedVideo"), Calls("listSoraCamDeviceVideoExportsForDevice"));

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync(PortalScene.Nagisa, "--Logging:LogLevel:Soracom.Api=Debug");
        var camera = await scene.CameraAsync(Gate);
        export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        // It is out, and a program that ended has left it.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(Clock, pauses: 0)));
        await scene.ChangeAsync(export.Id, (row, _) => row.HeldUntil = null);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Follow_APieceThatIsNotReady_LooksEverMoreSeldom_AndEveryHalfMinuteAtLast()
    {
        // Neither by its id nor in the list: it is looked for until a quarter of an hour is over.
        await scene.ChangeAsync(export.Id, (_, pieces) => pieces[0].VendorId = Guid.NewGuid().ToString());
        var (before, began, looks) = (Asked, Clock.GetUtcNow(), new List<(double At, double Pause, int One, int List)>());

        var ended = await scene.WorkAsync(export.Id, new Noting(Clock, pause => looks.Add(((Clock.GetUtcNow() - began).TotalSeconds, pause.TotalSeconds, Asked.One - before.One, Asked.List - before.List))));

        Assert.Equal("Paused (Vanished): 1 Unknown (Vanished)", ExportScene.Describe(ended));
        Assert.Equal([3, 4.5, 6.75, 10.125, 15.188, 22.781, 30, 30], looks.Take(8).Select(look => Math.Round(look.Pause, 3)));
        Assert.All(looks.Skip(6), look => Assert.Equal(30, look.Pause));
        // One look between two pauses; after a minute the list is read with it.
        Assert.Equal(Enumerable.Range(1, looks.Count), looks.Select(look => look.One));
        Assert.Equal(looks.Select(look => looks.Count(other => other.At >= 60 && other.At <= look.At)), looks.Select(look => look.List));
        Assert.InRange(looks.Count, 30, 36);
    }

    [Fact]
    public async Task Follow_WhileTheVendorAnswersNothing_LooksAfterItEverMoreSeldom_AndEachMinuteAtLast()
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/v1/sora_cam", Count = 1000 });
        var waits = new List<double>();
        for (var look = 1; look <= 6; look++)
        {
            var before = Asked.One;
            var view = await scene.WorkAsync(export.Id, new Noting(Clock, pause => Assert.Fail($"It is not to be looked at again after {pause}.")));
            Assert.Equal((before + 1, "Running (Unavailable): 1 Exporting"), (Asked.One, ExportScene.Describe(view)));
            waits.Add((view.Export.NotBefore!.Value - Clock.GetUtcNow()).TotalSeconds);
            // Before that nothing is asked.
            Clock.Advance(view.Export.NotBefore.Value - Clock.GetUtcNow() - TimeSpan.FromSeconds(1));
            Assert.False(await scene.Runner().RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token));
            Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([15, 30, 60, 60, 60, 60], waits);
        // It answers again: the pace is that of the beginning.
        scene.Portal.Sandbox.Faults.Clear();
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    private int Calls(string operationId) => scene.Portal.Logs.Lines.Count(line => line.Category.StartsWith("Soracom.Api", StringComparison.Ordinal) && line.Message.StartsWith(operationId, StringComparison.Ordinal));

    /// <summary>Lets pauses pass, and notes each.</summary>
    private sealed class Noting(FakeTime clock, Action<TimeSpan> note) : Soracom.Portal.Shared.Jobs.Pauses(clock)
    {
        public override Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            note(pause);
            clock.Advance(pause);
            return Task.CompletedTask;
        }
    }
}
