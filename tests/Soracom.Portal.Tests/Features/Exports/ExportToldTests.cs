using Microsoft.EntityFrameworkCore;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>What exports tell of themselves: what they need, who did what, how long they take, and where they end.</summary>
public sealed class ExportToldTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string FailsAlways = "広島 呉充電ステーション";

    private ExportScene scene = null!;
    private Camera camera = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        camera = await scene.CameraAsync(Gate);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Quota_OfAPieceThatTheVendorHasCharged_CountsItOnce_BeforeAnybodyHasLookedAtIt()
    {
        var used = await scene.UsedAsync(camera.DeviceId);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(20));
        var export = await scene.BeginAsync(request);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        Assert.Equal((used, 1200), (await scene.UsedAsync(camera.DeviceId), await LeftOutAsync()));

        // The vendor has made it, and the portal has not looked.
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Running: 1 Exporting 1 Waiting", ExportScene.Describe(await scene.GetAsync(export.Id)));

        Assert.Equal((used + 600, 600), (await scene.UsedAsync(camera.DeviceId), await LeftOutAsync()));
        var more = (await scene.Portal.Get<CameraList>().MoreAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, Watchdog.Token)).Value;
        Assert.Equal(600, more.Quota!.Reserved.TotalSeconds);
        Assert.Equal(600, (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).Value.Quota!.Reserved.TotalSeconds);

        async Task<double> LeftOutAsync() => (await scene.Portal.Get<CameraReader>().QuotaAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, Watchdog.Token)).Value.Reserved.TotalSeconds;
    }

    [Fact]
    public async Task Need_OfAnExportThatTheQuotaHasStopped_IsWhatIsYetToCome_AndWhatIsLeftForIt()
    {
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        var hours = (int)(used / 3600);
        await LimitAsync(hours);
        Assert.Equal("Paused (Quota): 2 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));

        Assert.Equal(new FootageNeed(1200, TimeSpan.Zero, 0), await NeedAsync());
        await LimitAsync(hours + 2);
        Assert.Equal(new FootageNeed(1200, TimeSpan.FromSeconds(((hours + 2) * 3600) - used), 0), await NeedAsync());

        async Task<FootageNeed> NeedAsync() => (await scene.Retries.NeedAsync(scene.Tenant, export.Id, Watchdog.Token)).Value;

        Task<ExportUsage> LimitAsync(int limit) => scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = limit }, Watchdog.Token));
    }

    [Fact]
    public async Task Plan_ForLongerThanFits_TellsTheLatestEnd_WhichFits()
    {
        var now = scene.Portal.Clock.GetUtcNow();
        var century = new ExportRequest { DeviceId = camera.DeviceId, From = now.AddDays(-120), To = now };
        var stills = new ExportRequest { DeviceId = camera.DeviceId, From = now.AddDays(-2), To = now, Kind = FootageKind.Stills, EverySeconds = 2 };

        var days = Assert.IsType<ExportTooLongError>((await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, century, Watchdog.Token)).Error);
        var pieces = Assert.IsType<ExportPiecesError>((await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, stills, Watchdog.Token)).Error);

        Assert.Equal(century.From.AddDays(92), days.Until);
        Assert.IsNotType<ExportTooLongError>((await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, century with { To = days.Until }, Watchdog.Token)).Error);
        Assert.Equal(FootageRequests.MostPieces, (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, stills with { To = pieces.Until }, Watchdog.Token)).Value.Pieces.Count);
        // And the rest follows without a gap.
        var draft = new ExportDraft { Camera = camera.DeviceId, From = stills.From, To = pieces.Until, Rest = stills.To };
        var rest = draft.RestOf(Guid.NewGuid())!;
        Assert.Equal((pieces.Until, stills.To, null), (rest.From, rest.To, rest.Rest));
        Assert.Null((draft with { Rest = null }).RestOf(Guid.NewGuid()));
    }

    [Fact]
    public async Task PauseAndResume_TellWhoDid_AndAPauseByItselfTellsNobody()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        Assert.Equal(scene.Tenant.Actor.PersonId, export.RequestedById);
        using var other = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);

        var paused = (await scene.Exports.PauseAsync(other, export.Id, Watchdog.Token)).Value;
        Assert.Equal(other.Actor.Name, paused.PausedBy);
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var resumed = (await scene.Retries.ResumeAsync(other, export.Id, agreed: null, Watchdog.Token)).Value;
        Assert.Equal((null, other.Actor.Name, scene.Portal.Clock.GetUtcNow()), (resumed.PausedBy, resumed.OwnerName, resumed.ResumedAt));

        await scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = 0 }, Watchdog.Token));
        var stopped = await scene.WorkAsync(export.Id);
        Assert.Equal("Paused (Quota): 1 Waiting", ExportScene.Describe(stopped));
        Assert.Null(stopped.Export.PausedBy);
    }

    [Fact]
    public async Task List_OfThoseWithPiecesThatFailed_HasNoOthers()
    {
        var fine = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var failing = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(FailsAlways), TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(fine.Id);
        await scene.WorkAsync(failing.Id);

        var lost = await scene.Exports.ListAsync(scene.Tenant, ExportQuery.Parse("/t/x/exports?lost=1"), Watchdog.Token);

        Assert.Equal([failing.Id], lost.Select(line => line.Export.Id));
        Assert.Equal(("bad", "circle-x"), ExportWords.Badge(lost[0].Export, lost[0].Counts));
    }

    [Fact]
    public async Task Left_BeforeTheFirstPieceIsThere_IsByWhatTheCamerasLastOnesTook()
    {
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(5));
        var first = await scene.BeginAsync(request);
        Assert.Null((await scene.GetAsync(first.Id)).Left);
        var took = await scene.WorkAsync(first.Id);
        var pace = (took.Pieces[0].At - took.Pieces[0].AskedAt)!.Value;

        var second = await scene.BeginAsync(request with { To = request.To.AddMinutes(5) });

        Assert.Equal(pace * 2, (await scene.GetAsync(second.Id)).Left);
    }

    [Fact]
    public async Task Remove_OfSomebodyElses_NeedsTheRightToSetTheRules()
    {
        using var other = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(1));
        var owners = await scene.BeginAsync(request);
        var operators = (await scene.Requests.BeginAsync(other, ExportScene.Japan, request, Watchdog.Token)).Value;
        await scene.WorkAsync(owners.Id);
        await scene.WorkAsync(operators.Id);

        Assert.IsType<FootageOfOthersError>((await scene.Exports.RemoveAsync(other, owners.Id, Watchdog.Token)).Error);
        Assert.Equal((false, true), ((await scene.Exports.GetAsync(other, owners.Id, null, Watchdog.Token)).Value.MayRemove, (await scene.GetAsync(operators.Id)).MayRemove));
        Assert.DoesNotContain(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRemoved);
        Assert.Null((await scene.Exports.RemoveAsync(other, operators.Id, Watchdog.Token)).Error);
        Assert.Null((await scene.Exports.RemoveAsync(scene.Tenant, owners.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Cost_OfAskingAgain_LeavesOutFilesThatAreInTheStoreAgain()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));
        var done = await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) =>
        {
            (pieces[0].State, pieces[0].Reason) = (FootagePieceState.Failed, "FileBroken");
            (pieces[1].State, pieces[1].Reason) = (FootagePieceState.Failed, "FileBroken");
            (pieces[2].State, pieces[2].Reason) = (FootagePieceState.Unknown, "SeveralBegan");
        });
        var piece = done.Pieces[1];
        scene.Portal.Get<ExportFolder>().Drop(new StoredPlace(piece.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value));

        Assert.Equal(new RetryCost(1600, 1, 1, 1600, 0), (await scene.Retries.CostAsync(scene.Tenant, export.Id, Watchdog.Token)).Value);
        Assert.IsType<Soracom.Portal.Shared.Errors.GoneError>((await scene.Retries.CostAsync(scene.Tenant, Guid.NewGuid(), Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Begin_WhatWasShownAsFree_AndIsChargedForByNow_BeginsNothing_UntilThatIsAgreedTo()
    {
        var request = await BeyondFreeAsync(TimeSpan.FromMinutes(10));
        var (cost, billed) = (600L, 450L);

        Assert.IsType<ExportPlanMovedError>((await scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request with { Agreed = new FootageAgreed(cost, billed - 1) }, Watchdog.Token)).Error);
        Assert.Single(await scene.Exports.ListAsync(scene.Tenant, ExportQuery.All, Watchdog.Token));
        Assert.Equal(new FootageAgreed(cost, billed), (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).Value.Shown);
        var begun = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request with { Agreed = new FootageAgreed(cost, billed) }, Watchdog.Token)));

        // What was free of it is so for the first alone.
        Assert.Single(begun, one => one.Error is null);
        Assert.All(begun.Where(one => one.Error is not null), one => Assert.IsType<ExportPlanMovedError>(one.Error));
        Assert.Contains("600 s (450 s charged)", (await scene.Portal.TrailAsync(scene.Slug)).Last(entry => entry.Action == AuditActions.FootageRequested).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_AndRetry_OfWhatIsChargedForByNow_AreHeldAgainstWhatWasShown()
    {
        var export = await scene.BeginAsync(await BeyondFreeAsync(TimeSpan.FromMinutes(20)));
        await scene.Exports.PauseAsync(scene.Tenant, export.Id, Watchdog.Token);
        var need = (await scene.Retries.NeedAsync(scene.Tenant, export.Id, Watchdog.Token)).Value;
        Assert.Equal((1200, 1050), (need.Needed, need.Billed));

        Assert.IsType<FootageCostMovedError>((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, need.Shown with { Billed = 1049 }, Watchdog.Token)).Error);
        Assert.IsType<FootageCostMovedError>((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, need.Shown with { Cost = 1199 }, Watchdog.Token)).Error);
        Assert.Equal(FootageExportState.Paused, (await scene.GetAsync(export.Id)).Export.State);
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, need.Shown, Watchdog.Token)).Error);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(20));
        Assert.Equal("Paused (LinkDied): 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));

        var cost = (await scene.Retries.CostAsync(scene.Tenant, export.Id, Watchdog.Token)).Value;
        // The rest goes on with it: what that uses is told and agreed to as well.
        Assert.Equal(new RetryCost(600, 0, 0, 600, 1200) { Rest = 600 }, cost);
        Assert.IsType<FootageCostMovedError>((await scene.Retries.RetryAsync(scene.Tenant, export.Id, cost.Shown with { Billed = 1199 }, Watchdog.Token)).Error);
        Assert.IsType<FootageCostMovedError>((await scene.Retries.RetryAsync(scene.Tenant, export.Id, cost.Shown with { Cost = 1199 }, Watchdog.Token)).Error);
        Assert.Equal("Paused (LinkDied): 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, cost.Shown, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Resume_WhatWasFreeIsSetAsideByAnotherAMomentBefore_IsHeldAgainstThat()
    {
        var request = await BeyondFreeAsync(TimeSpan.FromMinutes(10), free: 700);
        var export = await scene.BeginAsync(request);
        await scene.Exports.PauseAsync(scene.Tenant, export.Id, Watchdog.Token);
        var shown = (await scene.Retries.NeedAsync(scene.Tenant, export.Id, Watchdog.Token)).Value.Shown;
        Assert.Equal(new FootageAgreed(600, 0), shown);
        // After what is left was read, and before anything is written.
        var hook = new TransactionHook(() => scene.BeginAsync(request with { To = request.From.AddMinutes(5) }));
        var database = new PortalDatabase(new DbContextOptionsBuilder<PortalDbContext>(PortalDatabaseOptions.For(DatabaseProvider.Sqlite, scene.Portal.TestDatabase.ConnectionString)).AddInterceptors(hook).Options);
        var retries = new FootageRetries(database, scene.Portal.Get<TenantSoracom>(), scene.Portal.Get<ExportFolder>(), scene.Portal.Get<ExportWorker>(), scene.Portal.Get<Soracom.Portal.Security.AuditTrail>(), scene.Portal.Clock);

        Assert.IsType<FootageCostMovedError>((await retries.ResumeAsync(scene.Tenant, export.Id, shown, Watchdog.Token)).Error);

        Assert.Equal(FootageExportState.Paused, (await scene.GetAsync(export.Id)).Export.State);
        Assert.Equal(new FootageAgreed(600, 200), (await scene.Retries.NeedAsync(scene.Tenant, export.Id, Watchdog.Token)).Value.Shown);
    }

    [Fact]
    public async Task PlayAndStill_OfWhatIsChargedForByNow_AreBegunOnlyOnceThatWasSeen()
    {
        var request = await BeyondFreeAsync(TimeSpan.FromMinutes(5), free: 0);
        var used = await scene.UsedAsync(camera.DeviceId);
        var period = new Period(request.From, request.To);

        var play = Assert.IsType<CameraCostMovedError>((await PlayAsync(CameraAgreed.Of(quota: null, period.Length))).Error);
        var still = Assert.IsType<CameraCostMovedError>((await StillAsync(CameraAgreed.Of(quota: null, CameraStills.Cost))).Error);

        Assert.Equal((period.Length, period.Length), (play.Now.Cost, play.Now.Billed));
        Assert.Equal([1L, 72], still.Arguments);
        Assert.Equal(still.Now, (ShownStill.None with { Error = still }).Agreed(quota: null));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
        Assert.DoesNotContain(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action is AuditActions.FootagePlayed or AuditActions.CameraStillTaken);

        Assert.Null((await PlayAsync(play.Now)).Error);
        var taking = StillAsync(still.Now);
        while (!taking.IsCompleted)
        {
            var waiting = scene.Portal.Clock.TimerWithinAsync(CameraStills.Interval, Watchdog.Token);
            if (await Task.WhenAny(taking, waiting) == waiting)
            {
                scene.Portal.Clock.Advance(await waiting);
            }
        }

        Assert.Null((await taking).Error);
        Assert.Equal(used + 301, await scene.UsedAsync(camera.DeviceId));

        Task<Soracom.Portal.Shared.Errors.Result<OpenPlayback>> PlayAsync(CameraAgreed agreed) => scene.Portal.Get<CameraPlayback>().StartAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, period, agreed, Watchdog.Token);

        Task<Soracom.Portal.Shared.Errors.Result<CameraStill>> StillAsync(CameraAgreed agreed) => scene.Portal.Get<CameraStills>().TakeAtAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, request.From, agreed, Watchdog.Token);
    }

    /// <summary>A request of a camera of whose free hours another export, which is paused, has set aside all but a few seconds.</summary>
    private async Task<ExportRequest> BeyondFreeAsync(TimeSpan length, long free = 150)
    {
        await scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = 100 }, Watchdog.Token));
        var request = await scene.RequestAsync(camera, length);
        var other = await scene.BeginAsync(request with { To = request.From.AddMinutes(1) });
        await scene.Exports.PauseAsync(scene.Tenant, other.Id, Watchdog.Token);
        await scene.Portal.TestDatabase.ExecuteAsync(
            "UPDATE FootagePieces SET Cost = $cost WHERE ExportId = $export",
            ("$cost", (long)CameraQuota.Free.TotalSeconds - free - await scene.UsedAsync(camera.DeviceId)),
            ("$export", other.Id.ToString().ToUpperInvariant()));
        return request;
    }
}
