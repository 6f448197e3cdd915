using System.IO.Compression;
using System.Text.Json;
using Soracom.Api.SoraCam;
using Soracom.Portal.Features.Exports;
using Soracom.Portal.Features.Exports.Downloads;
using Soracom.Portal.Features.Exports.Planning;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Exports;

/// <summary>Archives of several recordings, and videos with MP3 sound: fetched, charged as the vendor counts, and told as they are.</summary>
public sealed class ExportArchiveTests : IAsyncLifetime
{
    private const string Gate = "北海道 石狩蓄電所 正門";

    private ExportScene scene = null!;
    private Camera camera = null!;
    private DateTimeOffset from;

    /// <summary>A camera that recorded for two minutes each: after short breaks twice, and after a long one.</summary>
    public async ValueTask InitializeAsync()
    {
        scene = await ExportScene.StartAsync();
        camera = await scene.CameraAsync(Gate);
        from = scene.Portal.Clock.GetUtcNow();
        foreach (var asleep in (int[])[4, 5, 60])
        {
            scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
            await PowerAsync(CameraPowerState.Sleep);
            scene.Portal.Clock.Advance(TimeSpan.FromSeconds(asleep));
            await PowerAsync(CameraPowerState.On);
        }

        scene.Portal.Clock.Advance(TimeSpan.FromMinutes(2));
    }

    public ValueTask DisposeAsync() => scene.DisposeAsync();

    [Theory]
    [InlineData(ExportAudioCodec.Pcm, 1)]
    [InlineData(ExportAudioCodec.Mp3, 2)]
    public async Task Run_AsArchives_HoldsEachRecording_IsChargedForThoseAlone_AndTheManifestTellsThem(string codec, int times)
    {
        var used = await scene.UsedAsync(camera.DeviceId);
        var request = new ExportRequest { DeviceId = camera.DeviceId, From = from, To = scene.Portal.Clock.GetUtcNow(), Archive = true, AudioCodec = codec };
        var plan = (await scene.Requests.PlanAsync(scene.Tenant, ExportScene.Japan, request, Watchdog.Token)).Value;
        Assert.Equal([360L * times, 120L * times], plan.Pieces.Select(piece => piece.Cost));

        var export = await scene.BeginAsync(request);
        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 2 Fetched", ExportScene.Describe(done));
        Assert.Equal((480 * times, used + (480 * times)), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
        foreach (var piece in done.Pieces)
        {
            await using var archive = new ZipArchive(new MemoryStream(await scene.ContentAsync(piece)));
            foreach (var (entry, part) in archive.Entries.Zip(RecordedParts.Of(piece), (entry, part) => (entry, part)))
            {
                var video = await ReadAsync(entry);
                Mp4File.AssertPlayable(video, part.Length);
                Assert.Equal(codec == ExportAudioCodec.Mp3, video.AsSpan().IndexOf("mp4a"u8) >= 0);
            }

            Assert.Equal(RecordedParts.Of(piece).Count, archive.Entries.Count);
        }

        using var manifest = await ManifestAsync(export.Id);
        Assert.Equal(480 * times, manifest.RootElement.GetProperty("chargedSeconds").GetInt64());
        Assert.Equal(plan.Gaps, Periods(manifest.RootElement.GetProperty("notIncluded")));
        Assert.Equal([4, 5, 60], plan.Gaps.Select(gap => gap.Length.TotalSeconds));
        var pieces = manifest.RootElement.GetProperty("pieces").EnumerateArray().ToList();
        Assert.Equal(plan.Recorded.Take(3), Periods(pieces[0].GetProperty("recorded")));
        Assert.False(pieces[1].TryGetProperty("recorded", out _));
    }

    [Fact]
    public async Task Run_AsVideosWithMp3_IsOneFileForEachRecording_ChargedTwiceTheirLength()
    {
        var used = await scene.UsedAsync(camera.DeviceId);
        var export = await scene.BeginAsync(new ExportRequest { DeviceId = camera.DeviceId, From = from, To = scene.Portal.Clock.GetUtcNow(), AudioCodec = ExportAudioCodec.Mp3 });

        var done = await scene.WorkAsync(export.Id);

        Assert.Equal("Done: 4 Fetched", ExportScene.Describe(done));
        Assert.Equal((960, used + 960), (done.Counts.Charged, await scene.UsedAsync(camera.DeviceId)));
        foreach (var piece in done.Pieces)
        {
            var video = await scene.ContentAsync(piece);
            Mp4File.AssertPlayable(video, piece.To - piece.From);
            Assert.True(video.AsSpan().IndexOf("mp4a"u8) >= 0);
        }
    }

    private static IEnumerable<Period> Periods(JsonElement list) =>
        list.EnumerateArray().Select(one => new Period(one.GetProperty("from").GetDateTimeOffset(), one.GetProperty("to").GetDateTimeOffset()));

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry)
    {
        await using var content = await entry.OpenAsync(Watchdog.Token);
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Watchdog.Token);
        return copy.ToArray();
    }

    private async Task<JsonDocument> ManifestAsync(Guid exportId)
    {
        await using var content = (await scene.Portal.Get<FootageFiles>().ZipAsync(scene.Tenant, exportId, Watchdog.Token)).Value.Content;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, Watchdog.Token);
        await using var zip = new ZipArchive(copy);
        return JsonDocument.Parse(await ReadAsync(zip.GetEntry("manifest.json")!));
    }

    private Task<bool> PowerAsync(string state) => scene.ReadAsync(async cameras =>
    {
        await cameras.SetSoraCamDevicePowerStateAsync(camera.DeviceId, new CameraPower { PowerState = state }, Watchdog.Token);
        return true;
    });
}
