using System.Text.Json;
using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>The life of a group, by the client.</summary>
public sealed class GroupStoryTests
{
    private const string Beam = "http://beam.soracom.io:8888/読み取り/a b";

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Group_IsMade_Configured_Renamed_Emptied_AndGone()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var groups = sandbox.For(sandbox.Aoba).Groups;

        var made = await groups.CreateGroupAsync(new NewGroup { Tags = new Dictionary<string, string> { ["name"] = "検針" } }, Stop);
        await groups.PutConfigurationParametersAsync(made.GroupId, GroupNamespace.Beam, new List<GroupSetting>
        {
            new() { Key = Beam, Value = JsonElement.Parse("""{"enabled":true,"destination":"https://server.example"}""") },
        }, Stop);
        await groups.PutConfigurationParametersAsync(made.GroupId, GroupNamespace.Air, new List<GroupSetting> { new() { Key = "useCustomDns", Value = JsonElement.Parse("true") } }, Stop);
        await groups.PutGroupTagsAsync(made.GroupId, new List<Tag> { new() { TagName = "name", TagValue = "検針 東" }, new() { TagName = "a/b", TagValue = "" } }, Stop);
        var configured = await groups.GetGroupAsync(made.GroupId, Stop);

        await groups.DeleteConfigurationParameterAsync(made.GroupId, GroupNamespace.Beam, Beam, Stop);
        await groups.DeleteConfigurationNamespaceAsync(made.GroupId, GroupNamespace.Air, Stop);
        await groups.DeleteGroupTagAsync(made.GroupId, "a/b", Stop);
        var emptied = await groups.GetGroupAsync(made.GroupId, Stop);
        var members = await groups.ListSubscribersInGroupAsync(made.GroupId, cancellationToken: Stop);
        await groups.DeleteGroupAsync(made.GroupId, Stop);

        Assert.Equal("検針", made.Name);
        Assert.Equal("検針 東", configured.Name);
        Assert.Equal("https://server.example", configured.Configuration["SoracomBeam"][Beam].GetProperty("destination").GetString());
        Assert.True(configured.Configuration["SoracomAir"]["useCustomDns"].GetBoolean());
        Assert.Empty(emptied.Configuration);
        Assert.Equal(["name"], emptied.Tags.Keys);
        Assert.Empty(members.Items);
        await Assert.ThrowsAsync<SoracomNotFoundException>(() => groups.GetGroupAsync(made.GroupId, Stop));
    }

    [Fact]
    public async Task Members_OfAGroup_AreTheSimsThatNameIt()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var client = sandbox.For(sandbox.Aoba);
        var sims = await client.Sims.ListAllSimsAsync(Stop).ToListAsync(Stop);

        await foreach (var group in client.Groups.ListAllGroupsAsync(Stop))
        {
            var members = await SoracomPaging.WalkAsync(
                "listSubscribersInGroup", (key, token) => client.Groups.ListSubscribersInGroupAsync(group.GroupId, 3, key, token), Stop).ToListAsync(Stop);

            Assert.Equal(
                sims.Where(sim => sim.GroupId == group.GroupId).Select(sim => sim.SimId).Order(StringComparer.Ordinal),
                members.Select(sim => sim.SimId).Order(StringComparer.Ordinal));
        }
    }
}
