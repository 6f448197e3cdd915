using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Security;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Exports against the sandbox, worked on as an instance of the portal does.</summary>
public sealed class ExportRunTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string FailsOnce = "静岡 浜松蓄電所";
    private const string FailsAlways = "広島 呉充電ステーション";
    private const string NoQuota = "福岡 糸島太陽光";

    private const string OneExport = "/v1/sora_cam/devices/*/videos/exports/*";

    private static readonly string[] OneVideo = ["ftyp", "moov", "mdat"];

    private ExportScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await ExportScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Run_FortyMinutes_AreThreeVideosInTheStoreAsTheVendorMadeThem()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 3 Fetched", ExportScene.Describe(done));
        Assert.Equal(used + 2400, await scene.UsedAsync(camera.DeviceId));
        Assert.All(done.Pieces, piece => Assert.Equal((piece.Cost, 1), (piece.Charged, piece.Asked)));
        foreach (var piece in done.Pieces)
        {
            var content = await scene.ContentAsync(piece);
            Assert.Equal((piece.Length, piece.Sha256), (content.Length, Convert.ToHexStringLower(SHA256.HashData(content))));
            Assert.Equal(OneVideo.Order(StringComparer.Ordinal), ExportScene.Boxes(content).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }

        Assert.Equal(
            [AuditActions.FootageRequested, AuditActions.FootageExported],
            (await scene.Portal.TrailAsync(scene.Slug)).Where(entry => entry.ObjectId == camera.DeviceId).Select(entry => entry.Action));
    }

    [Theory]
    [InlineData(3, false, false)] // As much as cutting at pictures that stand by themselves takes off.
    [InlineData(30, true, false)]
    [InlineData(-3, false, false)]
    [InlineData(-30, false, true)]
    public async Task Run_AVideo_IsHeldAgainstWhatWasAskedFor_AndToldWhereItIsShortOrLong(int missing, bool isShort, bool isLong)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        // The vendor makes less than what was recorded.
        await scene.ChangeAsync(export.Id, (row, _) => row.HeldUntil = null);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await db.FootagePieces.Where(piece => piece.ExportId == export.Id).ExecuteUpdateAsync(set => set.SetProperty(piece => piece.To, export.To.AddSeconds(missing)), Watchdog.Token);
        }

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.InRange(done.Pieces[0].VideoMilliseconds!.Value, 299_000, 301_000);
        Assert.Equal((isShort, isShort ? 1 : 0), (done.Pieces[0].IsShort, done.Counts.TooShort));
        Assert.Equal((isLong, isLong ? 1 : 0, 0), (done.Pieces[0].IsLong, done.Counts.TooLong, done.Counts.LengthUnread));
        using var manifest = System.Text.Json.JsonDocument.Parse(FootageManifest.Write(scene.Tenant.Tenant, done.Export, done.Pieces));
        var told = manifest.RootElement.GetProperty("pieces")[0];
        Assert.Equal(done.Pieces[0].VideoMilliseconds / 1000.0, told.GetProperty("videoSeconds").GetDouble());
        Assert.Equal(isShort, told.TryGetProperty("shorterThanRecorded", out _));
        Assert.Equal(isLong, told.TryGetProperty("longerThanRecorded", out _));
        Assert.False(told.TryGetProperty("lengthNotReadable", out _));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(30, true)]
    public async Task Tidy_AVideoThatWasStoredBeforeLengthsWereKept_IsLookedInto(int missing, bool isShort)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await db.FootagePieces.Where(piece => piece.ExportId == export.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(piece => piece.VideoMilliseconds, (long?)null).SetProperty(piece => piece.To, export.To.AddSeconds(missing)), Watchdog.Token);
        }

        // Until then nothing is said of it: that nobody has looked is not that it can't be read.
        Assert.Equal((0, 0), ((await scene.GetAsync(export.Id)).Counts.LengthUnread, (await scene.GetAsync(export.Id)).Counts.Marked));

        await scene.Portal.Get<ExportLengths>().RunAsync(Watchdog.Token);

        var seen = (await scene.GetAsync(export.Id)).Pieces[0];
        Assert.InRange(seen.VideoMilliseconds!.Value, 299_000, 301_000);
        Assert.Equal((isShort, false), (seen.IsShort, seen.IsUnread));
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 200)]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    public async Task Tidy_AVideoThatTheStoreDoesNotGive_IsLookedIntoLater_AndIsNotInTheWayOfTheOthers(bool isThere, int atOnce)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[0].VideoMilliseconds, pieces[1].VideoMilliseconds) = (null, null));
        var file = Assert.Single(Directory.GetFiles(StoreOf(scene), "00001-*", SearchOption.AllDirectories));
        File.Move(file, file + ".away");
        if (isThere)
        {
            // Something that can't be read.
            Directory.CreateDirectory(file);
        }

        var lengths = new ExportLengths(scene.Portal.Database, scene.Portal.Get<ExportFileBook>(), scene.Portal.Get<ExportFolder>(), scene.Portal.Get<ExportLosses>()) { AtOnce = atOnce };
        await TidyAsync();

        var left = (await scene.GetAsync(export.Id)).Pieces;
        Assert.Equal((null, false), (left[0].VideoMilliseconds, left[0].IsUnread));
        Assert.InRange(left[1].VideoMilliseconds!.Value, 599_000, 601_000);

        if (isThere)
        {
            Directory.Delete(file);
        }

        File.Move(file + ".away", file);
        await TidyAsync();
        Assert.InRange((await scene.GetAsync(export.Id)).Pieces[0].VideoMilliseconds!.Value, 599_000, 601_000);

        async Task TidyAsync()
        {
            for (var time = 0; time < 4; time++)
            {
                await lengths.RunAsync(Watchdog.Token);
            }
        }
    }

    [Fact]
    public async Task Run_TheStoreFailsWhileAVideoIsLookedInto_TakesItForNothingElse_AndLooksLater()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        var hasFailed = false;
        var folder = new ExportScene.Failing(scene, () => !hasFailed
            && (hasFailed = Directory.Exists(StoreOf(scene)) && Directory.EnumerateFiles(StoreOf(scene), "00001-*", SearchOption.AllDirectories).Any(file => !file.EndsWith(".part", StringComparison.Ordinal))));

        await scene.Runner(folder: folder).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);

        var done = await scene.GetAsync(export.Id);
        Assert.Equal((true, "Done: 1 Fetched", null, false), (hasFailed, ExportScene.Describe(done), done.Pieces[0].VideoMilliseconds, done.Pieces[0].IsUnread));
        await scene.Portal.Get<ExportLengths>().RunAsync(Watchdog.Token);
        Assert.InRange((await scene.GetAsync(export.Id)).Pieces[0].VideoMilliseconds!.Value, 299_000, 301_000);
    }

    [Theory]
    [InlineData(true, FootageKind.Video)]
    [InlineData(false, FootageKind.Stills)]
    public async Task Run_WhatIsNoPlainVideo_IsNotTakenForAShortOne(bool archive, FootageKind kind)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(1)) with { Archive = archive, Kind = kind });

        var done = await scene.WorkAsync(export.Id);

        Assert.All(done.Pieces, piece => Assert.Equal((FootagePieceState.Fetched, null, false), (piece.State, piece.VideoMilliseconds, piece.IsShort)));
    }

    [Fact]
    public async Task Run_Stills_AreOneForEachStep()
    {
        var camera = await scene.CameraAsync(Gate);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(2)) with { Kind = FootageKind.Stills, EverySeconds = 30, WideAngle = true });

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 4 Fetched", ExportScene.Describe(done));
        Assert.All(await Task.WhenAll(done.Pieces.Select(scene.ContentAsync)), still => Assert.Equal([0xFF, 0xD8], still[..2]));
    }

    [Fact]
    public async Task Run_Stills_AreCorrectedForTheWideAngleWhereThatWasAskedFor_AndOnlyThere()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(1)) with { Kind = FootageKind.Stills, EverySeconds = 30 };
        var stills = new List<byte[]>();
        foreach (var isCorrected in (bool[])[false, true, false])
        {
            var done = await scene.WorkAsync((await scene.BeginAsync(request with { WideAngle = isCorrected })).Id);
            Assert.Equal("Done: 2 Fetched", ExportScene.Describe(done));
            using var manifest = System.Text.Json.JsonDocument.Parse(FootageManifest.Write(scene.Tenant.Tenant, done.Export, done.Pieces));
            Assert.Contains($"\"wideAngleCorrection\": {(isCorrected ? "true" : "false")}", manifest.RootElement.GetRawText(), StringComparison.Ordinal);
            stills.Add(await scene.ContentAsync(done.Pieces[0]));
        }

        Assert.Equal(stills[0], stills[2]);
        Assert.NotEqual(stills[0], stills[1]);
    }

    [Theory]
    [InlineData(403, 3)]
    [InlineData(404, 3)]
    [InlineData(503, 2)]
    public async Task Run_TheAddressIsNotAliveYet_IsTriedUntilItIs_AndPaidOnce(int status, int tries) =>
        await FetchAllTheSameAsync(new SandboxFault { Kind = SandboxFaultKind.Status, Status = status, Path = "/_files", Count = tries });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_TheDownloadBreaksOff_IsBegunAnew_AndKeptOnce(bool halfway) =>
        await FetchAllTheSameAsync(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = halfway, Path = "/_files", Count = 2 });

    [Fact]
    public async Task Run_IntoHarvestFilesWithoutTheRightToWriteThere_IsPausedAndUnpaid()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)) with { HarvestFolder = "/evidence" });
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 403, Method = "POST", Path = "/v1/sora_cam/devices/*/videos/exports" });

        Assert.Equal("Paused (Denied): 1 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_IntoHarvestFiles_IsDeliveredAndNotKept()
    {
        var camera = await scene.CameraAsync(Gate);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)) with { HarvestFolder = "/evidence" });

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Delivered", ExportScene.Describe(done));
        Assert.Null(done.Pieces[0].FileId);
    }

    [Theory]
    [InlineData(FailsOnce, "Done: 1 Fetched", 1)]
    [InlineData(FailsAlways, "Done: 1 Failed (VendorFailed)", 0)]
    public async Task Run_ACameraWhoseExportsFail_IsTriedAndChargedForWhatCameOfIt(string name, string expected, int charged)
    {
        var camera = await scene.CameraAsync(name);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal(expected, ExportScene.Describe(done));
        Assert.Equal(charged * 300, await scene.UsedAsync(camera.DeviceId) - used);
        Assert.Equal(charged * 300, done.Pieces[0].Charged);
    }

    [Fact]
    public async Task Begin_BeyondTheQuota_SaysWhatIsLeftAndBeginsNothing()
    {
        var camera = await scene.CameraAsync(NoQuota);

        var begun = await scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)), Watchdog.Token);

        Assert.Equal(new QuotaError(300, 0).Arguments, Assert.IsType<QuotaError>(begun.Error).Arguments);
    }

    [Fact]
    public async Task Begin_TenAtOnceWithQuotaForThree_BeginsThree()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var hours = (int)(used / 3600) + 1;
        await scene.ReadAsync(async cameras =>
        {
            await cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = hours }, Watchdog.Token);
            return 0;
        });
        var request = await scene.RequestAsync(camera, TimeSpan.FromSeconds(((hours * 3600) - used) / 3));

        var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)));

        Assert.Equal(3, begun.Count(one => one.Error is null));
        Assert.All(begun.Where(one => one.Error is not null), one => Assert.IsType<QuotaError>(one.Error));
        Assert.Equal([1, 2, 3], begun.Where(one => one.Error is null).Select(one => one.Value.Number).Order());
    }

    [Fact]
    public async Task Begin_TenAtOnceByTwoInstances_WithQuotaForThree_BeginsThree()
    {
        await using var instance = await scene.Portal.BesideAsync();
        var requests = instance.Services.GetRequiredService<FootageRequests>();
        using var there = await instance.Services.GetRequiredService<TenantAccess>().OpenAsync(await scene.Portal.MemberAsync(scene.Slug, TenantRole.Operator), scene.Slug, Watchdog.Token);
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var hours = (int)(used / 3600) + 1;
        await scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = hours }, Watchdog.Token));
        var request = await scene.RequestAsync(camera, TimeSpan.FromSeconds(((hours * 3600) - used) / 3));

        var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => i % 2 == 0
            ? scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)
            : requests.BeginAsync(there!, ExportScene.Japan, request, Watchdog.Token)));

        Assert.Equal(3, begun.Count(one => one.Error is null));
        Assert.All(begun.Where(one => one.Error is not null), one => Assert.IsType<QuotaError>(one.Error));
    }

    [Fact]
    public async Task Run_TheAnswerOfTheRequestIsLost_FindsItInsteadOfPayingTwice()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = true, Method = "POST", Path = "/v1/sora_cam/devices/*/videos/exports" });

        var lost = await scene.WorkAsync(export.Id);
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(lost));
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(61));
        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheAnswerForAStillIsLost_WhileSomebodyTakesOneByHand_TakesNobodyElses()
    {
        var camera = await scene.CameraAsync(Gate);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(2)) with { Kind = FootageKind.Stills, EverySeconds = 600 };
        var export = await scene.BeginAsync(request);
        // It never comes to the vendor.
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Method = "POST", Path = "/v1/sora_cam/devices/*/images/exports" });
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        var byHand = scene.Portal.Get<CameraStills>().TakeAtAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, request.From.AddMinutes(-5), agreed: null, Watchdog.Token);
        while (!byHand.IsCompleted)
        {
            var waiting = scene.Portal.Clock.TimerWithinAsync(CameraStills.Interval, Watchdog.Token);
            if (await Task.WhenAny(byHand, waiting) == waiting)
            {
                scene.Portal.Clock.Advance(await waiting);
            }
        }

        Assert.Null((await byHand).Error);
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("Done: 1 Unknown (SeveralBegan)", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_TheVendorIsDown_WaitsAndThenGoesOn()
    {
        var camera = await scene.CameraAsync(Gate);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "POST", Path = "/v1/sora_cam/devices/*/videos/exports" });

        var waits = await scene.WorkAsync(export.Id);
        Assert.Equal(FootageExportState.Running, waits.Export.State);
        Assert.NotNull(waits.Export.NotBefore);
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_TheProgramEndsAfterFetchingAndBeforeNotingIt_PaysOnce()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var fetched = await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            row.State = FootageExportState.Running;
            (pieces[0].State, pieces[0].Length, pieces[0].Sha256, pieces[0].Crc32) = (FootagePieceState.Exporting, null, null, null);
        });
        scene.Portal.Clock.Advance(TimeSpan.FromHours(1));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal(fetched.Pieces[0].Sha256, done.Pieces[0].Sha256);
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_TheAddressDiedBeforeItWasFetched_PausesAndIsChargedOnce_UntilSomebodyPaysAgainOrGoesOnWithoutIt(bool paysAgain)
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(20));

        var stopped = await scene.WorkAsync(export.Id);
        Assert.Equal("Paused (LinkDied): 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(stopped));
        Assert.Equal((600, 600, 1), (stopped.Counts.LostCharged, stopped.Counts.LostCost, stopped.Pieces[0].Asked));
        scene.Portal.Clock.Advance(TimeSpan.FromHours(5));
        Assert.Equal(ExportScene.Describe(stopped), ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used + 600, await scene.UsedAsync(camera.DeviceId));

        Assert.Null(paysAgain
            ? (await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error
            : (await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var done = await scene.WorkAsync(export.Id);
        Assert.Equal(paysAgain ? "Done: 2 Fetched" : "Done: 1 Failed (LinkDied) 1 Fetched", ExportScene.Describe(done));
        Assert.Equal(paysAgain ? [1200, 600] : [600, 600], done.Pieces.Select(piece => piece.Charged));
        Assert.Equal(used + done.Counts.Charged, await scene.UsedAsync(camera.DeviceId));
    }

    [Theory]
    [InlineData(null, "Done: 2 Fetched")]
    [InlineData("Rin", "Paused: 1 Fetched 1 Waiting")] // Whoever paused it has the last word.
    public async Task Run_TheFileComesAfterAll_ThoughItsAddressSeemedToHaveDied_GoesOn(string? pausedBy, string expected)
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        await scene.ChangeAsync(export.Id, (row, _) =>
            (row.Holder, row.HeldUntil, row.State, row.Trouble, row.PausedAt, row.PausedBy) = (null, null, FootageExportState.Paused, "LinkDied", scene.Portal.Clock.GetUtcNow(), pausedBy));

        var gone = await scene.WorkAsync(export.Id);

        Assert.Equal(expected, ExportScene.Describe(gone));
        Assert.Equal(used + gone.Counts.Charged, await scene.UsedAsync(camera.DeviceId));
        Assert.Equal(pausedBy, gone.Export.PausedBy);
    }

    [Theory]
    [InlineData(null, 600)]
    [InlineData(300, 300)]
    [InlineData(86_400, 600)] // No address lives for longer.
    [InlineData(20, 60)]
    [InlineData(-1_200, 60)] // The vendor says that it is there: its clock, or the portal's, is wrong.
    public void Address_IsTriedAsLongAsItLives_WhateverTheVendorsClockSays(int? told, int expected)
    {
        var now = scene.Portal.Clock.GetUtcNow();

        Assert.Equal(now.AddSeconds(expected), ExportFetcher.TriedUntil(told is { } seconds ? now.AddSeconds(seconds) : null, now));
    }

    [Theory]
    [InlineData("a", "b", "a")]
    [InlineData("a", "a")]
    public async Task List_OfTheVendorsThatGoesRoundInCircles_IsNotReadForEver(params string[] keys)
    {
        var (reads, from) = (0, scene.Portal.Clock.GetUtcNow());
        var export = new CameraExport { ExportId = "x", DeviceId = "y", Status = ExportStatus.Processing, RequestedTime = from.AddMinutes(1) };

        await Assert.ThrowsAsync<SoracomProtocolException>(() => ExportVendor.SinceAsync("list", _ => Task.FromResult(new SoracomPage<CameraExport>([export], keys[reads++ % keys.Length])), one => one.RequestedTime < from));

        Assert.Equal(keys.Length, reads);
        // One that goes on and on is read back to the time.
        reads = 0;
        var latest = await ExportVendor.SinceAsync("list", _ => Task.FromResult(new SoracomPage<CameraExport>([export with { RequestedTime = from.AddMinutes(3 - reads) }], $"{reads++}")), one => one.RequestedTime < from);
        Assert.Equal(5, latest.Count);
    }

    [Fact]
    public async Task Run_TheVendorDoesNotFindWhatItHasJustBegun_LooksAgain_AndPaysOnce()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = OneExport, Count = 4 });

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Empty(scene.Portal.Sandbox.Faults.Armed);
        Assert.Equal((1, 300, used + 300), (done.Pieces[0].Asked, done.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
    }

    [Fact]
    public async Task Run_NeitherTheVendorNorItsListKnowsIt_StopsAndNeverPaysAgainByItself()
    {
        const string Expected = "Paused (Vanished): 1 Unknown (Vanished) 1 Waiting";
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        await scene.ChangeAsync(export.Id, (row, pieces) => (row.Holder, row.HeldUntil, pieces[0].VendorId) = (null, null, Guid.NewGuid().ToString()));
        var began = scene.Portal.Clock.GetUtcNow();

        var stopped = await scene.WorkAsync(export.Id);

        Assert.Equal((Expected, 0), (ExportScene.Describe(stopped), (int)stopped.Counts.Charged));
        Assert.InRange(scene.Portal.Clock.GetUtcNow() - began, TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(16));
        scene.Portal.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Expected, ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal((1, used + 600), (stopped.Pieces[0].Asked, await scene.UsedAsync(camera.DeviceId)));
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal(FootageExportState.Done, (await scene.WorkAsync(export.Id)).Export.State);
        Assert.Equal(used + 1200, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheVendorDoesNotFindItById_FetchesWhatItsListKnows_WhileTheAddressLives()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = OneExport, Count = 1000 });

        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used + 1200, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheAnswerIsLost_AndTheListHasLetGoOfIt_AsksNothingMoreBeforeSomebodyHasLooked()
    {
        var camera = await scene.CameraAsync(Gate);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        // It was made, charged, has expired and is in no list any more, while the portal was away and did not know its id: what the list has is another piece's.
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            pieces[1].VendorId = pieces[0].VendorId;
            (row.Holder, row.HeldUntil, pieces[0].State, pieces[0].VendorId, pieces[0].AskedAt) = (null, null, FootagePieceState.Asked, null, pieces[0].AskedAt - TimeSpan.FromHours(2));
        });
        var used = await scene.UsedAsync(camera.DeviceId);

        Assert.Equal("Running: 1 Asked 1 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var stopped = await scene.WorkAsync(export.Id);

        Assert.Equal("Paused (Vanished): 1 Unknown (Vanished) 1 Waiting", ExportScene.Describe(stopped));
        Assert.Equal(used + 600, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheVendorDoesNotFindWhatItsListStillMakes_FollowsItByTheList()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        await scene.ChangeAsync(export.Id, (row, pieces) => (row.Holder, row.HeldUntil, pieces[0].AskedAt) = (null, null, pieces[0].AskedAt - TimeSpan.FromMinutes(16)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 404, Method = "GET", Path = OneExport, Count = 1000 });

        // It is looked after each minute by then.
        for (var look = 0; look < 3 && (await scene.WorkAsync(export.Id)).Counts.Got == 0; look++)
        {
            scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TwoExportsOfACamera_AreWorkedOnOneAfterTheOther()
    {
        var camera = await scene.CameraAsync(Gate);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(5));
        var first = await scene.BeginAsync(request);
        var second = await scene.BeginAsync(request);

        Assert.Equal("Running: 1 Waiting", ExportScene.Describe(await scene.WorkAsync(second.Id)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(first.Id)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(second.Id)));
    }

    [Fact]
    public async Task Cancel_LeavesOutWhatWaitsAndAsksNothingMore()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));

        Assert.Null((await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);

        Assert.Equal("Cancelled: 3 Skipped", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
        Assert.IsType<ExportMovedError>((await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Run_ItsOwnerMayNoLongerExport_IsPausedBeforeAnythingIsPaidFor()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        using var other = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        var begun = await scene.Requests.BeginAsync(other, ExportScene.Japan, await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)), Watchdog.Token);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await db.TenantMembers.Where(member => member.PersonId == other.Actor.PersonId).ExecuteDeleteAsync(Watchdog.Token);
        }


        Assert.Equal("Paused (RightLost): 1 Waiting", ExportScene.Describe(await scene.WorkAsync(begun.Value.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));

        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, begun.Value.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(begun.Value.Id)));
    }

    [Theory]
    [InlineData(0, "ExportPeriod")]
    [InlineData(-5, "ExportPeriod")]
    [InlineData(100 * 24 * 60, "ExportTooLong")]
    public async Task Plan_APeriodThatIsNone_NamesWhatIsWrong(int minutes, string key)
    {
        var camera = await scene.CameraAsync(Gate);
        var now = scene.Portal.Clock.GetUtcNow();

        var planned = await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, new ExportRequest { DeviceId = camera.DeviceId, From = now.AddDays(-1), To = now.AddDays(-1).AddMinutes(minutes) }, Watchdog.Token);

        Assert.Equal(key, planned.Error?.Key);
    }

    [Fact]
    public async Task Plan_APeriodBeforeTheCameraWasThere_SaysThatNothingWasRecorded()
    {
        var camera = await scene.CameraAsync(Gate);
        var now = scene.Portal.Clock.GetUtcNow();

        var planned = await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, new ExportRequest { DeviceId = camera.DeviceId, From = now.AddDays(-60), To = now.AddDays(-59) }, Watchdog.Token);

        Assert.IsType<NothingRecordedError>(planned.Error);
    }

    private async Task FetchAllTheSameAsync(SandboxFault fault)
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(fault);

        var done = await scene.WorkAsync(export.Id);

        Assert.Empty(scene.Portal.Sandbox.Faults.Armed);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        var piece = done.Pieces[0];
        Assert.Equal((1, used + 300), (piece.Asked, await scene.UsedAsync(camera.DeviceId)));
        Assert.Equal(piece.Sha256, Convert.ToHexStringLower(SHA256.HashData(await scene.ContentAsync(piece))));
        // What was written before the break is not left behind.
        Assert.Single(Directory.EnumerateFiles(Path.Combine(scene.Portal.Get<Microsoft.Extensions.Options.IOptions<ExportOptions>>().Value.Folder!, scene.Tenant.TenantId.ToString("N")), "*", SearchOption.AllDirectories));
    }

    /// <summary>Where the portal's exports are.</summary>
    private static string StoreOf(ExportScene scene) => Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports");
}
