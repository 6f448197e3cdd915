using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.EventHandlers;

/// <summary>A sandbox whose account has no event handlers but those of the test.</summary>
internal sealed class EventScene : IAsyncDisposable
{
    private EventScene(SandboxHost host, FakeTime clock)
    {
        Host = host;
        Clock = clock;
    }

    public SandboxHost Host { get; }

    public FakeTime Clock { get; }

    public static async Task<EventScene> StartAsync(string? stateFile = null, FakeTime? clock = null, bool keepsHandlers = false)
    {
        clock ??= new FakeTime();
        var scene = new EventScene(await SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], StateFile = stateFile }), clock);
        foreach (var handler in keepsHandlers ? [] : (await scene.SendAsync(HttpMethod.Get, "/v1/event_handlers")).Json.EnumerateArray())
        {
            await scene.SendAsync(HttpMethod.Delete, $"/v1/event_handlers/{handler.GetProperty("handlerId").GetString()}");
        }

        return scene;
    }

    /// <summary>Calls with a token of its own: tests move the clock by days.</summary>
    public async Task<Reply> SendAsync(HttpMethod method, string target, object? body = null, bool global = false) =>
        await Host.SendAsync(method, target, await Host.SignInAsync(Host.Aoba), body, global);

    /// <summary>SIM IDs that a search finds.</summary>
    public async Task<List<string>> FindAsync(string query, bool global = false) =>
        [.. (await SendAsync(HttpMethod.Get, $"/v1/query/sims?limit=100&{query}", global: global)).Json.EnumerateArray().Select(sim => sim.GetProperty("simId").GetString()!)];

    /// <summary>A SIM whose device is there.</summary>
    public async Task<string> OnlineSimAsync() => (await FindAsync("subscription=plan-K2&status=active&session_status=ONLINE"))[0];

    public async Task<JsonElement> SimAsync(string sim, bool global = false) => (await SendAsync(HttpMethod.Get, $"/v1/sims/{sim}", global: global)).Json;

    public async Task<string> ImsiAsync(string sim) =>
        (await SimAsync(sim)).GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString()!;

    public async Task DoAsync(string sim, string verb, object? body = null) =>
        Assert.Equal(200, (await SendAsync(HttpMethod.Post, $"/v1/sims/{sim}/{verb}", body)).Status);

    public Task SpeedAsync(string sim, string speedClass) => DoAsync(sim, "update_speed_class", new { speedClass });

    /// <summary>Lets a SIM have transferred something today.</summary>
    public async Task TransferAsync(string sim, long mebibytes)
    {
        var traffic = new { uploadByteSizeTotal = mebibytes * 1024 * 1024, downloadByteSizeTotal = 0, uploadPacketSizeTotal = 1, downloadPacketSizeTotal = 0 };
        var body = new { unixtime = Clock.GetUtcNow().ToUnixTimeSeconds() - 1, dataTrafficStatsMap = new Dictionary<string, object> { ["s1.fast"] = traffic } };
        Assert.Equal(200, (await SendAsync(HttpMethod.Post, $"/v1/sandbox/stats/air/subscribers/{await ImsiAsync(sim)}", body)).Status);
    }

    /// <summary>Makes a handler, and gives its id.</summary>
    public async Task<string> HandlerAsync((string Member, string Id) target, object rule, params object[] actions)
    {
        var body = new Dictionary<string, object> { ["name"] = "of a test", ["status"] = "active", [target.Member] = target.Id, ["ruleConfig"] = rule, ["actionConfigList"] = actions };
        var made = await SendAsync(HttpMethod.Post, "/v1/event_handlers", body);
        Assert.Equal(201, made.Status);
        return made["handlerId"]!;
    }

    public (string Member, string Id) Account => ("targetOperatorId", Host.Aoba.OperatorId);

    public static (string Member, string Id) Of(string sim) => ("targetSimId", sim);

    public static object Rule(string type, string again = "IMMEDIATELY", params (string Name, string Value)[] others) => Kind(type, [("inactiveTimeoutDateConst", again), .. others]);

    public static object Action(string type, string when = "IMMEDIATELY", params (string Name, string Value)[] others) => Kind(type, [("executionDateTimeConst", when), .. others]);

    public static object Mail(string message) => Action("SendMailAction", "IMMEDIATELY", ("to", "somebody@example.test"), ("title", "notice"), ("message", message));

    /// <summary>What handlers have done so far.</summary>
    public async Task<List<Done>> DoneAsync() =>
    [
        .. (await Host.GetAsync("/_control/events")).Json.EnumerateArray().Select(one => new Done(
            one.GetProperty("action").GetString()!, one.GetProperty("simId").GetString(), one.GetProperty("outcome").GetString()!, one.GetProperty("detail").GetString()!)),
    ];

    /// <summary>The texts of the mails that handlers have sent so far.</summary>
    public async Task<List<string>> MailsAsync()
    {
        // Whatever is due happens before a call.
        await SendAsync(HttpMethod.Get, "/v1/sims?limit=1");
        return [.. (await Host.GetAsync("/_control/mail")).Json.EnumerateArray().Select(mail => mail.GetProperty("text").GetString()!)];
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static object Kind(string type, IEnumerable<(string Name, string Value)> properties) =>
        new { type, properties = properties.ToDictionary(property => property.Name, property => property.Value, StringComparer.Ordinal) };

    internal sealed record Done(string Action, string? SimId, string Outcome, string Detail);
}
