using Soracom.Sandbox;
using Soracom.Sandbox.Auth;
using Soracom.Sandbox.Users;

namespace Soracom.Api.Tests.Sandbox;

public sealed class PermissionTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    /// <summary>Read one level of the stack at a time, it would take all of it.</summary>
    private const string DeeplyNested = "((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((samUserName == 'a'))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))";

    private static readonly CallFacts Facts = new(
        name => name switch
        {
            "sim_id" => "8981",
            "user_name" => "portal",
            _ => null,
        },
        "portal",
        new DateOnly(2026, 4, 1),
        System.Net.IPAddress.Parse("192.0.2.9"));

    [Fact]
    public async Task SamUser_MayDoWhatTheirPermissionAllows_AndNothingElse()
    {
        var portal = await host.SignInAsync(host.Aoba.User("portal"));
        var simId = (await host.GetAsync("/v1/sims?limit=1", portal)).Json[0].GetProperty("simId").GetString();

        Assert.Equal(200, (await host.GetAsync($"/v1/sims/{simId}", portal)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/query/sims", portal)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/groups", portal)).Status);
        Assert.Equal(200, (await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/token", new { }, portal)).Status);
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Put, $"/v1/sims/{simId}/tags", portal, "[]")).Status);
        (await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/users/somebody", new { }, portal)).Refused(403);
        (await host.SendAsync(HttpMethod.Delete, $"/v1/operators/{host.Aoba.OperatorId}/tokens", portal)).Refused(403);
    }

    [Fact]
    public async Task SamUser_LimitedOne_MayListButNotSearch()
    {
        var limited = await host.SignInAsync(host.Aoba.User("limited"));

        Assert.Equal(200, (await host.GetAsync("/v1/sims", limited)).Status);
        var refusal = (await host.GetAsync("/v1/query/sims?name=truck", limited)).Refused(403);
        Assert.Contains("Query:searchSims", refusal["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permission_ChangedAfterSignIn_CountsFromTheNextSignInOn()
    {
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba] });
        var before = await own.SignInAsync(own.Aoba.User("limited"));
        await PermitAsync(own, "limited", """{"statements":[{"effect":"allow","api":"*"}]}""");
        var renewed = before with { Token = (await own.PostAsync($"/v1/operators/{own.Aoba.OperatorId}/token", new { }, before))["token"]! };

        (await own.GetAsync("/v1/query/sims", before)).Refused(403);
        (await own.GetAsync("/v1/query/sims", renewed)).Refused(403);
        Assert.Equal(200, (await own.GetAsync("/v1/query/sims", await own.SignInAsync(own.Aoba.User("limited")))).Status);
    }

    [Theory]
    [InlineData("""{"statements":[]}""", "Sim:listSims", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*"}]}""", "Sim:listSims", true)]
    [InlineData("""{"statements":[{"effect":"allow","api":"Sim:*"}]}""", "Sim:listSims", true)]
    [InlineData("""{"statements":[{"effect":"allow","api":"Sim:*"}]}""", "Simulation:run", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":"Sim:list*"}]}""", "Sim:getSim", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":["Group:getGroup","Sim:getSim"]}]}""", "Sim:getSim", true)]
    [InlineData("""{"statements":[{"effect":"allow","api":"Sim:getSim"}]}""", "Sim:getSimX", false)]
    [InlineData("""{"statements":[{"effect":"deny","api":"Sim:terminateSim"},{"effect":"allow","api":"*"}]}""", "Sim:terminateSim", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*"},{"effect":"deny","api":"Sim:term*"}]}""", "Sim:terminateSim", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*","condition":"currentDate >= date(2016, 02, 01)"}]}""", "Sim:getSim", true)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*"},{"effect":"deny","api":"Sim:*","condition":"currentDate >= date(2016, 02, 01)"}]}""", "Sim:getSim", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*"},{"effect":"deny","api":"Sim:*","condition":"currentDate < date(2016, 02, 01)"}]}""", "Sim:getSim", true)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*","condition":"moonPhase == 'full'"}]}""", "Sim:getSim", false)]
    [InlineData("""{"statements":[{"effect":"allow","api":"*"},{"effect":"deny","api":"Sim:*","condition":"moonPhase == 'full'"}]}""", "Sim:getSim", false)]
    public void Document_Allows_DenyWinsAndNothingIsImplied(string document, string permission, bool allowed) =>
        Assert.Equal(allowed, PermissionSet.Parse(document).Allows(permission, Facts));

    [Theory]
    [InlineData("pathVariable('sim_id') == '8981'", true)]
    [InlineData("pathVariable( \"sim_id\" )=='8982'", false)]
    [InlineData("pathVariable('group_id') == '8981'", false)]
    [InlineData("pathVariable('group_id') != '8981'", true)]
    [InlineData("pathVariable('user_name') == samUserName", true)]
    [InlineData("pathVariable('sim_id') == samUserName", false)]
    [InlineData("currentDate >= date(2026, 04, 01) and currentDate < date(2026, 5, 1)", true)]
    [InlineData("currentDate > date(2026, 04, 01)", false)]
    [InlineData("currentDate <= date(2026, 03, 31) or ipAddress('192.0.2.1/24')", true)]
    [InlineData("ipAddress('192.0.2.128/25')", false)]
    [InlineData("ipAddress('192.0.2.9')", true)]
    [InlineData("not (ipAddress('192.0.2.9') and pathVariable('sim_id') == '1')", true)]
    [InlineData("pathVariable('sim_id') > currentDate", false)]
    public void Condition_IsAskedOfTheCall(string condition, bool holds) => Assert.Equal(holds, Condition.Parse(condition)!(Facts));

    [Theory]
    [InlineData("")]
    [InlineData("pathVariable('sim_id')")]
    [InlineData("pathVariable(sim_id) == '1'")]
    [InlineData("pathVariable('sim_id') == '1' and")]
    [InlineData("(currentDate >= date(2026, 04, 01)")]
    [InlineData("currentDate >= date(2026, 13, 01)")]
    [InlineData("ipAddress('somewhere')")]
    [InlineData("ipAddress('10.0.0.0/33')")]
    [InlineData("samUserName == 'a' ; drop")]
    [InlineData("'open == 'x'")]
    [InlineData(DeeplyNested)]
    public void Condition_OfAnotherForm_IsNotUnderstood(string condition) => Assert.Null(Condition.Parse(condition));

    [Theory]
    [InlineData("or", false)]
    [InlineData("||", false)]
    [InlineData("and", true)]
    [InlineData("&&", true)]
    public void Condition_AsLongAsCanBe_IsAskedToItsLastTerm(string sign, bool holdsBefore)
    {
        // Only the last term decides: all before it say no to an "or", yes to an "and".
        var before = $"'' {(holdsBefore ? "==" : "!=")} '' {sign} ";
        var chain = string.Concat(Enumerable.Repeat(before, (Condition.Longest - 24) / before.Length));

        Assert.True(Condition.Parse(chain + "samUserName=='portal'")!(Facts));
        Assert.False(Condition.Parse(chain + "samUserName=='p'")!(Facts));
    }

    [Theory]
    [InlineData("||")]
    [InlineData("&&")]
    [InlineData("or ")]
    [InlineData("and ")]
    [InlineData("!")]
    public void Condition_OfAMillionCharacters_NeverAllowsAndNeverHoldsBackADenial(string sign)
    {
        var condition = LongChain(sign == "!" ? "!" : "''<''" + sign, 1_000_000);
        string Document(string effect) => $$"""{"statements":[{"effect":"allow","api":"Sim:*"},{"effect":"{{effect}}","api":"*","condition":"{{condition}}"}]}""";

        Assert.False(PermissionSet.Parse(Document("allow")).Allows("Group:getGroup", Facts));
        Assert.False(PermissionSet.Parse(Document("deny")).Allows("Sim:getSim", Facts));
    }

    [Fact]
    public async Task Condition_TooLong_IsRefusedWhereverItIsSet()
    {
        var (root, me) = (await host.SignInAsync(host.Aoba), $"/v1/operators/{host.Aoba.OperatorId}");
        var permission = $$"""{"statements":[{"effect":"allow","api":"*","condition":"{{LongChain("''<''||", Condition.Longest)}}"}]}""";
        var trust = permission.Replace("\"api\":\"*\"", "\"principal\":{\"soracom\":[\"srn:soracom:OP0000000000::User:a\"]}", StringComparison.Ordinal);

        (await host.SendAsync(HttpMethod.Put, $"{me}/users/limited/permission", root, new { permission })).Refused(400, "AUM9032");
        (await host.SendAsync(HttpMethod.Put, $"{me}/users/default_permissions", root, new { permissions = permission })).Refused(400, "AUM9032");
        (await host.SendAsync(HttpMethod.Put, $"{me}/users/limited/trust_policy", root, new { trustPolicy = trust })).Refused(400, "AUM9032");
        (await host.PostAsync($"{me}/roles/long", new { permission }, root)).Refused(400, "AUM9032");
        (await host.GetAsync($"{me}/roles/long", root)).Refused(404);
    }

    [Fact]
    public async Task Condition_TooLong_StoredByAnEarlierVersion_AllowsNothing()
    {
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba] });
        var account = own.Server.World.Find(own.Aoba.OperatorId)!;
        var permission = $$"""{"statements":[{"effect":"allow","api":"*","condition":"{{LongChain("''==''||", 1_000_000)}}"}]}""";
        account.Run(own.Server.World.Clock.GetUtcNow(), changing: true, () =>
        {
            var people = account.Part<PeoplePart>();
            people.Put(people.Find("limited")! with { Permission = permission });
            return true;
        });

        var user = await own.SignInAsync(own.Aoba.User("limited"));

        (await own.GetAsync("/v1/sims", user)).Refused(403);
    }

    [Fact]
    public async Task SamUser_AllowedForOneSim_MayNotTouchAnother()
    {
        await using var own = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba] });
        var sims = (await own.GetAsync("/v1/sims?limit=2", await own.SignInAsync(own.Aoba))).Json;
        var (mine, other) = (sims[0].GetProperty("simId").GetString(), sims[1].GetProperty("simId").GetString());
        var document = $$"""{"statements":[{"effect":"allow","api":"Sim:getSim","condition":"pathVariable('sim_id') == '{{mine}}'"}]}""";
        await PermitAsync(own, "limited", document);
        var user = await own.SignInAsync(own.Aoba.User("limited"));

        Assert.Equal(200, (await own.GetAsync($"/v1/sims/{mine}", user)).Status);
        (await own.GetAsync($"/v1/sims/{other}", user)).Refused(403);
    }

    [Theory]
    [InlineData("*", "anything", true)]
    [InlineData("a*c", "abc", true)]
    [InlineData("a*c", "ac", true)]
    [InlineData("a*c", "abcd", false)]
    [InlineData("*ab*ab", "abab", true)]
    [InlineData("*ab*ab", "ab", false)]
    [InlineData("a*b*c", "aXbYc", true)]
    [InlineData("ab*ba", "aba", false)]
    [InlineData("Sim:*", "sim:get", false)]
    public void Wildcard_StarStandsForAnyRun(string pattern, string text, bool matches) =>
        Assert.Equal(matches, Wildcard.Matches(pattern, text));

    private static string LongChain(string term, int length) => string.Concat(Enumerable.Repeat(term, length / term.Length)) + "''==''";

    private static async Task PermitAsync(SandboxHost host, string userName, string permission)
    {
        var path = $"/v1/operators/{host.Aoba.OperatorId}/users/{userName}/permission";
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Put, path, await host.SignInAsync(host.Aoba), new { permission })).Status);
    }
}
