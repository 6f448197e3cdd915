using System.Text.Json;
using Soracom.Sandbox;
using Soracom.Sandbox.Auth;

namespace Soracom.Api.Tests.Sandbox.Users;

/// <summary>Second factors, switching users and ways back in. Each test has a server and a clock of its own.</summary>
public sealed class SignInStoryTests : IAsyncLifetime
{
    private readonly FakeTime time = new();
    private SandboxHost host = null!;
    private Pair root = null!;

    private string Operator => $"/v1/operators/{host.Aoba.OperatorId}";

    public async ValueTask InitializeAsync()
    {
        host = await SandboxHost.StartAsync(new SandboxOptions { Fleets = [DemoFleets.Aoba, DemoFleets.Nagisa], Clock = time });
        root = await host.SignInAsync(host.Aoba);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    /// <summary>RFC 6238, appendix B; an app shows the last six digits.</summary>
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(20_000_000_000, "353130")]
    public void Totp_GivesTheCodesOfTheStandard(long seconds, string code) =>
        Assert.Equal(code, Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", DateTimeOffset.FromUnixTimeSeconds(seconds)));

    [Fact]
    public async Task SecondFactor_OnceConfirmed_IsAskedOfPasswordsAndNotOfKeys()
    {
        var password = new { email = host.Aoba.Email, password = host.Aoba.Password };
        var uri = (await host.PostAsync($"{Operator}/mfa", body: null, root))["totpUri"]!;
        Assert.StartsWith("otpauth://totp/", uri, StringComparison.Ordinal);
        await host.SignInAsync(password);
        Assert.Equal("UNCONFIRMED", (await host.GetAsync($"{Operator}/mfa", root))["status"]);
        (await host.PostAsync($"{Operator}/mfa/verify", new { mfaOTPCode = "0000" }, root)).Refused(400);
        var codes = (await host.PostAsync($"{Operator}/mfa/verify", new { mfaOTPCode = Now(uri) }, root)).Json.GetProperty("backupCodes");

        Assert.Equal("ACTIVE", (await host.GetAsync($"{Operator}/mfa", root))["status"]);
        Assert.Equal(10, codes.EnumerateArray().Select(code => code.GetString()).Distinct().Count());
        (await host.PostAsync("/v1/auth", password)).Refused(401);
        (await host.PostAsync("/v1/auth", new { password.email, password.password, mfaOTPCode = "123456x" })).Refused(401);
        await host.SignInAsync(new { password.email, password.password, mfaOTPCode = Now(uri) });
        await host.SignInAsync(host.Aoba);
    }

    [Fact]
    public async Task SecondFactor_ACodeOfTheStepBefore_IsGood_AndAnOlderOneIsNot()
    {
        var uri = (await host.PostAsync($"{Operator}/users/portal/mfa", body: null, root))["totpUri"]!;
        Assert.Equal(204, (await host.PostAsync($"{Operator}/users/portal/mfa/verify", new { mfaOTPCode = Now(uri) }, root)).Status);
        var credentials = new { operatorId = host.Aoba.OperatorId, userName = "portal", password = host.Aoba.User("portal").Password, mfaOTPCode = Now(uri) };

        time.Advance(TimeSpan.FromSeconds(30));
        await host.SignInAsync(credentials);
        time.Advance(TimeSpan.FromSeconds(60));
        (await host.PostAsync("/v1/auth", credentials)).Refused(401);
    }

    [Fact]
    public async Task SecondFactor_Ended_IsNotAskedForAnyMore()
    {
        var uri = (await host.PostAsync($"{Operator}/mfa", body: null, root))["totpUri"]!;
        await host.PostAsync($"{Operator}/mfa/verify", new { mfaOTPCode = Now(uri) }, root);

        (await host.SendAsync(HttpMethod.Delete, $"{Operator}/mfa", root, new { password = "wrong" })).Refused(400);
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, $"{Operator}/mfa", root, new { password = host.Aoba.Password })).Status);

        await host.SignInAsync(new { email = host.Aoba.Email, password = host.Aoba.Password });
    }

    [Fact]
    public async Task SecondFactor_Lost_IsEndedByMailAndBackupCode()
    {
        var password = new { email = host.Aoba.Email, password = host.Aoba.Password };
        var uri = (await host.PostAsync($"{Operator}/mfa", body: null, root))["totpUri"]!;
        var code = (await host.PostAsync($"{Operator}/mfa/verify", new { mfaOTPCode = Now(uri) }, root)).Json.GetProperty("backupCodes")[0].GetString();

        await host.PostAsync("/v1/operators/mfa_revoke_token/issue", password);
        var mail = (await host.GetAsync("/_control/mail")).Json.EnumerateArray().Last();
        Assert.Equal(host.Aoba.Email, mail.GetProperty("to").GetString());
        var token = mail.GetProperty("token").GetString();

        (await host.PostAsync("/v1/operators/mfa_revoke_token/verify", new { password.email, password.password, token = "x", backupCode = code })).Refused(400);
        Assert.Equal(200, (await host.PostAsync("/v1/operators/mfa_revoke_token/verify", new { password.email, password.password, token, backupCode = code })).Status);
        await host.SignInAsync(password);
    }

    [Fact]
    public async Task Password_Forgotten_IsSetAnewByMail_Once()
    {
        await host.PostAsync("/v1/auth/password_reset_token/issue", new { email = host.Aoba.Email });
        var token = host.Server.World.Mail.All[^1].Token;

        (await host.PostAsync("/v1/auth/password_reset_token/verify", new { token, password = "short" })).Refused(400);
        Assert.Equal(200, (await host.PostAsync("/v1/auth/password_reset_token/verify", new { token, password = "correct horse" })).Status);

        (await host.PostAsync("/v1/auth/password_reset_token/verify", new { token, password = "correct horse 2" })).Refused(400);
        (await host.PostAsync("/v1/auth", new { email = host.Aoba.Email, password = host.Aoba.Password })).Refused(401);
        await host.SignInAsync(new { email = host.Aoba.Email, password = "correct horse" });
    }

    [Fact]
    public async Task Switching_ToAUserOfAnotherOperatorWhoTrustsTheCaller_ActsThere_ForAnHourAtMost()
    {
        await TrustAsync(host.Nagisa.OperatorId, "portal", TrustPolicy.NameOf(host.Aoba.OperatorId, "portal"));
        await PermitAsync("portal", """{"statements":[{"effect":"allow","api":"Auth:switchUser"}]}""");
        var portal = await host.SignInAsync(host.Aoba.User("portal"));

        var reply = await host.PostAsync("/v1/auth/switch_user", new { operatorId = host.Nagisa.OperatorId, userName = "portal" }, portal);
        var switched = new Pair(reply["apiKey"]!, reply["token"]!);

        Assert.Equal((host.Nagisa.OperatorId, "portal"), (reply["operatorId"], reply["userName"]));
        Assert.Equal(host.Nagisa.OperatorId, (await host.GetAsync("/v1/sims?limit=1", switched)).Json[0].GetProperty("operatorId").GetString());
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(200, (await host.GetAsync("/v1/groups", switched)).Status);
        time.Advance(TimeSpan.FromMinutes(1));
        (await host.GetAsync("/v1/groups", switched)).Refused(401);
    }

    [Fact]
    public async Task Switching_WithoutTrustOrPermissionOrWithinBounds_IsRefused()
    {
        await TrustAsync(host.Aoba.OperatorId, "limited", TrustPolicy.NameOf(host.Aoba.OperatorId, "sato.kenji"));
        var limited = new { operatorId = host.Aoba.OperatorId, userName = "limited" };

        (await host.PostAsync("/v1/auth/switch_user", limited, root)).Refused(400);
        (await host.PostAsync("/v1/auth/switch_user", new { operatorId = host.Aoba.OperatorId, userName = "nobody" }, root)).Refused(400);
        (await host.PostAsync("/v1/auth/switch_user", new { operatorId = "OP0000000000", userName = "portal" }, root)).Refused(400);
        (await host.PostAsync("/v1/auth/switch_user", limited, await host.SignInAsync(host.Aoba.User("portal")))).Refused(403);
        await TrustAsync(host.Aoba.OperatorId, "limited", TrustPolicy.NameOf(host.Aoba.OperatorId, userName: null));
        (await host.PostAsync("/v1/auth/switch_user", new { limited.operatorId, limited.userName, tokenTimeoutSeconds = 179 }, root)).Refused(400);
        (await host.PostAsync("/v1/auth/switch_user", new { limited.operatorId, limited.userName, tokenTimeoutSeconds = 3601 }, root)).Refused(400);
        Assert.Equal(200, (await host.PostAsync("/v1/auth/switch_user", limited, root)).Status);
    }

    [Fact]
    public async Task Switching_ToOneself_IsRefusedHoweverTrusted()
    {
        await TrustAsync(host.Aoba.OperatorId, "portal", TrustPolicy.NameOf(host.Aoba.OperatorId, "portal"));
        await PermitAsync("portal", """{"statements":[{"effect":"allow","api":"*"}]}""");

        (await host.PostAsync("/v1/auth/switch_user", new { operatorId = host.Aoba.OperatorId, userName = "portal" }, await host.SignInAsync(host.Aoba.User("portal")))).Refused(400);
    }

    [Theory]
    [InlineData("ipAddress('127.0.0.0/8')", 200)]
    [InlineData("ipAddress('10.0.0.0/8')", 400)]
    [InlineData("moonPhase == 'full'", 400)]
    public async Task Switching_OnACondition_DependsOnTheCall(string condition, int status)
    {
        await TrustAsync(host.Aoba.OperatorId, "portal", TrustPolicy.NameOf(host.Aoba.OperatorId, userName: null), condition);

        Assert.Equal(status, (await host.PostAsync("/v1/auth/switch_user", new { operatorId = host.Aoba.OperatorId, userName = "portal" }, root)).Status);
    }

    [Fact]
    public async Task Switching_ToAndFroAtTheSameTime_WaitsForNobody()
    {
        var nagisa = await host.SignInAsync(host.Nagisa);
        await TrustAsync(host.Aoba.OperatorId, "portal", TrustPolicy.NameOf(host.Nagisa.OperatorId, userName: null));
        await TrustAsync(host.Nagisa.OperatorId, "portal", TrustPolicy.NameOf(host.Aoba.OperatorId, userName: null));

        var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => number % 2 == 0
            ? host.PostAsync("/v1/auth/switch_user", new { operatorId = host.Nagisa.OperatorId, userName = "portal" }, root)
            : host.PostAsync("/v1/auth/switch_user", new { operatorId = host.Aoba.OperatorId, userName = "portal" }, nagisa)));

        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
    }

    private string Now(string uri) => Authenticator.Code(uri, time.GetUtcNow());

    private async Task TrustAsync(string operatorId, string userName, string principal, string? condition = null)
    {
        var owner = operatorId == host.Aoba.OperatorId ? root : await host.SignInAsync(host.Nagisa);
        var statement = new { effect = "allow", principal = new { soracom = new[] { principal } }, condition };
        var trustPolicy = JsonSerializer.Serialize(new { statements = new[] { statement } });
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Put, $"/v1/operators/{operatorId}/users/{userName}/trust_policy", owner, new { trustPolicy })).Status);
    }

    private async Task PermitAsync(string userName, string permission) =>
        Assert.Equal(200, (await host.SendAsync(HttpMethod.Put, $"{Operator}/users/{userName}/permission", root, new { permission })).Status);
}
