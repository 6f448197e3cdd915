namespace Soracom.Api.Tests.Cases;

internal sealed class QueryCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("searchSims", 200, api => api.CallAsync("searchSims", query: "limit=100&session_status=ONLINE")),
        new("searchSims", 400, api => api.CallAsync("searchSims", query: "limit=101")),
        new("searchSubscribers", 200, api => api.CallAsync("searchSubscribers", query: "limit=100&search_type=or&imsi=0011,00199")),
        new("searchSubscribers", 400, api => api.CallAsync("searchSubscribers", query: "name=a")),
    ];
}
