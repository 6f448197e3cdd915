using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class AnalysisCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("getAnalysisSchemas", 200, api => api.CallAsync("getAnalysisSchemas")),
        new("startAnalysisQueries", 200, StartAsync),
        new("startAnalysisQueries", 400, api => api.CallAsync("startAnalysisQueries", body: new { sql = "DROP TABLE x" })),
        new("getAnalysisQueries", 200, api => AskAsync(api, seconds: 3)) { About = "running" },
        new("getAnalysisQueries", 200, api => AskAsync(api, seconds: 60)) { About = "completed" },
        new("getAnalysisQueries", 404, api => api.CallAsync("getAnalysisQueries", ["none"])),
    ];

    private static Task<Reply> StartAsync(ApiCalls api) =>
        api.CallAsync("startAnalysisQueries", body: new { sql = "SELECT * FROM SIM_SESSION_EVENTS LIMIT 10", from = 1_700_000_000, to = 1_800_000_000 });

    private static async Task<Reply> AskAsync(ApiCalls api, int seconds)
    {
        var id = (await StartAsync(api))["queryId"]!;
        api.Clock.Advance(TimeSpan.FromSeconds(seconds));
        return await api.CallAsync("getAnalysisQueries", [id]);
    }
}
