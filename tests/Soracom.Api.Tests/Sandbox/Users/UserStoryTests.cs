using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox.Users;

/// <summary>SAM users, from their making to their end, by wire objects. Each test has a server and a clock of its own.</summary>
public sealed class UserStoryTests : IAsyncLifetime
{
    private const string ListSims = """{"statements":[{"effect":"allow","api":"Sim:listSims"}]}""";

    private readonly FakeTime time = new();
    private SandboxHost host = null!;
    private Pair root = null!;

    private string Users => $"/v1/operators/{host.Aoba.OperatorId}/users";

    private string Taro => $"{Users}/yamada.taro";

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba], Clock = time });
        root = await host.SignInAsync(host.Aoba);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task User_JustMade_CanNeitherSignInNorDoAnything_UntilGivenAKeyAndAPermission()
    {
        await host.PostAsync(Taro, new { description = "山田" }, root);
        (await host.PostAsync("/v1/auth", new { operatorId = host.Aoba.OperatorId, userName = "yamada.taro", password = "anything" })).Refused(401);

        var key = await host.PostAsync($"{Taro}/auth_keys", body: null, root);
        var credentials = new { authKeyId = key["authKeyId"], authKey = key["authKey"] };
        var before = await host.SignInAsync(credentials);
        (await host.GetAsync("/v1/sims", before)).Refused(403);
        await PutAsync($"{Taro}/permission", new { permission = ListSims });

        (await host.GetAsync("/v1/sims", before)).Refused(403);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", await host.SignInAsync(credentials))).Status);
        (await host.GetAsync("/v1/groups", await host.SignInAsync(credentials))).Refused(403);
    }

    [Fact]
    public async Task User_IsReadWithAllThatWasGiven_InSeconds()
    {
        await host.PostAsync(Taro, new { description = "山田" }, root);
        time.Advance(TimeSpan.FromMinutes(1));
        var key = await host.PostAsync($"{Taro}/auth_keys", body: null, root);
        await PutAsync($"{Taro}/permission", new { permission = ListSims });
        await host.PostAsync($"{Taro}/password", new { password = "correct horse" }, root);
        await host.PostAsync($"{Taro}/roles", new { roleId = "sim-operators" }, root);
        time.Advance(TimeSpan.FromMinutes(1));
        await host.SignInAsync(new { authKeyId = key["authKeyId"], authKey = key["authKey"] });

        var user = (await host.GetAsync(Taro, root)).Json;

        var start = new FakeTime().GetUtcNow();
        Assert.Equal(start.ToUnixTimeSeconds(), user.GetProperty("createDateTime").GetInt64());
        Assert.Equal(start.AddMinutes(1).ToUnixTimeSeconds(), user.GetProperty("updateDateTime").GetInt64());
        Assert.Equal(ListSims, user.GetProperty("permission").GetString());
        Assert.True(user.GetProperty("hasPassword").GetBoolean());
        var shown = Assert.Single(user.GetProperty("authKeyList").EnumerateArray());
        Assert.Equal(["authKeyId", "createDateTime", "lastUsedDateTime"], shown.EnumerateObject().Select(member => member.Name));
        Assert.Equal(start.AddMinutes(2).ToUnixTimeSeconds(), shown.GetProperty("lastUsedDateTime").GetInt64());
        Assert.Equal("sim-operators", Assert.Single(user.GetProperty("roleList").EnumerateArray()).GetProperty("roleId").GetString());
        Assert.Contains((await host.GetAsync(Users, root)).Json.EnumerateArray(), one => one.GetRawText() == user.GetRawText());
    }

    [Fact]
    public async Task AuthKey_ItsSecret_IsToldOnceAndNeverAgain()
    {
        var secret = (await host.PostAsync($"{Users}/portal/auth_keys", body: null, root))["authKey"]!;

        string[] answers =
        [
            (await host.GetAsync(Users, root)).Text,
            (await host.GetAsync($"{Users}/portal", root)).Text,
            (await host.GetAsync($"{Users}/portal/auth_keys", root)).Text,
        ];
        Assert.Matches("^secret-[A-Za-z0-9]{60}$", secret);
        Assert.All(answers, answer => Assert.DoesNotContain("secret-", answer, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AuthKey_Deleted_SignsInNobody()
    {
        var user = host.Aoba.User("portal");

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{Users}/portal/auth_keys/{user.AuthKeyId}", root)).Status);

        (await host.PostAsync("/v1/auth", new { authKeyId = user.AuthKeyId, authKey = user.AuthKey })).Refused(401, "AUM0002");
    }

    [Fact]
    public async Task Password_Changed_OnlyTheNewOneSignsIn()
    {
        var user = host.Aoba.User("portal");
        var before = new { operatorId = host.Aoba.OperatorId, userName = "portal", password = user.Password };

        (await PutAsync($"{Users}/portal/password", new { currentPassword = "wrong", newPassword = "correct horse" })).Refused(400);
        (await PutAsync($"{Users}/portal/password", new { currentPassword = user.Password, newPassword = "short" })).Refused(400);
        await host.SignInAsync(before);
        Assert.Equal(200, (await PutAsync($"{Users}/portal/password", new { currentPassword = user.Password, newPassword = "correct horse" })).Status);

        (await host.PostAsync("/v1/auth", before)).Refused(401);
        await host.SignInAsync(before with { password = "correct horse" });
        (await host.PostAsync($"{Users}/portal/password", new { password = "correct horse" }, root)).Refused(400);
    }

    [Fact]
    public async Task Password_Deleted_LeavesTheKeys()
    {
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{Users}/portal/password", root)).Status);

        Assert.False((await host.GetAsync($"{Users}/portal/password", root)).Json.GetProperty("hasPassword").GetBoolean());
        (await host.PostAsync("/v1/auth", new { operatorId = host.Aoba.OperatorId, userName = "portal", password = host.Aoba.User("portal").Password })).Refused(401);
        await host.SignInAsync(host.Aoba.User("portal"));
    }

    [Fact]
    public async Task User_Deleted_IsSignedOut()
    {
        var portal = await host.SignInAsync(host.Aoba.User("portal"));

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{Users}/portal", root)).Status);

        (await host.GetAsync("/v1/sims", portal)).Refused(401);
        (await host.GetAsync($"{Users}/portal", root)).Refused(404);
        (await host.PostAsync("/v1/auth", new { authKeyId = host.Aoba.User("portal").AuthKeyId, authKey = host.Aoba.User("portal").AuthKey })).Refused(401);
    }

    [Theory]
    [InlineData("default_permissions")]
    [InlineData("a%20b")]
    [InlineData("a%2Fb")]
    [InlineData("OP%3A%3AUser")]
    [InlineData("%E3%80%80")]
    public async Task User_WithANameThatWouldBeAmbiguous_IsRefused(string name)
    {
        var before = (await host.GetAsync(Users, root)).Text;

        Assert.InRange((await host.PostAsync($"{Users}/{name}", new { }, root)).Status, 400, 405);

        Assert.Equal(before, (await host.GetAsync(Users, root)).Text);
    }

    [Theory]
    [InlineData("""{"permission":null}""")]
    [InlineData("""{"permission":{"statements":[]}}""")]
    [InlineData("""{"permission":""}""")]
    [InlineData("""{"permission":"{}"}""")]
    [InlineData("""{"permission":"{\"statements\":{}}"}""")]
    [InlineData("""{"permission":"{\"statements\":[{\"effect\":\"maybe\",\"api\":\"*\"}]}"}""")]
    [InlineData("""{"permission":"{\"statements\":[{\"effect\":\"allow\"}]}"}""")]
    [InlineData("""{"permission":"{\"statements\":[{\"effect\":\"allow\",\"api\":[1]}]}"}""")]
    [InlineData("""{"permission":"{\"statements\":[{\"effect\":\"allow\",\"api\":\"*\",\"condition\":7}]}"}""")]
    public async Task Permission_ThatIsNoDocument_Is400_AndTheOldOneStays(string body)
    {
        var before = (await host.GetAsync($"{Users}/portal/permission", root))["permission"];

        (await PutAsync($"{Users}/portal/permission", body)).Refused(400);

        Assert.Equal(before, (await host.GetAsync($"{Users}/portal/permission", root))["permission"]);
    }

    [Fact]
    public async Task Permission_OfRolesAndDefault_AddUp_AndADenialAnywhereWins()
    {
        await PutAsync($"{Users}/portal/permission", new { permission = """{"statements":[]}""" });
        await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/roles/lists", new { permission = """{"statements":[{"effect":"allow","api":["Sim:list*","Group:list*"]}]}""" }, root);
        await host.PostAsync($"{Users}/portal/roles", new { roleId = "lists" }, root);
        await host.PostAsync($"{Users}/portal/roles", new { roleId = "srn:soracom:::Role:BillingReadOnlyAccess" }, root);
        await PutAsync($"{Users}/default_permissions", new { permissions = """{"statements":[{"effect":"deny","api":"Group:*"},{"effect":"allow","api":"Query:*"}]}""" });

        var portal = await host.SignInAsync(host.Aoba.User("portal"));

        Assert.Equal(200, (await host.GetAsync("/v1/sims", portal)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/query/sims", portal)).Status);
        Assert.Equal(200, (await host.PostAsync($"/v1/operators/{host.Aoba.OperatorId}/token", new { }, portal)).Status);
        (await host.GetAsync("/v1/groups", portal)).Refused(403);
    }

    [Fact]
    public async Task Default_LetsEverybodyChangeTheirOwnPassword_AndNobodyElses()
    {
        var portal = await host.SignInAsync(host.Aoba.User("portal"));
        var own = new { currentPassword = host.Aoba.User("portal").Password, newPassword = "correct horse" };

        (await host.SendAsync(HttpMethod.Put, $"{Users}/limited/password", portal, own)).Refused(403);
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Put, $"{Users}/portal/password", portal, own)).Status);
    }

    [Fact]
    public async Task Role_Changed_CountsForItsUsersFromTheirNextSignInOn()
    {
        var role = $"/v1/operators/{host.Aoba.OperatorId}/roles/sim-operators";
        await host.PostAsync($"{Users}/limited/roles", new { roleId = "sim-operators" }, root);
        await PutAsync(role, new { permission = """{"statements":[{"effect":"deny","api":"*"}]}""", description = "stopped" });

        (await host.GetAsync("/v1/sims", await host.SignInAsync(host.Aoba.User("limited")))).Refused(403);
        (await host.SendAsync(HttpMethod.Delete, role, root)).Refused(400);
        var users = (await host.GetAsync($"{role}/users", root)).Json.EnumerateArray().Select(user => user.GetProperty("userName").GetString()).ToList();
        Assert.Equal(["gate-integration", "limited", "sato.kenji"], users);
        foreach (var user in users)
        {
            Assert.Equal(200, (await host.SendAsync(HttpMethod.Delete, $"{Users}/{user}/roles/sim-operators", root)).Status);
        }

        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, role, root)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", await host.SignInAsync(host.Aoba.User("limited")))).Status);
    }

    [Fact]
    public async Task ManagedRole_IsNamedBySrn_AndHasVersions()
    {
        var path = $"/v1/operators/{host.Aoba.OperatorId}/roles/srn%3Asoracom%3A%3A%3ARole%3AReadOnlyAccess";

        var role = (await host.GetAsync(path, root)).Json;
        var versions = (await host.GetAsync($"{path}/versions", root)).Json.EnumerateArray().ToList();

        Assert.Equal(("srn:soracom:::Role:ReadOnlyAccess", "ReadOnlyAccess", "soracom"), (Text(role, "roleId"), Text(role, "roleName"), Text(role, "owner")));
        Assert.Equal([1, 2], versions.Select(version => version.GetProperty("version").GetInt64()));
        Assert.Equal(Text(role, "permission"), Text(versions[^1], "permission"));
        Assert.NotEqual(Text(role, "permission"), Text(versions[0], "permission"));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();

    private Task<Reply> PutAsync(string path, object body) => host.SendAsync(HttpMethod.Put, path, root, body);
}
