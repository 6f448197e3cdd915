namespace Soracom.Api.Tests.Cases;

internal sealed class QueryCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("searchSims", 200, api => api.CallAsync("searchSims", query: "limit=100&session_status=ONLINE")),
        new("searchSims", 400, api => api.CallAsync("searchSims", query: "limit=101")),
    ];
}
