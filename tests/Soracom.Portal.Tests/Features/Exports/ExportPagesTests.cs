using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Features.Cameras.Playback;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Pages;
using Soracom.Portal.Features.Exports.Running;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Exports on their pages: where one is planned, and how one stands.</summary>
public sealed class ExportPagesTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string FailsAlways = "広島 呉充電ステーション";

    private ExportScene scene = null!;
    private ComponentScene circuit = null!;

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        circuit = new ComponentScene(scene.Portal);
    }

    public async ValueTask DisposeAsync()
    {
        await circuit.DisposeAsync();
        await scene.DisposeAsync();
    }

    [Fact]
    public async Task New_OfMoreThanFits_TakesTheLatestEndThatDoesByAClick_AndKeepsTheRest()
    {
        var now = scene.Portal.Clock.GetUtcNow();
        var camera = await scene.CameraAsync(Gate);
        var draft = new ExportDraft { Camera = camera.DeviceId, From = now.AddHours(-10), To = now.AddHours(-1), Kind = FootageKind.Stills, Every = 1 };
        var page = circuit.Render<ExportNewPage>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.NewExport(scene.Slug, draft)}")
            .Add(one => one.Slug, scene.Slug));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".fits")));
        Assert.DoesNotContain(page.FindAll("button"), button => button.TextContent.Contains("Begin", StringComparison.Ordinal));

        page.Act(it => it.Find(".fits").Click());

        var next = ExportDraft.Parse(circuit.Services.GetRequiredService<NavigationManager>().Uri);
        Assert.Equal((draft.From, draft.To), (next.From, next.Rest));
        Assert.InRange(next.To!.Value, draft.From!.Value.AddMinutes(99), draft.To!.Value.AddMinutes(-60));
    }

    [Fact]
    public async Task New_OfAPeriodThatReachesPastNow_OfACameraThatRecords_BeginsWhatWasShown()
    {
        var camera = await scene.CameraAsync(Gate);
        var now = scene.Portal.Clock.GetUtcNow();
        var from = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)).AddMinutes(-10);
        var draft = new ExportDraft { Camera = camera.DeviceId, From = from, To = from.AddHours(1) };
        var page = circuit.Render<ExportNewPage>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.NewExport(scene.Slug, draft)}")
            .Add(one => one.Slug, scene.Slug));
        page.WaitForAssertion(() => Assert.Contains("10 min", page.Find("[aria-labelledby=plan]").TextContent, StringComparison.Ordinal));

        // It goes on recording while somebody reads.
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(4) + TimeSpan.FromMilliseconds(321));
        page.Act(it => it.FindAll("button").Single(button => button.TextContent.Contains("Begin the export", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Matches("/exports/[0-9a-f-]{36}$", circuit.Services.GetRequiredService<NavigationManager>().Uri));
        var begun = Assert.Single(await scene.Exports.ListAsync(scene.Tenant, ExportQuery.All, Watchdog.Token));
        Assert.Equal((from, from.AddMinutes(10), scene.Portal.Clock.GetUtcNow(), 600), (begun.Export.From, begun.Export.To, begun.Export.CreatedAt, begun.Counts.Cost));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(begun.Export.Id)));
    }

    [Fact]
    public async Task New_WhereTheVendorTellsNoQuota_OffersToGoAhead_WithTheChargePlain()
    {
        await using var silent = await ExportScene.StartAsync(new Soracom.Sandbox.UndocumentedAnswers { TellsQuota = false });
        await using var there = new ComponentScene(silent.Portal);
        var request = await silent.RequestAsync(await silent.CameraAsync(Gate), TimeSpan.FromMinutes(20));
        var page = there.Render<ExportNewPage>(parameters => parameters
            .AddCascadingValue(silent.Tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.NewExport(silent.Slug, new ExportDraft { Camera = request.DeviceId, From = request.From, To = request.To })}")
            .Add(one => one.Slug, silent.Slug));

        page.WaitForAssertion(() => Assert.Contains("all of that, 20 min, may be beyond the 72 hours that are free each month", page.Find("[aria-labelledby=plan]").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("Within the 72 hours", page.Markup, StringComparison.Ordinal);
        page.Act(it => it.FindAll("button").Single(button => button.TextContent.Contains("Go ahead all the same", StringComparison.Ordinal)).Click());

        page.WaitForAssertion(() => Assert.Matches("/exports/[0-9a-f-]{36}$", there.Services.GetRequiredService<NavigationManager>().Uri));
        Assert.Equal(1200, Assert.Single(await silent.Exports.ListAsync(silent.Tenant, ExportQuery.All, Watchdog.Token)).Counts.Cost);
    }

    [Fact]
    public async Task New_OfWhatIsThereWithAVideoThatIsShort_SaysWhatThatHolds_AndExportsItAnew()
    {
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20));
        var first = await scene.BeginAsync(request);
        await scene.WorkAsync(first.Id);
        await scene.ChangeAsync(first.Id, (_, pieces) => (pieces[1].VideoMilliseconds, pieces[1].IsShort) = (240_000, true));

        var page = circuit.Render<ExportNewPage>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .AddCascadingValue("Location", $"https://portal.test{PortalUrls.NewExport(scene.Slug, new ExportDraft { Camera = request.DeviceId, From = request.From, To = request.To })}")
            .Add(one => one.Slug, scene.Slug));

        page.WaitForAssertion(() => Assert.Contains("may hold up to 4 min of it", page.Find(".there.other").TextContent, StringComparison.Ordinal));
        Assert.Contains("Its video is shorter than what was recorded.", page.Find(".there.other").TextContent, StringComparison.Ordinal);
        Assert.Contains("holds 10 min of it", page.Find(".there:not(.other)").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Player_WhereTheRestOfTheQuotaIsSetAside_SaysThat_AndNotThatItIsUsedUp()
    {
        var camera = await scene.CameraAsync(Gate);
        var request = await scene.RequestAsync(camera, TimeSpan.FromMinutes(5));
        var export = await scene.BeginAsync(request);
        var left = (await scene.Portal.Get<CameraReader>().QuotaAsync(scene.Tenant, ExportScene.Japan, camera.DeviceId, Watchdog.Token)).Value.Left;
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE FootagePieces SET Cost = Cost + $more WHERE ExportId = $export", ("$more", (long)left.TotalSeconds), ("$export", export.Id.ToString().ToUpperInvariant()));
        await using var there = new ComponentScene(scene.Portal, services => services.AddSingleton(new PlayerScript(true)));
        there.JSInterop.SetupModule(_ => true);

        var player = there.Render<CameraPlayer>(parameters => parameters
            .AddCascadingValue(scene.Tenant)
            .Add(one => one.Place, new CameraPlace(scene.Slug, ExportScene.Japan, camera.DeviceId))
            .Add(one => one.Zone, "Asia/Tokyo")
            .Add(one => one.Chosen, request.Period)
            .Add(one => one.Recorded, [request.Period])
            .Add(one => one.IsRead, value: true));

        player.WaitForAssertion(() => Assert.Contains("The rest of the camera's quota of this month is set aside.", player.Find("#playback-why").TextContent, StringComparison.Ordinal));
        Assert.Equal([true, true], player.FindAll("button[aria-describedby=playback-why]").Select(button => button.HasAttribute("disabled")));
    }

    [Fact]
    public async Task One_WhoseAddressDied_TellsBothCharges_AndLetsOneChoose()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 0)));
        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(20));
        await scene.WorkAsync(export.Id);

        var page = Open(export.Id);

        page.WaitForAssertion(() => Assert.Contains("What could not be had has used 10 min of the quota so far. Exported again, it uses 10 min more.", page.Markup, StringComparison.Ordinal));
        Assert.Equal(["Go on without it", "Try 1 again", "Cancel the export"], page.FindAll(".actions button").Select(button => button.TextContent.Trim()));
    }

    [Fact]
    public async Task One_ThatTheQuotaHasStopped_SaysWhatItNeedsAndWhatIsLeft_AndWhereToRaiseIt()
    {
        var camera = await scene.CameraAsync(Gate);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await scene.ReadAsync(cameras => cameras.UpdateSoraCamDeviceExportUsageLimitOverrideAsync(camera.DeviceId, new ExportLimit { LimitHours = 0 }, Watchdog.Token));
        await scene.WorkAsync(export.Id);

        var page = Open(export.Id);

        page.WaitForAssertion(() => Assert.Contains("It needs 20 min more of the quota; left for it this month: 0 s.", page.Markup, StringComparison.Ordinal));
        Assert.Contains(page.FindAll("a"), link => link.TextContent == "Raise the camera's limit" && link.GetAttribute("href")!.Contains(camera.DeviceId, StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_OfWhichAllFailed_SaysFailedAndHowMuchWasHad_AndAPauseSaysWhose()
    {
        var failing = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(FailsAlways), TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(failing.Id);
        var paused = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await scene.Exports.PauseAsync(scene.Tenant, paused.Id, Watchdog.Token);

        var page = Open(failing.Id);
        page.WaitForAssertion(() => Assert.Equal("Failed", page.Find(".badge").TextContent.Trim()));
        Assert.Equal("Failed, Pieces got: 0 of 1", page.Find("[role=status]").TextContent.Trim());
        Assert.DoesNotContain("100 %", page.Markup, StringComparison.Ordinal);

        var other = Open(paused.Id);
        other.WaitForAssertion(() => Assert.Matches($"Paused by\\s+.*{scene.Tenant.Actor.Name}", other.Markup));
    }

    [Fact]
    public async Task One_WithAVideoThatIsShort_SaysSoOnTop_AndBesideThePiece()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[1].VideoMilliseconds, pieces[1].IsShort) = (423_000, true));

        var page = Open(export.Id);

        page.WaitForAssertion(() => Assert.Contains("shorter than what was asked for, and charged: 1.", page.Find("[aria-labelledby=standing]").TextContent, StringComparison.Ordinal));
        Assert.Equal("The video is 7 min 3 s long; 10 min were asked for.", page.Find("tbody .short").TextContent.Trim());
        // The same badge is in the list: it does not look as if all of it could be relied on.
        Assert.Equal("Done, to be checked", page.Find("[aria-labelledby=standing] header .badge.warn").TextContent.Trim());
    }

    [Fact]
    public async Task One_WithAPieceOfWhichNobodyKnows_TellsTheChargeAsTheLeast_OnTop_AndBesideThePiece()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[1].State, pieces[1].Reason, pieces[1].IsCharged, pieces[1].Charged) = (FootagePieceState.Unknown, ExportTrouble.SeveralBegan, false, 0));

        var page = Open(export.Id);

        page.WaitForAssertion(() => Assert.Contains("That is the least: of 1 pieces nobody knows whether Soracom has charged them, which would be 10 min more.", page.Find("[aria-labelledby=standing]").TextContent, StringComparison.Ordinal));
        Assert.Contains("Nobody can tell whether it was charged.", page.Find("tbody").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FootageExportState.Done, "Remove the files", "at least 20 min were used")]
    [InlineData(FootageExportState.Paused, "Cancel the export", "Used of the camera's quota so far: at least 20 min.")]
    [InlineData(FootageExportState.Done, "Try 1 again", "Used for that already: at least 10 min.")]
    [InlineData(FootageExportState.Done, "Try 1 again", "Earlier tries of it may have been charged besides: 10 min.")]
    public async Task One_ThatMayHaveBeenChargedMore_SaysSoBeforeItIsCancelled_RemovedOrTriedAgain(FootageExportState state, string button, string told)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            (row.State, row.FinishedAt) = (state, state == FootageExportState.Done ? row.FinishedAt : null);
            (pieces[1].State, pieces[1].Reason, pieces[1].Doubtful) = (FootagePieceState.Failed, "FileAltered", 600);
        });
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        circuit.Services.GetRequiredService<Radzen.DialogService>().OnOpen += (_, _, parameters, _) => asked.TrySetResult((string)parameters[nameof(Soracom.Portal.Shared.Layout.ConfirmDialog.Question)]!);
        var page = Open(export.Id);
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".actions button")));

        page.Act(it => it.FindAll(".actions button").Single(one => one.TextContent.Trim() == button).Click());

        Assert.Contains(told, await asked.Task.WaitAsync(Watchdog.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_WithWhatNobodyCanVouchFor_SaysSoBesideThePieces()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(40)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) =>
        {
            (pieces[0].VideoMilliseconds, pieces[0].IsUnread, pieces[0].IsFoundInList) = (null, true, true);
            (pieces[1].VideoMilliseconds, pieces[1].IsLong) = (900_000, true);
            pieces[2].Doubtful = 800;
        });

        var page = Open(export.Id);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tbody tr")));
        string Row(int place) => page.FindAll("tbody tr")[place].TextContent;
        Assert.Contains("can't be read in the file", Row(0), StringComparison.Ordinal);
        Assert.Contains("was found in Soracom's list", Row(0), StringComparison.Ordinal);
        Assert.Contains("The video is 15 min long; 13 min 20 s were asked for.", Row(1), StringComparison.Ordinal);
        Assert.Contains("An earlier try may have been charged: 13 min 20 s more.", Row(2), StringComparison.Ordinal);
        Assert.DoesNotContain("found in Soracom's list", Row(1) + Row(2), StringComparison.Ordinal);
        var standing = page.Find("[aria-labelledby=standing]").TextContent;
        Assert.Contains("longer than what was asked for: 1.", standing, StringComparison.Ordinal);
        Assert.Contains("nobody could read how long they are, or that are not whole: 1.", standing, StringComparison.Ordinal);
        Assert.Contains("found in Soracom's list: 1.", standing, StringComparison.Ordinal);
        Assert.Contains("of 1 pieces nobody knows", standing, StringComparison.Ordinal);
        // Whatever page of the table they are on.
        var marked = page.FindAll("[aria-labelledby=standing] a").Single(link => link.TextContent == "Show the marked ones (2)").GetAttribute("href")!;
        var shown = await scene.Exports.GetAsync(scene.Tenant, export.Id, PieceQuery.Parse(marked), Watchdog.Token);
        Assert.Equal([1, 2], shown.Value.Pieces.Select(piece => piece.Number));
        var only = Open(export.Id, marked);
        only.WaitForAssertion(() => Assert.Equal(2, only.FindAll("tbody tr").Count));
        Assert.Equal("Marked 2", string.Join(' ', only.Find(".pills [aria-current]").TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        var view = await scene.GetAsync(export.Id);
        using var manifest = System.Text.Json.JsonDocument.Parse(Soracom.Portal.Features.Exports.Downloads.FootageManifest.Write(scene.Tenant.Tenant, view.Export, view.Pieces));
        Assert.Equal([true, false, false], manifest.RootElement.GetProperty("pieces").EnumerateArray().Select(piece => piece.TryGetProperty("lengthNotReadable", out _)));
    }

    [Fact]
    public async Task Rules_RoomOfTheTenantsOwn_IsSaved_HeldAgainstTheInstallations_AndShownInTheList()
    {
        var page = circuit.Render<ExportRulesPage>(parameters => parameters.AddCascadingValue(scene.Tenant).Add(one => one.Slug, scene.Slug));
        page.WaitForAssertion(() => Assert.Equal("50", page.Find("#room").GetAttribute("placeholder")));

        page.Act(it => it.Find("#room").Change("51"));
        page.Act(it => it.Find("form").Submit());
        page.WaitForAssertion(() => Assert.Contains("Files may take 512 MiB to 50 GiB.", page.Markup, StringComparison.Ordinal));
        page.Act(it => it.Find("#room").Change("1.5"));
        page.Act(it => it.Find("form").Submit());

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".saved")));
        Assert.Equal(3L << 29, (await scene.Exports.UseAsync(scene.Tenant, Watchdog.Token)).Most);
        Assert.Equal("1.5", circuit.Render<ExportRulesPage>(parameters => parameters.AddCascadingValue(scene.Tenant).Add(one => one.Slug, scene.Slug)).Find("#room").GetAttribute("value"));
    }

    private IRenderedComponent<ExportPage> Open(Guid exportId, string? address = null) => circuit.Render<ExportPage>(parameters => parameters
        .AddCascadingValue(scene.Tenant)
        .AddCascadingValue("Location", $"https://portal.test{address ?? PortalUrls.Export(scene.Slug, exportId)}")
        .Add(one => one.Slug, scene.Slug)
        .Add(one => one.ExportId, exportId.ToString()));
}
