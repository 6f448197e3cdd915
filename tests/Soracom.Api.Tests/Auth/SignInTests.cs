using System.Text.Json;
using Soracom.Api.Errors;
using Soracom.Api.Tests.Sims;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.Auth;

/// <summary>What signing in sends for each kind of credential, and trying a credential out.</summary>
public sealed class SignInTests
{
    private const string SignIn = "POST /v1/auth";
    private const string SignOut = "POST /v1/auth/logout";

    private static CancellationToken Stop => Watchdog.Token;

    public static TheoryData<SoracomCredential, string> Credentials => new()
    {
        { new AuthKeyCredential("keyId-1", "secret-1"), """{"authKeyId":"keyId-1","authKey":"secret-1","tokenTimeoutSeconds":86400}""" },
        { new SamUserCredential("OP0012345678", "sam", "pass\"word"), """{"operatorId":"OP0012345678","userName":"sam","password":"pass\"word","tokenTimeoutSeconds":86400}""" },
        { new RootCredential("root@example.com", "パスワード"), """{"email":"root@example.com","password":"パスワード","tokenTimeoutSeconds":86400}""" },
    };

    [Theory]
    [MemberData(nameof(Credentials), DisableDiscoveryEnumeration = true)]
    public async Task SignIn_SendsTheCredentialsOwnFields_AndNoSession(SoracomCredential credential, string expected)
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Factory.For(new SoracomAccount("key", SoracomCoverage.Japan, _ => new(credential))).Sims.GetSimAsync("8981", Stop);

        var sent = Assert.Single(vendor.Seen(SignIn));
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(expected), JsonElement.Parse(sent.Body)), sent.Body);
        Assert.Equal("application/json", sent.Header("Content-Type"));
        Assert.Null(sent.Header("X-Soracom-API-Key"));
        Assert.Null(sent.Header("X-Soracom-Token"));
    }

    [Fact]
    public async Task TokenLife_IsAskedForAsConfigured()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.TokenLife = TimeSpan.FromHours(48));
        vendor.On("GET /v1/sims/8981", Answers.Json(200, WireSims.Of("8981")));

        await api.Client.Sims.GetSimAsync("8981", Stop);

        Assert.Contains("\"tokenTimeoutSeconds\":172800", Assert.Single(vendor.Seen(SignIn)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TellsWhoseTheCredentialIs_AndSignsOutAgain()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Json(200, new { apiKey = "api-9", token = "token-9", operatorId = "OP0012345678", userName = "sam" }));

        var identity = await api.Factory.VerifyAsync(SoracomCoverage.Japan, new SamUserCredential("OP0012345678", "sam", "secret"), Stop);

        Assert.Equal(new SoracomIdentity("OP0012345678", "sam"), identity);
        Assert.False(identity.IsRoot);
        Assert.Contains("\"tokenTimeoutSeconds\":180", Assert.Single(vendor.Seen(SignIn)).Body, StringComparison.Ordinal);
        var left = Assert.Single(vendor.Seen(SignOut));
        Assert.Equal(("api-9", "token-9", ""), (left.Header("X-Soracom-API-Key"), left.Header("X-Soracom-Token"), left.Body));
    }

    [Fact]
    public async Task Verify_OfARefusedCredential_IsAnAuthenticationFailure_AskedAnewEachTime()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address);
        vendor.On(SignIn, Answers.Error(401, "AUM0002", "Wrong."), vendor.SignInAsync);
        var credential = new RootCredential("root@example.com", "secret");

        var failure = await Assert.ThrowsAsync<SoracomAuthenticationException>(() => api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop));
        var identity = await api.Factory.VerifyAsync(SoracomCoverage.Japan, credential, Stop);

        Assert.Equal("AUM0002", failure.Code);
        Assert.True(identity.IsRoot);
    }

    [Fact]
    public async Task Verify_ThatCanNotSignOut_IsStillAGoodCredential()
    {
        await using var vendor = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(vendor.Address, options => options.MaxRetries = 0);
        vendor.On(SignOut, Answers.Empty(503));

        var identity = await api.Factory.VerifyAsync(SoracomCoverage.Japan, new AuthKeyCredential("keyId-1", "secret-1"), Stop);

        Assert.Equal(ScriptedVendor.OperatorId, identity.OperatorId);
        Assert.Contains(api.Logs.Lines, line => line.Message == $"Signing out of {ScriptedVendor.OperatorId} failed; its token ends by itself");
    }

    [Fact]
    public async Task Verify_AsksTheCoverageThatItIsToldTo()
    {
        await using var japan = await ScriptedVendor.StartAsync(Stop);
        await using var global = await ScriptedVendor.StartAsync(Stop);
        await using var api = new TestApi(japan.Address, global.Address);

        await api.Factory.VerifyAsync(SoracomCoverage.Global, new AuthKeyCredential("keyId-1", "secret-1"), Stop);

        Assert.Empty(japan.Requests);
        Assert.Equal(2, global.Requests.Count);
    }
}
