using Microsoft.EntityFrameworkCore;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Files that were paid for and that the store does not give, and the room of those that did not come.</summary>
public sealed class ExportUnreadTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    private ExportScene scene = null!;
    private Camera camera = null!;
    private long used;

    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        camera = await scene.CameraAsync(Gate);
        used = await scene.UsedAsync(camera.DeviceId);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task Room_OfAFetchThatBrokeOff_IsFreeAgain_WhileItsPieceIsLookedAfter()
    {
        // An address is tried for as long as it lives, and each try writes a file and a row: on a machine that has much else to do the usual time is not enough.
        Watchdog.Allow(TimeSpan.FromMinutes(5));
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = true, Path = "/_files", Count = 1000 });

        var held = await scene.WorkAsync(export.Id);

        Assert.Equal("Paused (LinkDied): 1 Exporting", ExportScene.Describe(held));
        Assert.Equal((true, null), (held.Pieces[0].FileKey is not null, held.Pieces[0].Length));
        Assert.True(await HasAllItsRoomAsync());
    }

    [Fact]
    public async Task Room_OfAFetchWhoseProgramWasKilled_IsFreeAgain_OnceSomebodyGoesOn()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Cut, Afterwards = true, Path = "/_files", Count = 1000 });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new EndsWhile(scene.Portal.Clock, async () => (await scene.GetAsync(export.Id)).Pieces[0].Length > 0)));
        Assert.False(await HasAllItsRoomAsync());
        await scene.ChangeAsync(export.Id, (row, _) => row.HeldUntil = null);
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Status, Status = 503, Method = "GET", Path = "/v1/sora_cam", Count = 1000 });

        Assert.Equal("Running (Unavailable): 1 Exporting", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.True(await HasAllItsRoomAsync());
    }

    [Fact]
    public async Task Retry_OfAFileThatCanNotBeReadForAMoment_TakesIt_AndPaysForNothing()
    {
        var (export, file) = await AskedAgainAsync();
        var pauses = new Healing(scene.Portal.Clock, after: 2, () => Heal(file));

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id, pauses)));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Retry_OfAFileThatCanNotBeRead_IsSettledAsThat_AndTheRestGoesOn()
    {
        var (export, file) = await AskedAgainAsync(TimeSpan.FromMinutes(20));

        var settled = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Failed (FileUnread) 1 Fetched", ExportScene.Describe(settled));
        Assert.Equal((600, 600, 0, used + 1200), (settled.Counts.LostCharged, settled.Counts.LostCost, settled.Pieces[0].Asked, await scene.UsedAsync(camera.DeviceId)));

        // It can be read after all: what somebody agreed to pay again is not paid.
        Heal(file);
        Assert.Equal(600, (await scene.Retries.CostAsync(scene.Tenant, export.Id, Watchdog.Token)).Value.Cost);
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used + 1200, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Retry_OfAFileThatCanNotBeReadStill_ExportsItAnew_AsSomebodyWasTold()
    {
        var (export, _) = await AskedAgainAsync();
        Assert.Equal("Done: 1 Failed (FileUnread)", ExportScene.Describe(await scene.WorkAsync(export.Id)));

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(done));
        Assert.Equal((600, used + 600), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
        Assert.NotEmpty(await scene.ContentAsync(done.Pieces[0]));
    }

    [Fact]
    public async Task Retry_OfAFileWhoseKeyDoesNotOpen_IsSettledAsThat()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) =>
        {
            var key = (byte[])pieces[0].FileKey!.Clone();
            key[^1] ^= 1;
            (pieces[0].State, pieces[0].Reason, pieces[0].Sha256, pieces[0].FileKey) = (FootagePieceState.Failed, ExportTrouble.LinkDied, null, key);
        });
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);

        Assert.Equal("Done: 1 Failed (FileUnread)", ExportScene.Describe(await scene.WorkAsync(export.Id)));

        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
    }

    [Fact]
    public async Task Run_OfAPieceThatIsOut_WhoseFileCanNotBeRead_IsFetchedFromTheVendorAgain_AndPaidOnce()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        // The program ended between the file and the note.
        await scene.ChangeAsync(export.Id, (row, pieces) =>
        {
            (row.State, row.FinishedAt) = (FootageExportState.Running, null);
            (pieces[0].State, pieces[0].Sha256, pieces[0].Crc32) = (FootagePieceState.Exporting, null, null);
        });
        Spoil(FileOf(1));

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used + 300, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Tidy_VideosOfOneTenant_OpensWhatTheirKeysAreSealedWithOnce()
    {
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await scene.WorkAsync((await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)))).Id);
        }

        await UnlookedAsync();
        var (opened, hook) = (0, new DatabaseHook());
        hook.BeforeQuery = query =>
        {
            opened += query.Contains("\"ArchiveKeys\"", StringComparison.Ordinal) ? 1 : 0;
            return Task.CompletedTask;
        };
        var book = new ExportFileBook(hook.Open(scene.Portal), scene.Portal.Get<ExportStore>(), scene.Portal.Get<TenantArchive>(), scene.Portal.Get<ExportRules>(), scene.Portal.Clock);

        await Lengths(book).RunAsync(Watchdog.Token);

        Assert.Equal((1, 0), (opened, await UnlookedCountAsync()));
    }

    [Theory]
    [InlineData(true, ExportTrouble.FileUnread)]
    [InlineData(false, ExportTrouble.FileBroken)]
    public async Task Tidy_AVideoThatTheStoreNeverGives_IsSettledAsLost_AndLookedAtNoMore(bool isThere, string why)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        await scene.WorkAsync(export.Id);
        await UnlookedAsync();
        var file = FileOf(1);
        File.Move(file, file + ".away");
        if (isThere)
        {
            Directory.CreateDirectory(file);
        }

        var lengths = Lengths(scene.Portal.Get<ExportFileBook>());
        for (var look = 1; look < ExportLengths.MostLooks; look++)
        {
            await lengths.RunAsync(Watchdog.Token);
        }

        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
        await lengths.RunAsync(Watchdog.Token);
        await lengths.RunAsync(Watchdog.Token);

        Assert.Equal($"Done: 1 Failed ({why}) 1 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.Equal("#1, 1", Assert.Single(await scene.Portal.TrailAsync(scene.Slug), entry => entry.Action == AuditActions.FootageLost).Detail);

        // It was only away: nothing is paid for again.
        if (isThere)
        {
            Directory.Delete(file);
        }

        File.Move(file + ".away", file);
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(await scene.WorkAsync(export.Id)));
        Assert.Equal(used + 1200, await scene.UsedAsync(camera.DeviceId));
    }

    [Fact]
    public async Task Tidy_WhileTheStoreIsAway_CountsAgainstNoFile()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        await UnlookedAsync();
        var store = StoreOf();
        var lengths = Lengths(scene.Portal.Get<ExportFileBook>());
        Directory.Move(store, store + ".away");
        for (var look = 0; look <= ExportLengths.MostLooks; look++)
        {
            await lengths.RunAsync(Watchdog.Token);
        }

        Directory.Move(store + ".away", store);
        File.Move(FileOf(1), FileOf(1) + ".away");
        await lengths.RunAsync(Watchdog.Token);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancel_OfAPieceThatWasPaidForBefore_SaysThatItWas(bool whileTheStoreFails)
    {
        var (export, file) = await AskedAgainAsync();
        Heal(file);
        if (whileTheStoreFails)
        {
            var cancelled = false;
            var folder = new ExportScene.Failing(scene, () =>
            {
                if (!cancelled)
                {
                    cancelled = true;
                    Assert.Null(scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token).GetAwaiter().GetResult().Error);
                }

                return true;
            });
            await scene.Runner(folder: folder).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);
        }
        else
        {
            Assert.Null((await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);
        }

        var left = await scene.GetAsync(export.Id);
        Assert.Equal("Cancelled: 1 Skipped (LeftOutPaid)", ExportScene.Describe(left));
        Assert.Equal(300, left.Counts.Charged);
    }

    [Fact]
    public async Task Cancel_OfAPieceThatNothingWasPaidFor_SaysNothingOfIt()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        Assert.Null((await scene.Exports.CancelAsync(scene.Tenant, export.Id, Watchdog.Token)).Error);

        Assert.Equal("Cancelled: 1 Skipped", ExportScene.Describe(await scene.GetAsync(export.Id)));
    }

    [Theory]
    [InlineData(FootageKind.Video, false)]
    [InlineData(FootageKind.Video, true)]
    [InlineData(FootageKind.Stills, false)]
    public async Task Run_AFileThatIsGoneRightAfterItWasWritten_IsFetchedAgain_AndPaidOnce(FootageKind kind, bool archive)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)) with { Kind = kind, Archive = archive, EverySeconds = 600 });
        var gone = 0;
        var folder = new ExportScene.Failing(scene, () =>
        {
            if (gone == 0 && Directory.Exists(StoreOf()) && Directory.EnumerateFiles(StoreOf(), "00001-*", SearchOption.AllDirectories).FirstOrDefault() is { } file && !file.EndsWith(".part", StringComparison.Ordinal))
            {
                gone++;
                File.Delete(file);
            }

            return false;
        });

        await scene.Runner(folder: folder).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);

        var done = await scene.GetAsync(export.Id);
        Assert.Equal((1, "Done: 1 Fetched"), (gone, ExportScene.Describe(done)));
        Assert.NotEmpty(await scene.ContentAsync(done.Pieces[0]));
        Assert.Equal(done.Pieces[0].Cost, done.Counts.Charged);
    }

    /// <summary>An export whose first piece's file is in the store and can't be read, and was asked for again.</summary>
    private async Task<(FootageExport Export, string File)> AskedAgainAsync(TimeSpan? length = null)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, length ?? TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(export.Id);
        await scene.ChangeAsync(export.Id, (_, pieces) => (pieces[0].State, pieces[0].Reason, pieces[0].Sha256, pieces[0].Crc32) = (FootagePieceState.Failed, ExportTrouble.LinkDied, null, null));
        Assert.Null((await scene.Retries.RetryAsync(scene.Tenant, export.Id, agreed: null, Watchdog.Token)).Error);
        var file = FileOf(1);
        Spoil(file);
        return (export, file);
    }

    /// <summary>Puts something in a file's place that nobody can read.</summary>
    private static void Spoil(string file)
    {
        File.Move(file, file + ".away");
        Directory.CreateDirectory(file);
    }

    private static void Heal(string file)
    {
        Directory.Delete(file);
        File.Move(file + ".away", file);
    }

    private string StoreOf() => Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports");

    private string FileOf(int number) => Assert.Single(Directory.GetFiles(StoreOf(), $"{number:00000}-*", SearchOption.AllDirectories));

    private ExportLengths Lengths(ExportFileBook book) => new(scene.Portal.Database, book, scene.Portal.Get<ExportFolder>(), scene.Portal.Get<ExportLosses>());

    private Task<bool> HasAllItsRoomAsync() => scene.Portal.Get<ExportFileBook>().HasRoomAsync(scene.Tenant.TenantId, 50L << 30, Watchdog.Token);

    private async Task UnlookedAsync()
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        await db.FootagePieces.ExecuteUpdateAsync(set => set.SetProperty(piece => piece.VideoMilliseconds, (long?)null), Watchdog.Token);
    }

    private async Task<int> UnlookedCountAsync()
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        return await db.FootagePieces.CountAsync(piece => piece.VideoMilliseconds == null, Watchdog.Token);
    }

    /// <summary>A program that ends in the first pause in which something is so.</summary>
    private sealed class EndsWhile(FakeTime clock, Func<Task<bool>> isSo) : Soracom.Portal.Shared.Jobs.Pauses(clock)
    {
        public override async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            if (await isSo())
            {
                throw new OperationCanceledException();
            }

            clock.Advance(pause);
        }
    }

    /// <summary>Lets pauses pass, and something happen after so many.</summary>
    private sealed class Healing(FakeTime clock, int after, Action heal) : Soracom.Portal.Shared.Jobs.Pauses(clock)
    {
        private int left = after;

        public override Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            clock.Advance(pause);
            if (--left == 0)
            {
                heal();
            }

            return Task.CompletedTask;
        }
    }
}
