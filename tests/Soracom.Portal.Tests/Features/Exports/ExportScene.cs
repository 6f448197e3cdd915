using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Running;
using Soracom.Portal.Features.Exports.Storing;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Jobs;
using Soracom.Portal.Shared.Storing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>A portal, its tenant's cameras and somebody who may export. Exports are worked on when a test says so, and pauses pass at once.</summary>
internal sealed class ExportScene : IAsyncDisposable
{
    public const SoracomCoverage Japan = SoracomCoverage.Japan;

    private ExportScene(PortalScene portal, string slug, TenantContext tenant)
    {
        Portal = portal;
        Slug = slug;
        Tenant = tenant;
    }

    public PortalScene Portal { get; }

    public string Slug { get; }

    public TenantContext Tenant { get; }

    public FootageExports Exports => Portal.Get<FootageExports>();

    public FootageRetries Retries => Portal.Get<FootageRetries>();

    public FootageRequests Requests => Portal.Get<FootageRequests>();

    public static async Task<ExportScene> StartAsync(string slug = PortalScene.Nagisa, params string[] settings) => await OfAsync(await PortalScene.StartAsync(settings), slug);

    /// <summary>The same with a vendor that answers in its own way where its documentation is silent.</summary>
    public static async Task<ExportScene> StartAsync(Soracom.Sandbox.UndocumentedAnswers undocumented) => await OfAsync(await PortalScene.StartAsync(undocumented), PortalScene.Nagisa);

    private static async Task<ExportScene> OfAsync(PortalScene portal, string slug)
    {
        return new ExportScene(portal, slug, await portal.OpenAsync(slug, TenantRole.Owner));
    }

    public async ValueTask DisposeAsync()
    {
        Tenant.Dispose();
        await Portal.DisposeAsync();
    }

    /// <summary>The camera of a name.</summary>
    public async Task<Camera> CameraAsync(string name) =>
        (await ReadAsync(cameras => cameras.ListSoraCamDevicesAsync(Watchdog.Token))).Single(camera => camera.Name == name);

    /// <summary>Seconds of this month's quota that the vendor has counted.</summary>
    public async Task<long> UsedAsync(string deviceId) => (await ReadAsync(cameras => cameras.GetSoraCamDeviceExportUsageAsync(deviceId, Watchdog.Token))).Video!.UsedSeconds!.Value;

    /// <summary>A stretch of a continuous recording of yesterday.</summary>
    public async Task<ExportRequest> RequestAsync(Camera camera, TimeSpan length)
    {
        var now = Portal.Clock.GetUtcNow();
        var page = await ReadAsync(cameras => cameras.ListSoraCamDeviceRecordingsAndEventsAsync(
            camera.DeviceId, from: new Soracom.Api.Http.UnixMilliseconds(now.AddDays(-3)), to: new Soracom.Api.Http.UnixMilliseconds(now), sort: Soracom.Api.SortOrder.Descending, cancellationToken: Watchdog.Token));
        var recording = page.Content.Records!.First(one => one.EndTime - one.StartTime > length + TimeSpan.FromMinutes(1));
        var from = recording.StartTime!.Value.AddSeconds(30);
        return new ExportRequest { DeviceId = camera.DeviceId, From = from, To = from + length };
    }

    public async Task<T> ReadAsync<T>(Func<ISoraCamApi, Task<T>> call)
    {
        var read = await Portal.Get<TenantSoracom>().ReadAsync(Tenant, Japan, (client, _) => call(client.SoraCam), Watchdog.Token);
        Assert.Null(read.Error);
        return read.Value;
    }

    public async Task<FootageExport> BeginAsync(ExportRequest request)
    {
        var begun = await Requests.BeginAsync(Tenant, Japan, request, Watchdog.Token);
        Assert.Null(begun.Error);
        return begun.Value;
    }

    /// <summary>Works on an export as one instance of the portal does, until it is done or waits for something.</summary>
    public async Task<ExportView> WorkAsync(Guid exportId, Pauses? pauses = null)
    {
        await Runner(pauses).RunAsync(Tenant.TenantId, exportId, isWanted: null, Watchdog.Token);
        return await GetAsync(exportId);
    }

