using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;
using Soracom.Api;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>How much is written of what nobody says the length of.</summary>
public sealed class ExportFolderTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

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

        var written = await Record.ExceptionAsync(() => folder.WriteAsync(place, new byte[SealedFile.KeySize], new MemoryStream(new byte[100_000]), room, Watchdog.Token));

        Assert.Equal(isThere ? null : typeof(StoreFullException), written?.GetType());
        Assert.Equal(isThere ? 1 : 0, FilesOf(place).Length);
    }

    [Fact]
    public async Task Write_OnADiskThatFillsUpMeanwhile_EndsAndLeavesNothing()
    {
        var place = new StoredPlace(Guid.NewGuid(), Guid.NewGuid(), 1, Guid.NewGuid());
        var options = new ExportOptions { Folder = scene.Portal.Get<IOptions<ExportOptions>>().Value.Folder, LeastFreeBytes = long.MaxValue };
        var folder = new ExportFolder(Options.Create(options), scene.Portal.Get<IWebHostEnvironment>());

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

        var files = new VendorFiles(new Unsized(), scene.Portal.Get<IOptions<SoracomApiOptions>>(), scene.Portal.Clock);
        await scene.Runner(files: files).RunAsync(scene.Tenant.TenantId, export.Id, isWanted: null, Watchdog.Token);

        var stopped = await scene.GetAsync(export.Id);
        Assert.Equal("Paused (StoreFull): 1 Exporting", ExportScene.Describe(stopped));
        Assert.Empty(FilesOf(new StoredPlace(export.TenantId, export.Id, 1, Guid.Empty)));

        // There is room again: what was paid for is fetched after all.
        await scene.ChangeAsync(first.Id, (_, pieces) => pieces[0].Length = 1);
        await scene.ChangeAsync(export.Id, (row, _) => (row.HeldUntil, row.NotBefore) = (null, null));
        Assert.Equal(1, (await scene.WorkAsync(export.Id)).Counts[FootagePieceState.Fetched]);
    }

    private string[] FilesOf(StoredPlace place) =>
        Path.Combine(scene.Portal.Get<IOptions<ExportOptions>>().Value.Folder!, place.TenantId.ToString("N"), place.ExportId.ToString("N")) is var path && Directory.Exists(path) ? Directory.GetFiles(path) : [];

    /// <summary>Clients whose answers don't say how long they are.</summary>
    private sealed class Unsized : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => new(new Handler { InnerHandler = new SocketsHttpHandler() });

        private sealed class Handler : DelegatingHandler
        {
            protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                var answer = await base.SendAsync(request, cancellationToken);
                answer.Content.Headers.ContentLength = null;
                return answer;
            }
        }
    }
}
