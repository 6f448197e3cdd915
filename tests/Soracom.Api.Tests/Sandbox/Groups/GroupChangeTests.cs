using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Groups;

public sealed class GroupChangeTests
{
    private const string Air = "SoracomAir";

    private readonly FakeTime clock = new();

    [Fact]
    public async Task Create_WithTagsAndConfiguration_IsReadBackAndFoundByItsTag()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);

        var made = await host.PostAsync("/v1/groups", """{"tags":{"name":"検針","a b":""},"configuration":{"SoracomBeam":{"tcp://beam.soracom.io:8023":{"enabled":true, "n" : [1, 2.50]}},"SoracomAir":{}}}""", pair);
        var read = await host.GetAsync($"/v1/groups/{made["groupId"]}", pair);

        Assert.Equal(201, made.Status);
        Assert.Equal(made.Text, read.Text);
        Assert.Equal("""{"SoracomBeam":{"tcp://beam.soracom.io:8023":{"enabled":true,"n":[1,2.50]}}}""", read.Json.GetProperty("configuration").GetRawText());
        Assert.Equal(made["groupId"], (await host.GetAsync($"/v1/groups?tag_name=name&tag_value={Uri.EscapeDataString("検針")}", pair)).Json[0].GetProperty("groupId").GetString());
    }

    [Theory]
    [InlineData(false, """{"dnsServers":["192.0.2.1"],"metadata":{"enabled":false},"useCustomDns":true}""")]
    [InlineData(true, """{"metadata":{"enabled":false},"useCustomDns":true}""")]
    public async Task Put_KeysOfANamespace_ReplacesTheirWholeValues_AndLeavesOthersUnlessToldOtherwise(bool resets, string expected)
    {
        await using var host = await StartAsync(new UndocumentedAnswers { ResetsOmittedGroupSettings = resets });
        var pair = await host.SignInAsync(host.Aoba);
        var group = (await host.PostAsync("/v1/groups", """{"configuration":{"SoracomAir":{"dnsServers":["192.0.2.1"],"metadata":{"enabled":true,"readonly":true}},"SoracomFlux":{"k":1}}}""", pair))["groupId"];
        clock.Advance(TimeSpan.FromMinutes(1));

        var changed = await host.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/configuration/{Air}", pair, """[{"key":"metadata","value":{"enabled":false}},{"key":"useCustomDns","value":true}]""");

        Assert.Equal(200, changed.Status);
        Assert.Equal(expected, changed.Json.GetProperty("configuration").GetProperty(Air).GetRawText());
        Assert.Equal("""{"k":1}""", changed.Json.GetProperty("configuration").GetProperty("SoracomFlux").GetRawText());
        Assert.Equal(60_000, changed.Json.GetProperty("lastModifiedTime").GetInt64() - changed.Json.GetProperty("createdTime").GetInt64());
    }

    [Fact]
    public async Task Delete_AKeyThatIsAnAddress_LeavesTheOthers_AndTheLastOneTakesTheNamespaceAlong()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var group = (await host.PostAsync("/v1/groups", """{"configuration":{"SoracomBeam":{"tcp://beam.soracom.io:8023":{},"http://beam.soracom.io:8888/a%2Fb":{}}}}""", pair))["groupId"];
        var keys = $"/v1/groups/{group}/configuration/SoracomBeam";

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{keys}/tcp%3A%2F%2Fbeam.soracom.io%3A8023", pair)).Status);
        Assert.Equal("""{"SoracomBeam":{"http://beam.soracom.io:8888/a%2Fb":{}}}""", await ConfigurationAsync(host, pair, group));
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{keys}/http%3A%2F%2Fbeam.soracom.io%3A8888%2Fa%252Fb", pair)).Status);
        Assert.Equal("{}", await ConfigurationAsync(host, pair, group));
        (await host.SendAsync(HttpMethod.Delete, keys, pair)).Refused(400);
    }

    [Fact]
    public async Task Put_BeyondEightKilobytes_IsRefused_AndChangesNothing()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var group = (await host.PostAsync("/v1/groups", new { }, pair))["groupId"];
        var target = $"/v1/groups/{group}/configuration/{Air}";

        // {"SoracomAir":{"userdata":"..."}} is 30 bytes beside the text.
        var fits = await host.SendAsync(HttpMethod.Put, target, pair, new[] { new { key = "userdata", value = new string('x', 8192 - 30) } });
        var before = await ConfigurationAsync(host, pair, group);
        (await host.SendAsync(HttpMethod.Put, target, pair, new[] { new { key = "userdata", value = new string('x', 8192 - 29) } })).Refused(400);
        (await host.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/configuration/SoracomFlux", pair, """[{"key":"a","value":1}]""")).Refused(400);

        Assert.Equal(200, fits.Status);
        Assert.Equal(before, await ConfigurationAsync(host, pair, group));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""[{"key":1,"value":1}]""")]
    [InlineData("""[{"key":"a"}]""")]
    [InlineData("""[{"value":"a"}]""")]
    [InlineData("""[{"key":"good","value":1},{"value":"a"}]""")]
    public async Task Put_WhatMakesNoSense_IsRefused_AndChangesNothing(string body)
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var group = (await host.GetAsync("/v1/groups?limit=1", pair)).Json[0].GetProperty("groupId").GetString();
        var before = (await host.GetAsync($"/v1/groups/{group}", pair)).Text;

        (await host.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/configuration/{Air}", pair, body)).Refused(400);

        Assert.Equal(before, (await host.GetAsync($"/v1/groups/{group}", pair)).Text);
    }

    [Theory]
    [InlineData("""{"tags":{"name":1}}""")]
    [InlineData("""{"tags":[]}""")]
    [InlineData("""{"configuration":[]}""")]
    [InlineData("""{"configuration":{"SoracomAir":1}}""")]
    [InlineData("""{"configuration":{"soracomair":{}}}""")]
    public async Task Create_WhatMakesNoSense_IsRefused_AndMakesNothing(string body)
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);

        (await host.PostAsync("/v1/groups", body, pair)).Refused(400);

        Assert.Equal(5, (await host.GetAllAsync("/v1/groups", pair)).Count);
    }

    [Fact]
    public async Task Delete_WithSimsInIt_LetsThemGo_AndSearchKnows()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var group = await NamedAsync(host, pair, "配送トラック");
        var members = await host.GetAllAsync($"/v1/groups/{group}/subscribers?limit=2", pair);

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/groups/{group}", pair)).Status);

        Assert.Equal(7, members.Count);
        Assert.Equal(members.Select(Imsi).Order(StringComparer.Ordinal), members.Select(Imsi));
        foreach (var member in members)
        {
            var sim = (await host.GetAsync($"/v1/sims/{member.GetProperty("simId").GetString()}", pair)).Json;
            Assert.Equal(JsonValueKind.Null, sim.GetProperty("groupId").ValueKind);
            var history = (await host.GetAsync($"/v1/sims/{member.GetProperty("simId").GetString()}/statuses/history?limit=1", pair)).Json[0];
            Assert.Equal(JsonValueKind.Null, history.GetProperty("groupId").ValueKind);
        }

        Assert.Equal(0, (await host.GetAsync($"/v1/query/sims?group_id={group}", pair)).Json.GetArrayLength());
        (await host.GetAsync($"/v1/groups/{group}", pair)).Refused(404);
        (await host.GetAsync($"/v1/groups/{group}/subscribers", pair)).Refused(404);
    }

    [Fact]
    public async Task Delete_WithSimsInIt_IsRefusedWhereToldSo()
    {
        await using var host = await StartAsync(new UndocumentedAnswers { RefusesDeletionOfGroupsInUse = true });
        var pair = await host.SignInAsync(host.Aoba);
        var used = await NamedAsync(host, pair, "配送トラック");
        var unused = (await host.PostAsync("/v1/groups", new { }, pair))["groupId"];

        (await host.SendAsync(HttpMethod.Delete, $"/v1/groups/{used}", pair)).Refused(400);

        Assert.Equal(7, (await host.GetAllAsync($"/v1/groups/{used}/subscribers", pair)).Count);
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"/v1/groups/{unused}", pair)).Status);
    }

    [Fact]
    public async Task Tags_OfAGroup_AreMergedAndDropped()
    {
        await using var host = await StartAsync();
        var pair = await host.SignInAsync(host.Aoba);
        var group = await NamedAsync(host, pair, "冷蔵設備");

        var changed = await host.SendAsync(HttpMethod.Put, $"/v1/groups/{group}/tags", pair, new[] { new { tagName = "100%/&?*\\", tagValue = "値" }, new { tagName = "部署", tagValue = "" } });
        var dropped = await host.SendAsync(HttpMethod.Delete, $"/v1/groups/{group}/tags/{Uri.EscapeDataString("100%/&?*\\")}", pair);
        (await host.SendAsync(HttpMethod.Delete, $"/v1/groups/{group}/tags/{Uri.EscapeDataString("100%/&?*\\")}", pair)).Refused(404);

        Assert.Equal("値", changed.Json.GetProperty("tags").GetProperty("100%/&?*\\").GetString());
        Assert.Equal(204, dropped.Status);
        var tags = (await host.GetAsync($"/v1/groups/{group}", pair)).Json.GetProperty("tags");
        Assert.Equal(["name", "連絡先", "部署"], tags.EnumerateObject().Select(tag => tag.Name).Order(StringComparer.Ordinal));
        Assert.Equal("", tags.GetProperty("部署").GetString());
    }

    private static string? Imsi(JsonElement sim) => sim.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString();

    private static async Task<string> ConfigurationAsync(SandboxHost host, Pair pair, string? group) =>
        (await host.GetAsync($"/v1/groups/{group}", pair)).Json.GetProperty("configuration").GetRawText();

    private static async Task<string> NamedAsync(SandboxHost host, Pair pair, string name) =>
        (await host.GetAllAsync("/v1/groups", pair)).Single(group => group.GetProperty("tags").GetProperty("name").GetString() == name).GetProperty("groupId").GetString()!;

    private Task<SandboxHost> StartAsync(UndocumentedAnswers? undocumented = null) =>
        SandboxHost.StartAsync(new SandboxOptions { Clock = clock, Fleets = [DemoFleets.Aoba], Undocumented = undocumented ?? new() });
}