    /// <summary>What works on exports.</summary>
    public ExportRunner Runner(Pauses? pauses = null, VendorFiles? files = null, ExportFolder? folder = null)
    {
        var passing = pauses ?? new Passing(Portal.Clock);
        var fetcher = new ExportFetcher(Portal.Get<ExportFileBook>(), folder ?? Portal.Get<ExportFolder>(), files ?? Portal.Get<VendorFiles>(), passing, Portal.Clock);
        return Runner(fetcher, passing);
    }

    /// <summary>What works on exports, with what it fetches by.</summary>
    public ExportRunner Runner(ExportFetcher fetcher, Pauses pauses) => new(
        Portal.Get<ExportStore>(),
        Portal.Get<ExportVendor>(),
        Portal.Get<ExportLookUp>(),
        new ExportFollower(Portal.Get<ExportStore>(), Portal.Get<ExportVendor>(), fetcher, pauses, Portal.Clock),
        fetcher,
        Portal.Clock);

    public async Task<ExportView> GetAsync(Guid exportId)
    {
        var view = await Exports.GetAsync(Tenant, exportId, null, Watchdog.Token);
        Assert.Null(view.Error);
        return view.Value;
    }

    /// <summary>The content of a piece as it lies in the store.</summary>
    public async Task<byte[]> ContentAsync(FootagePiece piece)
    {
        var key = (await Portal.Get<ExportFileBook>().KeysAsync(Tenant.TenantId, [piece], Watchdog.Token))[piece.Number];
        await using var content = Portal.Get<ExportFolder>().Open(new StoredPlace(Tenant.TenantId, piece.ExportId, piece.Number, piece.FileId!.Value), key)!;
        var bytes = new byte[content.Length];
        await content.ReadExactlyAsync(bytes, Watchdog.Token);
        return bytes;
    }

    public async Task ChangeAsync(Guid exportId, Action<FootageExport, IReadOnlyList<FootagePiece>> change)
    {
        await using var db = Portal.Database.ForTenant(Tenant.TenantId);
        change(
            await db.FootageExports.SingleAsync(export => export.Id == exportId, Watchdog.Token),
            await db.FootagePieces.Where(piece => piece.ExportId == exportId).OrderBy(piece => piece.Number).ToListAsync(Watchdog.Token));
        await db.SaveChangesAsync(Watchdog.Token);
    }

    /// <summary>Where an export and its pieces stand, in a line.</summary>
    public static string Describe(ExportView view)
    {
        var said = new StringBuilder($"{view.Export.State}{(view.Export.Trouble is { } trouble ? $" ({trouble})" : "")}:");
        foreach (var state in view.Pieces.GroupBy(piece => $"{piece.State}{(piece.Reason is { } reason ? $" ({reason})" : "")}"))
        {
            said.Append(System.Globalization.CultureInfo.InvariantCulture, $" {state.Count()} {state.Key}");
        }

        return said.ToString();
    }

    /// <summary>The boxes at the top of an MP4, which fill it to its last byte.</summary>
    public static IReadOnlyList<string> Boxes(ReadOnlySpan<byte> file)
    {
        var boxes = new List<string>();
        while (!file.IsEmpty)
        {
            var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(file);
            boxes.Add(Encoding.ASCII.GetString(file[4..8]));
            file = file[(int)length..];
        }

        return boxes;
    }

    /// <summary>Lets pauses pass by moving the clock.</summary>
    internal sealed class Passing(FakeTime clock) : Pauses(clock)
    {
        public override Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            clock.Advance(pause);
            return Task.CompletedTask;
        }
    }

    /// <summary>A store that fails whenever a test says so.</summary>
    internal sealed class Failing(ExportScene scene, Func<bool> fails)
        : ExportFolder(scene.Portal.Get<Microsoft.Extensions.Options.IOptions<ExportOptions>>(), scene.Portal.Get<Microsoft.AspNetCore.Hosting.IWebHostEnvironment>())
    {
        protected override string Root => fails() ? throw new IOException("The network path was not found.") : base.Root;
    }

    /// <summary>A program that ends after so many pauses.</summary>
    internal sealed class EndsAfter(FakeTime clock, int pauses) : Pauses(clock)
    {
        private int left = pauses;

        public override Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
        {
            if (left-- == 0)
            {
                return Task.FromCanceled(new CancellationToken(canceled: true));
            }

            clock.Advance(pause);
            return Task.CompletedTask;
        }
    }
}
