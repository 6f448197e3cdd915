using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>What is written into the store, how much of it, and what stays there.</summary>
public sealed class ExportFolderTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    private const string Another = "東京 豊洲充電ステーション";

    private ExportScene scene = null!;

    public async ValueTask InitializeAsync() => scene = await ExportScene.StartAsync();

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData(100_000, true)]
    [InlineData(99_999, false)]
    public async Task Write_AsMuchAsThereIsRoomFor_AndNoByteMore(long room, bool isThere)
    {
        var place = new StoredPlace(Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid());
        var folder = scene.Portal.Get<ExportFolder>();
        folder.Begin();

        var written = await Record.ExceptionAsync(() => folder.WriteAsync(place, new byte[SealedFile.KeySize], new MemoryStream(new byte[100_000]), room, Watchdog.Token));

        Assert.Equal(isThere ? null : typeof(StoreFullException), written?.GetType());
        Assert.Equal(isThere ? 1 : 0, FilesOf(place).Length);
        if (!OperatingSystem.IsWindows())
        {
            // For the portal's own account alone.
            const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            foreach (var file in FilesOf(place))
            {
                Assert.Equal((Own, Own | UnixFileMode.UserExecute), (File.GetUnixFileMode(file), File.GetUnixFileMode(Path.GetDirectoryName(file)!)));
            }
        }
    }

    [Fact]
    public void Room_IsThatOfWhateverIsMountedAtTheFolder()
    {
        Assert.SkipUnless(Directory.Exists("/dev/shm"), "Nothing is mounted there.");
        var mounted = Directory.CreateDirectory($"/dev/shm/footage-{Guid.NewGuid():N}");
        var (room, most) = (DiskRoom.Of(mounted.FullName), new DriveInfo("/dev/shm").TotalSize);
        mounted.Delete();

        Assert.InRange(room, 0, most);
        Assert.NotEqual(new DriveInfo("/").TotalSize, most);
        // The share is away.
        Assert.ThrowsAny<IOException>(() => DiskRoom.Of(mounted.FullName));
    }

    [Theory]
    [InlineData("/mounts/footage", false, true)]
    [InlineData(@"D:\footage", true, true)]
    [InlineData(@"\\account.file.core.windows.net\footage", true, false)]
    [InlineData("//account.file.core.windows.net/footage", true, false)]
    [InlineData(@"\\account.file.core.windows.net\footage", false, false)]
    [InlineData("smb://account.file.core.windows.net/footage", false, false)]
    [InlineData(null, false, true)]
    public void Folder_AtAnAddressOfTheNetwork_IsNone(string? folder, bool isWindows, bool isMounted) => Assert.Equal(isMounted, DiskRoom.IsMounted(folder, isWindows));

    [Fact]
    public async Task Write_OnADiskThatFillsUpMeanwhile_EndsAndLeavesNothing()
    {
        var place = new StoredPlace(Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid());
        var options = new ExportOptions { Folder = scene.Portal.Get<IOptions<ExportOptions>>().Value.Folder, LeastFreeBytes = long.MaxValue };
        var folder = new ExportFolder(Options.Create(options), scene.Portal.Get<IWebHostEnvironment>());
        folder.Begin();

        await Assert.ThrowsAsync<StoreFullException>(() => folder.WriteAsync(place, new byte[SealedFile.KeySize], new MemoryStream(new byte[CappedStream.LookEvery]), long.MaxValue, Watchdog.Token));

        Assert.Empty(FilesOf(place));
    }

    [Fact]
    public async Task Run_AFileOfUnknownLengthThatIsTooLong_PausesAsTheStoreIsFull_AndLeavesNothing()
    {
        var camera = await scene.CameraAsync(Gate);
        var first = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await scene.WorkAsync(first.Id);
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(5)));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scene.WorkAsync(export.Id, new ExportScene.EndsAfter(scene.Portal.Clock, pauses: 2)));
        await scene.ChangeAsync(export.Id, (row, _) => (row.HeldUntil, row.NotBefore) = (null, null));
        var most = scene.Portal.Get<IOptions<ExportOptions>>().Value.MostBytesOfTenant;
        await scene.ChangeAsync(first.Id, (_, pieces) => pieces[0].Length = most - 1_000);

        var files = new VendorFiles(new Hooked(answer => answer.Content.Headers.ContentLength = null), scene.Portal.Get<IOptions<SoracomApiOptions>>(), scene.Portal.Clock);
        await scene.Runner(files: files).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);

        var stopped = await scene.GetAsync(export.Id);
        Assert.Equal("Paused (StoreFull): 1 Exporting", ExportScene.Describe(stopped));
        Assert.Empty(FilesOf(new StoredPlace(export.TenantId, export.Id, 1, Guid.Empty)));

        // There is room again: what was paid for is fetched after all.
        await scene.ChangeAsync(first.Id, (_, pieces) => pieces[0].Length = 1);
        await scene.ChangeAsync(export.Id, (row, _) => (row.HeldUntil, row.NotBefore) = (null, null));
        Assert.Equal(1, (await scene.WorkAsync(export.Id)).Counts[FootagePieceState.Fetched]);
    }

    [Fact]
    public async Task NewFile_OfTwoExportsAtOnceWithRoomForOne_IsOne_UntilTheOtherIsSettled()
    {
        await using var small = await ExportScene.StartAsync(PortalScene.Nagisa, "--Exports:MostBytesOfTenant=536870912");
        var turns = new List<JobTurn>();
        foreach (var name in (string[])[Gate, Another])
        {
            var export = await small.BeginAsync(await small.RequestAsync(await small.CameraAsync(name), TimeSpan.FromMinutes(5)));
            turns.Add((await small.Portal.Get<ExportStore>().TakeAsync(export.TenantId, export.Id, Watchdog.Token))!.Turn);
            await small.ChangeAsync(export.Id, (_, pieces) => pieces[0].State = FootagePieceState.Exporting);
        }

        var files = await Task.WhenAll(turns.Select(turn => small.Portal.Get<ExportFileBook>().NewFileAsync(small.Tenant.TenantId, turn, 1, 400_000_000, Watchdog.Token)));

        Assert.Single(files, file => file == NewFile.None);
        var refused = turns[Array.FindIndex(files, file => file == NewFile.None)];
        var other = turns.Single(turn => turn != refused);
        await small.ChangeAsync(other.JobId, (row, pieces) => (row.HeldUntil, pieces[0].State) = (null, FootagePieceState.Failed));
        Assert.Equal(400_000_000, (await small.Portal.Get<ExportFileBook>().NewFileAsync(small.Tenant.TenantId, refused, 1, 400_000_000, Watchdog.Token))!.Room);
        // Trying again does not set the same aside twice.
        Assert.NotEqual(NewFile.None, await small.Portal.Get<ExportFileBook>().NewFileAsync(small.Tenant.TenantId, refused, 1, 400_000_000, Watchdog.Token));
    }

    [Fact]
    public async Task Fetch_ByAHolderThatWasAsleep_LeavesWhatItsSuccessorWrites()
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(await scene.CameraAsync(Gate), TimeSpan.FromMinutes(5)));
        var successors = new StoredPlace(export.TenantId, export.Id, 1, Guid.CreateVersion7());
        var options = scene.Portal.Get<IOptions<ExportOptions>>().Value;
        var path = Path.Combine(options.Folder!, export.TenantId.ToString("N"), export.Id.ToString("N"), $"00001-{successors.FileId:N}");
        var files = new VendorFiles(
            new Hooked(_ =>
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllText(path, "");
            }),
            scene.Portal.Get<IOptions<SoracomApiOptions>>(),
            scene.Portal.Clock);

        await scene.Runner(files: files).RunAsync(export.TenantId, export.Id, isWanted: null, Watchdog.Token);

        Assert.Equal("Done: 1 Fetched", ExportScene.Describe(await scene.GetAsync(export.Id)));
        Assert.True(File.Exists(path));
    }

    [Fact]
    public async Task Open_OfAFileThatWasCutOff_LetsGoOfIt()
    {
        var place = new StoredPlace(Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid());
        var folder = scene.Portal.Get<ExportFolder>();
        folder.Begin();
        await folder.WriteAsync(place, new byte[SealedFile.KeySize], new MemoryStream(new byte[100]), 100, Watchdog.Token);
        var path = Assert.Single(FilesOf(place));
        await File.WriteAllBytesAsync(path, [1], Watchdog.Token);

        Assert.Throws<InvalidDataException>(() => folder.Open(place, new byte[SealedFile.KeySize]));

        // Where it were open yet, nobody could have it alone.
        await using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private string[] FilesOf(StoredPlace place) =>
        Path.Combine(scene.Portal.Get<IOptions<ExportOptions>>().Value.Folder!, place.TenantId.ToString("N"), place.OwnerId.ToString("N")) is var path && Directory.Exists(path) ? Directory.GetFiles(path) : [];

    /// <summary>Clients for whose answers something is done before they are read.</summary>
    private sealed class Hooked(Action<HttpResponseMessage> hook) : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(new Handler(hook) { InnerHandler = new SocketsHttpHandler() });

        private sealed class Handler(Action<HttpResponseMessage> hook) : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                hook(answer);
                return answer;
            }
        }
    }
}
