using System.Buffers.Text;
using System.Text.Json;
using Soracom.Sandbox;

namespace Soracom.Api.Tests.Sandbox;

public sealed class AuthTests(SandboxHost host) : IClassFixture<SandboxHost>
{
    [Fact]
    public async Task SignIn_RootEmailAndPassword_AnswersAPairWithoutUserName()
    {
        var reply = await host.PostAsync("/v1/auth", new { email = host.Aoba.Email, password = host.Aoba.Password });

        Assert.Equal(200, reply.Status);
        Assert.Equal(["apiKey", "operatorId", "token"], reply.Members);
        Assert.Matches("^api-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", reply["apiKey"]);
        Assert.Equal(host.Aoba.OperatorId, reply["operatorId"]);
    }

    [Fact]
    public async Task SignIn_SamUserNameAndPassword_AnswersTheUserNameToo()
    {
        var user = host.Aoba.User("portal");

        var reply = await host.PostAsync("/v1/auth", new { operatorId = host.Aoba.OperatorId, userName = user.Name, password = user.Password });

        Assert.Equal(200, reply.Status);
        Assert.Equal("portal", reply["userName"]);
    }

    [Fact]
    public async Task SignIn_AuthKeys_AreTheirOwners()
    {
        var user = host.Aoba.User("portal");

        var root = await host.PostAsync("/v1/auth", new { authKeyId = host.Aoba.AuthKeyId, authKey = host.Aoba.AuthKey });
        var sam = await host.PostAsync("/v1/auth", new { authKeyId = user.AuthKeyId, authKey = user.AuthKey });

        Assert.False(root.Json.TryGetProperty("userName", out _));
        Assert.Equal("portal", sam["userName"]);
    }

    [Fact]
    public async Task SignIn_WrongSecret_Is401AsIsAnUnknownName()
    {
        var aoba = host.Aoba;
        object[] attempts =
        [
            new { email = aoba.Email, password = "wrong" },
            new { email = "nobody@aoba.example", password = aoba.Password },
            new { operatorId = aoba.OperatorId, userName = "portal", password = aoba.Password },
            new { operatorId = "OP0000000000", userName = "portal", password = aoba.User("portal").Password },
            new { authKeyId = aoba.AuthKeyId, authKey = "secret-wrong" },
            new { authKeyId = aoba.AuthKeyId, authKey = aoba.User("portal").AuthKey },
        ];
        foreach (var attempt in attempts)
        {
            (await host.PostAsync("/v1/auth", attempt)).Refused(401, "AUM0002");
        }
    }

    [Fact]
    public async Task SignIn_NoCompleteSetOfCredentials_Is400()
    {
        object[] attempts = [new { }, new { email = "root@aoba.example" }, new { authKeyId = "keyId-x", password = "y" }, new { userName = "portal", password = "x" }, new { email = (string?)null, password = "x" }];
        foreach (var attempt in attempts)
        {
            (await host.PostAsync("/v1/auth", attempt)).Refused(400);
        }
    }

    [Fact]
    public async Task SignIn_UnknownMembersAndMfaCode_AreAccepted()
    {
        var reply = await host.PostAsync("/v1/auth", new { email = host.Aoba.Email, password = host.Aoba.Password, mfaOTPCode = "123456", surprise = new[] { 1 } });

        Assert.Equal(200, reply.Status);
    }

    [Theory]
    [InlineData("1", 200)]
    [InlineData("172800", 200)]
    [InlineData("null", 200)]
    [InlineData("0", 400)]
    [InlineData("172801", 400)]
    [InlineData("1.5", 400)]
    [InlineData("\"600\"", 400)]
    [InlineData("99999999999999999999", 400)]
    public async Task SignIn_TokenLife_IsBoundedByTheDefinition(string seconds, int status)
    {
        var body = $$"""{"email":"{{host.Aoba.Email}}","password":"{{host.Aoba.Password}}","tokenTimeoutSeconds":{{seconds}}}""";

        Assert.Equal(status, (await host.PostAsync("/v1/auth", body)).Status);
    }

