using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class NapterCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("listPortMappings", 200, api => api.CallAsync("listPortMappings")),
        new("createPortMapping", 201, async api => await api.CallAsync("createPortMapping", body: new
        {
            destination = new { simId = await api.OnlineSimAsync(), port = 22, service = "air" },
            duration = 3600,
            source = new { ipRanges = new[] { "203.0.113.5/32", "198.51.100.0/24" } },
            tlsRequired = true,
        })) { About = "by SIM ID" },
        new("createPortMapping", 201, CreateByImsiAsync) { About = "by IMSI" },
        new("createPortMapping", 400, api => api.CallAsync("createPortMapping", body: """{"destination":{"port":22}}""")) { About = "to nowhere" },
        new("createPortMapping", 400, async api => await api.CallAsync("createPortMapping", body: new { destination = new { simId = await api.OfflineSimAsync(), port = 22 } })) { About = "offline" },
        new("createPortMapping", 404, api => api.CallAsync("createPortMapping", body: new { destination = new { imsi = "001019999999999", port = 22 } })),
        new("createPortMappingForSim", 201, CreateForSimAsync),
        new("listPortMappingsForSim", 200, async api => await api.CallAsync("listPortMappingsForSim", [(await CreateForSimAsync(api))["simId"]!])),
        new("listPortMappingsForSim", 404, async api => await api.CallAsync("listPortMappingsForSim", [await api.OfflineSimAsync()])),
        new("listPortMappingsForSubscriber", 200, async api => await api.CallAsync("listPortMappingsForSubscriber", [(await CreateByImsiAsync(api))["imsi"]!])),
        new("listPortMappingsForSubscriber", 404, api => api.CallAsync("listPortMappingsForSubscriber", ["001019999999999"])),
        new("deletePortMapping", 204, async api =>
        {
            var made = (await CreateForSimAsync(api)).Json;
            return await api.CallAsync("deletePortMapping", [made.GetProperty("ipAddress").GetString()!, made.GetProperty("port").GetRawText()]);
        }),
        new("deletePortMapping", 404, api => api.CallAsync("deletePortMapping", ["203.0.113.1", "1"])),
        new("getNapterAuditLogs", 200, api => api.CallAsync("getNapterAuditLogs", query: "limit=1000")),
        new("getNapterAuditLogs", 200, async api =>
        {
            await CreateByImsiAsync(api);
            return await api.CallAsync("getNapterAuditLogs", query: "resource_type=Subscriber&resource_id=001109999999999&from=0&to=9999999999999");
        }) { About = "filtered" },
        new("getNapterAuditLogs", 400, api => api.CallAsync("getNapterAuditLogs", query: "limit=1001")),
        new("getApiAuditLogs", 200, async api =>
        {
            await CreateForSimAsync(api);
            return await api.CallAsync("getApiAuditLogs", query: "limit=1000");
        }),
        new("getApiAuditLogs", 400, api => api.CallAsync("getApiAuditLogs", query: "from_epoch_ms=yesterday")),
    ];

    private static async Task<Reply> CreateForSimAsync(ApiCalls api) =>
        await api.CallAsync("createPortMappingForSim", [await api.OnlineSimAsync()], body: new { destination = new { port = 443, service = "air" } });

    private static async Task<Reply> CreateByImsiAsync(ApiCalls api)
    {
        var profiles = (await api.CallAsync("getSim", [await api.OnlineSimAsync()])).Json.GetProperty("profiles");
        return await api.CallAsync("createPortMapping", body: new { destination = new { imsi = profiles.EnumerateObject().First().Value.GetProperty("primaryImsi").GetString(), port = 22 } });
    }
}
