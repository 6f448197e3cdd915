using System.Text.Json;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>What the vendor began, or did not, when its answer was lost: nothing is paid for twice by itself, and nothing is told as charged that was not.</summary>
public sealed class ExportLostAnswerTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string VideoExports = "/v1/sora_cam/devices/*/videos/exports";

    /// <summary>How long the vendor takes: less than a stop waits, and not as long as anything else does.</summary>
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(7);

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

    [Fact]
    public async Task Run_TheVendorAnswersNothingForAnHour_IsAskedNothing_AndGoesOnOnceItDoes()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await DownForAsync(TimeSpan.FromMinutes(55), export);
        Assert.Equal("Running (Unavailable): 1 Waiting", ExportScene.Describe(await scene.GetAsync(export.Id)));

        var done = await OnAsync(export);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((300, 0, used + 300), (done.Counts.Charged, done.Counts.MayBeCharged, await scene.UsedAsync(camera.DeviceId)));
    }

    [Fact]
    public async Task Run_ProgramIsAskedToStopWhileThePieceIsAskedFor_KnowsItsAnswer_AndTheNextGoesOnAtOnce()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Path = VideoExports, Method = "POST", Delay = Held });
        using var stop = new CancellationTokenSource();
        var running = scene.Portal.Get<ExportRunner>().RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, stop.Token);
        await Clock.TimerBetweenAsync(Held - TimeSpan.FromSeconds(1), Held, Watchdog.Token);
        await stop.CancelAsync();
        Clock.Advance(Held);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        var left = await scene.GetAsync(export.Id);
        Assert.Equal(("Running: 1 Exporting", null), (ExportScene.Describe(left), left.Export.Holder));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await OnAsync(export)));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Theory]
    [InlineData(30, "Done: 1 Fetched")]
    [InlineData(70, "Paused (Unavailable): 1 Waiting")] // Who waited for so long is told so, and goes on when somebody says it.
    public async Task Run_TheVendorAnswersNothingForLong_FromWhenItWasAsked_AndBeganNothing_KnowsThatByWhatItsListStillHas(int minutes, string expected)
    {
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync((await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(1)))).Id)));
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        await DownForAsync(TimeSpan.FromMinutes(minutes), export);

        var view = await OnAsync(export);

        Assert.Equal((expected, 0), (ExportScene.Describe(view), view.Counts.MayBeCharged));
        if (view.Export.State == FootageExportState.Paused)
        {
            Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
            view = await OnAsync(export);
        }

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(view));
        Assert.Equal((300, used + 360), (view.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
    }

    [Fact]
    public async Task Run_TheSameOfACameraWhoseListHasNothingOfBefore_IsNotKnown_AndNothingMoreIsAskedFor()
    {
        var export = await AskedInVainAsync();
        await DownForAsync(TimeSpan.FromMinutes(30), export);

        var view = await OnAsync(export);

        Assert.Equal("Paused (Vanished): 1 Unknown (Vanished) 1 Waiting", ExportScene.Describe(view));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheSameWhereTheListHasOnlyWhatWasStillBeingMadeThen_IsNotKnown()
    {
        // It ended after what a lost answer may have begun, and is listed longer.
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(15));
        await BeginByHandAsync(request.From, request.To);
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        await DownForAsync(TimeSpan.FromMinutes(30), export);

        Assert.Equal("Paused (Vanished): 1 Unknown (Vanished)", ExportScene.Describe(await OnAsync(export)));
        Assert.Equal(used + 900, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheSecondLookComesAfterTheListMayHaveLetGoOfIt_IsNotKnown()
    {
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));

        Clock.Advance(TimeSpan.FromMinutes(30));

        Assert.Equal("Paused (Vanished): 1 Unknown (Vanished)", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_WhatBeganAfterItWasLookedForInVain_IsTakenForNobodys()
    {
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        // Within the minute that clocks may be apart, and after the first look all the same.
        Clock.Advance(TimeSpan.FromSeconds(20));
        await BeginByHandAsync(export.From, export.To);
        Clock.Advance(TimeSpan.FromSeconds(41));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Unknown (SeveralBegan)", ExportScene.Describe(done));
        Assert.Equal((0, 0, 1), (done.Counts.Found, done.Counts.Charged, done.Counts.MayBeCharged));
    }

    [Fact]
    public async Task Run_AListThatLagsBehind_HasItAtTheSecondLook()
    {
        var export = await AskedInVainAsync(began: true, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromMinutes(2));
        await scene.ChangeAsync(export.Id, (_, pieces) => pieces[0].MissedAt = pieces[0].AskedAt!.Value.AddSeconds(61));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal(("Done: 1 Fetched", 1, 1), (ExportScene.Describe(done), done.Counts.Found, done.Counts.Marked));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Theory]
    [InlineData(-120)]
    [InlineData(120)]
    public async Task Run_TheAnswerIsLost_AndTheVendorsClockIsHoursOff_IsNotKnown_AndNotAskedForAgain(int minutes)
    {
        var export = await AskedInVainAsync(began: true, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromSeconds(61));
        await scene.ChangeAsync(export.Id, (row, pieces) => (row.NotBefore, pieces[0].AskedAt) = (null, pieces[0].AskedAt!.Value.AddMinutes(minutes)));

        Assert.Equal("Done: 1 Unknown (SeveralBegan)", ExportScene.Describe(await OnAsync(export)));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_OfACameraThatTheVendorKnowsNoMore_IsPausedBeforeAnythingIsAskedFor_AndSaysSo()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = "/v1/sora_cam/devices", Count = 100 });

        Assert.Equal("Paused (CameraGone): 2 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        scene.Portal.Sandbox.Faults.Clear();
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_OfACameraThatIsKnown_AndHasNoListYet_GoesOn()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = VideoExports });

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_TheAnswerIsLost_AndThereIsNoListAnyMore_IsNotKnown_WithinMinutes()
    {
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        var asked = Clock.GetUtcNow();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = VideoExports, Count = 100 });

        var view = await OnAsync(export);

        Assert.Equal("Paused (Vanished): 1 Unknown (Vanished)", ExportScene.Describe(view));
        Assert.InRange(Clock.GetUtcNow() - asked, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Run_TheVendorAnswersNothingForAnHour_FromWhenItBegan_IsChargedOnceAndSaysSo()
    {
        var export = await AskedInVainAsync(began: true);
        await DownForAsync(TimeSpan.FromMinutes(50), export);

        var view = await OnAsync(export);

        Assert.Equal("Paused (LinkDied): 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(view));
        Assert.Equal((600, used + 600, true), (view.Counts.Charged, await scene.UsedAsync(camera.DeviceId), view.Pieces[0].IsFoundInList));
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task Run_TheAnswerIsLost_AndTheVendorsClockIsAnother_FindsWhatItBegan_AndSaysHow(int minutes)
    {
        var export = await AskedInVainAsync(began: true, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromSeconds(61));
        await scene.ChangeAsync(export.Id, (row, pieces) => (row.NotBefore, pieces[0].AskedAt) = (null, pieces[0].AskedAt!.Value.AddMinutes(minutes)));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((1, 300L, used + 300, true), (done.Pieces[0].Asked, done.Counts.Charged, await scene.UsedAsync(camera.DeviceId), done.Pieces[0].IsFoundInList));
        using var manifest = JsonDocument.Parse(FootageManifest.Write(scene.Tenant.Tenant, done.Export, done.Pieces));
        Assert.True(manifest.RootElement.GetProperty("pieces")[0].GetProperty("foundInList").GetBoolean());
        Assert.Equal((1, 1), (done.Counts.Found, manifest.RootElement.GetProperty("piecesFoundInList").GetInt32()));
    }

    [Fact]
    public async Task Run_TheAnswerIsLost_AndALaterLookFindsOneOfAnotherMinute_TakesItForNobodys()
    {
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromMinutes(20));
        await BeginByHandAsync(export.From, export.To);

        Assert.Equal("Done: 1 Unknown (SeveralBegan)", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public void Trace_OfAList_IsWhatWasNotThereBefore_WhateverTheClocksSay_LessWhatFailed()
    {
        var now = Clock.GetUtcNow();
        var trace = new ExportTrace(Piece(ExportTrace.Of([Listed("b"), Listed("a", null, ExportStatus.Completed), Listed("f", null, ExportStatus.Failed)])));

        Assert.Equal(["tomorrow", "late", "none", "early"], trace.Began([
            Listed("tomorrow", now.AddHours(2)), Listed("late", now.AddMinutes(40)), Listed("none") with { RequestedTime = null }, Listed("failed", now, ExportStatus.Failed), Listed("full", now, ExportStatus.LimitExceeded), Listed("early", now.AddMinutes(-40)), Listed("b"), Listed("before")]).Select(export => export.ExportId));
        Assert.Equal([false, true, true, true, false], new double?[] { 2, 0.6, null, -0.6, -2 }.Select(hours => trace.MayBeByOtherClocks(Listed("x") with { RequestedTime = hours is { } off ? now.AddHours(off) : null })));
        // What had ended before, and is listed yet, tells that what ended since would be, too; what was being made may have ended later.
        Assert.True(trace.Reaches(Listed("a", now, ExportStatus.Expired)));
        Assert.False(trace.Reaches(Listed("b", now, ExportStatus.Expired)));
        Assert.False(trace.Reaches(Listed("old", now.AddHours(-2), ExportStatus.Completed)));
        Assert.False(trace.Reaches(Listed("f", now, ExportStatus.Failed)));
        Assert.False(trace.Reaches(Listed("c", now, ExportStatus.Expired)));
        Assert.Equal(ExportTrace.Remembered, ExportTrace.Of(Enumerable.Range(0, 50).Select(i => Listed($"{i}"))).Split(' ').Length);
        Assert.InRange(ExportTrace.Of(Enumerable.Range(0, 50).Select(_ => Listed(new string('x', 300)))).Length, 300, FootagePiece.ListedLength);

        CameraExport Listed(string id, DateTimeOffset? at = null, string status = ExportStatus.Processing) => new() { ExportId = id, Status = status, RequestedTime = at ?? now };

        FootagePiece Piece(string before) =>
            new() { TenantId = Guid.NewGuid(), ExportId = Guid.NewGuid(), Number = 1, From = now, To = now, Cost = 1, State = FootagePieceState.Asked, AskedAt = now, ListedBefore = before };
    }

    [Fact]
    public async Task Run_TheProgramEndedAfterAsking_IsLookedForTwice_HoweverLongThatIsAgo()
    {
        var export = await AskedInVainAsync(began: false, TimeSpan.FromMinutes(5));
        Clock.Advance(TimeSpan.FromMinutes(5));

        // The list may lag behind.
        var looked = await scene.WorkAsync(export.Id);
        Assert.Equal(("Running (Unavailable): 1 Asked", Clock.GetUtcNow().AddMinutes(1)), (ExportScene.Describe(looked), looked.Export.NotBefore));
        Clock.Advance(TimeSpan.FromMinutes(1));

        var done = await scene.WorkAsync(export.Id);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((300, used + 300), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
    }

    [Fact]
    public async Task Run_TheProgramEndedBeforeAsking_GoesOnAtOnce_HoweverLongThatIsAgo()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[0].State, pieces[0].Asked, pieces[0].AskedAt, pieces[0].ListedBefore) = (FootagePieceState.Asked, 1, Clock.GetUtcNow().AddHours(-5), null));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal(("Done: 1 Fetched", 1), (ExportScene.Describe(done), done.Pieces[0].Asked));
    }

    [Fact]
    public async Task Run_TheListCanNotBeRead_AsksForNothing()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "GET", Path = VideoExports });

        Assert.Equal("Paused (Denied): 1 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Retry_OfWhatMayHaveBeenCharged_KeepsTheDoubt_OnThePage_InTheManifest_AndInTheTrail()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[0].State, pieces[0].Reason, pieces[0].IsCharged, pieces[0].Charged, pieces[0].FileKey) = (FootagePieceState.Unknown, ExportTrouble.Vanished, false, 0, null));
        Assert.True((await scene.Retries.CostAsync(scene.Tenant, export.Id, Watchdog.Token)).Value.IsLeast);

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(done));
        Assert.Equal((1200, 1, 600), (done.Counts.Charged, done.Counts.MayBeCharged, done.Counts.MayBeChargedCost));
        using var manifest = JsonDocument.Parse(FootageManifest.Write(scene.Tenant.Tenant, done.Export, done.Pieces));
        Assert.Equal((1200, 600, 1), (manifest.RootElement.GetProperty("chargedSeconds").GetInt64(), manifest.RootElement.GetProperty("mayBeChargedSeconds").GetInt64(), manifest.RootElement.GetProperty("piecesOfUnknownCharge").GetInt32()));
        var told = manifest.RootElement.GetProperty("pieces")[0];
        Assert.Equal((600, 600), (told.GetProperty("chargedSeconds").GetInt64(), told.GetProperty("mayBeChargedSeconds").GetInt64()));
        Assert.Equal(
            ["#1: 2/2, 1200 s charged", "#1: 2/2, 1200 s charged at least, of 600 s more nobody knows yet"],
            (await scene.Portal.TrailAsync(scene.Slug)).Where(entry => entry.Action == AuditActions.FootageExported).Select(entry => entry.Detail));
    }

    [Fact]
    public async Task Cancel_TellsTheTrailWhatWasCharged_AtLeastWhereAPieceIsOut()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(Clock, pauses: 0)));

        Assert.Null((await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);

        Assert.Equal("#1: 0/2, 0 s charged at least, of 600 s more nobody knows yet", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageCancelled).Detail);

        // What was out comes, and the trail ends with what it came to.
        await scene.ChangeAsync(export.Id, (row, _) => row.HeldUntil = null);
        Assert.Equal("Cancelled: 1 Fetched 1 Skipped", ExportScene.Describe(await OnAsync(export)));
        var last = Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageExported);
        Assert.Equal(("#1: 1/2, 600 s charged", AuditOutcome.Succeeded), (last.Detail, last.Outcome));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GoOn_WhileTheFileIsOnItsWay_KeepsIt_AndPaysForNothingAgain(bool paysAgain)
    {
        var export = await HeldAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "/_files" });
        var said = 0;
        await scene.ChangeAsync(export.Id, (row, _) => row.NotBefore = null);

        var done = await scene.WorkAsync(export.Id, new Meanwhile(Clock, async () =>
        {
            if (said++ == 0)
            {
                Assert.Null(paysAgain
                    ? (await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error
                    : (await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
                Assert.Equal(paysAgain ? FootagePieceState.Waiting : FootagePieceState.Failed, (await scene.GetAsync(export.Id)).Pieces[0].State);
            }
        }));

        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(done));
        Assert.Equal((1200, used + 1200, true), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId), done.Pieces[0].IsCharged));
        Assert.NotEmpty(await scene.ContentAsync(done.Pieces[0]));
    }

    [Fact]
    public async Task Retry_OfWhatIsInTheStoreThoughNobodyCameToNoteIt_TakesThat_AndPaysForNothingAgain()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        // The program ended between the file and the note, after somebody had gone on without it.
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[0].State, pieces[0].Reason, pieces[0].Sha256, pieces[0].Crc32) = (FootagePieceState.Failed, ExportTrouble.LinkDied, null, null));
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((300, used + 300, true), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId), done.Pieces[0].Sha256 is { Length: 64 }));
    }

    [Fact]
    public async Task Retry_OfWhatIsInTheStore_WhichIsOutOfReach_IsPaused_AndAsksTheVendorForNothing()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) =>
            (pieces[0].State, pieces[0].Reason, pieces[0].Sha256, pieces[0].Crc32, pieces[0].IsFoundInList) = (FootagePieceState.Failed, ExportTrouble.LinkDied, null, null, true));
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);

        await scene.Runner(folder: new ExportScene.Failing(scene, () => true)).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);

        var stopped = await scene.GetAsync(export.Id);
        Assert.Equal(("Paused (StoreGone): 1 Waiting", 0, used + 300), (ExportScene.Describe(stopped), stopped.Pieces[0].Asked, await scene.UsedAsync(camera.DeviceId)));

        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var done = await scene.WorkAsync(export.Id);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        // That it was found in the vendor's list is still told.
        Assert.Equal((300, used + 300, true), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId), done.Pieces[0].IsFoundInList));
    }

    [Fact]
    public async Task Remove_WhileTheFileIsOnItsWay_GetsNeitherAKeyNorAFileAgain()
    {
        var export = await HeldAsync();
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Path = "/_files" });
        var said = 0;
        await scene.ChangeAsync(export.Id, (row, _) => row.NotBefore = null);

        var removed = await scene.WorkAsync(export.Id, new Meanwhile(Clock, async () =>
        {
            if (said++ == 0)
            {
                Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
                Assert.Null((await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
                Assert.Null((await scene.Exports.RemoveAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
            }
        }));

        Assert.Equal((1, "Cancelled: 1 Failed (LinkDied) 1 Skipped", true), (said, ExportScene.Describe(removed), removed.Export.RemovedAt is not null));
        Assert.All(removed.Pieces, piece => Assert.Equal((null, null), (piece.FileId, piece.FileKey)));
        Assert.False(Directory.Exists(Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports", export.TenantId.ToString("N"), export.Id.ToString("N"))));
    }

    [Theory]
    [InlineData(false, "Done: 1 Failed (LinkDied) 1 Fetched")]
    [InlineData(true, "Done: 2 Fetched")]
    public async Task GoOn_WhileThePieceIsLookedAfterYet_LeavesItOut_OrPaysAgain_AsSomebodySays(bool paysAgain, string expected)
    {
        var export = await HeldAsync();
        Assert.Equal("Paused (LinkDied): 1 Exporting 1 Waiting", ExportScene.Describe(await scene.GetAsync(export.Id)));

        Assert.Null(paysAgain
            ? (await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error
            : (await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var done = await OnAsync(export);

        Assert.Equal(expected, ExportScene.Describe(done));
        Assert.Equal(used + done.Counts.Charged, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_APieceThatTheVendorIsAtForLong_KeepsNoOtherExportOfTheCameraWaiting_AndIsFetchedWhenItComes()
    {
        var slow = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(10)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(slow.Id, new ExportScene.EndsAfter(Clock, pauses: 0)));
        await scene.ChangeAsync(slow.Id, (row, pieces) => (row.HeldUntil, pieces[0].AskedAt) = (null, pieces[0].AskedAt!.Value.AddMinutes(-16)));
        var other = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));

        var waits = await scene.WorkAsync(slow.Id);
        Assert.Equal(("Running (TakesLong): 1 Exporting", Clock.GetUtcNow().AddMinutes(1)), (ExportScene.Describe(waits), waits.Export.NotBefore));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(other.Id)));

        var done = await OnAsync(slow);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal(used + 900, await scene.UsedAsync(camera.DeviceId));
    }

    /// <summary>An export whose first piece the vendor was asked for without an answer.</summary>
    private async Task<FootageExport> AskedInVainAsync(bool began = false, TimeSpan? length = null)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, length ?? TimeSpan.FromMinutes(20)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = began, Method = "POST", Path = VideoExports });
        var asked = await scene.WorkAsync(export.Id);
        Assert.Equal((FootagePieceState.Asked, 1), (asked.Pieces[0].State, asked.Counts.Out));
        return export;
    }

    private Task<CameraExport> BeginByHandAsync(DateTimeOffset from, DateTimeOffset to) =>
        scene.ReadAsync(cameras => cameras.ExportSoraCamDeviceRecordedVideoAsync(camera.DeviceId, new VideoExportRequest { From = from, To = to }, Watchdog.Token));

    /// <summary>An export whose file can't be fetched, though the vendor has it: its piece is looked after yet.</summary>
    private async Task<FootageExport> HeldAsync()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        var files = new VendorFiles(
            scene.Portal.Get<IHttpClientFactory>(), Options.Create(new SoracomApiOptions { JapanEndpoint = new Uri("https://blocked.example.test/v1"), GlobalEndpoint = new Uri("https://blocked.example.test/v1") }), Clock);
        await scene.Runner(files: files).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);
        return export;
    }

    /// <summary>Works on an export whenever it is due, while the vendor answers nothing for so long.</summary>
    private async Task DownForAsync(TimeSpan length, FootageExport export)
    {
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/v1/sora_cam", Count = 100_000 });
        var until = Clock.GetUtcNow() + length;
        while (Clock.GetUtcNow() < until)
        {
            var view = await scene.WorkAsync(export.Id);
            var next = view.Export.NotBefore ?? until;
            Clock.Advance((next < until ? next : until) - Clock.GetUtcNow());
        }

        scene.Portal.Sandbox.Faults.Clear();
    }

    /// <summary>Works on an export whenever it is due, until nothing more is done about it by itself.</summary>
    private async Task<ExportView> OnAsync(FootageExport export)
    {
        for (var look = 0; ; look++)
        {
            Assert.InRange(look, 0, 200);
            var view = await scene.WorkAsync(export.Id);
            if (view.Export.NotBefore is not { } next || (view.Export.State != FootageExportState.Running && view.Counts.Out == 0))
            {
                return view;
            }

            Clock.Advance(next > Clock.GetUtcNow() ? next - Clock.GetUtcNow() : TimeSpan.Zero);
        }
    }

    /// <summary>Lets something happen while a program pauses.</summary>
    private sealed class Meanwhile(FakeTime clock, Func<Task> happens) : Soracom.Portal.Shared.Jobs.Pauses(clock)
    {
        public override async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            await happens();
            clock.Advance(pause);
        }
    }
}
