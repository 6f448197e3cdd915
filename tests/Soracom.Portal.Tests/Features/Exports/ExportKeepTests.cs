using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Cameras;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>How long footage is kept, and what a tenant's rules do.</summary>
public sealed class ExportKeepTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    private ExportScene scene = null!;

    private ExportRetention Retention => scene.Portal.Get<ExportRetention>();

    private ExportRules Rules => scene.Portal.Get<ExportRules>();

    public async ValueTask InitializeAsync() => scene = await ExportScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Retention_ThirtyDaysAfterTheEnd_FilesAndTheirKeysAreGone_WhatWasChargedStays()
    {
        var export = await DoneAsync();
        scene.Portal.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await Retention.RunAsync(Watchdog.Token);
        Assert.Null((await LookAsync(export)).Export.RemovedAt);
        Assert.NotEmpty(FilesOf(export));

        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(2));
        await Retention.RunAsync(Watchdog.Token);

        var removed = await LookAsync(export);
        Assert.Equal(scene.Portal.Clock.GetUtcNow(), removed.Export.RemovedAt);
        Assert.All(removed.Pieces, piece => Assert.Null(piece.FileKey));
        Assert.Equal(300, removed.Counts.Charged);
        Assert.Null(removed.KeptUntil);
        Assert.Empty(FilesOf(export));
        Assert.Equal(0, (await scene.Portal.Get<ExportRemover>().UseAsync(export.TenantId, Watchdog.Token)).Used);
        var entry = Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRemoved);
        Assert.Equal((AuditEntry.Itself, export.DeviceId, "#1"), (entry.ActorName, entry.ObjectId, entry.Detail));
    }

    [Fact]
    public async Task Retention_ATenantThatKeepsThemForTwoDays_CountsForWhatIsThereToo()
    {
        var export = await DoneAsync();
        var until = (await LookAsync(export)).KeptUntil;
        Assert.Null((await Rules.PutAsync(scene.Tenant, reasonRequired: false, 2, mostBytes: null, Watchdog.Token)).Error);
        Assert.Equal(until - TimeSpan.FromDays(28), (await LookAsync(export)).KeptUntil);

        scene.Portal.Clock.Advance(TimeSpan.FromDays(2));
        await Retention.RunAsync(Watchdog.Token);

        Assert.NotNull((await LookAsync(export)).Export.RemovedAt);
    }

    [Fact]
    public async Task Retention_AnExportLeftPaused_EndsAndGivesBackItsQuota_AndItsFilesAreKeptFromThenOn()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await scene.Exports.PauseAsync(scene.Tenant, export.Id, Watchdog.Token);
        Assert.Equal(scene.Portal.Clock.GetUtcNow() + TimeSpan.FromDays(30), (await LookAsync(export)).EndsAt);

        scene.Portal.Clock.Advance(TimeSpan.FromDays(30) - TimeSpan.FromSeconds(1));
        await Retention.RunAsync(Watchdog.Token);
        Assert.Equal(FootageExportState.Paused, (await LookAsync(export)).Export.State);
        Assert.Equal(TimeSpan.FromMinutes(5), await ReservedAsync(export.DeviceId));

        scene.Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        await Retention.RunAsync(Watchdog.Token);

        var ended = await LookAsync(export);
        Assert.Equal("Cancelled: 1 Skipped", ExportScene.Describe(ended));
        Assert.Equal((null, null, scene.Portal.Clock.GetUtcNow()), (ended.EndsAt, ended.Export.RemovedAt, ended.Export.FinishedAt));
        Assert.Equal(TimeSpan.Zero, await ReservedAsync(export.DeviceId));
        Assert.Equal(AuditEntry.Itself, Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageCancelled).ActorName);
    }

    [Fact]
    public async Task Retention_OfASuspendedTenant_EndsWhatWasLeftPaused_AndLeavesItsFilesAlone()
    {
        var done = await DoneAsync();
        var paused = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(20)));
        await scene.Exports.PauseAsync(scene.Tenant, paused.Id, Watchdog.Token);
        await SuspendAsync(scene.Portal.Clock.GetUtcNow());
        scene.Portal.Clock.Advance(TimeSpan.FromDays(31));

        await Retention.RunAsync(Watchdog.Token);

        Assert.NotEmpty(FilesOf(done));
        await SuspendAsync(at: null);
        // What it had set aside of the camera's quota was missing in every tenant of that operator.
        Assert.Equal(("Cancelled: 2 Skipped", (DateTimeOffset?)null), (ExportScene.Describe(await LookAsync(paused)), (await LookAsync(done)).Export.RemovedAt));
        Assert.Equal(TimeSpan.Zero, await ReservedAsync(paused.DeviceId));

        await Retention.RunAsync(Watchdog.Token);
        Assert.Empty(FilesOf(done));

        async Task SuspendAsync(DateTimeOffset? at)
        {
            await using var db = scene.Portal.Database.ForInstallation();
            await db.Tenants.Where(tenant => tenant.Id == scene.Tenant.TenantId).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.SuspendedAt, at), Watchdog.Token);
        }
    }

    [Fact]
    public async Task Retention_AnExportThatWasResumed_CountsFromItsLatestPause()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        await scene.Exports.PauseAsync(scene.Tenant, export.Id, Watchdog.Token);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(20));
        using (var later = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator))
        {
            await scene.Retries.ResumeAsync(later, export.Id, agreed: null, Watchdog.Token);
            Assert.Null((await LookAsync(export)).EndsAt);
            await scene.Exports.PauseAsync(later, export.Id, Watchdog.Token);
        }

        scene.Portal.Clock.Advance(TimeSpan.FromDays(20));
        await Retention.RunAsync(Watchdog.Token);

        Assert.Equal(FootageExportState.Paused, (await LookAsync(export)).Export.State);
    }

    [Fact]
    public async Task Retention_FilesWhoseExportWasForgottenBeforeTheyWere_AreDeletedTheNextTime()
    {
        var export = await DoneAsync();
        var stray = Guid.NewGuid();
        Directory.CreateDirectory(Path.Combine(FolderOf(scene.Tenant.TenantId), stray.ToString("N")));
        await scene.ChangeAsync(export.Id, (row, _) => row.RemovedAt = scene.Portal.Clock.GetUtcNow());

        await Retention.RunAsync(Watchdog.Token);

        // What the database knows nothing of may be another's.
        Assert.Equal([stray.ToString("N")], Directory.EnumerateDirectories(FolderOf(scene.Tenant.TenantId)).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Retention_AFolderThatIsLocked_IsToldAndTriedAgain_AndTheOthersGo()
    {
        var locked = await DoneAsync();
        var other = await DoneAsync();
        var folder = new Locked(scene.Portal.Get<IOptions<ExportOptions>>(), scene.Portal.Get<IWebHostEnvironment>()) { Export = locked.Id };
        var retention = RetentionOf(folder);
        scene.Portal.Clock.Advance(TimeSpan.FromDays(30));

        await retention.RunAsync(Watchdog.Token);

        Assert.Empty(FilesOf(other));
        Assert.NotEmpty(FilesOf(locked));
        Assert.All((await LookAsync(locked)).Pieces, piece => Assert.Null(piece.FileKey));
        Assert.All(Told(), line => Assert.Contains(locked.Id.ToString(), line, StringComparison.Ordinal));
        Assert.NotEmpty(Told());

        folder.Export = Guid.Empty;
        await retention.RunAsync(Watchdog.Token);
        Assert.Empty(FilesOf(locked));
    }

    [Fact]
    public async Task Retention_ATenantsFolderThatCannotBeRead_IsTold_AndTheOthersAreSwept()
    {
        var export = await DoneAsync();
        await scene.ChangeAsync(export.Id, (row, _) => row.RemovedAt = scene.Portal.Clock.GetUtcNow());
        // One before and one after the tenant's own, whichever way the disk tells them.
        Guid[] unreadable = [Guid.Parse("00000000-0000-0000-0000-000000000001"), Guid.Parse("ffffffff-ffff-ffff-ffff-ffffffffffff")];
        var folder = new Locked(scene.Portal.Get<IOptions<ExportOptions>>(), scene.Portal.Get<IWebHostEnvironment>()) { Unreadable = unreadable };
        foreach (var tenantId in unreadable)
        {
            Directory.CreateDirectory(FolderOf(tenantId));
        }

        await RetentionOf(folder).RunAsync(Watchdog.Token);

        Assert.Empty(FilesOf(export));
        Assert.Equal(2, Told().Count);
    }

    [Fact]
    public async Task Remove_ADoneExport_IsGoneAtOnce_AndASecondTimeSaysSo()
    {
        var export = await DoneAsync();

        Assert.Null((await scene.Exports.RemoveAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);

        Assert.Empty(FilesOf(export));
        Assert.IsType<FootageRemovedError>((await scene.Exports.RemoveAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
        Assert.IsType<FootageRemovedError>((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal(scene.Tenant.Actor.Name, Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRemoved).ActorName);
    }

    [Fact]
    public async Task Remove_AnExportUnderWay_IsRefused()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));

        Assert.IsType<ExportMovedError>((await scene.Exports.RemoveAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
    }

    [Theory]
    [InlineData("", "ExportReasonMissing")]
    [InlineData("  ", "ExportReasonMissing")]
    [InlineData("Ticket 4711", null)]
    public async Task Begin_WhereAReasonIsRequired_WantsOne(string reason, string? error)
    {
        await Rules.PutAsync(scene.Tenant, reasonRequired: true, keepDays: null, mostBytes: null, Watchdog.Token);
        var request = await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)) with { Reason = reason };

        var begun = await scene.Requests.BeginAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token);

        Assert.Equal(error, begun.Error?.Key);
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        Assert.Equal(error is null ? 1 : 0, await db.FootageExports.CountAsync(Watchdog.Token));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(FootageRules.MostDays + 1)]
    public async Task Rules_DaysThatAreNone_AreRefusedAndChangeNothing(int days)
    {
        Assert.Equal("ExportKeepDays", (await Rules.PutAsync(scene.Tenant, reasonRequired: true, days, mostBytes: null, Watchdog.Token)).Error?.Key);
        Assert.False((await Rules.GetAsync(scene.Tenant, Watchdog.Token)).ReasonRequired);
    }

    [Fact]
    public async Task Rules_OfOneTenant_AreNotAnothers_AndTheTrailTellsBothValues()
    {
        await Rules.PutAsync(scene.Tenant, reasonRequired: true, 7, mostBytes: null, Watchdog.Token);
        await Rules.PutAsync(scene.Tenant, reasonRequired: true, 7, mostBytes: null, Watchdog.Token);

        using var other = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        var theirs = await Rules.GetAsync(other, Watchdog.Token);
        Assert.Equal((false, null), (theirs.ReasonRequired, theirs.KeepDays));
        Assert.Equal("reason optional, 30 d, 53687091200 bytes → reason required, 7 d, 53687091200 bytes", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRulesChanged).Change());
    }

    [Theory]
    [InlineData((512L << 20) - 1)]
    [InlineData((50L << 30) + 1)]
    public async Task Rules_RoomThatIsNone_OrMoreThanTheInstallations_IsRefusedAndChangesNothing(long bytes)
    {
        var refused = await Rules.PutAsync(scene.Tenant, reasonRequired: true, keepDays: null, bytes, Watchdog.Token);

        Assert.Equal(("ExportRoom", "512 MiB", "50 GiB"), (refused.Error?.Key, refused.Error?.Arguments[0], refused.Error?.Arguments[1]));
        Assert.False((await Rules.GetAsync(scene.Tenant, Watchdog.Token)).ReasonRequired);
    }

    [Fact]
    public async Task Rules_RoomOfTheTenantsOwn_StopsItsExportsBeforeAnythingIsPaidFor_AndNobodyElses()
    {
        var done = await DoneAsync();
        await scene.Portal.TestDatabase.ExecuteAsync("UPDATE FootagePieces SET Length = 200000000");
        Assert.Null((await Rules.PutAsync(scene.Tenant, reasonRequired: false, keepDays: null, 512L << 20, Watchdog.Token)).Error);
        var remover = scene.Portal.Get<ExportRemover>();
        using var other = await scene.Portal.OpenAsync(PortalScene.Aoba, TenantRole.Owner);
        Assert.Equal((512L << 20, 50L << 30), ((await remover.UseAsync(scene.Tenant.TenantId, Watchdog.Token)).Most, (await remover.UseAsync(other.TenantId, Watchdog.Token)).Most));
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));

        Assert.Equal("Paused (StoreFull): 2 Waiting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used, await scene.UsedAsync(camera.DeviceId));
        Assert.NotEmpty(FilesOf(done));
        Assert.Contains("53687091200 bytes → reason optional, 30 d, 536870912 bytes", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageRulesChanged).Change(), StringComparison.Ordinal);

        Assert.Null((await Rules.PutAsync(scene.Tenant, reasonRequired: false, keepDays: null, 1L << 30, Watchdog.Token)).Error);
        Assert.Null((await scene.Retries.ResumeAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Rules_RoomOfTheTenantsOwn_IsNeverMoreThanTheInstallationsIsByNow()
    {
        await using (var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId))
        {
            db.FootageRules.Add(new FootageRules { TenantId = scene.Tenant.TenantId, MostBytes = 1L << 50 });
            await db.SaveChangesAsync(Watchdog.Token);
        }

        Assert.Equal(50L << 30, (await scene.Portal.Get<ExportRemover>().UseAsync(scene.Tenant.TenantId, Watchdog.Token)).Most);
    }

    [Theory]
    [InlineData(FootagePieceState.Failed)]
    [InlineData(FootagePieceState.Waiting)]
    [InlineData(FootagePieceState.Skipped)]
    public async Task Room_OfAFileThatIsOnItsWay_StaysSetAside_WhateverSomebodySettlesOfItsPiece(FootagePieceState state)
    {
        var export = await DoneAsync();
        var book = scene.Portal.Get<ExportFileBook>();
        await scene.ChangeAsync(export.Id, (row, pieces) =>
            (row.HeldUntil, pieces[0].State, pieces[0].Sha256, pieces[0].Length) = (scene.Portal.Clock.GetUtcNow().AddMinutes(1), state, null, 50L << 30));
        Assert.False(await book.HasRoomAsync(export.TenantId, 1, Watchdog.Token));

        // Nobody fetches it any more.
        await scene.ChangeAsync(export.Id, (row, _) => row.HeldUntil = null);
        Assert.True(await book.HasRoomAsync(export.TenantId, 1, Watchdog.Token));

        // It was there, and is lost: another is worked on.
        await scene.ChangeAsync(export.Id, (row, pieces) => (row.HeldUntil, pieces[0].Sha256) = (scene.Portal.Clock.GetUtcNow().AddMinutes(1), new string('0', 64)));
        Assert.True(await book.HasRoomAsync(export.TenantId, 1, Watchdog.Token));
    }

    /// <summary>How an export stands, to somebody who has just signed in: sessions end sooner than files.</summary>
    private async Task<ExportView> LookAsync(FootageExport export)
    {
        using var tenant = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        var view = await scene.Exports.GetAsync(tenant, export.Id, null, Watchdog.Token);
        Assert.Null(view.Error);
        return view.Value;
    }

    /// <summary>What the camera's page says that exports have set aside.</summary>
    private async Task<TimeSpan> ReservedAsync(string deviceId)
    {
        using var tenant = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        return (await scene.Portal.Get<CameraReader>().QuotaAsync(tenant, ExportScene.Japan, deviceId, Watchdog.Token)).Value.Reserved;
    }

    private async Task<FootageExport> DoneAsync()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        return export;
    }

    private ExportRetention RetentionOf(ExportFolder folder) => new(
        scene.Portal.Database,
        Rules,
        new ExportRemover(folder, scene.Portal.Database, Rules, scene.Portal.Clock, scene.Portal.Get<ILogger<ExportRemover>>()),
        scene.Portal.Get<AuditTrail>(),
        scene.Portal.Clock);

    private List<string> Told() => [.. scene.Portal.Logs.Lines.Where(line => line.Category.EndsWith(nameof(ExportRemover), StringComparison.Ordinal) && line.Level == LogLevel.Warning).Select(line => line.Message)];

    private string FolderOf(Guid tenantId) => Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports", tenantId.ToString("N"));

    private string[] FilesOf(FootageExport export) => Directory.Exists(Path.Combine(FolderOf(export.TenantId), export.Id.ToString("N")))
        ? Directory.GetFiles(Path.Combine(FolderOf(export.TenantId), export.Id.ToString("N")))
        : [];

    /// <summary>A store in which somebody holds a folder open, or that does not let the portal read one.</summary>
    private sealed class Locked(IOptions<ExportOptions> options, IWebHostEnvironment environment) : ExportFolder(options, environment)
    {
        public Guid Export { get; set; }

        public IReadOnlyList<Guid> Unreadable { get; init; } = [];

        protected override void Remove(string path)
        {
            if (path.EndsWith(Export.ToString("N"), StringComparison.Ordinal))
            {
                throw new IOException("It is used by another process.");
            }

            base.Remove(path);
        }

        protected override IReadOnlyList<Guid> Named(string path) =>
            Unreadable.Any(tenantId => path.EndsWith(tenantId.ToString("N"), StringComparison.Ordinal)) ? throw new UnauthorizedAccessException("Access is denied.") : base.Named(path);
    }
}
