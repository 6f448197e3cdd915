using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class GroupCases : IApiCases
{
    private const string NoGroup = "00000000-0000-0000-0000-000000000000";
    private const string Beam = "tcp://beam.soracom.io:8023";

    private static readonly object[] Settings =
    [
        new { key = Beam, value = new { name = "to the server", enabled = true, destination = "tcps://server.example:443" } },
        new { key = "http://beam.soracom.io:8888/a b?c=1&d=%2F", value = new { enabled = false } },
    ];

    private static readonly object[] Tags = [new { tagName = "場所", tagValue = "倉庫" }, new { tagName = "a/b", tagValue = "" }];

    public static IEnumerable<ApiCase> All =>
    [
        new("listGroups", 200, api => api.CallAsync("listGroups")),
        new("listGroups", 200, api => api.CallAsync("listGroups", query: "tag_name=name&tag_value=a&tag_value_match_mode=prefix")) { About = "filtered" },
        new("getGroup", 200, async api => await api.CallAsync("getGroup", [await api.AnyGroupAsync()])),
        new("getGroup", 404, api => api.CallAsync("getGroup", [NoGroup])),
        new("createGroup", 201, api => api.CallAsync("createGroup", body: new
        {
            tags = new { name = "配送" },
            configuration = new { SoracomAir = new { useCustomDns = true, dnsServers = new[] { "192.0.2.53", "198.51.100.53" } }, SoracomHarvest = new { enabled = true } },
        })),
        new("createGroup", 201, api => api.CallAsync("createGroup", body: new { })) { About = "of nothing" },
        new("createGroup", 400, api => api.CallAsync("createGroup", body: """{"configuration":{"SoracomMoon":{}}}""")),
        new("deleteGroup", 204, async api => await api.CallAsync("deleteGroup", [await api.AnyGroupAsync()])),
        new("deleteGroup", 404, api => api.CallAsync("deleteGroup", [NoGroup])),
        new("listSubscribersInGroup", 200, async api => await api.CallAsync("listSubscribersInGroup", [await api.AnyGroupAsync()], "limit=3")),
        new("listSubscribersInGroup", 404, api => api.CallAsync("listSubscribersInGroup", [NoGroup])),
        new("putConfigurationParameters", 200, PutAsync),
        new("putConfigurationParameters", 400, async api => await api.CallAsync("putConfigurationParameters", [await api.AnyGroupAsync(), "SoracomMoon"], body: Settings)),
        new("putConfigurationParameters", 404, api => api.CallAsync("putConfigurationParameters", [NoGroup, "SoracomBeam"], body: Settings)),
        new("deleteConfigurationParameter", 204, async api =>
        {
            var group = await ConfiguredAsync(api);
            return await api.CallAsync("deleteConfigurationParameter", [group, "SoracomBeam", Beam]);
        }),
        new("deleteConfigurationParameter", 404, async api => await api.CallAsync("deleteConfigurationParameter", [await api.AnyGroupAsync(), "SoracomBeam", "none"])) { About = "key" },
        new("deleteConfigurationParameter", 404, api => api.CallAsync("deleteConfigurationParameter", [NoGroup, "SoracomBeam", Beam])) { About = "group" },
        new("deleteConfigurationNamespace", 204, async api => await api.CallAsync("deleteConfigurationNamespace", [await ConfiguredAsync(api), "SoracomBeam"])),
        new("deleteConfigurationNamespace", 400, async api => await api.CallAsync("deleteConfigurationNamespace", [await api.AnyGroupAsync(), "SoracomKrypton"])),
        new("deleteConfigurationNamespace", 404, api => api.CallAsync("deleteConfigurationNamespace", [NoGroup, "SoracomBeam"])),
        new("putGroupTags", 200, async api => await api.CallAsync("putGroupTags", [await api.AnyGroupAsync()], body: Tags)),
        new("putGroupTags", 404, api => api.CallAsync("putGroupTags", [NoGroup], body: Tags)),
        new("deleteGroupTag", 204, async api =>
        {
            var group = await api.AnyGroupAsync();
            await api.CallAsync("putGroupTags", [group], body: Tags);
            return await api.CallAsync("deleteGroupTag", [group, "a/b"]);
        }),
        new("deleteGroupTag", 404, async api => await api.CallAsync("deleteGroupTag", [await api.AnyGroupAsync(), "none"])),
    ];

    private static async Task<Reply> PutAsync(ApiCalls api) => await api.CallAsync("putConfigurationParameters", [await api.AnyGroupAsync(), "SoracomBeam"], body: Settings);

    private static async Task<string> ConfiguredAsync(ApiCalls api) => (await PutAsync(api))["groupId"]!;
}
