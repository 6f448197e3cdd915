using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Api.Tests.Sandbox;

/// <summary>The rules of GET /query/sims, on the small fleet's 42 SIMs in Japan unless said otherwise.</summary>
public sealed class SearchTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task Search_NothingAskedFor_FindsAllTenAtATime()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var first = await host.GetAsync("/v1/query/sims", pair);

        Assert.Equal(10, first.Json.GetArrayLength());
        Assert.Equal(Id(first.Json[9]), first.Header("x-soracom-next-key"));
        Assert.Equal(42, (await host.GetAllAsync("/v1/query/sims", pair)).Count);
    }

    [Fact]
    public async Task Search_NextPage_KeepsTheQueryInItsLink()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var first = await host.GetAsync("/v1/query/sims?name=%E3%83%88%E3%83%A9%E3%83%83%E3%82%AF&limit=4", pair);
        var link = first.Header("link")!;
        var second = await host.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)], pair);

        Assert.EndsWith(">; rel=next", link, StringComparison.Ordinal);
        Assert.Equal((4, 2), (first.Json.GetArrayLength(), second.Json.GetArrayLength()));
        Assert.Null(second.Header("link"));
    }

    [Theory]
    [InlineData("name=冷蔵トラック", 4)]
    [InlineData("name=フォーク", 2)]
    [InlineData("name=a-0", 3)]
    [InlineData("name=B-01", 2)]
    [InlineData("group=トラック", 7)]
    [InlineData("group=予備機", 5)]
    [InlineData("tag=佐藤", 1)]
    [InlineData("tag=冷凍トラック", 2)]
    [InlineData("tag=成田", 5)]
    [InlineData("imsi=001100000004242", 1)]
    [InlineData("imsi=4242", 1)]
    [InlineData("bundles=du-50", 2)]
    [InlineData("bundles=500mb", 2)]
    [InlineData("status=standby", 2)]
    [InlineData("status=active", 28)]
    [InlineData("status=shipped", 0)]
    [InlineData("subscription=plan-K", 4)]
    [InlineData("subscription=plan-k2", 9)]
    [InlineData("subscription=planArc01", 8)]
    [InlineData("module_type=integrated", 3)]
    [InlineData("module_type=INTEGRATED", 3)]
    [InlineData("session_status=NA", 42)]
    [InlineData("session_status=ONLINE&module_type=virtual", 4)]
    [InlineData("session_status=OFFLINE&module_type=virtual", 3)]
    public async Task Search_OneParameter_Finds(string query, int count) => Assert.Equal(count, await CountAsync(query));

    [Theory]
    [InlineData("simId", "sim_id")]
    [InlineData("serialNumber", "serial_number")]
    public async Task Search_PartOfANumber_FindsItsSim(string member, string parameter)
    {
        var pair = await host.SignInAsync(host.Aoba);
        var sim = (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0];
        var value = sim.GetProperty(member).GetString()!;

        var found = await host.GetAsync($"/v1/query/sims?{parameter}={value[2..]}", pair);

        Assert.Equal(Id(sim), Id(found.Json.EnumerateArray().Single()));
    }

    [Fact]
    public async Task Search_MsisdnOrIccid_LooksIntoTheProfiles()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var sim = (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0];
        var profile = sim.GetProperty("profiles").EnumerateObject().Single();
        var msisdn = profile.Value.GetProperty("subscribers").EnumerateObject().Single().Value.GetProperty("msisdn").GetString()!;

        Assert.Equal(1, await CountAsync($"msisdn={msisdn[3..]}"));
        Assert.Equal(1, await CountAsync($"iccid={profile.Name[3..]}"));
    }

    [Fact]
    public async Task Search_GroupId_MatchesTheWholeIdOnly()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var groups = await host.GetAllAsync("/v1/groups", pair);
        var id = groups.Single(group => group.GetProperty("tags").GetProperty("name").GetString() == "予備機").GetProperty("groupId").GetString()!;

        Assert.Equal(5, await CountAsync($"group_id={id}"));
        Assert.Equal(0, await CountAsync($"group_id={id[..8]}"));
    }

    [Fact]
    public async Task Search_AdditionalSubscription_IsFoundByItsOwnImsiAndPlan()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var found = (await host.GetAsync("/v1/query/sims?subscription=planX1&limit=100", pair, global: true)).Json;
        var carrier = found.EnumerateArray().Single(sim => Name(sim).StartsWith("海上コンテナ", StringComparison.Ordinal));
        var subscribers = carrier.GetProperty("profiles").EnumerateObject().Single().Value.GetProperty("subscribers").EnumerateObject().ToList();

        Assert.Equal(2, found.GetArrayLength());
        Assert.Equal(["plan01s", "planX1"], subscribers.Select(subscriber => subscriber.Value.GetProperty("subscription").GetString()));
        Assert.Equal("delivered", subscribers[1].Value.GetProperty("status").GetString());
        var byImsi = await host.GetAsync($"/v1/query/sims?imsi={subscribers[1].Name}", pair, global: true);
        Assert.Equal(Id(carrier), Id(byImsi.Json.EnumerateArray().Single()));
    }

    [Theory]
    [InlineData("name=冷蔵&tag=大井", 3)]
    [InlineData("name=冷蔵&tag=大井&search_type=and", 3)]
    [InlineData("name=冷蔵&tag=大井&search_type=AND", 3)]
    [InlineData("name=冷凍&tag=大井", 0)]
    [InlineData("name=冷凍&tag=大井&search_type=or", 7)]
    [InlineData("name=冷凍&tag=大井&search_type=OR", 7)]
    [InlineData("name=冷凍,トラック", 2)]
    [InlineData("name=冷凍%2Cトラック", 2)]
    [InlineData("name=冷凍&name=トラック", 2)]
    [InlineData("name=冷凍,トラック&search_type=or", 8)]
    [InlineData("name=冷凍&name=トラック&search_type=or", 8)]
    [InlineData("subscription=plan-D,plan-K2", 0)]
    [InlineData("subscription=plan-D,plan-K2&search_type=or", 19)]
    [InlineData("subscription=plan-DU&session_status=OFFLINE", 2)]
    [InlineData("status=standby&session_status=NA&search_type=or", 2)]
    public async Task Search_SeveralValues_ObeyTheSearchType(string query, int count) => Assert.Equal(count, await CountAsync(query));

    [Theory]
    [InlineData("name=a")]
    [InlineData("name=冷")]
    [InlineData("name=ab,c")]
    [InlineData("name=ab,")]
    [InlineData("name=,ab")]
    [InlineData("imsi=1")]
    [InlineData("imsi=11&imsi=2")]
    [InlineData("group_id=x")]
    [InlineData("status=a&search_type=or")]
    [InlineData("search_type=xor")]
    [InlineData("session_status=MAYBE")]
    [InlineData("limit=0")]
    [InlineData("limit=101")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    [InlineData("limit=1e1")]
    [InlineData("limit=99999999999999999999")]
    public async Task Search_ValueOutOfTheRules_Is400(string query) =>
        (await host.GetAsync($"/v1/query/sims?{Escaped(query)}", await host.SignInAsync(host.Aoba))).Refused(400);

    [Theory]
    [InlineData("name=", 42)]
    [InlineData("unknown=x&status_filter=ready", 42)]
    [InlineData("&&=&name", 42)]
    [InlineData("name=%E0%A4%A", 0)]
    [InlineData("name=%00%00", 0)]
    public async Task Search_EmptyUnknownOrBrokenParameters_DoNotMatter(string query, int count)
    {
        var pair = await host.SignInAsync(host.Aoba);

        Assert.Equal(count, (await host.GetAsync($"/v1/query/sims?limit=100&{query}", pair)).Json.GetArrayLength());
    }

    [Fact]
    public async Task Search_PlusInAValue_IsASpace() => Assert.Equal(1, await CountAsync("name=冷蔵トラック+3号車"));

    [Fact]
    public async Task Search_AnImsiThatTwoTenantsShare_FindsEachItsOwn()
    {
        foreach (var demo in host.Server.Operators)
        {
            var found = await host.GetAsync($"/v1/query/sims?imsi={DemoFleets.SharedImsi}", await host.SignInAsync(demo));

            Assert.Equal(demo.OperatorId, found.Json.EnumerateArray().Single().GetProperty("operatorId").GetString());
        }
    }

    [Fact]
    public async Task Search_StatusInParts_IsASetting()
    {
        await using var partial = await SandboxHost.StartAsync(new SandboxOptions
        {
            Fleets = [DemoFleets.Aoba],
            Undocumented = new UndocumentedAnswers { SearchMatchesPartsOfEnumerations = true },
        });

        var found = await partial.GetAllAsync("/v1/query/sims?status=active", await partial.SignInAsync(partial.Aoba));

        Assert.Equal(["active", "inactive"], found.Select(sim => sim.GetProperty("status").GetString()!).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Search_LargeAccount_FindsWhatALookAtEverySimFinds()
    {
        var pair = await host.SignInAsync(host.Nagisa);
        var all = host.Server.World.Find(host.Nagisa.OperatorId)!.Data(Coverage.Japan).Sims(null, 10_000).Items;
        foreach (var (query, expected) in new (string, Func<Sim, bool>)[]
        {
            ("name=千葉-pcs", sim => sim.Tags.Name.Contains("千葉-PCS", StringComparison.Ordinal)),
            ("tag=蓄電池&status=suspended", sim => sim.Tags.Find("設備") == "蓄電池" && sim.Status == "suspended"),
            ("session_status=ONLINE&name=沖縄", sim => sim.Online && sim.Tags.Name.Contains("沖縄", StringComparison.Ordinal)),
            ("sim_id=777&name=bat-0", sim => sim.SimId.Contains("777", StringComparison.Ordinal) && sim.Tags.Name.Contains("BAT-0", StringComparison.Ordinal)),
            ("sim_id=7777&imsi=8888&search_type=or", sim => sim.SimId.Contains("7777", StringComparison.Ordinal) || sim.Profiles[0].Subscribers[0].Imsi.Contains("8888", StringComparison.Ordinal)),
        })
        {
            var found = await host.GetAllAsync($"/v1/query/sims?limit=100&{Escaped(query)}", pair);

            Assert.NotEmpty(found);
            Assert.Equal(all.Where(expected).Select(sim => sim.SimId), found.Select(Id));
        }
    }

    /// <summary>Lets a test write Japanese into a query; everything else is sent as it stands.</summary>
    private static string Escaped(string query) =>
        string.Concat(query.Select(character => char.IsAscii(character) ? character.ToString() : Uri.EscapeDataString(character.ToString())));

    private static string Id(JsonElement sim) => sim.GetProperty("simId").GetString()!;

    private static string Name(JsonElement sim) => sim.GetProperty("tags").GetProperty("name").GetString()!;

    private async Task<int> CountAsync(string query)
    {
        var reply = await host.GetAsync($"/v1/query/sims?limit=100&{Escaped(query)}", await host.SignInAsync(host.Aoba));
        Assert.Equal(200, reply.Status);
        return reply.Json.GetArrayLength();
    }
}
