using System.Text.Json;

namespace Soracom.Api.Tests.Sandbox;

public sealed class GroupTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task List_EachCoverage_HasItsOwn()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var japan = await host.GetAllAsync("/v1/groups?limit=2", pair);
        var abroad = await host.GetAllAsync("/v1/groups", pair, global: true);

        Assert.Equal(["予備機", "倉庫ゲート", "冷蔵設備", "遠隔保守", "配送トラック"], japan.Select(Name).Order(StringComparer.Ordinal));
        Assert.Equal(3, abroad.Count);
    }

    [Fact]
    public async Task Get_OwnGroup_HasConfigurationTagsAndBothSpellingsOfItsTimes()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var listed = (await host.GetAllAsync("/v1/groups", pair)).Single(group => Name(group) == "冷蔵設備");

        var reply = await host.GetAsync($"/v1/groups/{listed.GetProperty("groupId").GetString()}", pair);
        var group = reply.Json;

        Assert.True(JsonElement.DeepEquals(listed, group));
        Assert.Equal(
            ["configuration", "createdAt", "createdTime", "groupId", "lastModifiedAt", "lastModifiedTime", "operatorId", "tags"],
            reply.Members.Order(StringComparer.Ordinal));
        Assert.Equal(group.GetProperty("createdAt").GetInt64(), group.GetProperty("createdTime").GetInt64());
        Assert.True(group.GetProperty("configuration").GetProperty("SoracomBeam").GetProperty("udp://beam.soracom.io:23080").GetProperty("enabled").GetBoolean());
        Assert.Equal("内線 2210", group.GetProperty("tags").GetProperty("連絡先").GetString());
    }

    [Fact]
    public async Task Get_UnknownOrForeignGroup_Is404()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var foreign = (await host.GetAsync("/v1/groups?limit=1", await host.SignInAsync(host.Nagisa))).Json[0].GetProperty("groupId").GetString();

        (await host.GetAsync($"/v1/groups/{foreign}", pair)).Refused(404);
        (await host.GetAsync("/v1/groups/none", pair)).Refused(404);
    }

    [Theory]
    [InlineData("tag_name=%E9%83%A8%E7%BD%B2&tag_value=%E6%96%BD%E8%A8%AD%E8%AA%B2", 1)]
    [InlineData("tag_name=%E9%83%A8%E7%BD%B2&tag_value=%E6%96%BD%E8%A8%AD", 0)]
    [InlineData("tag_name=%E9%83%A8%E7%BD%B2&tag_value=%E6%96%BD%E8%A8%AD&tag_value_match_mode=prefix", 1)]
    [InlineData("tag_name=%E9%83%A8%E7%BD%B2&tag_value=%E6%96%BD%E8%A8%AD%E8%AA%B2&tag_value_match_mode=exact", 1)]
    [InlineData("tag_name=%E9%83%A8&tag_value=%E6%96%BD%E8%A8%AD%E8%AA%B2", 0)]
    [InlineData("tag_value=nothing", 5)]
    public async Task List_TagFilter_MatchesTheNameExactlyAndTheValueByMode(string query, int count)
    {
        var reply = await host.GetAsync($"/v1/groups?{query}", await host.SignInAsync(host.Aoba));

        Assert.Equal(count, reply.Json.GetArrayLength());
    }

    [Theory]
    [InlineData("tag_name=x")]
    [InlineData("tag_name=x&tag_value=y&tag_value_match_mode=suffix")]
    [InlineData("limit=0")]
    [InlineData("limit=many")]
    public async Task List_FilterThatMakesNoSense_Is400(string query) =>
        (await host.GetAsync($"/v1/groups?{query}", await host.SignInAsync(host.Aoba))).Refused(400);

    private static string? Name(JsonElement group) => group.GetProperty("tags").GetProperty("name").GetString();
}
