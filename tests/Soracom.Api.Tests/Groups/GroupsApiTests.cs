using Soracom.Api.Groups;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Groups;

public sealed class GroupsApiTests
{
    private static readonly object Full = new
    {
        groupId = "2a2bd3f4-d4b6-4ab7-9ebb-0f9a8d5a1f10",
        operatorId = "OP0012345678",
        createdTime = 1_700_000_000_123,
        lastModifiedTime = 1_700_000_200_000,
        createdAt = 1_700_000_000_123,
        lastModifiedAt = 1_700_000_200_000,
        tags = new Dictionary<string, string> { ["name"] = "車載" },
        configuration = new
        {
            SoracomAir = new { useCustomDns = true, dnsServers = new[] { "8.8.8.8", "8.8.4.4" }, metadata = new { enabled = false } },
            SoracomBeam = new Dictionary<string, object> { ["tcp://beam.soracom.io:8023"] = new { name = "to the server", psk = new Dictionary<string, string> { ["$credentialsId"] = "c" } } },
        },
    };

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Group_WithEveryMemberOfTheDefinition_IsReadWhole()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/groups/2a2bd3f4-d4b6-4ab7-9ebb-0f9a8d5a1f10", Answers.Json(200, Full));

        var group = await api.Client.Groups.GetGroupAsync("2a2bd3f4-d4b6-4ab7-9ebb-0f9a8d5a1f10", Stop);

        Assert.Equal("2a2bd3f4-d4b6-4ab7-9ebb-0f9a8d5a1f10", group.GroupId);
        Assert.Equal("OP0012345678", group.OperatorId);
        Assert.Equal("車載", group.Name);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_000_123), group.CreatedTime);
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(1_700_000_200_000), group.LastModifiedTime);
        Assert.True(group.Configuration["SoracomAir"]["useCustomDns"].GetBoolean());
        Assert.Equal("c", group.Configuration["SoracomBeam"]["tcp://beam.soracom.io:8023"].GetProperty("psk").GetProperty("$credentialsId").GetString());
    }

    [Theory]
    [InlineData("""{"groupId":"1"}""")]
    [InlineData("""{"groupId":"1","tags":null,"configuration":null,"createdTime":null}""")]
    [InlineData("""{"groupId":"1","tags":{},"configuration":{}}""")]
    public async Task Group_WithNothingInIt_HasEmptyTagsAndConfiguration(string wire)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/groups/1", Answers.Text(200, "application/json", wire));

        var group = await api.Client.Groups.GetGroupAsync("1", Stop);

        Assert.Empty(group.Tags);
        Assert.Empty(group.Configuration);
        Assert.Equal("", group.Name);
        Assert.Null(group.CreatedTime);
    }

    [Fact]
    public async Task List_SendsItsFilterAndKey()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/groups", Answers.Json(200, new[] { Full }, ("x-soracom-next-key", "next")));

        var page = await api.Client.Groups.ListGroupsAsync("name", "車", TagValueMatchMode.Prefix, 50, "last", Stop);

        Assert.Equal("next", page.NextKey);
        Assert.Equal("車載", Assert.Single(page.Items).Name);
        Assert.Equal(
            "tag_name=name&tag_value=%E8%BB%8A&tag_value_match_mode=prefix&limit=50&last_evaluated_key=last",
            Assert.Single(vendor.Seen("GET /v1/groups")).Query);
    }

    [Fact]
    public async Task ListAll_WalksThePages()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(
            "GET /v1/groups",
            Answers.Json(200, new[] { new { groupId = "1" } }, ("x-soracom-next-key", "1")),
            Answers.Json(200, new[] { new { groupId = "2" } }));

        Assert.Equal(["1", "2"], await api.Client.Groups.ListAllGroupsAsync(Stop).Select(group => group.GroupId).ToListAsync(Stop));
    }
}
