using Microsoft.Extensions.Options;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Cameras;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>What takes too long, fills up or is used up in the middle of a run.</summary>
public sealed class ExportHardTimesTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string VideoExports = "/v1/sora_cam/devices/*/videos/exports";

    private ExportScene scene = null!;
    private Camera camera = null!;
    private long used;

    private FakeTime Clock => scene.Portal.Clock;

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        camera = await scene.CameraAsync(Gate);
        used = await scene.UsedAsync(camera.DeviceId);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TheVendorDoesNotAnswerInTime_LooksWhetherItBegan_AndPaysOnce(bool began)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Delay = TimeSpan.FromMinutes(10), Method = "POST", Path = VideoExports, Afterwards = began });

        var working = scene.WorkAsync(export.Id);
        await Clock.TimerBetweenAsync(TimeSpan.FromMinutes(9), TimeSpan.FromMinutes(10), Watchdog.Token);
        Clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await working));
        Clock.Advance(TimeSpan.FromSeconds(61));
        var looked = await scene.WorkAsync(export.Id);
        // What the list does not show may only lag behind: it is looked at once more before it is asked for again.
        Assert.Equal(began ? "Done: 1 Fetched" : "Running (Unavailable): 1 Asked", ExportScene.Describe(looked));
        Clock.Advance(TimeSpan.FromSeconds(61));
        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((1, 300), (done.Pieces[0].Asked, done.Pieces[0].Charged));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheStoreTakesLongToLookAt_AsksOnlyOnceALostAnswerCouldBeFound()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var folder = new LyingFolder(scene) { Looks = look => Clock.Advance(look == 0 ? TimeSpan.FromMinutes(2) : TimeSpan.Zero) };
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Method = "POST", Path = VideoExports, Afterwards = true });

        var runner = Runner(folder);
        await runner.RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Clock.Advance(TimeSpan.FromSeconds(61));
        await runner.RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);

        var done = await scene.GetAsync(export.Id);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((1, 300), (done.Pieces[0].Asked, done.Pieces[0].Charged));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheVendorIsDownForAnHourWhileAPieceIsOut_TellsBothChargesOnceSomebodyGoesOn()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(Clock, pauses: 0)));
        await scene.ChangeAsync(export.Id, (row, _) => row.HeldUntil = null);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/v1/sora_cam", Count = 10_000 });
        var began = Clock.GetUtcNow();

        var view = await scene.WorkAsync(export.Id);
        for (var look = 0; view.Export.State == FootageExportState.Running; look++)
        {
            Assert.InRange(look, 0, 100);
            Clock.Advance(view.Export.NotBefore!.Value - Clock.GetUtcNow());
            view = await scene.WorkAsync(export.Id);
        }

        Assert.Equal("Paused (Unavailable): 1 Exporting 1 Waiting", ExportScene.Describe(view));
        Assert.InRange(Clock.GetUtcNow() - began, TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(75));
        scene.Portal.Sandbox.Faults.Clear();
        Clock.Advance(view.Export.NotBefore!.Value - Clock.GetUtcNow());
        view = await scene.WorkAsync(export.Id);
        // It was made, charged, and its address is long dead: nothing more is paid for before somebody has looked.
        Assert.Equal("Paused (LinkDied): 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(view));
        Assert.Equal((600, 600, 600, used + 600), (view.Counts.Charged, view.Counts.LostCharged, view.Counts.LostCost, await scene.UsedAsync(camera.DeviceId)));

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        view = await scene.WorkAsync(export.Id);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(view));
        Assert.Equal([1200, 600], view.Pieces.Select(piece => piece.Charged));
        Assert.Equal(used + view.Counts.Charged, await scene.UsedAsync(camera.DeviceId));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_TheDiskFillsUpInTheMiddle_KeepsWhatIsThere_AndHasTheRestForNoMoreOnceThereIsRoom(bool whileOneIsOut)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));
        var (isFull, isRoomMade) = (false, false);
        var root = Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports");
        var folder = new LyingFolder(scene) { IsFull = () => !isRoomMade && (isFull || (!whileOneIsOut && Directory.EnumerateFiles(root, "00001-*", SearchOption.AllDirectories).Any(file => !file.EndsWith(".part", StringComparison.Ordinal)))) };
        // After the first piece, and while the vendor makes the second or before it is asked for it.
        var runner = Runner(folder, new FillsUp(Clock, scene, export.Id, () => isFull = whileOneIsOut));

        await runner.RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);
        var stopped = await scene.GetAsync(export.Id);
        Assert.Equal(whileOneIsOut ? "Paused (StoreFull): 1 Fetched 1 Exporting 1 Waiting" : "Paused (StoreFull): 1 Fetched 2 Waiting", ExportScene.Describe(stopped));
        Assert.Equal(whileOneIsOut ? 1600 : 800, stopped.Counts.Charged);
        Assert.Equal(used + stopped.Counts.Charged, await scene.UsedAsync(camera.DeviceId));

        isRoomMade = true;
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        await Runner(folder).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);
        Assert.Equal("Done: 3 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Equal(used + 2400, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Begin_WhileTheSameQuotaIsPlayed_ChargesNoMoreThanThereIs_AndEveryExportSaysHowItEnded()
    {
        await scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = (int)(used / 3600) + 1 }, Watchdog.Token));
        var limit = ((used / 3600) + 1) * 3600;
        var request = await scene.RequestAsync(camera, TimeSpan.FromSeconds((limit - used) / 4));
        var play = new Period(request.From, request.From + (request.Period.Length < CameraPlayback.Longest ? request.Period.Length : CameraPlayback.Longest));

        var exports = Enumerable.Range(0, 5).Select(_ => scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).ToList();
        var plays = Enumerable.Range(0, 5).Select(_ => scene.Portal.Get<CameraPlayback>().StartAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, play, agreed: null, Watchdog.Token)).ToList();
        var begun = (await Task.WhenAll(exports)).Where(one => one.Error is null).Select(one => one.Value).OrderBy(export => export.Number).ToList();
        var played = (await Task.WhenAll(plays)).Count(one => one.Error is null);
        var views = new List<ExportView>();
        foreach (var export in begun)
        {
            views.Add(await scene.WorkAsync(export.Id));
        }

        Assert.NotEmpty(views);
        Assert.All(views, view => Assert.True(view.Export.State == FootageExportState.Done || view.Export.Trouble == ExportTrouble.Quota, ExportScene.Describe(view)));
        Assert.Equal(used + (played * play.Seconds) + views.Sum(view => view.Counts.Charged), await scene.UsedAsync(camera.DeviceId));
        Assert.InRange(await scene.UsedAsync(camera.DeviceId), used, limit);
    }

    private ExportRunner Runner(ExportFolder folder, Soracom.Portal.Shared.Jobs.Pauses? pauses = null)
    {
        var passing = pauses ?? new ExportScene.Passing(Clock);
        var fetcher = new ExportFetcher(scene.Portal.Get<ExportFileBook>(), folder, scene.Portal.Get<Soracom.Portal.Shared.Vendor.VendorFiles>(), passing, Clock);
        return scene.Runner(fetcher, passing);
    }

    /// <summary>A folder whose disk is full, or slow to tell, when a test says so.</summary>
    private sealed class LyingFolder(ExportScene scene) : ExportFolder(scene.Portal.Get<IOptions<ExportOptions>>(), scene.Portal.Get<Microsoft.AspNetCore.Hosting.IWebHostEnvironment>())
    {
        private int looks;

        public Func<bool> IsFull { get; init; } = () => false;

        public Action<int> Looks { get; init; } = _ => { };

        protected override long LeastFree
        {
            get
            {
                Looks(looks++);
                return IsFull() ? long.MaxValue : base.LeastFree;
            }
        }
    }

    /// <summary>Lets pauses pass, and the disk fill up once the first piece is there.</summary>
    private sealed class FillsUp(FakeTime clock, ExportScene scene, Guid exportId, Action fill) : Soracom.Portal.Shared.Jobs.Pauses(clock)
    {
        public override async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            clock.Advance(pause);
            if ((await scene.GetAsync(exportId)).Pieces[0].State == FootagePieceState.Fetched)
            {
                fill();
            }
        }
    }
}
