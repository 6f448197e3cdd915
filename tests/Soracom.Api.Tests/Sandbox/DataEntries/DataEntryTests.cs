using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.DataEntries;

public sealed class DataEntryTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTime clock = new();

    [Fact]
    public async Task Entries_OfATruckOnline_ComeEveryFiveMinutes_UntilNow_AndGoOnByTheClock()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var truck = await TruckAsync(host, pair);

        var before = await EntriesAsync(host, pair, $"Sim/{truck}?limit=12");
        clock.Advance(TimeSpan.FromHours(1));
        var after = await EntriesAsync(host, pair, $"Sim/{truck}?limit=24&from={Start.AddHours(-1).AddMilliseconds(1).ToUnixTimeMilliseconds()}");

        Assert.All(before.Zip(before.Skip(1)), pair => Assert.Equal(300_000, Time(pair.First) - Time(pair.Second)));
        Assert.InRange(Start.ToUnixTimeMilliseconds() - Time(before[0]), 0, 299_999);
        Assert.Equal(24, after.Count);
        Assert.Equal(before.Select(entry => entry.GetRawText()), after[12..].Select(entry => entry.GetRawText()));
        var content = JsonElement.Parse(after[0].GetProperty("content").GetString()!);
        Assert.InRange(content.GetProperty("lat").GetDouble(), 35, 36);
        Assert.Equal("location", after[0].GetProperty("category").GetString());
    }

    [Fact]
    public async Task Entries_ByImsi_AreThoseOfTheSim()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var truck = await TruckAsync(host, pair);
        var imsi = (await host.GetAsync($"/v1/sims/{truck}", pair)).Json.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString();

        var bySim = await EntriesAsync(host, pair, $"Sim/{truck}");
        var byImsi = await EntriesAsync(host, pair, $"Subscriber/{imsi}");

        Assert.Equal(10, bySim.Count);
        Assert.Equal(bySim.Select(entry => (Time(entry), entry.GetProperty("content").GetString())), byImsi.Select(entry => (Time(entry), entry.GetProperty("content").GetString())));
        Assert.All(byImsi, entry => Assert.Equal(("Subscriber", imsi), (entry.GetProperty("resourceType").GetString(), entry.GetProperty("resourceId").GetString())));
    }

    [Fact]
    public async Task DataOfASim_AreItsEntries_BySimIdAndByImsi()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var truck = await TruckAsync(host, pair);
        var imsi = (await host.GetAsync($"/v1/sims/{truck}", pair)).Json.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString();

        var bySim = await host.GetAsync($"/v1/sims/{truck}/data?limit=3&sort=asc", pair);
        var byImsi = await host.GetAsync($"/v1/subscribers/{imsi}/data?limit=3&sort=asc", pair);

        Assert.Equal((await host.GetAsync($"/v1/data/Sim/{truck}?limit=3&sort=asc", pair)).Text, bySim.Text);
        Assert.Equal((await host.GetAsync($"/v1/data/Subscriber/{imsi}?limit=3&sort=asc", pair)).Text, byImsi.Text);
        Assert.Equal(3, bySim.Json.GetArrayLength());
        Assert.StartsWith($"</v1/sims/{truck}/data?", bySim.Header("link"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sim/{0}?")]
    [InlineData("categories/location?")]
    public async Task Pages_InEitherOrder_GiveEachEntryOnce(string list)
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var path = $"/v1/data/{string.Format(CultureInfo.InvariantCulture, list, await TruckAsync(host, pair))}from={Start.AddHours(-2).ToUnixTimeMilliseconds()}&to={Start.ToUnixTimeMilliseconds()}";

        var whole = (await host.GetAllAsync($"{path}&limit=1000", pair)).Select(entry => entry.GetRawText()).ToList();
        var descending = (await host.GetAllAsync($"{path}&limit=7", pair)).Select(entry => entry.GetRawText());
        var ascending = (await host.GetAllAsync($"{path}&limit=7&sort=asc", pair)).Select(entry => entry.GetRawText());

        Assert.InRange(whole.Count, 24, 1000);
        Assert.Equal(whole, descending);
        Assert.Equal(Enumerable.Reverse(whole), ascending);
    }

    [Fact]
    public async Task Entries_AreKeptForFortyDays_AndForTwoYearsWithTheContract()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var truck = await TruckAsync(host, pair);
        var contracts = $"/v1/operators/{host.Aoba.OperatorId}/contracts";

        var extended = Time((await EntriesAsync(host, pair, $"Sim/{truck}?limit=1&sort=asc"))[0]);
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{contracts}/harvest", pair)).Status);
        var plain = Time((await EntriesAsync(host, pair, $"Sim/{truck}?limit=1&sort=asc"))[0]);
        (await host.GetAsync($"/v1/data/Sim/{truck}/{extended}", pair)).Refused(404);
        Assert.Equal(200, (await host.PostAsync(contracts, new { contractName = "harvest" }, pair)).Status);

        Assert.InRange(extended, Start.AddDays(-731).ToUnixTimeMilliseconds(), Start.AddDays(-41).ToUnixTimeMilliseconds());
        Assert.InRange(plain, Start.AddDays(-40).ToUnixTimeMilliseconds(), Start.AddDays(-40).AddHours(1).ToUnixTimeMilliseconds());
        Assert.Equal(200, (await host.GetAsync($"/v1/data/Sim/{truck}/{extended}", pair)).Status);
    }

    [Fact]
    public async Task Delete_TakesOneEntryAway()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var truck = await TruckAsync(host, pair);
        var entries = await EntriesAsync(host, pair, $"Sim/{truck}?limit=3");
        var one = $"/v1/data/Sim/{truck}/{Time(entries[1])}";

        Assert.True(JsonElement.DeepEquals(entries[1], (await host.GetAsync(one, pair)).Json));
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, one, pair)).Status);
        (await host.GetAsync(one, pair)).Refused(404);
        Assert.Equal([Time(entries[0]), Time(entries[2])], (await EntriesAsync(host, pair, $"Sim/{truck}?limit=2")).Select(Time));
    }

    [Fact]
    public async Task Harvest_SwitchedOnAndOff_LeavesDataOfThatTimeOnly()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var group = (await host.GetAllAsync("/v1/groups", pair)).Single(one => one.GetProperty("tags").GetProperty("name").GetString() == "倉庫ゲート").GetProperty("groupId").GetString();
        var gate = (await host.GetAsync($"/v1/query/sims?group_id={group}&session_status=ONLINE", pair)).Json[0].GetProperty("simId").GetString();
        var configuration = $"/v1/groups/{group}/configuration/SoracomHarvest";
        Assert.Empty(await EntriesAsync(host, pair, $"Sim/{gate}"));

        clock.Advance(TimeSpan.FromHours(1));
        await host.SendAsync(HttpMethod.Put, configuration, pair, """[{"key":"enabled","value":true}]""");
        clock.Advance(TimeSpan.FromHours(1));
        await host.SendAsync(HttpMethod.Delete, configuration, pair);
        clock.Advance(TimeSpan.FromHours(1));
        var entries = await EntriesAsync(host, pair, $"Sim/{gate}?limit=1000");

        Assert.Equal(12, entries.Count);
        Assert.All(entries, entry => Assert.InRange(Time(entry), Start.AddHours(1).ToUnixTimeMilliseconds(), Start.AddHours(2).ToUnixTimeMilliseconds() - 1));
    }

    [Fact]
    public async Task Resources_AreThoseThatHaveSentSomething_ByIdAndByImsi()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);

        var all = await host.GetAllAsync("/v1/data/metadata/resources?limit=3", pair);
        var sims = await host.GetAllAsync("/v1/data/resources?resource_type=Sim", pair);

        // A truck that has been offline for longer than data are kept has none.
        Assert.InRange(sims.Count, 4, 7);
        Assert.Equal(2 * sims.Count, all.Select(one => one.GetRawText()).Distinct().Count());
        Assert.Equal(2 * sims.Count, all.Count);
        foreach (var sim in sims)
        {
            var newest = await EntriesAsync(host, pair, $"Sim/{sim.GetProperty("resourceId").GetString()}?limit=1");
            Assert.Equal(Time(newest[0]), sim.GetProperty("lastModifiedTime").GetInt64());
        }
    }

    [Theory]
    [InlineData("Toaster/1")]
    [InlineData("Sim/1?limit=0")]
    [InlineData("Sim/1?sort=sideways")]
    [InlineData("Sim/1?from=yesterday")]
    [InlineData("Sim/1?last_evaluated_key=1")]
    [InlineData("Sim/1?last_evaluated_key=x_1")]
    [InlineData("Sim/1/soon")]
    public async Task Query_ThatMakesNoSense_Is400(string query)
    {
        await using var host = await StartAsync();

        (await host.GetAsync($"/v1/data/{query}", await host.SignInAsync(host.Aoba))).Refused(400);
    }

    private static long Time(JsonElement entry) => entry.GetProperty("time").GetInt64();

    private static async Task<List<JsonElement>> EntriesAsync(SandboxHost host, Pair pair, string path)
    {
        var reply = await host.GetAsync($"/v1/data/{path}", pair);
        Assert.Equal(200, reply.Status);
        return [.. reply.Json.EnumerateArray()];
    }

    private static async Task<string> TruckAsync(SandboxHost host, Pair pair) =>
        (await host.GetAsync($"/v1/query/sims?name={Uri.EscapeDataString("冷蔵トラック 1号車")}", pair)).Json[0].GetProperty("simId").GetString()!;

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
}
