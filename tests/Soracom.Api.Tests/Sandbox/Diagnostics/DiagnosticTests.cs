using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Diagnostics;

/// <summary>What a look at a SIM finds: what is really so.</summary>
public sealed class DiagnosticTests : IAsyncLifetime
{
    private ApiCalls api = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTime();
        api = new ApiCalls(await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] }), clock);
    }

    public ValueTask DisposeAsync() => api.Host.DisposeAsync();

    [Fact]
    public async Task Look_TakesSomeSeconds_AndTellsNothingBefore()
    {
        var sent = await SendAsync(await FindAsync("session_status=ONLINE&subscription=plan-K2"));

        api.Clock.Advance(TimeSpan.FromSeconds(7));
        var early = await GetAsync(sent);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        var done = await GetAsync(sent);

        Assert.Equal(("diagnosing", 0), (sent["status"], sent.Json.GetProperty("insights").GetArrayLength()));
        Assert.Equal(("diagnosing", 0), (early["status"], early.Json.GetProperty("insights").GetArrayLength()));
        Assert.Equal("done", done["status"]);
        Assert.Equal(["nothing-found"], Found(done));
    }

    [Theory]
    [InlineData("status=suspended&subscription=plan-KM1", "status")]
    [InlineData("status=inactive&subscription=plan-K2", "status")]
    [InlineData("status=terminated&subscription=plan-K", "status")]
    [InlineData("status=ready&subscription=plan-K2", "never-connected")]
    public async Task Look_AtASimInThatState_FindsIt(string query, string finding) =>
        Assert.Contains(finding, await LookAsync(await FindAsync(query)));

    [Fact]
    public async Task Look_FindsTheLockAndTheExpiryThatKeepADeviceOut()
    {
        var simId = await FindAsync("session_status=ONLINE&status=active&subscription=plan-K2");
        await api.CallAsync("setSimImeiLock", [simId], body: new { imei = "001017001234567" });
        await api.CallAsync("setSimExpiryTime", [simId], body: new { expiryTime = api.Clock.GetUtcNow().AddSeconds(1).ToUnixTimeMilliseconds(), expiryAction = "doNothing" });

        Assert.Equal(["imei-lock"], await LookAsync(simId));
        Assert.Equal(["expired", "imei-lock"], await LookAsync(simId));
    }

    [Fact]
    public async Task Findings_AreThoseOfTheMomentOfTheLook()
    {
        var simId = await FindAsync("session_status=ONLINE&status=active&subscription=plan-K2");
        var sent = await SendAsync(simId);
        await api.CallAsync("suspendSim", [simId]);
        api.Clock.Advance(TimeSpan.FromSeconds(8));

        Assert.Equal(["nothing-found"], Found(await GetAsync(sent)));
        Assert.Contains("status", await LookAsync(simId));
    }

    [Fact]
    public async Task Period_IsADayUnlessSaid_AndEndsByNow()
    {
        var simId = await api.AnySimAsync();
        var now = api.Clock.GetUtcNow().ToUnixTimeMilliseconds();

        var usual = await SendAsync(simId);

        Assert.Equal((now - 86_400_000, now), (usual.Json.GetProperty("from").GetInt64(), usual.Json.GetProperty("to").GetInt64()));
        (await SendAsync(simId, from: now - 1, to: now + 1)).Refused(400);
        (await SendAsync(simId, from: now, to: now)).Refused(400);
    }

    private async Task<string> FindAsync(string query) => (await api.CallAsync("searchSims", query: $"{query}&limit=1")).Json[0].GetProperty("simId").GetString()!;

    private async Task<List<string?>> LookAsync(string simId)
    {
        var sent = await SendAsync(simId);
        api.Clock.Advance(TimeSpan.FromSeconds(8));
        return Found(await GetAsync(sent));
    }

    private Task<Reply> SendAsync(string simId) => api.CallAsync("sendDiagnosticRequest", body: new { service = "Air", resourceType = "sim", resourceId = simId });

    private Task<Reply> SendAsync(string simId, long from, long to) =>
        api.CallAsync("sendDiagnosticRequest", body: new { service = "Air", resourceType = "sim", resourceId = simId, from, to });

    private Task<Reply> GetAsync(Reply sent) => api.CallAsync("getDiagnostic", [sent["diagnosticId"]!]);

    private static List<string?> Found(Reply diagnostic) => [.. diagnostic.Json.GetProperty("insights").EnumerateArray().Select(one => one.GetProperty("insightId").GetString())];
}
