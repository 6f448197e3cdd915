using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Security;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>A long export whose process is killed, and that other processes go on with.</summary>
public sealed class ExportKillTests
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    /// <summary>
    /// How slowly time goes by until what was out at a kill is taken over: its address lives for ten minutes, which must not be over because
    /// the machine has much else to do.
    /// </summary>
    private static readonly TimeSpan TakingOver = TimeSpan.FromMilliseconds(250);

    [Fact]
    public async Task EightHours_KilledTwice_EveryPieceIsPlayableAndPaidForOnce_AndTheManifestIsTrue()
    {
        Watchdog.Allow(TimeSpan.FromMinutes(20));
        await using var scene = await ExportScene.StartAsync();
        var folder = Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!;
        var clock = new FollowedClock(scene.Portal.Clock);
        var torn = new HashSet<string>(StringComparer.Ordinal);
        var camera = await scene.CameraAsync(Gate);
        var used = await scene.UsedAsync(camera.DeviceId);
        var now = scene.Portal.Clock.GetUtcNow();
        var request = new ExportRequest { DeviceId = camera.DeviceId, From = now.AddHours(-9), To = now.AddHours(-1), Reason = "Eight hours" };
        var plan = (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).Value;
        var export = await scene.BeginAsync(request);
        string[] settings = ["--Exports:Run=true", $"--Exports:Folder={Path.Combine(folder, "exports")}"];

        // Once while a file is on its way, once while the vendor makes one.
        await using (var first = PortalProcess.Start(scene.Portal, clock, settings))
        {
            await first.UntilAsync(() => MovedAsync(() => Task.FromResult(Directory.EnumerateFiles(folder, "00003-*.part", SearchOption.AllDirectories).Any())));
            await first.KillAsync();
        }

        Assert.Equal(2, (await StandingAsync(scene, export.Id)).Fetched);
        torn.UnionWith(Parts());
        await using (var second = PortalProcess.Start(scene.Portal, clock, settings))
        {
            await second.UntilAsync(() => MovedAsync(async () => await StandingAsync(scene, export.Id) is { Fetched: > 2 }), TakingOver);
            await second.UntilAsync(() => MovedAsync(async () => await StandingAsync(scene, export.Id) is { Fetched: >= 16, Exporting: 1 }));
            await second.KillAsync();
        }

        torn.UnionWith(Parts());
        var had = (await StandingAsync(scene, export.Id)).Fetched;
        await using (var third = PortalProcess.Start(scene.Portal, clock, settings))
        {
            await third.UntilAsync(() => MovedAsync(async () => (await StandingAsync(scene, export.Id)).Fetched > had), TakingOver);
            await third.UntilAsync(() => MovedAsync(async () => await StandingAsync(scene, export.Id) is { Ended: true }));
        }

        using var tenant = await scene.Portal.OpenAsync(scene.Slug, TenantRole.Operator);
        var done = (await scene.Exports.GetAsync(tenant, export.Id, null, Watchdog.Token)).Value;
        Assert.Equal($"Done: {plan.Pieces.Count} Fetched", ExportScene.Describe(done));
        Assert.Equal((plan.Cost, used + plan.Cost), (done.Counts.Charged, await UsedAsync(scene, tenant, camera.DeviceId)));
        Assert.Equal(plan.Pieces.Select(piece => (piece.Period.From, piece.Period.To)), done.Pieces.Select(piece => (piece.From, piece.To)));
        await AssertTrueAsync(scene, tenant, plan, export);

        IEnumerable<string> Parts() => Directory.EnumerateFiles(folder, "*.part", SearchOption.AllDirectories);

        // Lets time go by until something has happened. It stands still while a file is on its way: on a slow machine its address would die.
        async Task<bool> MovedAsync(Func<Task<bool>> happened)
        {
            if (await happened())
            {
                return true;
            }

            if (torn.IsSupersetOf(Parts()))
            {
                clock.MoveOn();
            }

            return false;
        }
    }

    /// <summary>Holds each file in the ZIP against the manifest, and looks into each video.</summary>
    private static async Task AssertTrueAsync(ExportScene scene, TenantContext tenant, ExportPlan plan, FootageExport export)
    {
        var path = Path.Combine(Path.GetDirectoryName(scene.Portal.TestDatabase.FilePath)!, "footage.zip");
        await using (var content = (await scene.Portal.Get<FootageFiles>().ZipAsync(tenant, export.Id, Watchdog.Token)).Value.Content)
        await using (var copy = File.Create(path))
        {
            await content.CopyToAsync(copy, Watchdog.Token);
        }

        await using var zip = await ZipFile.OpenReadAsync(path, Watchdog.Token);
        using var manifest = await JsonDocument.ParseAsync(await zip.Entries[0].OpenAsync(Watchdog.Token), cancellationToken: Watchdog.Token);
        var root = manifest.RootElement;
        Assert.Equal(plan.Cost, root.GetProperty("chargedSeconds").GetInt64());
        Assert.Equal(
            plan.Gaps.Select(gap => (gap.From, gap.To)),
            root.GetProperty("notIncluded").EnumerateArray().Select(gap => (gap.GetProperty("from").GetDateTimeOffset(), gap.GetProperty("to").GetDateTimeOffset())));
        var pieces = root.GetProperty("pieces").EnumerateArray().ToList();
        Assert.Equal(plan.Pieces.Count, pieces.Count);
        foreach (var (piece, planned) in pieces.Zip(plan.Pieces))
        {
            using var video = new MemoryStream();
            await using (var entry = await zip.GetEntry(piece.GetProperty("file").GetString()!)!.OpenAsync(Watchdog.Token))
            {
                await entry.CopyToAsync(video, Watchdog.Token);
            }

            var bytes = video.GetBuffer().AsMemory(0, (int)video.Length);
            Assert.Equal((piece.GetProperty("bytes").GetInt64(), piece.GetProperty("sha256").GetString()), (bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes.Span))));
            Assert.Equal(planned.Period.From, piece.GetProperty("from").GetDateTimeOffset());
            Mp4File.AssertPlayable(bytes, planned.Period.Length);
        }
    }

    private static async Task<(int Fetched, int Exporting, bool Ended)> StandingAsync(ExportScene scene, Guid exportId)
    {
        await using var db = scene.Portal.Database.ForTenant(scene.Tenant.TenantId);
        var states = await db.FootagePieces.Where(piece => piece.ExportId == exportId).Select(piece => piece.State).ToListAsync(Watchdog.Token);
        return (states.Count(state => state == FootagePieceState.Fetched), states.Count(state => state == FootagePieceState.Exporting), await db.FootageExports.AnyAsync(row => row.Id == exportId && row.FinishedAt != null, Watchdog.Token));
    }

    private static async Task<long> UsedAsync(ExportScene scene, TenantContext tenant, string deviceId)
    {
        var usage = await scene.Portal.Get<Soracom.Portal.Shared.Vendor.TenantSoracom>().ReadAsync(
            tenant, ExportScene.Japan, (client, token) => client.SoraCam.GetSoraCamDeviceExportUsageAsync(deviceId, token), Watchdog.Token);
        return usage.Value.Video!.UsedSeconds!.Value;
    }
}
