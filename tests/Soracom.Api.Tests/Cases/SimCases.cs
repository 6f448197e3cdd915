using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class SimCases : IApiCases
{
    private const string NoSim = "8981100000000000000";

    private static readonly object[] Tags = [new { tagName = "場所", tagValue = "倉庫" }, new { tagName = "a/b", tagValue = "" }];

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
    ];

    private static async Task<Reply> DeleteTagAsync(ApiCalls api)
    {
        var sim = await api.AnySimAsync();
        await api.CallAsync("putSimTags", [sim], body: Tags);
        return await api.CallAsync("deleteSimTag", [sim, "a/b"]);
    }
}
