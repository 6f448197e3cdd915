using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class SimProfileCases : IApiCases
{
    private const string NoSim = "8981100000000000000";

    private static readonly object Virtual = new { type = "virtual", subscription = "planArc01" };
    private static readonly object AddX1 = new { subscription = "planX1", type = "cellular", enable = true, tag = "trial:1" };
    private static readonly object AddArc = new { subscription = "planArc01", type = "virtual" };

    public static IEnumerable<ApiCase> All =>
    [
        new("createSim", 201, api => api.CallAsync("createSim", body: Virtual)),
        new("registerSim", 201, RegisterAsync),
        new("addSubscription", 200, async api => await AddAsync(api, "plan01s", AddX1)) { About = "cellular" },
        new("addSubscription", 200, async api => await AddAsync(api, "planXM1", AddArc)) { About = "Arc" },
        new("addSubscription", 400, async api => await AddAsync(api, "planXM1", AddX1)),
        new("addSubscription", 404, api => api.CallAsync("addSubscription", [NoSim, NoSim], body: AddX1)),
        new("cancelSubscriptionContainerDownload", 200, CancelAsync),
        new("cancelSubscriptionContainerDownload", 404, async api => await CallAsync(api, "cancelSubscriptionContainerDownload", "001010000000000")),
        new("terminateSubscriptionContainer", 204, TerminateAsync),
        new("createArcSession", 200, async api => await api.CallAsync("createArcSession", [await SimCases.FindAsync(api, "planArc01")], body: new { })),
        new("createArcSession", 400, async api => await api.CallAsync("createArcSession", [await SimCases.FindAsync(api, "plan-D")], body: new { })),
        new("attachArcSimCredentials", 200, async api => await api.CallAsync("attachArcSimCredentials", [await SimCases.FindAsync(api, "planArc01")], body: new { })),
        new("renewArcSimCredentials", 200, async api => await api.CallAsync("renewArcSimCredentials", [await SimCases.FindAsync(api, "planArc01")], body: new { })),
        new("renewArcSimCredentials", 200, async api => await api.CallAsync("renewArcSimCredentials", [await SimCases.FindAsync(api, "planArc01")],
            body: new { arcClientPeerPublicKey = Convert.ToBase64String(new byte[32]) })) { About = "own key" },
        new("removeArcSimCredentials", 204, async api => await api.CallAsync("removeArcSimCredentials", [await SimCases.FindAsync(api, "planArc01")])),
    ];

    /// <summary>A SIM that waits to be registered, as the account's owner would read it off the card.</summary>
    public static string StockedSim(ApiCalls api) => SimStockOf.Japan(api.Host.Server, api.Aoba.OperatorId)[0];

    private static Task<Reply> RegisterAsync(ApiCalls api)
    {
        var simId = StockedSim(api);
        return api.CallAsync("registerSim", [simId], body: new { registrationSecret = simId[^8..], tags = new { name = "新しい SIM" } });
    }

    private static async Task<Reply> AddAsync(ApiCalls api, string primary, object body)
    {
        var simId = await SimCases.FindAsync(api, primary, global: true);
        return await api.CallAsync("addSubscription", [simId, simId], body: body, global: true);
    }

    private static async Task<Reply> CallAsync(ApiCalls api, string operation, string imsi)
    {
        var simId = await SimCases.FindAsync(api, "plan01s", global: true);
        return await api.CallAsync(operation, [simId, simId, imsi], global: true);
    }

    /// <summary>On an offline SIM, to which nothing can have been delivered yet.</summary>
    private static async Task<Reply> CancelAsync(ApiCalls api)
    {
        var found = await api.CallAsync("searchSims", query: "subscription=plan01s&session_status=OFFLINE&status=standby&limit=1", global: true);
        var simId = found.Json[0].GetProperty("simId").GetString()!;
        var profile = await api.CallAsync("addSubscription", [simId, simId], body: AddX1, global: true);
        var imsi = profile.Json.GetProperty("subscribers").EnumerateObject().Select(one => one.Name).Last();
        return await api.CallAsync("cancelSubscriptionContainerDownload", [simId, simId, imsi], global: true);
    }

    private static async Task<Reply> TerminateAsync(ApiCalls api)
    {
        var simId = await SimCases.FindAsync(api, "planXM1", global: true);
        var profile = await api.CallAsync("addSubscription", [simId, simId], body: AddArc, global: true);
        var imsi = profile.Json.GetProperty("subscribers").EnumerateObject().Select(one => one.Name).Last();
        return await api.CallAsync("terminateSubscriptionContainer", [simId, simId, imsi], global: true);
    }
}
