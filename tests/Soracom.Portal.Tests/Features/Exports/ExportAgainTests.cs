using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Shared.Cameras;

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

    [Theory]
    [InlineData(true, false, null, "Archive")]
    [InlineData(false, true, null, "Sound")]
    [InlineData(true, true, null, "Sound Archive")]
    [InlineData(false, false, "/soracam", "InPortal")]
    public async Task Plan_VideoWithOtherOptions_IsToldWithWhatIsDifferent_AndNothingIsLeftOut(bool archive, bool mp3, string? harvest, string differences)
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(10));
        var first = await scene.BeginAsync(request);
        await scene.WorkAsync(first.Id);

        var plan = await PlanAsync(request with { LeaveOut = true, Archive = archive, AudioCodec = mp3 ? ExportAudioCodec.Mp3 : ExportAudioCodec.Pcm, HarvestFolder = harvest });

        Assert.Empty(plan.There);
        var other = Assert.Single(plan.Other);
        Assert.Equal((first.Id, TimeSpan.FromMinutes(10), differences), (other.Export.Id, other.Length, string.Join(' ', other.Differences)));
        Assert.Equal(mp3 ? 1200 : 600, plan.Cost);
    }

    [Theory]
    [InlineData("TooShort", 4)]
    [InlineData("Unread", 10)]
    [InlineData("Found", 10)]
    public async Task Plan_WhatNobodyCanVouchFor_IsToldAsThat_AndNotTakenForWhatIsAskedFor(string difference, int atMost)
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20));
        var first = await scene.BeginAsync(request);
        await scene.WorkAsync(first.Id);
        await scene.ChangeAsync(first.Id, (_, pieces) =>
        {
            (pieces[1].IsShort, pieces[1].IsUnread, pieces[1].IsFoundInList) = (difference == "TooShort", difference == "Unread", difference == "Found");
            pieces[1].VideoMilliseconds = difference switch { "TooShort" => 240_000, "Unread" => null, _ => pieces[1].VideoMilliseconds };
        });

        var plan = await PlanAsync(request with { LeaveOut = true });

        Assert.Equal(TimeSpan.FromMinutes(10), Assert.Single(plan.There).Length);
        var other = Assert.Single(plan.Other);
        Assert.Equal((first.Id, difference), (other.Export.Id, string.Join(' ', other.Differences)));
        Assert.InRange(other.AtMost!.Value, TimeSpan.FromMinutes(atMost) - TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(atMost));
        Assert.Equal(600, plan.Cost);
    }

    [Fact]
    public async Task Plan_StillsOfAnotherAngle_AreToldAndNotLeftOut()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(2)) with { Kind = FootageKind.Stills, EverySeconds = 60 };
        await scene.WorkAsync((await scene.BeginAsync(request)).Id);

        var plan = await PlanAsync(request with { LeaveOut = true, WideAngle = true });

        Assert.Empty(plan.There);
        Assert.Equal([FootageDifference.WideAngle], Assert.Single(plan.Other).Differences);
        Assert.Equal(2, plan.Cost);
    }

    [Fact]
    public async Task Plan_WhatWaitsInAPausedExport_IsToldAndNotLeftOut_UntilItGoesOn()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20));
        var first = await scene.BeginAsync(request);
        await scene.WorkAsync(first.Id);
        await scene.ChangeAsync(first.Id, (row, pieces) => (row.State, row.FinishedAt, pieces[1].State) = (FootageExportState.Paused, null, FootagePieceState.Waiting));

        var paused = await PlanAsync(request with { LeaveOut = true });

        Assert.Equal((TimeSpan.FromMinutes(10), false), (Assert.Single(paused.There).Length, paused.There[0].IsUnderWay));
        var waits = Assert.Single(paused.Other);
        Assert.Equal([FootageDifference.Paused], waits.Differences);
        Assert.Equal((first.Id, TimeSpan.FromMinutes(10)), (waits.Export.Id, waits.Length));
        Assert.Equal(600, paused.Cost);

        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, first.Id, agreed: null, Watchdog.Token)).Error);
        var resumed = await PlanAsync(request with { LeaveOut = true });
        Assert.Empty(resumed.Other);
        Assert.Equal((TimeSpan.FromMinutes(20), true, 0), (Assert.Single(resumed.There).Length, resumed.There[0].IsUnderWay, resumed.Pieces.Count));
    }

    [Fact]
    public async Task Plan_WhatACancelledExportHasAndIsAskedFor_IsThere()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(40));
        var first = await scene.BeginAsync(request);
        await scene.Exports.CancelAsync(scene.Tenant, first.Id, Watchdog.Token);
        await scene.ChangeAsync(first.Id, (_, pieces) => (pieces[0].State, pieces[1].State) = (FootagePieceState.Fetched, FootagePieceState.Exporting));

        var plan = await PlanAsync(request with { LeaveOut = true });

        // The third was left out when it was cancelled.
        Assert.Equal((2400 - plan.Cost, true), ((long)Assert.Single(plan.There).Length.TotalSeconds, plan.There[0].IsUnderWay));
        Assert.NotEmpty(plan.Pieces);
        Assert.Empty(plan.Other);
    }

    [Fact]
    public async Task Plan_ACameraThatWasExportedOftenSince_LooksAtTheNewestAndSaysSo()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5));
        var first = await scene.BeginAsync(request);
        await scene.WorkAsync(first.Id);
        Assert.False((await PlanAsync(request)).IsCut);
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            foreach (var number in Enumerable.Range(2, FootageHeld.MostExports))
            {
                var export = new FootageExport
                {
                    TenantId = first.TenantId,
                    Number = number,
                    Coverage = first.Coverage,
                    OperatorId = first.OperatorId,
                    DeviceId = first.DeviceId,
                    CameraName = first.CameraName,
                    From = first.From,
                    To = first.To,
                    Kind = first.Kind,
                    AudioCodec = first.AudioCodec,
                    RequestedBy = "x",
                    State = FootageExportState.Done,
                    OwnerId = first.OwnerId,
                    OwnerName = "x",
                    Language = "en",
                    CreatedAt = first.CreatedAt,
                    FinishedAt = first.CreatedAt,
                };
                db.Add(export);
                db.Add(new FootagePiece { TenantId = first.TenantId, ExportId = export.Id, Number = 1, From = first.From, To = first.From.AddSeconds(number), Cost = number, State = FootagePieceState.Fetched });
            }

            await db.SaveChangesAsync(Watchdog.Token);
        }

        var plan = await PlanAsync(request with { LeaveOut = true });

        Assert.True(plan.IsCut);
        Assert.Equal(Enumerable.Range(2, FootageHeld.MostExports).Reverse(), plan.There.Select(there => there.Export.Number));
        // What lies elsewhere of the period is not looked at, however much it is.
        Assert.False((await PlanAsync(request with { From = request.To.AddMinutes(-1) })).IsCut);
    }

    [Fact]
    public async Task Plan_APeriodThatReachesIntoTheFuture_TellsThatApartFromGaps()
    {
        var now = scene.Portal.Clock.GetUtcNow();
        var camera = await scene.CameraAsync(Gate);

        var plan = await PlanAsync(new ExportRequest { DeviceId = camera.DeviceId, From = now.AddHours(-2), To = now.AddHours(3) });

        Assert.Equal(new Period(now, now.AddHours(3)), plan.NotYet);
        Assert.All(plan.Gaps, gap => Assert.True(gap.To <= now));
        Assert.Equal(TimeSpan.FromHours(2), plan.RecordedLength + plan.GapLength);
        Assert.Null((await PlanAsync(new ExportRequest { DeviceId = camera.DeviceId, From = now.AddHours(-2), To = now })).NotYet);
    }

    [Fact]
    public async Task Plan_UpToNow_WhateverOfASecondIsLeft_HasNothingThatIsNotRecordedYet()
    {
        scene.Portal.Clock.Advance(TimeSpan.FromMilliseconds(1_430 - scene.Portal.Clock.GetUtcNow().Millisecond));
        var (now, camera) = (scene.Portal.Clock.GetUtcNow(), await scene.CameraAsync(Gate));
        var request = new ExportRequest { DeviceId = camera.DeviceId, From = now.AddMinutes(-10), To = now };

        Assert.Null((await PlanAsync(request)).NotYet);
        Assert.NotNull((await PlanAsync(request with { To = now.AddSeconds(1) })).NotYet);
        var export = await scene.BeginAsync(request);
        Assert.False(TellsOfLater(export.CreatedAt.AddMilliseconds(400)));
        Assert.True(TellsOfLater(export.CreatedAt.AddMilliseconds(1_400)));

        bool TellsOfLater(DateTimeOffset to)
        {
            var row = new FootageExport
            {
                TenantId = export.TenantId,
                Number = 1,
                Coverage = export.Coverage,
                OperatorId = export.OperatorId,
                DeviceId = export.DeviceId,
                CameraName = export.CameraName,
                From = export.From,
                To = to,
                Kind = export.Kind,
                RequestedBy = "x",
                State = FootageExportState.Done,
                OwnerId = export.OwnerId,
                OwnerName = "x",
                Language = "en",
                CreatedAt = export.CreatedAt,
            };
            using var manifest = System.Text.Json.JsonDocument.Parse(FootageManifest.Write(scene.Tenant.Tenant, row, []));
            return manifest.RootElement.TryGetProperty("notRecordedYet", out _);
        }
    }

    [Fact]
    public async Task Retry_WhatFailed_IsAskedForAnew_AndWhatIsThereIsLeftAlone()
    {
        var camera = await scene.CameraAsync(FailsAlways);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        var failed = await scene.WorkAsync(export.Id);
        Assert.Equal(FootageExportState.Done, failed.Export.State);
        Assert.True(failed.Counts.Lost > 0, ExportScene.Describe(failed));

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);

        var again = await scene.GetAsync(export.Id);
        Assert.Equal((FootageExportState.Running, null), (again.Export.State, again.Export.FinishedAt));
        Assert.All(again.Pieces, piece => Assert.Equal((FootagePieceState.Waiting, 0), (piece.State, piece.Asked)));
        Assert.Equal(again.Counts.Cost, again.Counts.OpenCost);
        Assert.Equal(ExportScene.Describe(failed), ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal($"#1, {failed.Counts.Lost}: {failed.Counts.LostCost} s", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRetried).Detail);
    }

    [Fact]
    public async Task Retry_WhereNothingFailed_IsRefused()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);

        Assert.IsType<ExportMovedError>((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
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

        var again = await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token);

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
        // One that waits for the vendor keeps nobody waiting.
        await scene.ChangeAsync(first.Id, (row, _) => row.NotBefore = scene.Portal.Clock.GetUtcNow().AddMinutes(5));
        Assert.Null((await scene.GetAsync(second.Id)).Ahead);
        await scene.ChangeAsync(first.Id, (row, _) => row.NotBefore = null);

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
