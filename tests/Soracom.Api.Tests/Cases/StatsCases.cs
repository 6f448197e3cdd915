namespace Soracom.Api.Tests.Cases;

internal sealed class StatsCases : IApiCases
{
    private static readonly string[] Services = ["Beam", "Funk", "Funnel", "Harvest"];

    public static IEnumerable<ApiCase> All =>
    [
        .. new[] { ("month", 500), ("day", 40), ("minutes", 2) }.Select(period => new ApiCase("getAirStatsOfSim", 200, async api =>
            await api.CallAsync("getAirStatsOfSim", [await api.AnySimAsync()], Range(api, period.Item1, period.Item2))) { About = period.Item1 }),
        new("getAirStats", 200, async api => await api.CallAsync("getAirStats", [await AnyImsiAsync(api)], Range(api, "day", 40))),
        new("getAirStats", 404, api => api.CallAsync("getAirStats", ["001010000000000"], Range(api, "day", 40))),
        new("getAirStatsOfGroup", 200, async api => await api.CallAsync("getAirStatsOfGroup", [await api.AnyGroupAsync()], Range(api, "day", 6))),
        new("getAirStatsOfGroup", 400, async api => await api.CallAsync("getAirStatsOfGroup", [await api.AnyGroupAsync()], Range(api, "day", 9))),
        new("getAirStatsOfOperator", 200, api => api.CallAsync("getAirStatsOfOperator", [api.Aoba.OperatorId], Range(api, "month", 80))),
        new("getAirStatsOfOperator", 400, api => api.CallAsync("getAirStatsOfOperator", [api.Aoba.OperatorId], Range(api, "month", 150))),
        .. Services.Select(service => new ApiCase($"get{service}Stats", 200, async api =>
            await api.CallAsync($"get{service}Stats", [await AnyImsiAsync(api)], Range(api, "month", 60)))),
        .. Services.Prepend("Air").Select(service => new ApiCase($"export{service}Stats", 200, api => api.CallAsync(
            $"export{service}Stats", [api.Aoba.OperatorId], body: new { from = Seconds(api, 3), to = Seconds(api, 0), period = "day" }))),
        new("exportAirStats", 200, api => api.CallAsync(
            "exportAirStats", [api.Aoba.OperatorId], "export_mode=async", new { from = Seconds(api, 3), to = Seconds(api, 0), period = "month" })) { About = "asynchronous" },
        new("getHarvestExportedDataStats", 200, api => api.CallAsync("getHarvestExportedDataStats", [api.Aoba.OperatorId])),
        new("getNapterAuditLogsExportedDataStats", 200, api => api.CallAsync("getNapterAuditLogsExportedDataStats", query: "year_month=202603")),
        new("getNapterAuditLogsExportedDataStats", 400, api => api.CallAsync("getNapterAuditLogsExportedDataStats", query: "year_month=March")),
    ];

    private static string Range(ApiCalls api, string period, int days) => $"from={Seconds(api, days)}&to={Seconds(api, 0)}&period={period}";

    private static long Seconds(ApiCalls api, int daysBack) => api.Clock.GetUtcNow().AddDays(-daysBack).ToUnixTimeSeconds();

    private static async Task<string> AnyImsiAsync(ApiCalls api) => (await api.CallAsync("listSubscribers", query: "limit=1")).Json[0].GetProperty("imsi").GetString()!;
}
