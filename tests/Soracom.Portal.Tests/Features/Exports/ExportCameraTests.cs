using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.List;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Several exports of one camera, of one tenant or of two that have credentials of the same operator.</summary>
public sealed class ExportCameraTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string VideoExports = "/v1/sora_cam/devices/*/videos/exports";

    private ExportScene scene = null!;
    private TenantContext other = null!;
    private Camera camera = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        other = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var user = scene.Portal.Account(scene.Slug).User("portal");
        Assert.Null((await scene.Portal.Get<CredentialStore>().StoreAsync(other, ExportScene.Japan, new AuthKeyCredential(user.AuthKeyId, user.AuthKey), otherOperator: true, Watchdog.Token)).Error);
        camera = await scene.CameraAsync(Gate);
    }

    public ValueTask DisposeAsync()
    {
        other.Dispose();
        return scene.DisposeAsync();
    }

    [Fact]
    public async Task Begin_ByTwoTenantsOfOneOperatorAtOnce_SetsAsideNoMoreThanTheCameraHas()
    {
        var used = await scene.UsedAsync(camera.DeviceId);
        var hours = (int)(used / 3600) + 1;
        await scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = hours }, Watchdog.Token));
        var request = await scene.RequestAsync(camera, TimeSpan.FromSeconds(((hours * 3600) - used) / 3));

        var begun = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => scene.Requests.BeginAsync(i % 2 == 0 ? scene.Tenant : other, ExportScene.Japan, request, Watchdog.Token)));

        Assert.Equal(3, begun.Count(one => one.Error is null));
        Assert.All(begun.Where(one => one.Error is not null), one => Assert.IsType<QuotaError>(one.Error));
    }

    [Fact]
    public async Task Quota_OfWhichAnotherTenantOfTheOperatorHasSetSomeAside_IsTheLessByThat_AndTellsNoFigureOfThatTenant()
    {
        await OthersAsync();
        var mine = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(10)));
        var used = await scene.UsedAsync(camera.DeviceId);

        var quota = (await scene.Portal.Get<CameraReader>().QuotaAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, Watchdog.Token)).Value;
        var plan = (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, await scene.RequestAsync(camera, TimeSpan.FromMinutes(1)), Watchdog.Token)).Value;
        var listed = (await scene.Portal.Get<CameraList>().MoreAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, Watchdog.Token)).Value;

        Assert.All([quota, plan.Quota!, listed.Quota!], one => Assert.Equal((TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(used)), (one.Reserved, one.Limit - one.Used - one.Left, one.Used)));
        Assert.Equal(quota.Left + TimeSpan.FromMinutes(10), (await scene.Retries.NeedAsync(scene.Tenant, mine.Id, Watchdog.Token)).Value.Left);
        // What they have set aside of what is free is not free for others.
        Assert.Equal(TimeSpan.FromMinutes(5), (quota with { Limit = TimeSpan.FromHours(100) }).BilledOf(CameraQuota.Free - TimeSpan.FromSeconds(used) - TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public async Task Run_OfAnotherTenantOfTheOperator_WaitsItsTurnAtTheCamera()
    {
        var first = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var second = await OthersAsync();

        Assert.False(await scene.Runner().RunAsync(other.TenantId, second.Id, isWanted: null, Watchdog.Token));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(first.Id)));
        Assert.True(await scene.Runner().RunAsync(other.TenantId, second.Id, isWanted: null, Watchdog.Token));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await OthersViewAsync(second.Id)));
    }

    [Fact]
    public async Task Run_ExportsOfTwoTenantsOfTheOperator_StandInOneLine_WhateverTheClocksOfInstancesSaid()
    {
        var (first, second, theirs) = (await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(1))), await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(1))), await OthersAsync());
        // By number the second would wait for the first, by time the first for theirs, and theirs for the second.
        await AskedAtAsync(first, 5);
        await AskedAtAsync(theirs, 2);

        Assert.Equal((true, false, true), (await IsBusyAsync(first), await IsBusyAsync(second), await IsBusyAsync(theirs)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(second.Id)));
        Assert.Equal("Running: 1 Waiting", ExportScene.Describe(await scene.WorkAsync(first.Id)));
        Assert.True(await scene.Runner().RunAsync(other.TenantId, theirs.Id, isWanted: null, Watchdog.Token));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(first.Id)));
    }

    [Fact]
    public async Task Run_ExportsOfTwoTenantsOfTheOperator_BegunAtTheSameMoment_OneComesFirst()
    {
        var (first, theirs) = (await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(1))), await OthersAsync());
        Assert.Equal(first.CreatedAt, theirs.CreatedAt);

        Assert.NotEqual(await IsBusyAsync(first), await IsBusyAsync(theirs));
    }

    [Fact]
    public async Task Run_TheAnswerIsLost_WhileAnotherTenantOfTheOperatorExports_TakesNothingOfThatTenants()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.ChangeAsync(export.Id, (row, _) => row.State = FootageExportState.Paused);
        var others = await OthersAsync();
        await scene.Runner().RunAsync(other.TenantId, others.Id, isWanted: null, Watchdog.Token);
        var theirs = Assert.Single((await OthersViewAsync(others.Id)).Pieces);
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            row.State = FootageExportState.Running;
            (pieces[0].State, pieces[0].AskedAt, pieces[0].Asked, pieces[0].ListedBefore) = (FootagePieceState.Asked, theirs.AskedAt, 1, "");
        });
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("Running: 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.NotEqual(theirs.VendorId, done.Pieces[0].VendorId);
    }

    [Fact]
    public async Task Run_TheAnswerForAStillIsLost_WhileAnotherTenantOfTheOperatorTakesOneByHand_TakesNobodyElses()
    {
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(2)) with { Kind = FootageKind.Stills, EverySeconds = 600 };
        var export = await scene.BeginAsync(request);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Method = "POST", Path = "/v1/sora_cam/devices/*/images/exports" });
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        var byHand = scene.Portal.Get<CameraStills>().TakeAtAsync(other, ExportScene.Japan, camera.DeviceId, request.From.AddMinutes(-5), agreed: null, Watchdog.Token);
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
    public async Task Run_WhileAPausedExportOfTheCameraWaitsForALostAnswer_AsksForNothing()
    {
        var first = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var second = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = true, Method = "POST", Path = VideoExports });
        await scene.WorkAsync(first.Id);
        Assert.Null((await scene.Exports.PauseAsync(scene.Tenant, first.Id, Watchdog.Token)).Error);

        Assert.Equal("Running: 1 Waiting", ExportScene.Describe(await scene.WorkAsync(second.Id)));
        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(61));
        Assert.Equal("Paused: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(first.Id)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(second.Id)));
    }

    [Fact]
    public async Task Run_TheAnswerIsLost_AndManyExportsOfTheCameraBeganSince_IsFoundBehindThem()
    {
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(5));
        var export = await scene.BeginAsync(request);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = true, Method = "POST", Path = VideoExports });
        Assert.Equal("Running (Unavailable): 1 Asked", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(3));
        for (var i = 0; i < 55; i++)
        {
            await scene.ReadAsync(cameras => cameras.ExportSoraCamDeviceRecordedVideoAsync(camera.DeviceId, new VideoExportRequest { From = request.From, To = request.From.AddSeconds(1) }, Watchdog.Token));
        }

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((1, 300L), (done.Pieces[0].Asked, done.Counts.Charged));
    }

    [Fact]
    public async Task Run_AnExportThatComesFirst_GivesWayToALaterOneWhosePieceIsOut()
    {
        var first = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));
        var second = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.ChangeAsync(first.Id, (row, _) => row.State = FootageExportState.Paused);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(second.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        // The vendor could not be asked for a while, and will be in a second.
        await scene.ChangeAsync(second.Id, (row, pieces) =>
            (row.HeldUntil, row.NotBefore, pieces[0].AskedAt) = (null, scene.Portal.Clock.GetUtcNow().AddSeconds(1), scene.Portal.Clock.GetUtcNow().AddMinutes(-16)));
        await scene.ChangeAsync(first.Id, (row, _) => row.State = FootageExportState.Running);

        Assert.Equal("Running: 1 Fetched 2 Waiting", ExportScene.Describe(await scene.WorkAsync(first.Id)));
        Assert.Equal("Running: 1 Fetched 2 Waiting", ExportScene.Describe(await scene.WorkAsync(first.Id)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(second.Id)));
        Assert.Equal("Done: 3 Fetched", ExportScene.Describe(await scene.WorkAsync(first.Id)));
    }

    [Fact]
    public async Task Run_WhileOthersWait_GivesWayAfterEachPiece_AndGoesOnWhereItWas()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));

        foreach (var expected in (string[])["Running: 1 Fetched 2 Waiting", "Running: 2 Fetched 1 Waiting", "Running: 3 Fetched", "Done: 3 Fetched"])
        {
            Assert.True(await scene.Runner().RunAsync(scene.Tenant.TenantId, export.Id, () => true, Watchdog.Token));
            Assert.Equal(expected, ExportScene.Describe(await scene.GetAsync(export.Id)));
        }

        Assert.All((await scene.GetAsync(export.Id)).Pieces, piece => Assert.Equal(1, piece.Asked));
    }

    private async Task<bool> IsBusyAsync(FootageExport export)
    {
        await using var db = scene.Portal.Database.ForTenantBesideOthers(export.TenantId);
        var row = await db.FootageExports.AsNoTracking().SingleAsync(one => one.Id == export.Id, Watchdog.Token);
        return await ExportCamera.IsBusyAsync(db, row, isOut: false, scene.Portal.Clock.GetUtcNow(), Watchdog.Token);
    }

    private async Task AskedAtAsync(FootageExport export, int minutesLater)
    {
        await using var db = scene.Portal.Database.ForTenant(export.TenantId);
        await db.FootageExports.Where(row => row.Id == export.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedAt, export.CreatedAt.AddMinutes(minutesLater)), Watchdog.Token);
    }

    private async Task<FootageExport> OthersAsync()
    {
        var begun = await scene.Requests.BeginAsync(other, ExportScene.Japan, await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)), Watchdog.Token);
        Assert.Null(begun.Error);
        return begun.Value;
    }

    private async Task<ExportView> OthersViewAsync(Guid exportId) => (await scene.Exports.GetAsync(other, exportId, null, Watchdog.Token)).Value;
}
