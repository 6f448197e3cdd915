using System.Text.Json;
using System.Text.Json.Nodes;
using Soracom.Sandbox;
using Soracom.Sandbox.EventHandlers;

namespace Soracom.Api.Tests.Sandbox.EventHandlers;

public sealed class EventHandlerTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    /// <summary>A good value of every property that some type requires.</summary>
    private static readonly Dictionary<string, string> Good = new(StringComparer.Ordinal)
    {
        ["inactiveTimeoutDateConst"] = "NEVER",
        ["limitTotalTrafficMegaByte"] = "1",
        ["limitTotalAmount"] = "2147483647",
        ["sessionStatus"] = "Created",
        ["executionDateTimeConst"] = "IMMEDIATELY",
        ["url"] = "https://hooks.example",
        ["httpMethod"] = "PUT",
        ["contentType"] = "text/plain",
        ["headers"] = "{}",
        ["endpoint"] = "https://lambda.example",
        ["functionName"] = "f",
        ["credentialsId"] = "aws",
        ["hasImei"] = "true",
    };

    public static TheoryData<string> Rules => [.. EventKinds.Rules.Keys];

    public static TheoryData<string> Actions => [.. EventKinds.Actions.Keys];

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Rule_OfEveryType_IsTakenWithWhatItNeeds_AndRefusedWithoutAnyOfIt(string type)
    {
        var pair = await host.SignInAsync(host.Aoba);
        var needed = EventKinds.Rules[type].Required;

        var made = await CreateAsync(pair, Settings(rule: Kind(type, needed)));
        var rule = made.Json.GetProperty("ruleConfig");

        Assert.Equal(201, made.Status);
        Assert.Equal(type, rule.GetProperty("type").GetString());
        Assert.Equal(needed.Order(StringComparer.Ordinal), rule.GetProperty("properties").EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        foreach (var name in needed)
        {
            (await CreateAsync(pair, Settings(rule: Kind(type, needed.Where(other => other != name))))).Refused(400);
        }
    }

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task Action_OfEveryType_IsTakenWithWhatItNeeds_AndRefusedWithoutAnyOfIt(string type)
    {
        var pair = await host.SignInAsync(host.Aoba);
        string[] needed = [.. EventKinds.Actions[type].Required, .. type == "InvokeAWSLambdaAction" ? ["credentialsId"] : Array.Empty<string>()];
        var rule = Kind("SubscriberSessionStatusRule", ["sessionStatus", "inactiveTimeoutDateConst", "hasImei"]);

        Assert.Equal(201, (await CreateAsync(pair, Settings(rule, Kind(type, needed)))).Status);
        foreach (var name in needed)
        {
            (await CreateAsync(pair, Settings(rule, Kind(type, needed.Where(other => other != name))))).Refused(400);
        }
    }

    [Theory]
    [InlineData("limitTotalTrafficMegaByte", "1024", true)]
    [InlineData("limitTotalTrafficMegaByte", "\"1024\"", true)]
    [InlineData("limitTotalTrafficMegaByte", "0", false)]
    [InlineData("limitTotalTrafficMegaByte", "\"2147483648\"", false)]
    [InlineData("limitTotalTrafficMegaByte", "\"1.5\"", false)]
    [InlineData("limitTotalTrafficMegaByte", "true", false)]
    [InlineData("inactiveTimeoutDateConst", "\"IMMEDIATELY\"", false)]
    [InlineData("inactiveTimeoutDateConst", "\"AFTER_ONE_DAY\"", true)]
    [InlineData("inactiveTimeoutOffsetMinutes", "\"525600\"", true)]
    [InlineData("inactiveTimeoutOffsetMinutes", "\"525601\"", false)]
    [InlineData("runOnceAmongTarget", "true", true)]
    [InlineData("runOnceAmongTarget", "\"false\"", true)]
    [InlineData("runOnceAmongTarget", "\"maybe\"", false)]
    [InlineData("targetStatus", "\"active\"", false)]
    [InlineData("somethingElse", "1", false)]
    public async Task RuleProperty_IsHeldToItsValues_AndNumbersComeBackAsText(string name, string json, bool taken)
    {
        var pair = await host.SignInAsync(host.Aoba);
        var rule = Kind("SimDailyTotalTrafficRule", ["limitTotalTrafficMegaByte"]);
        rule["properties"]!["inactiveTimeoutDateConst"] = "BEGINNING_OF_NEXT_DAY";
        rule["properties"]![name] = JsonNode.Parse(json);

        var made = await CreateAsync(pair, Settings(rule));

        Assert.Equal(taken ? 201 : 400, made.Status);
        if (taken)
        {
            Assert.Equal(json.Trim('"'), made.Json.GetProperty("ruleConfig").GetProperty("properties").GetProperty(name).GetString());
        }
    }

    [Theory]
    [InlineData("name", null)]
    [InlineData("name", "1")]
    [InlineData("status", null)]
    [InlineData("status", "\"asleep\"")]
    [InlineData("ruleConfig", null)]
    [InlineData("ruleConfig", "{}")]
    [InlineData("ruleConfig", """{"type":"FullMoonRule","properties":{}}""")]
    [InlineData("ruleConfig", """{"type":"SubscriberFirstTrafficRule"}""")]
    [InlineData("ruleConfig", """{"type":"SubscriberFirstTrafficRule","properties":{"inactiveTimeoutDateConst":"AFTER_ONE_DAY"}}""")]
    [InlineData("ruleConfig", """{"type":"SimExpiredRule","properties":{"inactiveTimeoutDateConst":"NEVER","inactiveTimeoutOffsetMinutes":"1"}}""")]
    [InlineData("actionConfigList", null)]
    [InlineData("actionConfigList", "[]")]
    [InlineData("actionConfigList", "{}")]
    [InlineData("actionConfigList", "[1]")]
    [InlineData("actionConfigList", """[{"type":"ImeiLockAction","properties":{"executionDateTimeConst":"IMMEDIATELY"}}]""")]
    [InlineData("actionConfigList", """[{"type":"ExecuteWebRequestAction","properties":{"executionDateTimeConst":"IMMEDIATELY","url":"ftp://x","httpMethod":"GET","contentType":"","headers":""}}]""")]
    [InlineData("targetOperatorId", null)]
    [InlineData("targetOperatorId", "\"OP9999999999\"")]
    [InlineData("targetImsi", "\"001019999999999\"")]
    public async Task Handler_ThatMakesNoSense_IsRefused_AndNothingIsMade(string member, string? json)
    {
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), Fleets = [DemoFleets.Aoba] });
        var pair = await own.SignInAsync(own.Aoba);
        var before = (await own.GetAsync("/v1/event_handlers", pair)).Text;
        var settings = Settings(target: ("targetOperatorId", own.Aoba.OperatorId));
        settings.Remove(member);
        if (json is not null)
        {
            settings[member] = JsonNode.Parse(json);
        }

        (await own.PostAsync("/v1/event_handlers", settings.ToJsonString(), pair)).Refused(400);

        Assert.Equal(before, (await own.GetAsync("/v1/event_handlers", pair)).Text);
    }

    [Theory]
    [InlineData("targetGroupId", false)]
    [InlineData("targetSimId", false)]
    [InlineData("targetOperatorId", true)]
    public async Task ChargeRule_IsForTheWholeAccountOnly(string target, bool taken)
    {
        var pair = await host.SignInAsync(host.Aoba);
        var id = target switch
        {
            "targetGroupId" => (await host.GetAsync("/v1/groups?limit=1", pair)).Json[0].GetProperty("groupId").GetString()!,
            "targetSimId" => (await host.GetAsync("/v1/sims?limit=1", pair)).Json[0].GetProperty("simId").GetString()!,
            _ => host.Aoba.OperatorId,
        };

        var made = await host.PostAsync("/v1/event_handlers", Settings(Kind("MonthlyChargeRule", EventKinds.Rules["MonthlyChargeRule"].Required), target: (target, id)).ToJsonString(), pair);

        Assert.Equal(taken ? 201 : 400, made.Status);
    }

    [Fact]
    public async Task Update_ReplacesAllOfIt_AndAnswersNothing()
    {
        var pair = await host.SignInAsync(host.Aoba);
        var settings = Settings();
        settings["description"] = "before";
        var handler = (await CreateAsync(pair, settings))["handlerId"];
        settings.Remove("description");
        settings["status"] = "inactive";
        settings["targetOperatorId"] = host.Aoba.OperatorId;

        var updated = await host.SendAsync(HttpMethod.Put, $"/v1/event_handlers/{handler}", pair, settings.ToJsonString());
        var read = await host.GetAsync($"/v1/event_handlers/{handler}", pair);

        Assert.Equal((200, ""), (updated.Status, updated.Text));
        Assert.Equal("inactive", read["status"]);
        Assert.False(read.Json.TryGetProperty("description", out _));
    }

    [Fact]
    public async Task ListForAnImsi_HasWhatIsForItsSimItsGroupAndTheAccount_ButNotWhatIgnoresIt()
    {
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Clock = new FakeTime(), Fleets = [DemoFleets.Aoba] });
        var pair = await own.SignInAsync(own.Aoba);
        foreach (var seeded in (await own.GetAsync("/v1/event_handlers", pair)).Json.EnumerateArray().Select(Id))
        {
            await own.SendAsync(HttpMethod.Delete, $"/v1/event_handlers/{seeded}", pair);
        }

        var sims = (await own.GetAllAsync("/v1/sims", pair)).Where(sim => sim.GetProperty("groupId").ValueKind == JsonValueKind.String).ToList();
        var (one, other) = (sims[0], sims.First(sim => sim.GetProperty("groupId").GetString() != sims[0].GetProperty("groupId").GetString()));
        (await own.GetAsync($"/v1/event_handlers/subscribers/{Imsi(one)}", pair)).Refused(404);
        var made = new List<string?>();
        foreach (var target in new (string, string)[]
        {
            ("targetOperatorId", own.Aoba.OperatorId), ("targetGroupId", one.GetProperty("groupId").GetString()!),
            ("targetSimId", one.GetProperty("simId").GetString()!), ("targetImsi", Imsi(one)), ("targetSimId", other.GetProperty("simId").GetString()!),
        })
        {
            made.Add((await own.PostAsync("/v1/event_handlers", Settings(target: target).ToJsonString(), pair))["handlerId"]);
        }

        Assert.Equal(made[..4].Order(StringComparer.Ordinal), await ForAsync(one));
        Assert.Equal(new[] { made[0], made[4] }.Order(StringComparer.Ordinal), await ForAsync(other));
        Assert.Equal(200, (await own.PostAsync($"/v1/event_handlers/{made[0]}/subscribers/{Imsi(one)}/ignore", body: null, pair)).Status);
        Assert.Equal(made[1..4].Order(StringComparer.Ordinal), await ForAsync(one));
        Assert.Equal(204, (await own.SendAsync(HttpMethod.Delete, $"/v1/event_handlers/{made[0]}/subscribers/{Imsi(one)}/ignore", pair)).Status);
        Assert.Equal(made[..4].Order(StringComparer.Ordinal), await ForAsync(one));

        async Task<IEnumerable<string?>> ForAsync(JsonElement sim) =>
            (await own.GetAsync($"/v1/event_handlers/subscribers/{Imsi(sim)}", pair)).Json.EnumerateArray().Select(Id).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("operator", "targetOperatorId")]
    [InlineData("group", "targetGroupId")]
    [InlineData("sim", "targetSimId")]
    public async Task List_ByKindOfTarget_HasNoOther(string kind, string member)
    {
        var pair = await host.SignInAsync(host.Nagisa);

        var found = (await host.GetAsync($"/v1/event_handlers?target={kind}", pair)).Json.EnumerateArray().ToList();

        Assert.True(Assert.Single(found).TryGetProperty(member, out _));
    }

    private static string? Id(JsonElement handler) => handler.GetProperty("handlerId").GetString();

    private static string Imsi(JsonElement sim) => sim.GetProperty("profiles").EnumerateObject().First().Value.GetProperty("primaryImsi").GetString()!;

    private static JsonObject Kind(string type, IEnumerable<string> properties) =>
        new() { ["type"] = type, ["properties"] = new JsonObject(properties.Select(name => KeyValuePair.Create(name, (JsonNode?)Good[name]))) };

    private Task<Reply> CreateAsync(Pair pair, JsonObject settings)
    {
        settings["targetOperatorId"] ??= host.Aoba.OperatorId;
        return host.PostAsync("/v1/event_handlers", settings.ToJsonString(), pair);
    }

    private static JsonObject Settings(JsonObject? rule = null, JsonObject? action = null, (string Member, string Id)? target = null)
    {
        var settings = new JsonObject
        {
            ["name"] = "a handler",
            ["status"] = "active",
            ["ruleConfig"] = (rule ?? Kind("SimExpiredRule", ["inactiveTimeoutDateConst"])).DeepClone(),
            ["actionConfigList"] = new JsonArray((action ?? Kind("SuspendAction", ["executionDateTimeConst"])).DeepClone()),
        };
        if (target is var (member, id))
        {
            settings[member] = id;
        }

        return settings;
    }
}
