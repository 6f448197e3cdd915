using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Napter;

public sealed class PortMappingTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly FakeTime clock = new();

    [Fact]
    public async Task Create_BySimId_NamesTheSimAndTheEndpoint_AndTheSimRemembers()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=nano");

        var made = await host.PostAsync("/v1/port_mappings", new { destination = new { simId = sim, imsi = "ignored", port = 22, service = "air", destinationChoosingStrategy = "DYNAMIC" }, duration = 28800 }, pair);
        var mapping = made.Json;
        var (address, port) = (made["ipAddress"]!, mapping.GetProperty("port").GetInt32());

        Assert.Equal(201, made.Status);
        Assert.Equal(sim, made["simId"]);
        Assert.False(mapping.TryGetProperty("imsi", out _));
        Assert.Equal($$"""{"simId":"{{sim}}","port":22,"destinationChoosingStrategy":"AIR_PRIORITIZED"}""", mapping.GetProperty("destination").GetRawText());
        Assert.Equal($"{address}:{port.ToString(CultureInfo.InvariantCulture)}", made["endpoint"]);
        Assert.Equal($"{address.Replace('.', '-')}.napter.soracom.io", made["hostname"]);
        Assert.InRange(port, 10_000, 65_535);
        Assert.Equal("""["127.0.0.1/32"]""", mapping.GetProperty("source").GetProperty("ipRanges").GetRawText());
        Assert.Equal(28_800_000, mapping.GetProperty("expiredTime").GetInt64() - mapping.GetProperty("createdTime").GetInt64());
        Assert.Equal(
            Start.ToUnixTimeMilliseconds(), (await host.GetAsync($"/v1/sims/{sim}", pair)).Json.GetProperty("lastPortMappingCreatedTime").GetInt64());
        Assert.Contains(await host.GetAllAsync("/v1/port_mappings?limit=1", pair), listed => JsonElement.DeepEquals(listed, mapping));
    }

    [Theory]
    [InlineData("air", "AIR_PRIORITIZED", "session_status=ONLINE&module_type=nano", 201)]
    [InlineData("arc", "", "session_status=ONLINE&module_type=nano", 400)]
    [InlineData("arc", "ARC_PRIORITIZED", "session_status=ONLINE&module_type=virtual", 201)]
    [InlineData("air", "", "session_status=ONLINE&module_type=virtual", 400)]
    [InlineData(null, "DYNAMIC", "session_status=ONLINE&module_type=virtual", 201)]
    [InlineData(null, "", "session_status=OFFLINE&module_type=virtual", 400)]
    public async Task CreateForSim_ByService_NeedsASessionOfThatKind(string? service, string strategy, string which, int status)
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, which);

        var made = await host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 80, service } }, pair);

        Assert.Equal(status, made.Status);
        Assert.Equal(strategy, status == 201 ? made.Json.GetProperty("destination").GetProperty("destinationChoosingStrategy").GetString() : "");
    }

    [Fact]
    public async Task Seeds_NameNoSimThatWasAddedBeforeTheFirstLook()
    {
        await using var untouched = await StartAsync();
        await using var host = await StartAsync();
        clock.Advance(TimeSpan.FromMinutes(1));
        var account = host.Server.World.Find(host.Aoba.OperatorId)!;
        account.Run(clock.GetUtcNow(), changing: true, () =>
        {
            var data = account.Data(Soracom.Sandbox.Http.Coverage.Japan);
            var added = data.Sims(sim => sim.Online).ConvertAll(sim => sim with { SimId = "0" + sim.SimId[1..], CreatedTime = clock.GetUtcNow().ToUnixTimeMilliseconds() });
            added.ForEach(sim => data.Put(sim, clock.GetUtcNow()));
            return added.Count;
        });

        var expected = await MappingsAsync(untouched);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, await MappingsAsync(host));

        static async Task<IEnumerable<string>> MappingsAsync(SandboxHost host) =>
            (await host.GetAllAsync("/v1/port_mappings", await host.SignInAsync(host.Aoba))).Select(mapping => mapping.GetRawText());
    }

    [Fact]
    public async Task ListForSimAndForImsi_KnowOnlyWhatWasMadeForThem()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=micro");
        var imsi = (await host.GetAsync($"/v1/sims/{sim}", pair)).Json.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString();
        var byImsi = await host.PostAsync("/v1/port_mappings", new { destination = new { imsi, port = 22 } }, pair);

        (await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair)).Refused(404);
        await host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 80 } }, pair);
        var forSim = await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair);
        var forImsi = await host.GetAsync($"/v1/port_mappings/subscribers/{imsi}", pair);

        Assert.Equal(imsi, byImsi["imsi"]);
        Assert.False(byImsi.Json.TryGetProperty("simId", out _));
        Assert.Equal(80, Assert.Single(forSim.Json.EnumerateArray()).GetProperty("destination").GetProperty("port").GetInt32());
        Assert.True(JsonElement.DeepEquals(byImsi.Json, Assert.Single(forImsi.Json.EnumerateArray())));
        (await host.GetAsync("/v1/port_mappings/subscribers/none", pair)).Refused(404);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"destination":[]}""")]
    [InlineData("""{"destination":{}}""")]
    [InlineData("""{"destination":{"port":0}}""")]
    [InlineData("""{"destination":{"port":65536}}""")]
    [InlineData("""{"destination":{"port":"22"}}""")]
    [InlineData("""{"destination":{"port":22,"service":"beam"}}""")]
    [InlineData("""{"destination":{"port":22},"duration":0}""")]
    [InlineData("""{"destination":{"port":22},"duration":28801}""")]
    [InlineData("""{"destination":{"port":22},"duration":1.5}""")]
    [InlineData("""{"destination":{"port":22},"tlsRequired":"yes"}""")]
    [InlineData("""{"destination":{"port":22},"source":{"ipRanges":["203.0.113.5"]}}""")]
    [InlineData("""{"destination":{"port":22},"source":{"ipRanges":["203.0.113.5/33"]}}""")]
    [InlineData("""{"destination":{"port":22},"source":{"ipRanges":["2001:db8::/32"]}}""")]
    [InlineData("""{"destination":{"port":22},"source":{"ipRanges":[1]}}""")]
    public async Task Create_WhatMakesNoSense_IsRefused_AndMakesNothing(string body)
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=nano");

        (await host.PostAsync($"/v1/port_mappings/sims/{sim}", body, pair)).Refused(400);

        (await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair)).Refused(404);
    }

    [Fact]
    public async Task Mapping_EndsByItself_AndItsRecordTellsOfIt()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=micro");
        var made = await host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 22 }, duration = 3600, source = new { ipRanges = new[] { "203.0.113.64/30" } } }, pair);
        var imsi = (await host.GetAsync($"/v1/sims/{sim}", pair)).Json.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString();

        clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.False((await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair)).Json[0].GetProperty("expired").GetBoolean());
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair)).Json[0].GetProperty("expired").GetBoolean());
        clock.Advance(TimeSpan.FromSeconds(30));
        (await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair)).Refused(404);
        (await host.SendAsync(HttpMethod.Delete, $"/v1/port_mappings/{made["ipAddress"]}/{made.Json.GetProperty("port").GetRawText()}", pair)).Refused(404);

        var log = (await host.GetAllAsync($"/v1/audit_logs/napter?resource_id={imsi}&from={Start.ToUnixTimeMilliseconds()}&limit=2", pair)).Reverse().ToList();
        Assert.Equal("CREATED", Type(log[0]));
        Assert.Equal("EXPIRED", Type(log[^1]));
        Assert.Equal(Start.AddHours(1).ToUnixTimeMilliseconds(), log[^1].GetProperty("createdAt").GetInt64(), 5.0);
        Assert.All(new[] { log[0], log[^1] }, entry => Assert.False(entry.TryGetProperty("direction", out _)));
        var visits = log[1..^1];
        Assert.NotEmpty(visits);
        Assert.All(visits.Where(entry => Type(entry) == "ACCESS"), entry => Assert.StartsWith("203.0.113.6", entry.GetProperty("direction").GetProperty("sourceIPAddress").GetString(), StringComparison.Ordinal));
        Assert.Equal(visits.Count(entry => Type(entry) == "CONNECTED"), visits.Count(entry => Type(entry) == "CLOSED"));
        Assert.Equal(log.Select(Time).Distinct().Order(), log.Select(Time));
    }

    [Theory]
    [InlineData(0, 404)]
    [InlineData(60, 204)]
    public async Task Mapping_ThatHasRunOut_StaysAsLongAsTheOptionSays_AndEndsOnRecordOnce(int seconds, int deletion)
    {
        var options = new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], Undocumented = new UndocumentedAnswers { ExpiredNapterStays = TimeSpan.FromSeconds(seconds) } };
        await using var host = await SandboxHost.StartAsync(options);
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=micro");
        var made = await host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 22 }, duration = 60 }, pair);

        clock.Advance(TimeSpan.FromSeconds(100));
        var deleted = await host.SendAsync(HttpMethod.Delete, $"/v1/port_mappings/{made["ipAddress"]}/{made.Json.GetProperty("port").GetRawText()}", pair);
        var ends = (await host.GetAllAsync($"/v1/audit_logs/napter?from={Start.ToUnixTimeMilliseconds()}", pair)).Where(entry => Type(entry) is "EXPIRED" or "DELETED");

        Assert.Equal(deletion, deleted.Status);
        Assert.Equal(["EXPIRED"], ends.Select(Type));
        (await host.GetAsync($"/v1/port_mappings/sims/{sim}", pair)).Refused(404);
    }

    [Fact]
    public async Task Create_IsNotedOnTheSim_AndOutlivesARestart()
    {
        var folder = Directory.CreateTempSubdirectory("napter-");
        try
        {
            var options = new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = Path.Combine(folder.FullName, "state") };
            string sim;
            await using (var host = await SandboxHost.StartAsync(options))
            {
                var pair = await host.SignInAsync(host.Aoba);
                sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=micro");
                await host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 22 } }, pair);
            }

            await using var again = await SandboxHost.StartAsync(options);
            var read = await again.GetAsync($"/v1/sims/{sim}", await again.SignInAsync(again.Aoba));
            Assert.Equal(Start.ToUnixTimeMilliseconds(), read.Json.GetProperty("lastPortMappingCreatedTime").GetInt64());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Delete_EndsTheMapping_AndOnlyThat()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var sim = await SimAsync(host, pair, "session_status=ONLINE&module_type=nano");
        var before = await host.GetAllAsync("/v1/port_mappings", pair);
        var made = await host.PostAsync($"/v1/port_mappings/sims/{sim}", new { destination = new { port = 22 } }, pair);

        var deleted = await host.SendAsync(HttpMethod.Delete, $"/v1/port_mappings/{made["ipAddress"]}/{made.Json.GetProperty("port").GetRawText()}", pair);

        Assert.Equal(204, deleted.Status);
        Assert.Equal(before.Select(one => one.GetRawText()), (await host.GetAllAsync("/v1/port_mappings", pair)).Select(one => one.GetRawText()));
        Assert.Equal(["DELETED", "CREATED"], (await host.GetAsync("/v1/audit_logs/napter?limit=2", pair)).Json.EnumerateArray().Select(Type));
    }

    [Fact]
    public async Task DemoAccount_HasMappingsThatLive_AndAPast()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);

        var live = await host.GetAllAsync("/v1/port_mappings", pair);
        var past = await host.GetAllAsync($"/v1/audit_logs/napter?to={Start.AddDays(-1).ToUnixTimeMilliseconds()}", pair);

        Assert.Equal(3, live.Count);
        Assert.NotEmpty(past);
        clock.Advance(TimeSpan.FromHours(8));
        Assert.Empty(await host.GetAllAsync("/v1/port_mappings", pair));
    }

    private static string? Type(JsonElement entry) => entry.GetProperty("type").GetString();

    private static long Time(JsonElement entry) => entry.GetProperty("createdAt").GetInt64();

    private static async Task<string> SimAsync(SandboxHost host, Pair pair, string query)
    {
        var live = (await host.GetAllAsync("/v1/port_mappings", pair)).Select(one => one.GetProperty("simId").GetString()).ToHashSet(StringComparer.Ordinal);
        return (await host.GetAllAsync($"/v1/query/sims?{query}", pair)).Select(sim => sim.GetProperty("simId").GetString()!).First(sim => !live.Contains(sim));
    }

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });
}
