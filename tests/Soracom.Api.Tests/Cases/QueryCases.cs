namespace Soracom.Api.Tests.Cases;

internal sealed class QueryCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("searchSims", 200, api => api.CallAsync("searchSims", query: "limit=100&session_status=ONLINE")),
        new("searchSims", 400, api => api.CallAsync("searchSims", query: "limit=101")),
        new("searchSubscribers", 200, api => api.CallAsync("searchSubscribers", query: "limit=100&search_type=or&imsi=0011,00199")),
        new("searchSubscribers", 400, api => api.CallAsync("searchSubscribers", query: "name=a")),
        new("searchSubscriberTrafficVolumeRanking", 200, api => api.CallAsync("searchSubscriberTrafficVolumeRanking", query: $"from={Days(api, -7)}&to={Days(api, 0)}&limit=20")),
        new("searchSubscriberTrafficVolumeRanking", 400, api => api.CallAsync("searchSubscriberTrafficVolumeRanking", query: $"from={Days(api, 0)}&to={Days(api, -7)}")),
        new("searchDevices", 200, api => api.CallAsync("searchDevices", query: "limit=100&search_type=or")),
        new("searchDevices", 400, api => api.CallAsync("searchDevices", query: "deviceId=d")),
        new("searchSigfoxDevices", 200, api => api.CallAsync("searchSigfoxDevices", query: "limit=100")),
        new("searchSigfoxDevices", 400, api => api.CallAsync("searchSigfoxDevices", query: "status=lost")),
    ];

    private static long Days(ApiCalls api, int days) => api.Clock.GetUtcNow().AddDays(days).ToUnixTimeMilliseconds();
}
