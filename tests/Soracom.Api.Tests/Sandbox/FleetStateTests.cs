using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>What people do around their SIMs outlives a restart, goes on by the clock, and is gone after a reset.</summary>
public sealed class FleetStateTests : IDisposable
{
    private static readonly string[] Lists =
    [
        "/v1/groups", "/v1/port_mappings", "/v1/event_handlers", "/v1/audit_logs/napter?limit=1000", "/v1/audit_logs/api?limit=1000",
        "/v1/data/metadata/resources?limit=100", "/v1/logs?limit=100",
    ];

    private readonly string folder = Directory.CreateTempSubdirectory("sandbox-fleet-").FullName;
    private readonly FakeTime clock = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Changes_OutliveARestart_AndWhatIsDueHappensAfterIt()
    {
        List<string> before;
        await using (var host = await StartAsync())
        {
            var pair = await host.SignInAsync(host.Aoba);
            await ChangeAsync(host, pair);
            before = await ReadAsync(host, pair);
        }

        await using var again = await StartAsync();
        var next = await again.SignInAsync(again.Aoba);

        Assert.Equal(before, await ReadAsync(again, next));
        clock.Advance(TimeSpan.FromHours(8));
        Assert.Empty((await again.GetAsync("/v1/port_mappings", next)).Json.EnumerateArray());
        Assert.Contains((await again.GetAsync("/v1/audit_logs/napter?limit=1000", next)).Json.EnumerateArray(), entry => entry.GetProperty("type").GetString() == "EXPIRED");
    }

    [Fact]
    public async Task Reset_MakesItAllAsItWas()
    {
        await using var host = await StartAsync();
        var fresh = await ReadAsync(host, await host.SignInAsync(host.Aoba));
        await ChangeAsync(host, await host.SignInAsync(host.Aoba));

        await host.PostAsync("/_control/reset");

        Assert.Equal(fresh, await ReadAsync(host, await host.SignInAsync(host.Aoba)));
    }

    private static async Task ChangeAsync(SandboxHost host, Pair pair)
    {
        var group = (await host.PostAsync("/v1/groups", """{"tags":{"name":"新"},"configuration":{"SoracomHarvest":{"enabled":true},"SoracomAir":{"b":1,"A":2}}}""", pair))["groupId"];
        var sim = (await host.GetAsync("/v1/query/sims?session_status=ONLINE&module_type=nano", pair)).Json[0].GetProperty("simId").GetString();
        Assert.Equal(201, (await host.PostAsync($"/v1/port_mappings/sims/{sim}", """{"destination":{"port":22},"duration":7200}""", pair)).Status);
        Assert.Equal(201, (await host.PostAsync(
            "/v1/event_handlers",
            $$$"""{"name":"h","status":"active","targetGroupId":"{{{group}}}","ruleConfig":{"type":"SimExpiredRule","properties":{"inactiveTimeoutDateConst":"NEVER"}},"actionConfigList":[{"type":"SuspendAction","properties":{"executionDateTimeConst":"IMMEDIATELY"}}]}""",
            pair)).Status);
        var resource = (await host.GetAsync("/v1/data/metadata/resources?resource_type=Sim&limit=1", pair)).Json[0].GetProperty("resourceId").GetString();
        var newest = (await host.GetAsync($"/v1/data/Sim/{resource}?limit=1", pair)).Json[0].GetProperty("time").GetInt64();
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/data/Sim/{resource}/{newest}", pair)).Status);
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/operators/{host.Aoba.OperatorId}/system_notifications/billing", pair)).Status);
    }

    private static async Task<List<string>> ReadAsync(SandboxHost host, Pair pair)
    {
        var read = new List<string>();
        foreach (var list in Lists.Append($"/v1/operators/{host.Aoba.OperatorId}/system_notifications"))
        {
            var reply = await host.GetAsync(list, pair);
            Assert.Equal(200, reply.Status);
            read.AddRange(reply.Json.EnumerateArray().Select(item => item.GetRawText()));
        }

        return read;
    }

    private Task<SandboxHost> StartAsync() => SandboxHost.StartAsync(
        new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = Path.Combine(folder, "sandbox.state") });
}
