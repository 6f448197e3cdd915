using System.Globalization;

namespace Soracom.Api.Tests.Cases;

internal sealed class DataEntryCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        .. new[] { "listDataResourceMetadata", "listDataSourceResources" }.SelectMany(operation => new ApiCase[]
        {
            new(operation, 200, api => api.CallAsync(operation, query: "limit=5")),
            new(operation, 200, api => api.CallAsync(operation, query: "resource_type=SoraCam")) { About = "of nothing" },
            new(operation, 400, api => api.CallAsync(operation, query: "resource_type=Toaster")),
        }),
        new("getDataEntries", 200, async api => await api.CallAsync("getDataEntries", ["Sim", await SimAsync(api)], "limit=1000&sort=asc")),
        new("getDataEntries", 200, api => api.CallAsync("getDataEntries", ["LoraDevice", "0011223344556677"])) { About = "of nothing" },
        new("getDataEntries", 400, async api => await api.CallAsync("getDataEntries", ["Sim", await SimAsync(api)], "limit=1001")),
        new("getDataEntriesByCategory", 200, api => api.CallAsync("getDataEntriesByCategory", ["location"], "limit=20")),
        new("getDataEntriesByCategory", 400, api => api.CallAsync("getDataEntriesByCategory", ["location"], "sort=up")),
        new("getDataEntry", 200, async api => await api.CallAsync("getDataEntry", await NewestAsync(api))),
        new("getDataEntry", 404, async api => await api.CallAsync("getDataEntry", ["Sim", await SimAsync(api), "1"])),
        new("deleteDataEntry", 204, async api => await api.CallAsync("deleteDataEntry", await NewestAsync(api))),
        new("deleteDataEntry", 400, async api => await api.CallAsync("deleteDataEntry", ["Sim", await SimAsync(api), "now"])),
        new("getDataFromSim", 200, async api => await api.CallAsync("getDataFromSim", [await SimAsync(api)], "limit=20&sort=asc")),
        new("getDataFromSim", 404, api => api.CallAsync("getDataFromSim", ["8942310000000000000"])),
        new("getDataFromSubscriber", 200, async api => await api.CallAsync("getDataFromSubscriber", [await ImsiAsync(api)], "limit=20&from=0")),
        new("getDataFromSubscriber", 400, async api => await api.CallAsync("getDataFromSubscriber", [await ImsiAsync(api)], "limit=0")),
        new("getDataFromSubscriber", 404, api => api.CallAsync("getDataFromSubscriber", ["001010000000000"])),
        new("getLogs", 200, api => api.CallAsync("getLogs", query: "limit=100")),
        new("getLogs", 200, api => api.CallAsync("getLogs", query: "resource_type=Subscriber&resource_id=1&service=Beam&from=0&to=1")) { About = "filtered" },
        new("getLogs", 400, api => api.CallAsync("getLogs", query: "service=Toaster")),
    ];

    private static async Task<string> SimAsync(ApiCalls api) =>
        (await api.CallAsync("listDataResourceMetadata", query: "resource_type=Sim&limit=1")).Json[0].GetProperty("resourceId").GetString()!;

    private static async Task<string> ImsiAsync(ApiCalls api) =>
        (await api.CallAsync("listDataResourceMetadata", query: "resource_type=Subscriber&limit=1")).Json[0].GetProperty("resourceId").GetString()!;

    private static async Task<string[]> NewestAsync(ApiCalls api)
    {
        var sim = await SimAsync(api);
        var newest = (await api.CallAsync("getDataEntries", ["Sim", sim], "limit=1")).Json[0];
        return ["Sim", sim, newest.GetProperty("time").GetInt64().ToString(CultureInfo.InvariantCulture)];
    }
}
