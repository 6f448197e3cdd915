namespace Soracom.Api.Tests.Cases;

internal sealed class VirtualPrivateGatewayCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("listVirtualPrivateGateways", 200, api => api.CallAsync("listVirtualPrivateGateways")),
        new("listVirtualPrivateGateways", 200, api => api.CallAsync("listVirtualPrivateGateways", query: "tag_name=name&tag_value=a&tag_value_match_mode=prefix&limit=1")) { About = "filtered" },
    ];
}
