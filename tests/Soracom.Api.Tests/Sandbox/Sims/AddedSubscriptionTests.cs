using System.Text.Json;
using Soracom.Api.Tests.Cases;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Sims;

/// <summary>Subscriptions that are added to a SIM: over the air, step by step, and by WireGuard at once.</summary>
public sealed class AddedSubscriptionTests : IAsyncLifetime
{
    private static readonly object X1 = new { subscription = "planX1", type = "cellular", enable = true };
    private static readonly object Arc = new { subscription = "planArc01", type = "virtual" };

    private ApiCalls api = null!;

    public async ValueTask InitializeAsync()
    {
        var clock = new FakeTime();
        api = new ApiCalls(await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba] }), clock);
    }

    public ValueTask DisposeAsync() => api.Host.DisposeAsync();

    [Fact]
    public async Task Delivery_ToADeviceThatIsThere_TakesTwoSteps()
    {
        var simId = await SimCases.FindAsync(api, "plan01s", global: true);
        var imsi = await AddAsync(simId, X1);

        var states = new List<string?>();
        foreach (var seconds in new[] { 59, 1, 59, 1, 3600 })
        {
            api.Clock.Advance(TimeSpan.FromSeconds(seconds));
            states.Add(await StatusAsync(simId, imsi));
        }

        Assert.Equal(["shipped", "delivered", "delivered", "ready", "ready"], states);
    }

    [Fact]
    public async Task Delivery_ToADeviceThatIsAway_Waits_AndCanBeCancelled()
    {
        var simId = (await api.CallAsync("searchSims", query: "subscription=plan01s&session_status=OFFLINE&status=standby&limit=1", global: true)).Json[0].GetProperty("simId").GetString()!;
        var imsi = await AddAsync(simId, X1);

        api.Clock.Advance(TimeSpan.FromMinutes(5));
        var waiting = await StatusAsync(simId, imsi);
        var cancelled = await api.CallAsync("cancelSubscriptionContainerDownload", [simId, simId, imsi], global: true);

        Assert.Equal("shipped", waiting);
        Assert.Equal(1, cancelled.Json.GetProperty("containers").GetArrayLength());
        Assert.Null(await StatusAsync(simId, imsi));
    }

    [Fact]
    public async Task Delivery_ThatHasBegun_CannotBeCancelled()
    {
        var simId = await SimCases.FindAsync(api, "plan01s", global: true);
        var imsi = await AddAsync(simId, X1);

        (await api.CallAsync("cancelSubscriptionContainerDownload", [simId, simId, imsi], global: true)).Refused(400);
        (await api.CallAsync("terminateSubscriptionContainer", [simId, simId, imsi], global: true)).Refused(400);
    }

    [Fact]
    public async Task SameSubscription_IsNotAddedTwice_NorOneThatThePlanDoesNotTake()
    {
        var simId = await SimCases.FindAsync(api, "plan01s", global: true);
        await AddAsync(simId, X1);

        (await api.CallAsync("addSubscription", [simId, simId], body: X1, global: true)).Refused(400);
        (await api.CallAsync("addSubscription", [simId, simId], body: new { subscription = "planArc01", type = "cellular" }, global: true)).Refused(400);
        (await api.CallAsync("addSubscription", [simId, simId], body: new { subscription = "planP1", tag = "no spaces" }, global: true)).Refused(400);
    }

    [Fact]
    public async Task Arc_TellsItsPrivateKeyInThatOneAnswer_AndCanBeTerminated()
    {
        var simId = await SimCases.FindAsync(api, "planXM1", global: true);
        var added = await api.CallAsync("addSubscription", [simId, simId], body: Arc, global: true);
        var key = added["arcClientPeerPrivateKey"]!;
        var imsi = Imsis(added.Json).Last();

        var sim = await SimAsync(simId);
        Assert.Equal(204, (await api.CallAsync("terminateSubscriptionContainer", [simId, simId, imsi], global: true)).Status);

        Assert.Equal(32, Convert.FromBase64String(key).Length);
        Assert.DoesNotContain(key, sim.Text, StringComparison.Ordinal);
        Assert.True(sim.Json.TryGetProperty("arcSessionStatus", out _));
        Assert.Equal("terminated", await StatusAsync(simId, imsi));
        Assert.DoesNotContain("arcSessionStatus", (await SimAsync(simId)).Members);
    }

    private async Task<string> AddAsync(string simId, object subscription) =>
        Imsis((await api.CallAsync("addSubscription", [simId, simId], body: subscription, global: true)).Json).Last();

    private Task<Reply> SimAsync(string simId) => api.CallAsync("getSim", [simId], global: true);

    private async Task<string?> StatusAsync(string simId, string imsi) =>
        (await SimAsync(simId)).Json.GetProperty("profiles").GetProperty(simId).GetProperty("subscribers").TryGetProperty(imsi, out var subscriber)
            ? subscriber.GetProperty("status").GetString()
            : null;

    private static IEnumerable<string> Imsis(JsonElement profile) => profile.GetProperty("subscribers").EnumerateObject().Select(one => one.Name);
}
