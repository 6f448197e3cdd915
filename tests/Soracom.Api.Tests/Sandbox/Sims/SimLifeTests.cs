using System.Text.Json;
using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;
using Soracom.Sandbox.Sims;

namespace Soracom.Api.Tests.Sandbox.Sims;

/// <summary>What becomes of SIMs, by calls and by the clock.</summary>
public sealed class SimLifeTests
{
    private readonly FakeTime clock = new();

    public static TheoryData<string, string, int> Moves => new()
    {
        { "plan-K2", "deactivate", 200 },
        { "plan-K2", "set_to_standby", 200 },
        { "plan-D", "set_to_standby", 400 },
        { "plan-K2", "terminate", 400 },
        { "planArc01", "deactivate", 400 },
        { "planArc01", "suspend", 400 },
    };

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task Status_IsWhatTheTableAllows(string plan, string verb, int status)
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, plan);

        Assert.Equal(status, (await host.PostAsync($"/v1/sims/{simId}/{verb}", body: null, pair)).Status);
    }

    [Fact]
    public async Task Terminated_IsFinal_AndNeedsProtectionOff()
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, "plan-K2");

        (await host.PostAsync($"/v1/sims/{simId}/terminate", body: null, pair)).Refused(400);
        await host.PostAsync($"/v1/sims/{simId}/enable_termination", body: null, pair);
        var terminated = await host.PostAsync($"/v1/sims/{simId}/terminate", body: null, pair);

        Assert.Equal("terminated", terminated["status"]);
        Assert.False(terminated.Json.GetProperty("sessionStatus").GetProperty("online").GetBoolean());
        (await host.PostAsync($"/v1/sims/{simId}/activate", body: null, pair)).Refused(400);
    }

    [Theory]
    [InlineData("doNothing", "active", true)]
    [InlineData("deleteSession", "active", false)]
    [InlineData("deactivate", "inactive", false)]
    [InlineData("suspend", "suspended", false)]
    public async Task Expiry_DoesItsActionAtItsTime_AndBlocksNewSessions(string action, string status, bool online)
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, "plan-K2");
        var time = clock.GetUtcNow().AddSeconds(30).ToUnixTimeMilliseconds();
        await host.PostAsync($"/v1/sims/{simId}/set_expiry_time", new { expiryTime = time, expiryAction = action }, pair);

        clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal("active", (await host.GetAsync($"/v1/sims/{simId}", pair))["status"]);
        clock.Advance(TimeSpan.FromSeconds(2));
        var expired = await host.GetAsync($"/v1/sims/{simId}", pair);

        Assert.Equal(status, expired["status"]);
        Assert.Equal(online, IsOnline(expired.Json));
        await host.PostAsync($"/v1/sims/{simId}/activate", body: null, pair);
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(online, IsOnline((await host.GetAsync($"/v1/sims/{simId}", pair)).Json));
    }

    [Fact]
    public async Task Session_Deleted_ComesBackByItself_AndIsRefusedWhileOffline()
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, "plan-K2");
        var before = (await host.GetAsync($"/v1/sims/{simId}", pair)).Json.GetProperty("sessionStatus").GetProperty("sessionId").GetString();

        Assert.False(IsOnline((await host.PostAsync($"/v1/sims/{simId}/delete_session", body: null, pair)).Json));
        (await host.PostAsync($"/v1/sims/{simId}/delete_session", body: null, pair)).Refused(400, "SEM0016");
        clock.Advance(TimeSpan.FromSeconds(20));
        var events = (await host.GetAsync($"/v1/sims/{simId}/events/sessions?limit=2", pair)).Json;

        Assert.True(IsOnline((await host.GetAsync($"/v1/sims/{simId}", pair)).Json));
        Assert.Equal(["Created", "Deleted"], events.EnumerateArray().Select(one => one.GetProperty("event").GetString()));
        Assert.Equal(before, events[1].GetProperty("sessionId").GetString());
    }

    [Fact]
    public async Task SessionEvents_ReadPageByPage_AreThoseOfOnePage_NewestFirst()
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, "plan-K2");

        var whole = (await host.GetAsync($"/v1/sims/{simId}/events/sessions?limit=100", pair)).Json.EnumerateArray().Select(one => one.GetProperty("time").GetInt64()).ToList();
        var paged = (await host.GetAllAsync($"/v1/sims/{simId}/events/sessions?limit=3", pair)).Select(one => one.GetProperty("time").GetInt64()).ToList();

        Assert.True(whole.Count > 6, $"{whole.Count} events");
        Assert.Equal(whole.OrderDescending().Distinct(), whole);
        Assert.Equal(whole, paged.Take(whole.Count));
    }

    [Fact]
    public async Task StatusHistory_TellsWhatWasDone_InSeconds()
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, "plan-K2");
        clock.Advance(TimeSpan.FromSeconds(10));
        await host.PostAsync($"/v1/sims/{simId}/update_speed_class", new { speedClass = "s1.fast" }, pair);
        await host.PostAsync($"/v1/sims/{simId}/suspend", body: null, pair);

        var rows = (await host.GetAsync($"/v1/sims/{simId}/statuses/history?limit=2", pair)).Json;

        Assert.Equal(["suspended", "active"], rows.EnumerateArray().Select(row => row.GetProperty("status").GetString()));
        Assert.All(rows.EnumerateArray(), row => Assert.Equal(clock.GetUtcNow().ToUnixTimeSeconds(), row.GetProperty("applyDateTimeEpochSec").GetInt64()));
    }

    [Fact]
    public async Task Sims_ComeAndGoByTheClock_TheSameHoweverOftenSomebodyLooks()
    {
        await using var often = await StartAsync();
        var pair = await often.SignInAsync(often.Aoba);
        var start = await SessionsAsync(often, pair);
        for (var hour = 0; hour < 20; hour++)
        {
            clock.Advance(TimeSpan.FromHours(1));
            await often.GetAsync("/v1/sims?limit=1", pair);
        }

        var other = new FakeTime();
        await using var once = await SandboxHost.StartAsync(new SandboxOptions { Clock = other, Fleets = [DemoFleets.Aoba] });
        var otherPair = await once.SignInAsync(once.Aoba);
        await once.GetAsync("/v1/sims?limit=1", otherPair);
        other.Advance(TimeSpan.FromHours(20));

        Assert.NotEqual(start, await SessionsAsync(often, pair));
        Assert.Equal(await SessionsAsync(often, pair), await SessionsAsync(once, otherPair));
    }

    [Fact]
    public async Task Register_TakesTheSimOutOfTheStockOnce()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var simId = SimStockOf.Japan(host.Server, host.Aoba.OperatorId)[0];

        (await host.PostAsync($"/v1/sims/{simId}/register", new { registrationSecret = "00000000" }, pair)).Refused(404);
        var registered = await host.PostAsync($"/v1/sims/{simId}/register", new { registrationSecret = simId[^8..], tags = new { name = "新品" } }, pair);

        Assert.Equal((201, "ready"), (registered.Status, registered["status"]));
        Assert.Equal("新品", (await host.GetAsync($"/v1/sims/{simId}", pair)).Json.GetProperty("tags").GetProperty("name").GetString());
        (await host.PostAsync($"/v1/sims/{simId}/register", new { registrationSecret = simId[^8..] }, pair)).Refused(400);
    }

    [Fact]
    public async Task Capture_GoesThroughItsStates_AndItsFileIsAPcap()
    {
        await using var host = await StartAsync();
        var (pair, simId) = await OnlineSimAsync(host, "plan-K2");
        var path = $"/v1/sims/{simId}/packet_capture_sessions";
        var sessionId = (await host.PostAsync(path, new { duration = 30 }, pair))["sessionId"];
        var states = new List<string>();
        foreach (var seconds in new[] { 0, 3, 3, 30, 30 })
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            states.Add((await host.GetAsync($"{path}/{sessionId}", pair))["status"]!);
        }

        var url = new Uri((await host.GetAsync($"{path}/{sessionId}", pair))["url"]!);
        var file = await host.GetAsync(url.PathAndQuery);

        Assert.Equal(["REQUESTED", "ACCEPTED", "CAPTURING", "POST_PROCESSING", "DONE"], states);
        Assert.Equal((200, "application/vnd.tcpdump.pcap"), (file.Status, file.Header("Content-Type")));
        Assert.True(int.Parse(file.Header("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture) > 200);
    }

    [Fact]
    public void ArcKey_IsX25519()
    {
        // RFC 7748, section 5.2: the first iteration, its scalar 9 as it is clamped.
        byte[] scalar = [8, .. new byte[30], 64];

        Assert.Equal("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079", Convert.ToHexStringLower(ArcKeyPair.PublicOf(scalar)));
    }

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] });

    private static async Task<(Pair Pair, string SimId)> OnlineSimAsync(SandboxHost host, string plan)
    {
        var pair = await host.SignInAsync(host.Aoba);
        var moduleType = plan == "planArc01" ? "&module_type=virtual" : "";
        var found = await host.GetAsync($"/v1/query/sims?subscription={plan}&session_status=ONLINE&status=active&limit=1{moduleType}", pair);
        return (pair, found.Json[0].GetProperty("simId").GetString()!);
    }

    private static async Task<string> SessionsAsync(SandboxHost host, Pair pair) =>
        string.Join('\n', (await host.GetAllAsync("/v1/sims", pair)).Select(sim => sim.GetProperty("sessionStatus").GetRawText()));

    private static bool IsOnline(JsonElement sim) => sim.GetProperty("sessionStatus").GetProperty("online").GetBoolean();
}
