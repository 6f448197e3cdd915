namespace Soracom.Api.Tests.Cases;

internal sealed class GroupCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("listGroups", 200, api => api.CallAsync("listGroups")),
        new("listGroups", 200, api => api.CallAsync("listGroups", query: "tag_name=name&tag_value=a&tag_value_match_mode=prefix")) { About = "filtered" },
        new("getGroup", 200, async api => await api.CallAsync("getGroup", [await api.AnyGroupAsync()])),
        new("getGroup", 404, api => api.CallAsync("getGroup", ["00000000-0000-0000-0000-000000000000"])),
    ];
}
