using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Query;

/// <summary>Searches for what are no SIMs, and the ranking of traffic.</summary>
public sealed class OtherSearchTests : IAsyncLifetime
{
    private readonly FakeTime clock = new();
    private SandboxHost host = null!;
    private Pair pair = null!;

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
        pair = await host.SignInAsync(host.Aoba);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task Ranking_OfWholeDays_IsWhatTheStatisticsOfEachSimSay_TheMostFirst()
    {
        clock.Advance(TimeSpan.FromHours(5));
        var now = clock.GetUtcNow();
        var (from, to) = (new DateTimeOffset(now.UtcDateTime.Date.AddDays(-3), TimeSpan.Zero), new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero));

        var ranking = await RankAsync(from, to, "limit=500");

        Assert.InRange(ranking.Count, 10, 60);
        Assert.Equal(ranking.OrderByDescending(one => one.Bytes).ThenBy(one => one.Imsi, StringComparer.Ordinal), ranking);
        foreach (var (imsi, bytes) in ranking)
        {
            var stats = await host.GetAsync($"/v1/stats/air/subscribers/{imsi}?period=day&from={from.ToUnixTimeSeconds()}&to={to.ToUnixTimeSeconds() - 1}", pair);
            Assert.Equal(stats.Json.EnumerateArray().Sum(BytesOf), bytes);
        }
    }

    [Fact]
    public async Task Ranking_LeastFirst_IsTheOtherEnd_AndHoursAddUp()
    {
        var to = clock.GetUtcNow();
        var all = await RankAsync(to.AddHours(-2), to, "limit=500");

        var least = await RankAsync(to.AddHours(-2), to, "order=asc&limit=3");
        var (first, second) = (await RankAsync(to.AddHours(-2), to.AddHours(-1), "limit=500"), await RankAsync(to.AddHours(-1), to, "limit=500"));

        Assert.Equal(all.OrderBy(one => one.Bytes).ThenBy(one => one.Imsi, StringComparer.Ordinal).Take(3), least);
        Assert.All(all, one => Assert.Equal(one.Bytes, first.Concat(second).Where(part => part.Imsi == one.Imsi).Sum(part => part.Bytes)));
    }

    [Fact]
    public async Task Ranking_CountsInsertedTraffic()
    {
        var to = clock.GetUtcNow();
        var imsi = (await host.GetAsync("/v1/query/subscribers?subscription=plan-KM1", pair)).Json[0].GetProperty("imsi").GetString()!;
        var before = (await RankAsync(to.AddDays(-1), to, "limit=500")).FirstOrDefault(one => one.Imsi == imsi).Bytes;
        var counters = new { uploadByteSizeTotal = 3_000_000_000_000, downloadByteSizeTotal = 7, uploadPacketSizeTotal = 1, downloadPacketSizeTotal = 1 };

        await host.PostAsync($"/v1/sandbox/stats/air/subscribers/{imsi}", new { unixtime = to.AddHours(-1).ToUnixTimeSeconds(), dataTrafficStatsMap = new Dictionary<string, object> { ["t1.standard"] = counters } }, pair);

        Assert.Equal((imsi, before + 3_000_000_000_007), (await RankAsync(to.AddDays(-1), to, "limit=1"))[0]);
    }

    [Fact]
    public async Task Devices_AreFoundByPartsOfWhatTheyAre_AndFollowTheirSim()
    {
        var all = (await host.GetAllAsync("/v1/query/devices?limit=100", pair)).ToList();
        var device = all.First(one => one.TryGetProperty("groupId", out _) && one.GetProperty("online").GetBoolean());
        var id = device.GetProperty("device_id").GetString()!;
        var imei = device.GetProperty("endpoint").GetString()!["urn:imei:".Length..];
        var sim = (await host.GetAsync($"/v1/query/sims?name={Uri.EscapeDataString(device.GetProperty("tags").GetProperty("name").GetString()!)}", pair)).Json[0].GetProperty("simId").GetString();

        Assert.Contains(id, await IdsAsync($"deviceId={id[4..12].ToUpperInvariant()}"));
        Assert.Contains(id, await IdsAsync($"imei={imei[3..]}&group_id={device.GetProperty("groupId").GetString()}"));
        Assert.DoesNotContain(id, await IdsAsync($"imei={imei}&name=nothing-of-that-name"));
        Assert.Contains(id, await IdsAsync($"imei={imei}&name=nothing-of-that-name&search_type=or"));
        await host.PostAsync($"/v1/sims/{sim}/delete_session", body: null, pair);
        Assert.False((await host.GetAsync($"/v1/query/devices?imei={imei}", pair)).Json[0].GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task Devices_ComeInPages_EachOnce()
    {
        var whole = (await host.GetAllAsync("/v1/query/devices?limit=100", pair)).Select(one => one.GetRawText());
        var pages = await host.GetAllAsync("/v1/query/devices?limit=2", pair);

        Assert.Equal(whole, pages.Select(one => one.GetRawText()));
        Assert.InRange(pages.Count, 3, 40);
    }

    [Fact]
    public async Task SigfoxDevices_AreFilteredByStatusAndRegistration()
    {
        var all = await host.GetAllAsync("/v1/query/sigfox_devices?limit=5", pair);
        var active = (await host.GetAsync("/v1/query/sigfox_devices?status=active&limit=100", pair)).Json;
        var inStock = (await host.GetAsync("/v1/query/sigfox_devices?status=inStock&registration=notStarted&limit=100", pair)).Json;

        Assert.Equal(12, all.Count);
        Assert.Equal(all.Count(one => one.GetProperty("status").GetString() == "active"), active.GetArrayLength());
        Assert.All(active.EnumerateArray(), one => Assert.True(one.TryGetProperty("lastSeen", out _)));
        Assert.Equal("instock", inStock[0].GetProperty("status").GetString());
        Assert.Empty((await host.GetAsync("/v1/query/sigfox_devices?status=active&registration=failed", pair)).Json.EnumerateArray());
    }

    private static long BytesOf(JsonElement row) => row.GetProperty("dataTrafficStatsMap").EnumerateObject()
        .Sum(one => one.Value.GetProperty("uploadByteSizeTotal").GetInt64() + one.Value.GetProperty("downloadByteSizeTotal").GetInt64());

    private async Task<List<string?>> IdsAsync(string query) =>
        [.. (await host.GetAllAsync($"/v1/query/devices?{query}", pair)).Select(one => one.GetProperty("device_id").GetString())];

    private async Task<List<(string Imsi, long Bytes)>> RankAsync(DateTimeOffset from, DateTimeOffset to, string query)
    {
        var reply = await host.GetAsync($"/v1/query/subscribers/traffic_volume/ranking?from={from.ToUnixTimeMilliseconds()}&to={to.ToUnixTimeMilliseconds()}&{query}", pair);
        return [.. reply.Json.EnumerateArray().Select(one => (one.GetProperty("imsi").GetString()!, one.GetProperty("trafficVolume").GetInt64()))];
    }
}
