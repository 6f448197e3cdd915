using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using static Soracom.Api.Tests.Sandbox.SoraCam.CameraScene;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

/// <summary>Exports and snapshots that are wanted in Harvest Files.</summary>
public sealed class HarvestExportTests
{
    private static readonly TimeSpan Done = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(true, "zip", "application/zip")]
    [InlineData(false, "mp4", "video/mp4")]
    public async Task Video_IsPutIntoItsFolder_WhenItIsCompleted_AndIsTheFileOfTheExport(bool archive, string kind, string type)
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        var requested = scene.Now;
        var id = await scene.ExportAsync(Continuous, new { from, to = from + 8_000, archive, harvestFiles = new { pathPrefix = "cams/{device_id}/{from}" } });

        Assert.Empty(await FilesAsync(scene, "/cams"));
        scene.Clock.Advance(Done);
        var file = Assert.Single(await FilesAsync(scene, "/cams"));
        var exported = await scene.BytesAsync((await scene.ExportedAsync(Continuous, id))["url"]!);

        Assert.StartsWith($"/cams/{scene.Id(Continuous)}/{from}/", file.GetProperty("filePath").GetString(), StringComparison.Ordinal);
        Assert.EndsWith($".{kind}", file.GetProperty("filename").GetString(), StringComparison.Ordinal);
        Assert.Equal((type, exported.Length), (file.GetProperty("contentType").GetString(), file.GetProperty("contentLength").GetInt32()));
        Assert.Equal(requested + 2_000 + 5_000 + (8_000 / 15), file.GetProperty("createdTime").GetInt64());
        Assert.Equal(exported, await scene.BytesAsync(await AddressAsync(scene, file)));
    }

    [Fact]
    public async Task Still_IsPutIntoTheRoot_WithoutAFolder()
    {
        await using var scene = await CameraScene.StartAsync();
        var time = await scene.WholeHourAsync(Continuous);
        var id = await scene.ExportAsync(Continuous, new { time, harvestFiles = new { } }, "Image");
        scene.Clock.Advance(Done);

        var file = Assert.Single(await FilesAsync(scene, $"/{scene.Id(Continuous)}_"));

        Assert.Equal(("/", "image/jpeg"), (file.GetProperty("directory").GetString(), file.GetProperty("contentType").GetString()));
        Assert.Equal(await scene.BytesAsync((await scene.ExportedAsync(Continuous, id, "Image"))["url"]!), await scene.BytesAsync(await AddressAsync(scene, file)));
    }

    [Fact]
    public async Task Video_StaysWhenItsExportIsForgotten_AlsoAfterARestart_AndIsReadInParts()
    {
        var folder = Directory.CreateTempSubdirectory("harvest-exports-");
        try
        {
            var clock = new FakeTime();
            var state = Path.Combine(folder.FullName, "state");
            await using (var scene = await CameraScene.StartAsync(stateFile: state, clock: clock))
            {
                var from = await scene.WholeHourAsync(Continuous);
                await scene.ExportAsync(Continuous, new { from, to = from + 30_000, archive = false, harvestFiles = new { pathPrefix = "/kept" } });
                clock.Advance(TimeSpan.FromDays(3));
                Assert.Single(await FilesAsync(scene, "/kept/"));
            }

            await using var again = await CameraScene.StartAsync(stateFile: state, clock: clock);
            Assert.Empty((await again.CallAsync("listSoraCamDeviceVideoExports")).Json.EnumerateArray());
            var address = await AddressAsync(again, Assert.Single(await FilesAsync(again, "/kept/")));
            var whole = await again.BytesAsync(address);
            var half = whole.Length / 2;
            var parts = new[] { await PartAsync(address, 0, half - 1), await PartAsync(address, half, half + 99), await PartAsync(address, half + 100, null) };
            Assert.Equal(whole, parts.SelectMany(part => part));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Video_WhoseFolderIsAFile_Fails_AndLeavesThatAlone()
    {
        await using var scene = await CameraScene.StartAsync();
        await scene.CallAsync("putFile", ["private", "taken"], body: new StringContent("mine", Encoding.UTF8, "text/plain"));
        var from = await scene.WholeHourAsync(Continuous);
        var id = await scene.ExportAsync(Continuous, new { from, to = from + 2_000, harvestFiles = new { pathPrefix = "/taken" } });
        scene.Clock.Advance(Done);

        Assert.Equal("failed", (await scene.ExportedAsync(Continuous, id))["status"]);
        Assert.Equal(4, Assert.Single(await FilesAsync(scene, "/taken")).GetProperty("contentLength").GetInt32());
    }

    [Fact]
    public async Task Snapshot_OfADevice_IsPutWhereItIsWanted_AndAnsweredToo()
    {
        await using var scene = await CameraScene.StartAsync();
        var simId = await scene.Calls.OnlineSimAsync();

        var reply = await scene.CallAsync("sendDownlinkRtsp", [simId], body: new
        {
            command = "snapshot",
            path = "/public",
            options = new { destinations = new { harvestFiles = new { filePath = "gates//east.jpg" } } },
        });

        Assert.Equal((200, "image/jpeg"), (reply.Status, reply.Header("Content-Type")));
        var file = Assert.Single(await FilesAsync(scene, "/gates/"));
        Assert.Equal(("/gates/east.jpg", reply.Header("Content-Length")), (file.GetProperty("filePath").GetString(), $"{file.GetProperty("contentLength").GetInt64()}"));
        Assert.Equal([0xFF, 0xD8], (await scene.BytesAsync(await AddressAsync(scene, file)))[..2]);
    }

    private static async Task<List<JsonElement>> FilesAsync(CameraScene scene, string prefix) =>
        [.. (await scene.CallAsync("findFiles", query: $"scope=private&limit=100&prefix={Uri.EscapeDataString(prefix)}")).Json.EnumerateArray()];

    private static async Task<string> AddressAsync(CameraScene scene, JsonElement file) =>
        (await scene.CallAsync("getFile", ["private", file.GetProperty("filePath").GetString()!.TrimStart('/')])).Header("Location")!;

    private static async Task<byte[]> PartAsync(string address, long first, long? last)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Range = new RangeHeaderValue(first, last) } };
        using var reply = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.PartialContent, reply.StatusCode);
        return await reply.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }
}
