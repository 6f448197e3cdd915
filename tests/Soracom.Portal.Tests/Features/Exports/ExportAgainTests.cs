using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Footage that is asked for again: what is there is offered, what could not be had is tried anew.</summary>
public sealed class ExportAgainTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string FailsAlways = "広島 呉充電ステーション";

    private ExportScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await ExportScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Plan_WhatIsThere_IsOffered_AndLeftOutOfTheRest()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(40));
        var middle = request with { From = request.From.AddMinutes(10), To = request.From.AddMinutes(20) };
        var first = await scene.BeginAsync(middle);
        await scene.WorkAsync(first.Id);

        var plan = await PlanAsync(request with { LeaveOut = true });

        var there = Assert.Single(plan.There);
        Assert.Equal((first.Id, TimeSpan.FromMinutes(10), false), (there.Export.Id, there.Length, there.IsUnderWay));
        Assert.Equal(30 * 60, plan.Cost);
        Assert.DoesNotContain(plan.Pieces, piece => piece.Period.From < middle.To && piece.Period.To > middle.From);
        Assert.Equal(40 * 60, (await PlanAsync(request)).Cost);
    }

    [Fact]
    public async Task Begin_AllOfWhichIsThereOrUnderWay_PaysForNothingTwice()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20));
        await scene.BeginAsync(request);

        var plan = await PlanAsync(request with { LeaveOut = true });
        Assert.True(Assert.Single(plan.There).IsUnderWay);
        Assert.Empty(plan.Pieces);
        Assert.IsType<FootageThereError>((await scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request with { LeaveOut = true }, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Plan_WhatWasRemovedOrCancelled_IsNotThere()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5));
        var removed = await scene.BeginAsync(request);
        await scene.WorkAsync(removed.Id);
        await scene.Exports.RemoveAsync(scene.Tenant, removed.Id, Watchdog.Token);
        var cancelled = await scene.BeginAsync(request);
        await scene.Exports.CancelAsync(scene.Tenant, cancelled.Id, Watchdog.Token);

        Assert.Empty((await PlanAsync(request with { LeaveOut = true })).There);
    }

    [Fact]
    public async Task Plan_Stills_LeavesOutTheMomentsThatAreThere()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(2)) with { Kind = FootageKind.Stills, EverySeconds = 60 };
        var first = await scene.BeginAsync(request);
        await scene.WorkAsync(first.Id);

        var plan = await PlanAsync(request with { EverySeconds = 30, LeaveOut = true });

        Assert.Equal([request.From.AddSeconds(30), request.From.AddSeconds(90)], plan.Pieces.Select(piece => piece.Period.From));
    }

    [Fact]
    public async Task Retry_WhatFailed_IsAskedForAnew_AndWhatIsThereIsLeftAlone()
    {
        var camera = await scene.CameraAsync(FailsAlways);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var failed = await scene.WorkAsync(export.Id);
        Assert.Equal(FootageExportState.Done, failed.Export.State);
        Assert.True(failed.Counts.Lost > 0, ExportScene.Describe(failed));

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);

        var again = await scene.GetAsync(export.Id);
        Assert.Equal((FootageExportState.Running, null), (again.Export.State, again.Export.FinishedAt));
        Assert.All(again.Pieces, piece => Assert.Equal((FootagePieceState.Waiting, 0), (piece.State, piece.Asked)));
        Assert.Equal(again.Counts.Cost, again.Counts.OpenCost);
        Assert.Equal(ExportScene.Describe(failed), ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal($"#1, {failed.Counts.Lost}", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRetried).Detail);
    }

    [Fact]
    public async Task Retry_WhereNothingFailed_IsRefused()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);

        Assert.IsType<ExportMovedError>((await scene.Retries.RetryAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Retry_ForMoreThanTheQuotaHasLeft_SaysWhatIsLeftAndAsksForNothing()
    {
        var camera = await scene.CameraAsync(FailsAlways);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var failed = await scene.WorkAsync(export.Id);
        await scene.ReadAsync(async cameras =>
        {
            await cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new Soracom.Api.SoraCam.ExportLimit { LimitHours = 0 }, Watchdog.Token);
            return true;
        });

        var again = await scene.Retries.RetryAsync(scene.Tenant, export.Id, Watchdog.Token);

        Assert.Equal(new QuotaError(300, 0).Arguments, Assert.IsType<QuotaError>(again.Error).Arguments);
        Assert.Equal(ExportScene.Describe(failed), ExportScene.Describe(await scene.GetAsync(export.Id)));
    }

    [Fact]
    public async Task Get_ABusyCamera_SaysWhichExportComesFirst_AndHowLongItTakes()
    {
        var camera = await scene.CameraAsync(Gate);
        var first = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));
        var second = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));

        Assert.Null((await scene.GetAsync(first.Id)).Ahead);
        Assert.Equal(first.Number, (await scene.GetAsync(second.Id)).Ahead);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(first.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 12)));
        var view = await scene.GetAsync(first.Id);
        Assert.True(view.Counts.Got is 1 or 2, ExportScene.Describe(view));
        Assert.NotNull(view.Left);
    }

    [Fact]
    public async Task List_IsNewestFirst_ByCameraAndState()
    {
        var gate = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        var other = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(FailsAlways), TimeSpan.FromMinutes(5)));
        await scene.Exports.PauseAsync(scene.Tenant, other.Id, Watchdog.Token);

        Assert.Equal([other.Id, gate.Id], await ListAsync(ExportQuery.All));
        Assert.Equal([gate.Id], await ListAsync(ExportQuery.All with { Camera = gate.DeviceId }));
        Assert.Equal([other.Id], await ListAsync(ExportQuery.All with { State = FootageExportState.Paused }));
        Assert.Equal([gate.Id], await ListAsync(ExportQuery.All with { Before = other.Number }));
    }

    private async Task<IEnumerable<Guid>> ListAsync(ExportQuery query) => (await scene.Exports.ListAsync(scene.Tenant, query, Watchdog.Token)).Select(line => line.Export.Id);

    private async Task<ExportPlan> PlanAsync(ExportRequest request)
    {
        var plan = await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token);
        Assert.Null(plan.Error);
        return plan.Value;
    }
}
