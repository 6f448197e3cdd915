using Microsoft.EntityFrameworkCore;
using Soracom.Api.SoraCam;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;
using Soracom.Sandbox.Faults;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Exports that portals in processes of their own work on, several at once, and such as are killed while they ask the vendor.</summary>
public sealed class ExportProcessTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";
    private const string VideoExports = "/v1/sora_cam/devices/*/videos/exports";

    /// <summary>How slowly time goes by until what was out at a kill is taken over, so that its address does not die on a busy machine.</summary>
    private static readonly TimeSpan TakingOver = TimeSpan.FromMilliseconds(250);

    private ExportScene scene = null!;
    private FollowedClock clock = null!;
    private Camera camera = null!;
    private long used;

    private string Folder => Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "exports");

    private string[] Settings => ["--Exports:Run=true", $"--Exports:Folder={Folder}"];

    public async ValueTask InitializeAsync()
    {
        Watchdog.Allow(TimeSpan.FromMinutes(5));
        scene = await ExportScene.StartAsync();
        clock = new FollowedClock(scene.Portal.Clock);
        camera = await scene.CameraAsync(Gate);
        used = await scene.UsedAsync(camera.DeviceId);
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Fact]
    public async Task TwoPortals_OnOneExport_AskForEachPieceOnce_AndTheOtherGoesOnWhenTheOneAtWorkIsKilled()
    {
        var now = scene.Portal.Clock.GetUtcNow();
        var request = new ExportRequest { DeviceId = camera.DeviceId, From = now.AddMinutes(-135), To = now.AddMinutes(-60) };
        var pieces = (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).Value.Pieces.Count;
        Assert.InRange(pieces, 5, 10);
        var export = await scene.BeginAsync(request);
        await using (var first = PortalProcess.Start(scene.Portal, clock, Settings))
        {
            await first.UntilAsync(() => MovedAsync(async () => (await PiecesAsync(export.Id)).Exists(piece => piece.State == FootagePieceState.Exporting)));
            // It looks for something to do from now on, every five seconds, as the first does.
            await using var second = PortalProcess.Start(scene.Portal, clock, Settings);
            await second.UntilAsync(() => MovedAsync(async () => (await PiecesAsync(export.Id)).Count(piece => piece.State == FootagePieceState.Fetched) >= 2));
            var holder = await HolderAsync(export.Id);
            await first.KillAsync();
            await second.UntilAsync(() => MovedAsync(async () => await HolderAsync(export.Id) is { } other && other != holder), TakingOver);
            await second.UntilAsync(() => MovedAsync(() => IsDoneAsync(export.Id)));
        }

        await AssertOnceAsync(export.Id, pieces);
    }

    [Theory]
    [InlineData("/v1/auth", false)] // Marked, and not sent.
    [InlineData(VideoExports, false)] // Sent, and not begun.
    [InlineData(VideoExports, true)] // Begun, and not answered.
    public async Task APortal_KilledWhileItAsks_IsGoneOnWithByTheNext_WhichPaysForNothingTwice(string path, bool isBegun)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(20)));
        scene.Portal.Sandbox.Faults.Arm(new SandboxFault { Kind = SandboxFaultKind.Slow, Delay = TimeSpan.FromDays(1), Method = "POST", Path = path, Afterwards = isBegun });
        await using (var first = PortalProcess.Start(scene.Portal, clock, Settings))
        {
            await first.UntilAsync(async () => (await PiecesAsync(export.Id))[0].State == FootagePieceState.Asked && scene.Portal.Sandbox.Faults.Armed.Count == 0 && await VendorAsync() == (isBegun ? 1 : 0));
            await first.KillAsync();
        }

        Assert.Equal(FootagePieceState.Asked, (await PiecesAsync(export.Id))[0].State);
        await using (var second = PortalProcess.Start(scene.Portal, clock, Settings))
        {
            await second.UntilAsync(() => MovedAsync(async () => (await PiecesAsync(export.Id))[0].State == FootagePieceState.Fetched), TakingOver);
            await second.UntilAsync(() => MovedAsync(() => IsDoneAsync(export.Id)));
        }

        await AssertOnceAsync(export.Id, pieces: 2);
    }

    [Theory]
    [InlineData(false)] // While the vendor makes a piece.
    [InlineData(true)] // While its file is on its way.
    public async Task APortal_KilledAndAwayUntilTheAddressHasDied_IsGoneOnWithByTheNext_WhichPaysForNothingUntilSomebodySaysSo(bool isOnItsWay)
    {
        var export = await scene.BeginAsync(await scene.RequestAsync(camera, TimeSpan.FromMinutes(40)));
        await using (var first = PortalProcess.Start(scene.Portal, clock, Settings))
        {
            await first.UntilAsync(() => MovedAsync(async () => isOnItsWay
                ? Directory.Exists(Folder) && Directory.EnumerateFiles(Folder, "00002-*.part", SearchOption.AllDirectories).Any()
                : (await PiecesAsync(export.Id))[1].State == FootagePieceState.Exporting));
            await first.KillAsync();
        }

        Assert.Equal(FootagePieceState.Exporting, (await PiecesAsync(export.Id))[1].State);
        scene.Portal.Clock.Advance(TimeSpan.FromHours(1));
        await using (var second = PortalProcess.Start(scene.Portal, clock, Settings))
        {
            await second.UntilAsync(() => MovedAsync(async () => (await PiecesAsync(export.Id))[1].State != FootagePieceState.Exporting));
            // Nor does it ask for the rest while nobody has said how to go on.
            var until = scene.Portal.Clock.GetUtcNow() + TimeSpan.FromMinutes(3);
            await second.UntilAsync(() => MovedAsync(() => Task.FromResult(scene.Portal.Clock.GetUtcNow() >= until)));
            using var tenant = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
            var stopped = (await scene.Exports.GetAsync(tenant, export.Id, null, Watchdog.Token)).Value;
            Assert.Equal("Paused (LinkDied): 1 Fetched 1 Failed (LinkDied) 1 Waiting", ExportScene.Describe(stopped));
            Assert.Equal((2, used + stopped.Pieces[0].Cost + stopped.Pieces[1].Cost), (await VendorAsync(tenant), await UsedAsync(tenant)));

            Assert.Null((await scene.Retries.RetryAsync(tenant, export.Id, agreed: null, Watchdog.Token)).Error);
            await second.UntilAsync(() => MovedAsync(() => IsDoneAsync(export.Id)));
        }

        using var looking = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        var done = (await scene.Exports.GetAsync(looking, export.Id, null, Watchdog.Token)).Value;
        Assert.Equal("Done: 3 Fetched", ExportScene.Describe(done));
        Assert.Equal(done.Pieces.Select(piece => piece.Number == 2 ? piece.Cost * 2 : piece.Cost), done.Pieces.Select(piece => piece.Charged));
        Assert.Equal((4, used + done.Counts.Charged), (await VendorAsync(looking), await UsedAsync(looking)));
    }

    /// <summary>Each piece was had, asked for once and charged once, by what the portal tells and by what the vendor does.</summary>
    private async Task AssertOnceAsync(Guid exportId, int pieces)
    {
        using var tenant = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        var done = (await scene.Exports.GetAsync(tenant, exportId, null, Watchdog.Token)).Value;
        Assert.Equal($"Done: {pieces} Fetched", ExportScene.Describe(done));
        Assert.All(done.Pieces, piece => Assert.Equal((1, piece.Cost), (piece.Asked, piece.Charged)));
        Assert.Equal(pieces, await VendorAsync(tenant));
        Assert.Equal(used + done.Counts.Cost, await UsedAsync(tenant));
    }

    private async Task<List<FootagePiece>> PiecesAsync(Guid exportId)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        return await db.FootagePieces.AsNoTracking().Where(piece => piece.ExportId == exportId).OrderBy(piece => piece.Number).ToListAsync(Watchdog.Token);
    }

    private async Task<Guid?> HolderAsync(Guid exportId)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        return await db.FootageExports.Where(row => row.Id == exportId).Select(row => row.Holder).SingleAsync(Watchdog.Token);
    }

    private async Task<bool> IsDoneAsync(Guid exportId)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        return await db.FootageExports.AnyAsync(row => row.Id == exportId && row.FinishedAt != null, Watchdog.Token);
    }

    /// <summary>How many exports of the camera the vendor knows.</summary>
    private Task<int> VendorAsync(TenantContext? tenant = null) => ReadAsync(
        tenant ?? scene.Tenant, async cameras => (await cameras.ListSoraCamDeviceVideoExportsForDeviceAsync(camera.DeviceId, limit: 50, cancellationToken: Watchdog.Token)).Items.Count);

    private Task<long> UsedAsync(TenantContext tenant) =>
        ReadAsync(tenant, async cameras => (await cameras.GetSoraCamDeviceExportUsageAsync(camera.DeviceId, Watchdog.Token)).Video!.UsedSeconds!.Value);

    private async Task<T> ReadAsync<T>(TenantContext tenant, Func<ISoraCamApi, Task<T>> call)
    {
        var read = await scene.Portal.Get<TenantSoracom>().ReadAsync(tenant, ExportScene.Japan, (client, _) => call(client.SoraCam), Watchdog.Token);
        Assert.Null(read.Error);
        return read.Value;
    }

    /// <summary>Lets time go by until something has happened.</summary>
    private async Task<bool> MovedAsync(Func<Task<bool>> happened)
    {
        if (await happened())
        {
            return true;
        }

        clock.MoveOn();
        return false;
    }
}
