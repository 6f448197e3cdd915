using System.IO.Compression;
using System.Text.Json;
using Soracom.Api.Tests.Sandbox.Media;
using Soracom.Sandbox;
using static Soracom.Api.Tests.Sandbox.SoraCam.CameraScene;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

public sealed class ExportTests
{
    private const int FailsOnce = 6;
    private const int FailsAlways = 8;

    private static readonly TimeSpan Done = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Video_GoesThroughItsStates_AndItsFileIsThereForTenMinutes()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        var requested = scene.Now;

        var begun = await scene.OnAsync("exportSoraCamDeviceRecordedVideo", Continuous, new { from, to = from + 30_000 });
        var id = begun["exportId"]!;
        scene.Clock.Advance(TimeSpan.FromSeconds(2));
        var processing = await scene.ExportedAsync(Continuous, id);
        scene.Clock.Advance(TimeSpan.FromSeconds(7));
        var completed = await scene.ExportedAsync(Continuous, id);
        var url = completed["url"]!;
        var zip = await scene.BytesAsync(url);
        scene.Clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        using var before = await scene.FetchAsync(url);
        scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
        using var after = await scene.FetchAsync(url);
        var expired = await scene.ExportedAsync(Continuous, id);
        scene.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(("initializing", requested), (begun["status"], begun.Json.GetProperty("requestedTime").GetInt64()));
        Assert.Equal(("processing", false), (processing["status"], processing.Members.Contains("url")));
        Assert.Equal(("completed", requested + 9_000 + 600_000), (completed["status"], completed.Json.GetProperty("expiryTime").GetInt64()));
        Assert.Equal((200, 403), ((int)before.StatusCode, (int)after.StatusCode));
        Assert.Equal(("expired", false), (expired["status"], expired.Members.Contains("url")));
        (await scene.ExportedAsync(Continuous, id)).Refused(404);
        Assert.Equal(30_000, Duration(Assert.Single(Unzip(zip)).Content));
    }

    [Fact]
    public async Task Video_AcrossAGap_IsOneFileForEachRecording()
    {
        await using var scene = await CameraScene.StartAsync();
        var (records, _) = await scene.PastAsync(Continuous);
        var (before, after) = records.Zip(records.Skip(1)).First(pair => Start(pair.Second) - End(pair.First) is > 0 and < 800_000);

        var zipped = await scene.ExportAsync(Continuous, new { from = End(before) - 20_000, to = Start(after) + 10_000 });
        var single = await scene.ExportAsync(Continuous, new { from = End(before) - 20_000, to = Start(after) + 10_000, archive = false });
        scene.Clock.Advance(Done);

        Assert.Equal([20_000, 10_000], Unzip(await scene.BytesAsync((await scene.ExportedAsync(Continuous, zipped))["url"]!)).Select(file => Duration(file.Content)));
        Assert.Equal(20_000, Duration(await scene.BytesAsync((await scene.ExportedAsync(Continuous, single))["url"]!)));
    }

    [Fact]
    public async Task Still_IsAPictureOfItsMoment()
    {
        await using var scene = await CameraScene.StartAsync();
        var time = await scene.WholeHourAsync(Continuous) + 1234;

        var id = await scene.ExportAsync(Continuous, new { time }, "Image");
        var again = await scene.ExportAsync(Continuous, new { time }, "Image");
        var other = await scene.ExportAsync(Continuous, new { time = time + 60_000 }, "Image");
        scene.Clock.Advance(TimeSpan.FromSeconds(5));
        var pictures = new List<byte[]>();
        foreach (var export in new[] { id, again, other })
        {
            pictures.Add(await scene.BytesAsync((await scene.ExportedAsync(Continuous, export, "Image"))["url"]!));
        }

        Assert.Equal([0xFF, 0xD8, 0xFF], pictures[0].Take(3));
        Assert.Equal(pictures[0], pictures[1]);
        Assert.NotEqual(pictures[0], pictures[2]);
    }

    [Theory]
    [InlineData("pcm_s16le", 30)]
    [InlineData("mp3", 60)]
    public async Task Video_CostsItsSeconds_WhenItIsCompleted_AndMp3Twice(string audioCodec, int expected)
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        var before = await UsedAsync(scene, Continuous);

        await scene.ExportAsync(Continuous, new { from, to = from + 30_000, audioCodec });
        scene.Clock.Advance(TimeSpan.FromSeconds(8));
        var during = await UsedAsync(scene, Continuous);
        scene.Clock.Advance(Done);
        var usage = (await scene.OnAsync("getSoraCamDeviceExportUsage", Continuous)).Json;

        Assert.Equal(before, during);
        Assert.Equal(before + expected, usage.GetProperty("video").GetProperty("usedSeconds").GetInt64());
        Assert.Equal(259_200 - before - expected, usage.GetProperty("image").GetProperty("remainingFrames").GetInt64());
        Assert.Equal("202604", usage.GetProperty("meteredYearMonth").GetString());
    }

    [Fact]
    public async Task Videos_AtOnceAboveTheQuota_AreCompletedAsFarAsItGoes()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        var hours = (await UsedAsync(scene, Continuous) / 3600) + 1;
        await scene.OnAsync("updateSoraCamDeviceExportUsageLimitOverride", Continuous, new { limitHours = hours });
        var fit = ((hours * 3600) - await UsedAsync(scene, Continuous)) / 900;

        for (var i = 0; i < 6; i++)
        {
            await scene.ExportAsync(Continuous, new { from, to = from + 900_000 });
        }

        scene.Clock.Advance(Done);
        var states = (await scene.CallAsync("listSoraCamDeviceVideoExports", query: "limit=100")).Json.EnumerateArray().Select(export => export.GetProperty("status").GetString()).ToList();

        Assert.Equal(fit, states.Count(status => status == "completed"));
        Assert.Equal(6 - fit, states.Count(status => status == "limitExceeded"));
    }

    [Fact]
    public async Task Usage_AboveSeventyTwoHours_IsBilled_AndANewMonthBeginsAtNothing()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        await scene.OnAsync("updateSoraCamDeviceExportUsageLimitOverride", Continuous, new { limitHours = 100 });
        while (await UsedAsync(scene, Continuous) <= 259_200)
        {
            for (var i = 0; i < 40; i++)
            {
                await scene.ExportAsync(Continuous, new { from, to = from + 900_000 });
            }

            scene.Clock.Advance(Done);
        }

        var usage = (await scene.OnAsync("getSoraCamDeviceExportUsage", Continuous)).Json.GetProperty("video");
        scene.Clock.Advance(TimeSpan.FromDays(30));

        Assert.Equal(usage.GetProperty("usedSeconds").GetInt64() - 259_200, usage.GetProperty("billedSeconds").GetInt64());
        Assert.True(usage.GetProperty("billedSeconds").GetInt64() > 0);
        Assert.Equal(0, await UsedAsync(scene, Continuous));
    }

    [Theory]
    [InlineData(FailsOnce, "completed")]
    [InlineData(FailsAlways, "failed")]
    public async Task Video_OfACameraInTrouble_IsTriedAgain(int camera, string end)
    {
        await using var scene = await CameraScene.StartAsync(DemoFleets.Nagisa);
        var from = await scene.WholeHourAsync(camera);
        var id = await scene.ExportAsync(camera, new { from, to = from + 30_000 });
        var seen = new List<string>();

        for (var second = 0; second < 120; second++)
        {
            var status = (await scene.ExportedAsync(camera, id))["status"]!;
            if (seen.Count == 0 || seen[^1] != status)
            {
                seen.Add(status);
            }

            scene.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        string[] once = ["processing", "retrying"];
        Assert.Equal(["initializing", .. once, .. end == "failed" ? [.. once, .. once] : (string[])["processing"], end], seen);
    }

    [Fact]
    public async Task Lists_HoldExportsOfTheirKind_InBothOrders_PageByPage()
    {
        await using var scene = await CameraScene.StartAsync();
        var time = await scene.WholeHourAsync(Continuous);
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Add(await scene.ExportAsync(Continuous, new { time }, "Image"));
            scene.Clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        await scene.ExportAsync(Continuous, new { from = time, to = time + 1000 });

        Assert.Equal(made, await IdsAsync(scene, "listSoraCamDeviceImageExports", [], "sort=asc&limit=2"));
        Assert.Equal(Enumerable.Reverse(made), await IdsAsync(scene, "listSoraCamDeviceImageExportsForDevice", [scene.Id(Continuous)], "limit=2"));
        Assert.Empty(await IdsAsync(scene, "listSoraCamDeviceImageExportsForDevice", [scene.Id(Motion)], "limit=2"));
        Assert.Single(await IdsAsync(scene, "listSoraCamDeviceVideoExports", [], $"device_id={scene.Id(Continuous)}"));
    }

    [Fact]
    public async Task Export_OutlivesARestart_AndSoDoesItsAddress()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-cameras-");
        try
        {
            var clock = new FakeTime();
            var file = Path.Combine(folder.FullName, "state");
            string path;
            await using (var scene = await CameraScene.StartAsync(stateFile: file, clock: clock))
            {
                var from = await scene.WholeHourAsync(Continuous);
                var id = await scene.ExportAsync(Continuous, new { from, to = from + 5000 });
                clock.Advance(TimeSpan.FromSeconds(20));
                path = new Uri((await scene.ExportedAsync(Continuous, id))["url"]!).PathAndQuery;
            }

            await using var again = await CameraScene.StartAsync(stateFile: file, clock: clock);
            var origin = again.Host.Server.JapanAddress.GetLeftPart(UriPartial.Authority);
            Assert.Equal(5000, Duration(Assert.Single(Unzip(await again.BytesAsync(origin + path))).Content));
            clock.Advance(TimeSpan.FromMinutes(10));
            Assert.Equal("expired", (await again.CallAsync("listSoraCamDeviceVideoExports")).Json[0].GetProperty("status").GetString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("""{"from":1000,"to":1000}""")]
    [InlineData("""{"from":1000,"to":901001}""")]
    [InlineData("""{"from":1000,"to":2000}""")]
    [InlineData("""{"from":"now","to":2000}""")]
    [InlineData("""{"to":2000}""")]
    [InlineData("""{"from":1000,"to":2000,"audioCodec":"aac"}""")]
    [InlineData("""{"from":1000,"to":2000,"archive":"yes"}""")]
    [InlineData("""{"from":1000,"to":2000,"harvestFiles":"/x"}""")]
    [InlineData("""{"from":9223372036854775806,"to":9223372036854775807}""")]
    public async Task Video_OfNonsense_IsRefused_AndNothingBegins(string body)
    {
        await using var scene = await CameraScene.StartAsync();

        (await scene.OnAsync("exportSoraCamDeviceRecordedVideo", Continuous, body)).Refused(400);

        Assert.Empty((await scene.CallAsync("listSoraCamDeviceVideoExports")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Video_WithoutItsContentType_IsRefused()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new { from, to = from + 1000 }));

        (await scene.OnAsync("exportSoraCamDeviceRecordedVideo", Continuous, body)).Refused(400);
    }

    private static async Task<long> UsedAsync(CameraScene scene, int camera) =>
        (await scene.OnAsync("getSoraCamDeviceExportUsage", camera)).Json.GetProperty("video").GetProperty("usedSeconds").GetInt64();

    private static async Task<IReadOnlyList<string>> IdsAsync(CameraScene scene, string operation, string[] path, string query) =>
        [.. (await scene.EventsAsync(operation, path, query)).Select(export => export.GetProperty("exportId").GetString()!)];

    private static IReadOnlyList<(string Name, byte[] Content)> Unzip(byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes));
        return [.. archive.Entries.Select(entry =>
        {
            using var content = new MemoryStream();
            using var source = entry.Open();
            source.CopyTo(content);
            return (entry.FullName, content.ToArray());
        })];
    }

    /// <summary>Milliseconds.</summary>
    private static int Duration(byte[] mp4)
    {
        var head = Boxes.At(mp4, "moov/mvhd");
        Assert.Equal(1000, Boxes.Number(head, 12));
        return Boxes.Number(head, 16);
    }
}
