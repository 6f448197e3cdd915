using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>What goes wrong ends in a state that says so, and costs nothing that was not had.</summary>
public sealed class ExportBadCaseTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string Offline = "香川 坂出蓄電所";
    private const string WithoutLicence = "沖縄 名護 予備機";

    private ExportScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await ExportScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Plan_ACameraWithoutLicence_SaysSo()
    {
        var camera = await scene.CameraAsync(WithoutLicence);
        var now = scene.Portal.Clock.GetUtcNow();

        var plan = await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, new ExportRequest { DeviceId = camera.DeviceId, From = now.AddHours(-2), To = now.AddHours(-1) }, Watchdog.Token);

        Assert.IsType<CameraNoLicenceError>(plan.Error);
    }

    [Fact]
    public async Task Run_OfACameraWhoseLicenceWasTakenAwayMeanwhile_IsPausedAndUnpaid_AndGoesOnWithAnother()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await LicenceAsync(licence: null);

        Assert.Equal("Paused (NoLicence): 2 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));

        await LicenceAsync("CR14-SC");
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));

        Task<bool> LicenceAsync(string? licence) => scene.ReadAsync(async cameras =>
        {
            await (licence is null
                ? cameras.UnassignSoraCamDeviceAtomCamLicenseAsync(camera.DeviceId, Watchdog.Token)
                : cameras.AssignSoraCamDeviceAtomCamLicenseAsync(camera.DeviceId, new LicenceAssignment { Type = licence }, Watchdog.Token));
            return true;
        });
    }

    [Fact]
    public async Task Run_ACameraThatIsOffline_GivesWhatItRecordedBefore()
    {
        var camera = await scene.CameraAsync(Offline);
        var now = scene.Portal.Clock.GetUtcNow();
        Assert.IsType<NothingRecordedError>((await scene.Requests.PlanAsync(
            scene.Tenant, ExportScene.Japan, new ExportRequest { DeviceId = camera.DeviceId, From = now.AddHours(-2), To = now.AddHours(-1) }, Watchdog.Token)).Error);
        var from = now.AddDays(-5);
        var export = await scene.BeginAsync(new ExportRequest { DeviceId = camera.DeviceId, From = from, To = from.AddMinutes(10) });

        Assert.Equal(FootageExportState.Done, (await scene.WorkAsync(export.Id)).Export.State);
        Assert.Equal(0, (await scene.GetAsync(export.Id)).Counts.Lost);
    }

    [Fact]
    public async Task Plan_APeriodThatEndsLater_IsOfWhatWasRecordedByNow()
    {
        var camera = await scene.CameraAsync(Gate);
        var now = scene.Portal.Clock.GetUtcNow();

        var plan = (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, new ExportRequest { DeviceId = camera.DeviceId, From = now.AddMinutes(-10), To = now.AddHours(1) }, Watchdog.Token)).Value;

        Assert.All(plan.Pieces, piece => Assert.True(piece.Period.To <= now));
        Assert.Equal("ExportFuture", (await scene.Requests.PlanAsync(
            scene.Tenant, ExportScene.Japan, new ExportRequest { DeviceId = camera.DeviceId, From = now, To = now.AddHours(1) }, Watchdog.Token)).Error?.Key);
    }

    [Theory]
    [InlineData("--Exports:MostBytesOfTenant=536870912", 1)]
    [InlineData("--Exports:LeastFreeBytes=1000000000000000", 0)]
    public async Task Run_WithoutRoomInTheStore_IsPausedBeforeAnythingIsPaidFor(string setting, int heldAlready)
    {
        await using var full = await ExportScene.StartAsync(PortalScene.Nagisa, setting);
        var camera = await full.CameraAsync(Gate);
        for (var held = 0; held < heldAlready; held++)
        {
            Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await full.WorkAsync((await full.BeginAsync(await full.RequestAsync(camera, TimeSpan.FromMinutes(1)))).Id)));
            // What is small leaves room for one more of ten minutes, even of the least that a tenant may have.
            Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await full.WorkAsync((await full.BeginAsync(await full.RequestAsync(camera, TimeSpan.FromMinutes(10)))).Id)));
            await full.Portal.TestDatabase.ExecuteAsync("UPDATE FootagePieces SET Length = 100000000");
        }

        var used = await full.UsedAsync(camera.DeviceId);
        var export = await full.BeginAsync(await full.RequestAsync(camera, TimeSpan.FromMinutes(20)));

        Assert.Equal("Paused (StoreFull): 2 Waiting", ExportScene.Describe(await full.WorkAsync(export.Id)));
        Assert.Equal(used, await full.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheVendorRefusesWhatWasRecorded_PausesBeforeTheNextPiece_AndGoesOnOnceSomebodyHasLooked()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 422, Path = "/v1/sora_cam/devices/*/videos/exports", Method = "POST" });

        Assert.Equal("Paused (Refused): 2 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Play_WhatAnExportHasSetAside_IsRefusedBeforeItIsSent_AndPlayedOnceTheExportIsCancelled()
    {
        var camera = await scene.CameraAsync(Gate);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(5));
        var export = await scene.BeginAsync(request);
        var left = (await scene.Portal.Get<CameraReader>().QuotaAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, Watchdog.Token)).Value.Left;
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE FootagePieces SET Cost = Cost + $more WHERE ExportId = $export", ("$more", (long)left.TotalSeconds - 30), ("$export", export.Id.ToString().ToUpperInvariant()));
        var used = await scene.UsedAsync(camera.DeviceId);
        var minute = new Period(request.From, request.From.AddMinutes(1));

        var refused = await PlayAsync(minute);
        Assert.Equal([0], Assert.IsType<CameraQuotaSetAsideError>(refused).Arguments.Select(argument => (int)argument));
        // Nor for whoever would have gone ahead without knowing what is left: it can be read again.
        Assert.IsType<CameraQuotaSetAsideError>(await PlayAsync(minute, new CameraQuotaUnreadError(minute.Length).Now));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
        Assert.Null(await PlayAsync(new Period(request.From, request.From.AddSeconds(20))));
        await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token);
        Assert.Null(await PlayAsync(minute));

        async Task<PortalError?> PlayAsync(Period period, CameraAgreed? agreed = null) =>
            (await scene.Portal.Get<CameraPlayback>().StartAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, period, agreed, Watchdog.Token)).Error;
    }

    [Fact]
    public async Task Plan_WhereTheVendorTellsNoQuota_SaysThatAllMayBeCharged_AndIsBegunOnlyByWhoHasSeenThat()
    {
        await using var silent = await ExportScene.StartAsync(new Soracom.Sandbox.UndocumentedAnswers { TellsQuota = false });
        var request = await silent.RequestAsync(await silent.CameraAsync(Gate), TimeSpan.FromMinutes(20));

        var plan = (await silent.Requests.PlanAsync(silent.Tenant, ExportScene.Japan, request, Watchdog.Token)).Value;
        Assert.Equal((null, true, new FootageAgreed(1200, 1200) { Unread = true }), (plan.Quota, plan.Fits, plan.Shown));
        // Nothing of it was told as free to somebody who saw another plan.
        Assert.IsType<ExportPlanMovedError>((await BeginAsync(new FootageAgreed(1200, 0))).Error);
        Assert.IsType<ExportPlanMovedError>((await BeginAsync(new FootageAgreed(1200, 1200))).Error);
        var export = (await BeginAsync(plan.Shown)).Value;
        Assert.Contains("1200 s (quota not told, all may be charged)", Assert.Single(await silent.Portal.TrailAsync(silent.Slug), entry => entry.Action == Soracom.Portal.Data.Audit.AuditActions.FootageRequested).Detail, StringComparison.Ordinal);

        await silent.Exports.PauseAsync(silent.Tenant, export.Id, Watchdog.Token);
        var need = (await silent.Retries.NeedAsync(silent.Tenant, export.Id, Watchdog.Token)).Value;
        Assert.Equal(new FootageNeed(1200, null, 1200), need);
        Assert.IsType<FootageCostMovedError>((await silent.Retries.ResumeAsync(silent.Tenant, export.Id, new FootageAgreed(1200, 1200), Watchdog.Token)).Error);
        Assert.Null((await silent.Retries.ResumeAsync(silent.Tenant, export.Id, need.Shown, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await silent.WorkAsync(export.Id)));

        await silent.ChangeAsync(export.Id, (_, pieces) => (pieces[0].State, pieces[0].Reason) = (FootagePieceState.Failed, "FileAltered"));
        var cost = (await silent.Retries.CostAsync(silent.Tenant, export.Id, Watchdog.Token)).Value;
        Assert.Equal((600, 600, true), (cost.Cost, cost.Billed, cost.IsUnread));
        Assert.IsType<FootageCostMovedError>((await silent.Retries.RetryAsync(silent.Tenant, export.Id, new FootageAgreed(600, 600), Watchdog.Token)).Error);
        Assert.Null((await silent.Retries.RetryAsync(silent.Tenant, export.Id, cost.Shown, Watchdog.Token)).Error);

        Task<Result<FootageExport>> BeginAsync(FootageAgreed agreed) => silent.Requests.BeginAsync(silent.Tenant, ExportScene.Japan, request with { Agreed = agreed }, Watchdog.Token);
    }

    [Fact]
    public async Task Run_ByTwoInstancesAtOnce_IsDoneByOne()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));

        await Task.WhenAll(scene.WorkAsync(export.Id), scene.WorkAsync(export.Id), scene.WorkAsync(export.Id));

        var done = await scene.GetAsync(export.Id);
        Assert.Equal("Done: 3 Fetched", ExportScene.Describe(done));
        Assert.All(done.Pieces, piece => Assert.Equal(1, piece.Asked));
        Assert.Equal(used + 2400, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheQuotaIsUsedUpElsewhereMeanwhile_KeepsWhatIsThereAndSaysWhy()
    {
        var camera = await scene.CameraAsync(Gate);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));
        // After the first piece somebody lowers the limit at the vendor's console.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 12)));
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            (row.Holder, row.HeldUntil) = (null, null);
            Assert.Contains(pieces, piece => piece.State == FootagePieceState.Fetched);
        });
        await scene.ReadAsync(async cameras =>
        {
            await cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new Soracom.Api.SoraCam.ExportLimit { LimitHours = 0 }, Watchdog.Token);
            return true;
        });

        var stopped = await scene.WorkAsync(export.Id);

        Assert.Equal((FootageExportState.Paused, "Quota"), (stopped.Export.State, stopped.Export.Trouble));
        Assert.True(stopped.Counts.Got >= 1, ExportScene.Describe(stopped));
        Assert.Equal(stopped.Pieces.Where(piece => piece.State == FootagePieceState.Fetched).Sum(piece => piece.Cost), stopped.Counts.Charged);
    }

    [Fact]
    public async Task Plan_WhileTheVendorIsDown_SaysSoAndBeginsNothing()
    {
        var camera = await scene.CameraAsync(Gate);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(5));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Path = "/v1/sora_cam/devices/*" });

        Assert.Equal("Unavailable", ((VendorError)(await scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).Error!).Kind.ToString());
        Assert.Empty(await scene.Exports.ListAsync(scene.Tenant, ExportQuery.All, Watchdog.Token));
    }

    [Fact]
    public async Task Begin_OfWhatCostsMoreThanWasAgreedTo_OrOthersHaveBegun_BeginsNothing()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(10)) with { LeaveOut = true };

        var dearer = await scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request with { Agreed = new FootageAgreed(599, 0) }, Watchdog.Token);
        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request with { Agreed = new FootageAgreed(600, 0) }, Watchdog.Token)));

        Assert.IsType<ExportPlanMovedError>(dearer.Error);
        Assert.Single(both, one => one.Error is null);
        Assert.All(both.Where(one => one.Error is not null), one => Assert.True(one.Error is ExportPlanMovedError or FootageThereError));
    }

    [Fact]
    public async Task Run_TheStoreIsOutOfReachWhileAPieceIsOut_IsPausedAndHasItWhenTheStoreIsBack()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 2)));
        var folder = Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports");
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        // A file where the share was.
        await File.WriteAllTextAsync(folder, "", Watchdog.Token);
        await PassAsync(export.Id);
        var stopped = await scene.WorkAsync(export.Id);
        Assert.Equal("Paused (StoreGone): 1 Exporting", ExportScene.Describe(stopped));

        File.Delete(folder);
        await PassAsync(export.Id);
        var fetched = await scene.WorkAsync(export.Id);
        Assert.Equal(1, fetched.Counts[FootagePieceState.Fetched]);
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_TheCredentialIsAnotherAccountsWhileAPieceIsOut_SaysThatNobodyKnows()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            await Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteUpdateAsync(db.VendorCredentials, set => set.SetProperty(row => row.OperatorId, "OP9999999999"), Watchdog.Token);
        }

        await PassAsync(export.Id);

        var stopped = await scene.WorkAsync(export.Id);
        Assert.Equal("Paused (OtherAccount): 1 Unknown (OtherAccount)", ExportScene.Describe(stopped));
        Assert.Equal(0, stopped.Counts.Charged);
    }

    [Fact]
    public async Task Run_TheVendorIsAtAPieceForMoreThanADay_IsSettledAndTheRestGoesOn()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            Assert.Equal(FootagePieceState.Exporting, pieces[0].State);
            (row.Holder, row.HeldUntil, pieces[0].AskedAt) = (null, null, pieces[0].AskedAt - TimeSpan.FromHours(25));
        });

        Assert.Equal("Done: 1 Unknown (NeverReady) 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_TheVendorTakesNoRequestsForHours_IsPausedAndPaysForNothing()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "POST", Path = "/v1/sora_cam/devices/*/videos/exports", Count = 1000 });

        var began = scene.Portal.Clock.GetUtcNow();
        var view = await scene.WorkAsync(export.Id);
        for (var rounds = 0; view.Export.State == FootageExportState.Running; rounds++)
        {
            Assert.InRange(rounds, 0, 50);
            // No answer is looked for in the vendor's list each time: what that does not show after two minutes was not begun.
            scene.Portal.Clock.Advance(view.Export.NotBefore!.Value - scene.Portal.Clock.GetUtcNow());
            view = await scene.WorkAsync(export.Id);
        }

        Assert.Equal("Paused (Unavailable): 1 Waiting", ExportScene.Describe(view));
        Assert.InRange(scene.Portal.Clock.GetUtcNow() - began, TimeSpan.FromHours(1), TimeSpan.FromHours(2));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
        scene.Portal.Sandbox.Faults.Clear();
        await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_TheVendorAnswersNothingWhileAPieceIsOut_IsLookedAfterOftenEnoughForItsAddress()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        await PassAsync(export.Id);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/v1/sora_cam", Count = 1000 });

        for (var look = 0; look < 8; look++)
        {
            var waits = await scene.WorkAsync(export.Id);
            Assert.InRange(waits.Export.NotBefore!.Value - scene.Portal.Clock.GetUtcNow(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
            scene.Portal.Clock.Advance(waits.Export.NotBefore.Value - scene.Portal.Clock.GetUtcNow());
        }

        scene.Portal.Sandbox.Faults.Clear();
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Run_IntoHarvestFiles_LookedAtAfterTheAddressDied_IsDeliveredAndPaidForOnce()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)) with { HarvestFolder = "/evidence" });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(30));
        await PassAsync(export.Id);

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Delivered", ExportScene.Describe(done));
        Assert.Equal((300, used + 300), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
    }

    [Fact]
    public async Task Run_TheFileCanNotBeFetchedAllTheWhile_StopsAfterOneChargeInsteadOfPayingForMore()
    {
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        // Where the vendor keeps its files is no place that this portal may fetch from, as behind a firewall.
        var files = new VendorFiles(
            scene.Portal.Get<IHttpClientFactory>(), Options.Create(new SoracomApiOptions { JapanEndpoint = new Uri("https://blocked.example.test/v1"), GlobalEndpoint = new Uri("https://blocked.example.test/v1") }), scene.Portal.Clock);
        var runner = scene.Runner(files: files);

        for (var look = 0; look < 5; look++)
        {
            await runner.RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);
            scene.Portal.Clock.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal("Paused (LinkDied): 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Equal(used + 600, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Log_HoldsNoAddressOfAFile()
    {
        await using var talkative = await ExportScene.StartAsync(
            PortalScene.Nagisa, "--Logging:LogLevel:Default=Trace", "--Logging:LogLevel:Microsoft.AspNetCore=Trace", "--Logging:LogLevel:Microsoft.EntityFrameworkCore=Trace", "--Logging:LogLevel:System.Net.Http=Trace");
        var export = await talkative.BeginAsync(await talkative.RequestAsync(await talkative.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await talkative.WorkAsync(export.Id)));

        Assert.Contains(talkative.Portal.Logs.Lines, line => line.Level == LogLevel.Debug);
        Assert.DoesNotContain("_files/", talkative.Portal.Logs.Everything, StringComparison.Ordinal);
    }

    /// <summary>Lets the time run out that an export waits for, or that a program that ended had it for.</summary>
    private Task PassAsync(Guid exportId) => scene.ChangeAsync(exportId, (row, _) => (row.HeldUntil, row.NotBefore) = (null, null));
}
