using System.Text.Json;

namespace Soracom.Api.Tests.Sandbox;

public sealed class SimTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task List_FewerThanAPage_AnswersThemAllInOrderWithoutNextKey()
    {
        var reply = await host.GetAsync("/v1/sims", await host.SignInAsync(host.Aoba));

        Assert.Equal(200, reply.Status);
        Assert.Equal(42, reply.Json.GetArrayLength());
        Assert.Equal(Ids(reply.Json).Order(StringComparer.Ordinal), Ids(reply.Json));
        Assert.Null(reply.Header("x-soracom-next-key"));
        Assert.Null(reply.Header("link"));
    }

    [Fact]
    public async Task List_WithLimit_LeadsToTheNextPageInBothHeaders()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var first = await host.GetAsync("/v1/sims?limit=5", pair);
        var last = Ids(first.Json).Last();

        Assert.Equal(5, first.Json.GetArrayLength());
        Assert.Equal(last, first.Header("x-soracom-next-key"));
        Assert.Equal($"</v1/sims?limit=5&last_evaluated_key={last}>; rel=next", first.Header("link"));
    }

    [Fact]
    public async Task List_FollowingKeys_SeesEverySimOnceAndEndsWithoutAKey()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var all = await host.GetAllAsync("/v1/sims?limit=7", pair);

        Assert.Equal(42, all.Count);
        Assert.Equal(Ids((await host.GetAsync("/v1/sims", pair)).Json), all.Select(Id));
    }

    [Fact]
    public async Task List_LastPageIsExactlyFull_HasNoNextKey()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var middle = Ids((await host.GetAsync("/v1/sims?limit=21", pair)).Json).Last();

        var rest = await host.GetAsync($"/v1/sims?limit=21&last_evaluated_key={middle}", pair);

        Assert.Equal(21, rest.Json.GetArrayLength());
        Assert.Null(rest.Header("x-soracom-next-key"));
    }

    [Fact]
    public async Task List_LimitAboveTheServicesOwn_DoesNotRaiseIt()
    {
        var reply = await host.GetAsync("/v1/sims?limit=1000", await host.SignInAsync(host.Nagisa));

        Assert.Equal(100, reply.Json.GetArrayLength());
    }

    [Fact]
    public async Task List_KeyOfASimThatDoesNotExist_GoesOnBehindIt()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var ids = Ids((await host.GetAsync("/v1/sims?limit=3", pair)).Json).ToList();

        var reply = await host.GetAsync($"/v1/sims?limit=1&last_evaluated_key={ids[1]}0", pair);

        Assert.Equal(ids[2], Ids(reply.Json).Single());
    }

    [Fact]
    public async Task List_KeyBehindTheEnd_IsAnEmptyPage()
    {
        var reply = await host.GetAsync("/v1/sims?last_evaluated_key=9", await host.SignInAsync(host.Aoba));

        Assert.Equal((200, "[]"), (reply.Status, reply.Text));
    }

    [Fact]
    public async Task List_TwoTenants_EachSeesItsOwn()
    {
        var aoba = await host.GetAllAsync("/v1/sims", await host.SignInAsync(host.Aoba));
        var nagisa = await host.GetAsync("/v1/sims", await host.SignInAsync(host.Nagisa));

        Assert.All(aoba, sim => Assert.Equal(host.Aoba.OperatorId, sim.GetProperty("operatorId").GetString()));
        Assert.All(nagisa.Json.EnumerateArray(), sim => Assert.Equal(host.Nagisa.OperatorId, sim.GetProperty("operatorId").GetString()));
    }

    [Fact]
    public async Task Get_OwnSim_IsTheOneFromTheList()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var listed = (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0];

        var reply = await host.GetAsync($"/v1/sims/{Id(listed)}", pair);

        Assert.Equal(200, reply.Status);
        Assert.True(JsonElement.DeepEquals(listed, reply.Json));
    }

    [Fact]
    public async Task Get_UnknownOrOfAnotherTenantOrOfTheOtherCoverage_Is404()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var foreign = Id((await host.GetAsync("/v1/sims?limit=1", await host.SignInAsync(host.Nagisa))).Json[0]);
        var abroad = Id((await host.GetAsync("/v1/sims?limit=1", pair, global: true)).Json[0]);

        foreach (var id in new[] { "8999810000000000000", foreign, abroad, "%20" })
        {
            (await host.GetAsync($"/v1/sims/{id}", pair)).Refused(404);
        }

        Assert.Equal(200, (await host.GetAsync($"/v1/sims/{abroad}", pair, global: true)).Status);
    }

    [Fact]
    public async Task Sim_ImsiAndSubscription_AreInItsProfilesOnly()
    {
        var sims = await host.GetAllAsync("/v1/sims", await host.SignInAsync(host.Aoba));

        Assert.All(sims, sim =>
        {
            foreach (var member in new[] { "imsi", "iccid", "msisdn", "subscription", "bundles" })
            {
                Assert.False(sim.TryGetProperty(member, out _), member);
            }

            var profile = sim.GetProperty("profiles").GetProperty(sim.GetProperty("activeProfileId").GetString()!);
            var primary = profile.GetProperty("subscribers").GetProperty(profile.GetProperty("primaryImsi").GetString()!);
            Assert.Equal(sim.GetProperty("status").GetString(), primary.GetProperty("status").GetString());
        });
    }

    [Fact]
    public async Task Sim_NamesAndNulls_AreAlwaysThere()
    {
        var sims = await host.GetAllAsync("/v1/sims", await host.SignInAsync(host.Aoba));

        Assert.All(sims, sim =>
        {
            Assert.Equal(JsonValueKind.String, sim.GetProperty("tags").GetProperty("name").ValueKind);
            foreach (var member in new[] { "groupId", "expiryTime", "expiryAction", "imeiLock", "serialNumber", "lastPortMappingCreatedTime", "sessionStatus", "previousSession" })
            {
                Assert.True(sim.TryGetProperty(member, out _), member);
            }
        });
        Assert.Contains(sims, sim => sim.GetProperty("tags").GetProperty("name").GetString() == "");
        Assert.Contains(sims, sim => sim.GetProperty("groupId").ValueKind == JsonValueKind.Null);
        Assert.Contains(sims, sim => sim.GetProperty("expiryTime").ValueKind == JsonValueKind.Number && sim.GetProperty("expiryAction").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Sim_Session_TellsOnlineOfflineAndNeverConnectedApart()
    {
        var sims = await host.GetAllAsync("/v1/sims", await host.SignInAsync(host.Aoba));
        var online = sims.First(sim => IsOnline(sim) is true).GetProperty("sessionStatus");
        var offline = sims.First(sim => IsOnline(sim) is false).GetProperty("sessionStatus");

        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{26}$", online.GetProperty("sessionId").GetString());
        Assert.Matches("^10\\.", online.GetProperty("ueIpAddress").GetString());
        Assert.Equal("ap-northeast-1", online.GetProperty("placement").GetProperty("region").GetString());
        Assert.All(["imei", "ueIpAddress", "dnsServers"], member => Assert.Equal(JsonValueKind.Null, offline.GetProperty(member).ValueKind));
        Assert.Contains(sims, sim => sim.GetProperty("sessionStatus").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task Sim_VirtualOne_HasNoImeiCellOrSerialNumberButAnArcSession()
    {
        var reply = await host.GetAsync("/v1/query/sims?module_type=virtual&session_status=ONLINE&limit=1", await host.SignInAsync(host.Aoba));
        var sim = reply.Json[0];

        Assert.Equal("virtual", sim.GetProperty("type").GetString());
        Assert.Equal("arc.standard", sim.GetProperty("speedClass").GetString());
        Assert.Equal(JsonValueKind.Null, sim.GetProperty("serialNumber").ValueKind);
        Assert.Equal(JsonValueKind.Null, sim.GetProperty("sessionStatus").GetProperty("imei").ValueKind);
        Assert.False(sim.GetProperty("sessionStatus").TryGetProperty("cell", out _));
        Assert.Equal(44, sim.GetProperty("arcSessionStatus").GetProperty("arcServerPeerPublicKey").GetString()!.Length);
        Assert.False(sim.GetProperty("profiles").GetProperty(Id(sim)).TryGetProperty("arcClientPeerPrivateKey", out _));
    }

    [Fact]
    public async Task Sim_Members_AreAllKnownToTheDefinition()
    {
        string[] known =
        [
            "activeProfileId", "arcSessionStatus", "capabilities", "createdTime", "expiryAction", "expiryTime", "groupId", "imeiLock", "lastLocationUpdateTime",
            "lastModifiedTime", "lastPortMappingCreatedTime", "localInfo", "moduleType", "operatorId", "otaSerialNumber", "pcapEndTime", "pcapStartTime",
            "previousSession", "profiles", "renewalFeeStatusSetTime", "serialNumber", "sessionStatus", "simId", "speedClass", "status", "tags",
            "terminationEnabled", "testmodeExhaustedTime", "type",
        ];
        var pair = await host.SignInAsync(host.Aoba);

        Assert.All([.. await host.GetAllAsync("/v1/sims", pair), .. await host.GetAllAsync("/v1/sims", pair, global: true)], sim =>
            Assert.Empty(sim.EnumerateObject().Select(member => member.Name).Except(known, StringComparer.Ordinal)));
    }

    private static bool? IsOnline(JsonElement sim) =>
        sim.GetProperty("sessionStatus") is { ValueKind: JsonValueKind.Object } session ? session.GetProperty("online").GetBoolean() : null;

    private static string Id(JsonElement sim) => sim.GetProperty("simId").GetString()!;

    private static IEnumerable<string> Ids(JsonElement sims) => sims.EnumerateArray().Select(Id);
}
