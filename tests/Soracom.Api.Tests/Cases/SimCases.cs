using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class SimCases : IApiCases
{
    private const string NoSim = "8981100000000000000";

    private static readonly object[] Tags = [new { tagName = "場所", tagValue = "倉庫" }, new { tagName = "a/b", tagValue = "" }];

    /// <summary>What is done to a SIM by a POST and answers it as it is then.</summary>
    private static readonly (string Operation, object? Body)[] Changes =
    [
        ("activateSim", null), ("deactivateSim", null), ("setSimToStandby", null), ("suspendSim", new { }), ("enableSimTermination", null),
        ("disableSimTermination", null), ("unsetSimGroup", null), ("updateSimSpeedClass", new { speedClass = "s1.fast" }), ("unsetSimImeiLock", null),
        ("setSimExpiryTime", new { expiryTime = 1_900_000_000_000, expiryAction = "suspend" }), ("setSimImeiLock", new { imei = "001017001234567|ANONYMOUS" }),
        ("setSimImeiLock", null),
    ];

    public static IEnumerable<ApiCase> All =>
    [
        new("listSims", 200, api => api.CallAsync("listSims", query: "limit=100")) { About = "Japan" },
        new("listSims", 200, api => api.CallAsync("listSims", query: "limit=100", global: true)) { About = "Global" },
        ApiCase.Never("listSims", 404, "An account without SIMs has an empty list."),
        new("getSim", 200, async api => await api.CallAsync("getSim", [await api.AnySimAsync()])),
        new("getSim", 404, api => api.CallAsync("getSim", [NoSim])),
        new("putSimTags", 200, async api => await api.CallAsync("putSimTags", [await api.AnySimAsync()], body: Tags)),
        new("putSimTags", 404, api => api.CallAsync("putSimTags", [NoSim], body: Tags)),
        new("deleteSimTag", 204, DeleteTagAsync),
        new("deleteSimTag", 404, async api => await api.CallAsync("deleteSimTag", [await api.AnySimAsync(), "none"])),

        .. Changes.Select(change => new ApiCase(change.Operation, 200, async api => await api.CallAsync(change.Operation, [await FindAsync(api, "plan-K2")], body: change.Body))
        {
            About = change.Body?.ToString() ?? "",
        }),
        .. Changes.DistinctBy(change => change.Operation).Select(change => new ApiCase(change.Operation, 404, api => api.CallAsync(change.Operation, [NoSim], body: change.Body))),
        new("setSimToStandby", 400, async api => await api.CallAsync("setSimToStandby", [await FindAsync(api, "plan-D")])),
        new("updateSimSpeedClass", 400, async api => await api.CallAsync("updateSimSpeedClass", [await FindAsync(api, "plan-D")], body: new { speedClass = "u1.slow" })),
        new("setSimImeiLock", 400, async api => await api.CallAsync("setSimImeiLock", [await FindAsync(api, "plan-D")], body: new { imei = "12" })),
        new("terminateSim", 200, TerminateAsync),
        new("terminateSim", 404, api => api.CallAsync("terminateSim", [NoSim])),
        new("terminateSim", 400, async api => await api.CallAsync("terminateSim", [await FindAsync(api, "plan-K2")])) { About = "protected" },
        new("setSimGroup", 200, async api => await api.CallAsync("setSimGroup", [await api.AnySimAsync()], body: new { groupId = await api.AnyGroupAsync() })),
        new("setSimGroup", 404, async api => await api.CallAsync("setSimGroup", [await api.AnySimAsync()], body: new { groupId = "none" })),
        new("unsetSimExpiryTime", 200, UnsetExpiryAsync),
        new("unsetSimExpiryTime", 404, async api => await api.CallAsync("unsetSimExpiryTime", [await FindAsync(api, "plan-K2")])),
        new("deleteSimSession", 200, async api => await api.CallAsync("deleteSimSession", [await FindAsync(api, "plan-K2")])),
        new("deleteSimSession", 404, api => api.CallAsync("deleteSimSession", [NoSim])),

        new("listSimSessionEvents", 200, async api => await api.CallAsync("listSimSessionEvents", [await FindAsync(api, "plan-K2")], "limit=100")),
        new("listSimSessionEvents", 200, async api => await api.CallAsync("listSimSessionEvents", [await FindAsync(api, "planArc01")])) { About = "virtual" },
        new("listSimStatusHistory", 200, async api => await api.CallAsync("listSimStatusHistory", [await FindAsync(api, "plan-K2")], "sort=asc&limit=100&from=0")),
        new("listSimStatusHistory", 400, async api => await api.CallAsync("listSimStatusHistory", [await FindAsync(api, "plan-K2")], "limit=101")),
        new("listSimStatusHistory", 404, api => api.CallAsync("listSimStatusHistory", [NoSim])),
        new("getTestingUsage", 200, async api => await api.CallAsync("getTestingUsage", [await TestingAsync(api)], global: true)),
        new("getTestingUsage", 404, async api => await api.CallAsync("getTestingUsage", [await api.AnySimAsync()])),
    ];

    /// <summary>An online SIM of the Japan coverage with that plan.</summary>
    public static async Task<string> FindAsync(ApiCalls api, string subscription, bool global = false) =>
        (await api.CallAsync("searchSims", query: $"subscription={subscription}&session_status=ONLINE&status=active&limit=1", global: global)).Json[0].GetProperty("simId").GetString()!;

    private static async Task<string> TestingAsync(ApiCalls api) =>
        (await api.CallAsync("searchSims", query: "status=testing", global: true)).Json[0].GetProperty("simId").GetString()!;

    private static async Task<Reply> DeleteTagAsync(ApiCalls api)
    {
        var sim = await api.AnySimAsync();
        await api.CallAsync("putSimTags", [sim], body: Tags);
        return await api.CallAsync("deleteSimTag", [sim, "a/b"]);
    }

    private static async Task<Reply> TerminateAsync(ApiCalls api)
    {
        var sim = await FindAsync(api, "plan-K2");
        await api.CallAsync("enableSimTermination", [sim]);
        return await api.CallAsync("terminateSim", [sim]);
    }

    private static async Task<Reply> UnsetExpiryAsync(ApiCalls api)
    {
        var sim = await FindAsync(api, "plan-K2");
        await api.CallAsync("setSimExpiryTime", [sim], body: new { expiryTime = 1_900_000_000_000 });
        return await api.CallAsync("unsetSimExpiryTime", [sim]);
    }
}