    [Fact]
    public async Task Token_IsAJwtThatNamesOperatorAndUserAndNoExpiry()
    {
        var user = host.Aoba.User("portal");
        var pair = await host.SignInAsync(user);

        var parts = pair.Token.Split('.');
        using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));

        Assert.Equal(3, parts.Length);
        Assert.Equal(host.Aoba.OperatorId, payload.RootElement.GetProperty("operator").GetProperty("operatorId").GetString());
        Assert.Equal("portal", payload.RootElement.GetProperty("user").GetProperty("userName").GetString());
        Assert.False(payload.RootElement.TryGetProperty("exp", out _));
    }

    [Fact]
    public async Task Call_WithoutKeyOrToken_Is400Aum0001()
    {
        var pair = await host.SignInAsync(host.Aoba);

        (await host.GetAsync("/v1/sims")).Refused(400, "AUM0001");
        (await host.GetAsync("/v1/sims", headers: ("X-Soracom-API-Key", pair.ApiKey))).Refused(400, "AUM0001");
        (await host.GetAsync("/v1/sims", headers: ("X-Soracom-Token", pair.Token))).Refused(400, "AUM0001");
    }

    [Fact]
    public async Task Call_WithAWrongOrForeignPair_Is401()
    {
        var mine = await host.SignInAsync(host.Aoba);
        var other = await host.SignInAsync(host.Nagisa);

        (await host.GetAsync("/v1/sims", new Pair("api-none", "a.b.c"))).Refused(401);
        (await host.GetAsync("/v1/sims", mine with { Token = other.Token })).Refused(401);
        (await host.GetAsync("/v1/sims", mine with { Token = mine.Token + "x" })).Refused(401);
    }

    [Fact]
    public async Task Call_HeaderNamesInAnyCase_AreAccepted()
    {
        var pair = await host.SignInAsync(host.Aoba);

        var reply = await host.GetAsync("/v1/sims?limit=1", headers: [("x-soracom-api-key", pair.ApiKey), ("X-SORACOM-TOKEN", pair.Token)]);

        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Pair_IsGoodForBothCoverages()
    {
        var pair = await host.SignInAsync(host.Aoba);

        Assert.Equal(200, (await host.GetAsync("/v1/sims?limit=1", pair)).Status);
        Assert.Equal(200, (await host.GetAsync("/v1/sims?limit=1", pair, global: true)).Status);
    }

    [Fact]
    public async Task Logout_EndsThePairThatWasUsedAndNoOther()
    {
        var user = host.Aoba.User("limited");
        var (ended, kept) = (await host.SignInAsync(user), await host.SignInAsync(user));

        var reply = await host.PostAsync("/v1/auth/logout", pair: ended);

        Assert.Equal((204, ""), (reply.Status, reply.Text));
        (await host.GetAsync("/v1/sims", ended)).Refused(401);
        Assert.Equal(200, (await host.GetAsync("/v1/sims", kept)).Status);
    }

    [Fact]
    public async Task Logout_WithAnEmptyObjectAsBody_IsAccepted() =>
        Assert.Equal(204, (await host.PostAsync("/v1/auth/logout", "{}", await host.SignInAsync(host.Aoba))).Status);

    [Fact]
    public async Task UndocumentedStatuses_AreSettings()
    {
        await using var strange = await SandboxHost.StartAsync(new SandboxOptions
        {
            Fleets = [DemoFleets.Aoba],
            Undocumented = new UndocumentedAnswers { MissingPair = 401, InvalidPair = 400, Forbidden = 401, IncompleteLogin = 401, UnknownPath = 400, WrongMethod = 404 },
        });
        var limited = await strange.SignInAsync(strange.Aoba.User("limited"));

        (await strange.GetAsync("/v1/sims")).Refused(401, "AUM0001");
        (await strange.GetAsync("/v1/sims", new Pair("a", "b"))).Refused(400);
        (await strange.GetAsync("/v1/query/sims", limited)).Refused(401);
        (await strange.PostAsync("/v1/auth", new { })).Refused(401);
        (await strange.GetAsync("/v1/nothing", limited)).Refused(400);
        (await strange.SendAsync(HttpMethod.Patch, "/v1/sims", limited)).Refused(404);
    }
}
