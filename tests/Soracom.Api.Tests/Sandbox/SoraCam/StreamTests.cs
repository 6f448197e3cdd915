using System.Xml.Linq;
using static Soracom.Api.Tests.Sandbox.SoraCam.CameraScene;

namespace Soracom.Api.Tests.Sandbox.SoraCam;

public sealed class StreamTests
{
    [Fact]
    public async Task Newest_IsFiveMinutes_ThatCostFiveMinutes()
    {
        await using var scene = await CameraScene.StartAsync();
        scene.Clock.Advance(TimeSpan.FromMilliseconds(await scene.WholeHourAsync(Continuous) + (24 * 3_600_000) + 1_800_000 - scene.Now));
        var before = await UsedAsync(scene);

        var stream = await scene.OnAsync("getSoraCamDeviceStreamingVideo", Continuous);

        var entry = Assert.Single(stream.Json.GetProperty("playList").EnumerateArray());
        Assert.Equal(["url"], entry.EnumerateObject().Select(member => member.Name));
        Assert.Equal(before + 300, await UsedAsync(scene));
    }

    [Fact]
    public async Task Range_IsPlayedFromItsManifest_UntilItsAddressesEnd()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        var before = await UsedAsync(scene);

        var stream = await scene.OnAsync("getSoraCamDeviceStreamingVideo", Continuous, query: $"from={from}&to={from + 60_000}");
        var entry = Assert.Single(stream.Json.GetProperty("playList").EnumerateArray());
        var url = entry.GetProperty("url").GetString()!;
        var manifest = XDocument.Load(new MemoryStream(await scene.BytesAsync(url)));
        var folder = url[..(url.LastIndexOf('/') + 1)];
        var template = manifest.Descendants().Single(element => element.Name.LocalName == "SegmentTemplate");
        var first = await scene.BytesAsync(folder + template.Attribute("initialization")!.Value);
        var last = await scene.BytesAsync(folder + template.Attribute("media")!.Value.Replace("$Number$", "14", StringComparison.Ordinal));
        using var beyond = await scene.FetchAsync(folder + template.Attribute("media")!.Value.Replace("$Number$", "15", StringComparison.Ordinal));
        scene.Clock.Advance(DateTimeOffset.FromUnixTimeMilliseconds(stream.Json.GetProperty("expiryTime").GetInt64()) - scene.Clock.GetUtcNow());
        using var late = await scene.FetchAsync(url);

        Assert.Equal((from, from + 60_000), (entry.GetProperty("from").GetInt64(), entry.GetProperty("to").GetInt64()));
        Assert.Equal("PT1M", manifest.Root!.Attribute("mediaPresentationDuration")!.Value);
        Assert.Equal(("ftyp", "styp"), (Box(first), Box(last)));
        Assert.Equal((403, 403), ((int)beyond.StatusCode, (int)late.StatusCode));
        Assert.Equal(before + 60, await UsedAsync(scene));

        static string Box(byte[] bytes) => System.Text.Encoding.ASCII.GetString(bytes, 4, 4);
    }

    [Fact]
    public async Task Range_WithAGap_IsSeveralEntries()
    {
        await using var scene = await CameraScene.StartAsync();
        var (records, _) = await scene.PastAsync(Continuous);
        var (before, after) = records.Zip(records.Skip(1)).First(pair => Start(pair.Second) - End(pair.First) is > 0 and < 800_000);

        var stream = await scene.OnAsync("getSoraCamDeviceStreamingVideo", Continuous, query: $"from={End(before) - 30_000}&to={Start(after) + 30_000}");

        Assert.Equal(
            [(End(before) - 30_000, End(before)), (Start(after), Start(after) + 30_000)],
            stream.Json.GetProperty("playList").EnumerateArray().Select(entry => (entry.GetProperty("from").GetInt64(), entry.GetProperty("to").GetInt64())));
    }

    [Theory]
    [InlineData("from", 0)]
    [InlineData("to", 900_000)]
    public async Task Range_OfOneEnd_IsTheLongestWithIt(string name, long offset)
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);

        var stream = await scene.OnAsync("getSoraCamDeviceStreamingVideo", Continuous, query: $"{name}={from + offset}");

        var entry = Assert.Single(stream.Json.GetProperty("playList").EnumerateArray());
        Assert.Equal((from, from + 900_000), (entry.GetProperty("from").GetInt64(), entry.GetProperty("to").GetInt64()));
    }

    [Fact]
    public async Task Stream_AboveTheQuota_IsRefused_AndCostsNothing()
    {
        await using var scene = await CameraScene.StartAsync();
        var from = await scene.WholeHourAsync(Continuous);
        await scene.OnAsync("updateSoraCamDeviceExportUsageLimitOverride", Continuous, new { limitHours = 0 });
        var before = await UsedAsync(scene);

        (await scene.OnAsync("getSoraCamDeviceStreamingVideo", Continuous, query: $"from={from}&to={from + 60_000}")).Refused(400);

        Assert.Equal(before, await UsedAsync(scene));
    }

    [Theory]
    [InlineData("from=2&to=1", 400)]
    [InlineData("from=9223372036854775807", 400)]
    [InlineData("to=9223372036854775807", 404)]
    [InlineData("from=x", 400)]
    [InlineData("from=1000&to=2000", 404)]
    public async Task Stream_OfNonsense_IsRefused(string query, int status)
    {
        await using var scene = await CameraScene.StartAsync();

        (await scene.OnAsync("getSoraCamDeviceStreamingVideo", Continuous, query: query)).Refused(status);
    }

    private static async Task<long> UsedAsync(CameraScene scene) =>
        (await scene.OnAsync("getSoraCamDeviceExportUsage", Continuous)).Json.GetProperty("video").GetProperty("usedSeconds").GetInt64();
}
