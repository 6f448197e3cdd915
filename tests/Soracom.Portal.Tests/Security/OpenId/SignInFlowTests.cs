using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security.OpenId;

/// <summary>The handler over real HTTP, against a provider that a test can make misbehave.</summary>
public sealed class SignInFlowTests
{
    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task SignIn_AllIsWell_ThePersonIsSignedInWhereTheyWantedToBe(string algorithm)
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.Algorithm = algorithm;
        scene.Provider.SigningKey = algorithm is "ES256" ? TestKey.EcKey : TestKey.RsaKey;

        var me = await scene.SignedInAsync();

        Assert.Equal(new PersonKey(scene.Provider.Address, "24400320"), me.Person);
        Assert.Equal("email iss name preferred_username sub", string.Join(' ', me.Claims.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal("山田 花子", me.Claims["name"]);
        scene.LogKeepsSecrets();
    }

    [Fact]
    public async Task SignIn_Session_KeepsTheIdTokenAndNoOtherToken()
    {
        await using var scene = await SignInScene.StartAsync();

        var me = await scene.SignedInAsync();

        Assert.Equal(".AuthScheme .Token.id_token .TokenNames .expires .issued", string.Join(' ', me.Kept));
    }

    [Fact]
    public async Task Challenge_Request_AsksAsTheStandardSays()
    {
        await using var scene = await SignInScene.StartAsync();
        var page = await scene.Browser.OpenAsync(scene.Host.Url("/sign-in?returnUrl=/me&prompt=select_account"));
        var query = QueryHelpers.ParseQuery(page.Location!.Query);

        Assert.StartsWith(scene.Provider.Address + "/authorize?", page.Location.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal("code", query["response_type"]);
        Assert.Equal("openid profile email", query["scope"]);
        Assert.Equal(ScriptedProvider.ClientId, query["client_id"]);
        Assert.Equal(scene.Host.Url("/signin-oidc").AbsoluteUri, query["redirect_uri"]);
        Assert.Equal("S256", query["code_challenge_method"]);
        Assert.Equal("select_account", query["prompt"]);
        Assert.Equal(43, query["code_challenge"].ToString().Length);
        Assert.Equal(43, query["nonce"].ToString().Length);
        Assert.DoesNotContain("/me", query["state"].ToString(), StringComparison.Ordinal);

        var again = QueryHelpers.ParseQuery((await scene.Browser.OpenAsync(scene.Host.Url("/sign-in"))).Location!.Query);
        Assert.All(["state", "nonce", "code_challenge"], name => Assert.NotEqual(query[name], again[name]));
    }

    [Fact]
    public async Task Challenge_CorrelationCookie_IsClosedAndShortLived()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.FetchAnswerAsync();

        var cookie = Assert.Single(scene.Browser.Cookies).Header;
        Assert.True(cookie.HttpOnly);
        Assert.Equal(Microsoft.Net.Http.Headers.SameSiteMode.Lax, cookie.SameSite);
        Assert.Equal("/signin-oidc", cookie.Path.Value);
        Assert.Equal(ManualTime.Start.AddMinutes(15), cookie.Expires);
    }

    [Fact]
    public async Task Challenge_EndlessReturnUrl_IsNotCarriedAlong()
    {
        await using var scene = await SignInScene.StartAsync();

        var page = await scene.Browser.OpenAsync(scene.Host.Url("/sign-in?returnUrl=/" + new string('a', 5000)));

        Assert.InRange(page.Location!.AbsoluteUri.Length, 300, 2000);
    }

    [Theory]
    [InlineData("/me")]
    [InlineData("/t/contoso/sims?q=0001&page=2")]
    public async Task SignIn_PageThatNeedsIt_IsOpenedAfterwards(string path)
    {
        await using var scene = await SignInScene.StartAsync();

        var page = await scene.Browser.OpenAndFollowAsync(scene.Host.Url(path));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(path, page.Address.PathAndQuery);
    }

    [Theory]
    [InlineData("https://evil.example.test/")]
    [InlineData("//evil.example.test/")]
    [InlineData("/\\evil.example.test/")]
    public async Task SignIn_ReturnUrlOfAnotherSite_EndsAtHome(string returnUrl)
    {
        await using var scene = await SignInScene.StartAsync();

        var page = await scene.SignInAsync(returnUrl);

        Assert.Equal(scene.Host.Url("/"), page.Address);
    }

    [Fact]
    public async Task SignIn_PageAskedForBeginsWithTwoSlashes_EndsAtHome()
    {
        await using var scene = await SignInScene.StartAsync();

        var page = await scene.Browser.OpenAndFollowAsync(scene.Host.Url("//evil.example.test/"));

        Assert.Equal(scene.Host.Url("/"), page.Address);
    }

    [Theory]
    [InlineData("client_secret_post", "client_secret=")]
    [InlineData("client_secret_basic", " Basic ")]
    public async Task SignIn_MethodThatTheProviderOffers_IsHowTheSecretIsShown(string method, string sign)
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.Discovery["token_endpoint_auth_methods_supported"] = new[] { method };

        await scene.SignedInAsync();

        Assert.Contains(sign, Assert.Single(scene.Provider.TokenRequests), StringComparison.Ordinal);
        scene.LogKeepsSecrets();
    }

    [Fact]
    public async Task SignIn_Twice_AsksForMetadataOnce()
    {
        await using var scene = await SignInScene.StartAsync();

        await scene.SignedInAsync();
        await scene.SignedInAsync();

        Assert.Equal(1, scene.Provider.DiscoveryRequests);
    }

    [Fact]
    public async Task SignIn_ProviderSignsWithANewKey_KeysAreFetchedAgainAtOnce()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.SignedInAsync();

        scene.Provider.SigningKey = TestKey.Rsa("rsa-2");
        scene.Provider.PublishedKeys.Add(scene.Provider.SigningKey);
        await scene.SignedInAsync();

        Assert.Equal(2, scene.Provider.DiscoveryRequests);
    }

    [Fact]
    public async Task SignIn_KeyThatIsNotPublished_IsAskedForOnceAMinute()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.SigningKey = TestKey.Rsa("nobody's");

        await scene.RefusedAsync(SignInFailure.Signature);
        await scene.RefusedAsync(SignInFailure.Signature);
        Assert.Equal(2, scene.Provider.DiscoveryRequests);

        scene.Clock.Advance(TimeSpan.FromMinutes(1));
        await scene.RefusedAsync(SignInFailure.Signature);
        Assert.Equal(3, scene.Provider.DiscoveryRequests);
    }

    [Fact]
    public async Task SignIn_KeyWithdrawnByTheProvider_IsNotTakenAfterADay()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.SignedInAsync();
        scene.Browser.Cookies.Clear();

        scene.Provider.PublishedKeys.Remove(TestKey.RsaKey);
        scene.Clock.Advance(TimeSpan.FromDays(1));

        await scene.RefusedAsync(SignInFailure.Signature);
    }

    [Theory]
    [InlineData("nonce", "another", SignInFailure.Nonce)]
    [InlineData("nonce", null, SignInFailure.Nonce)]
    [InlineData("aud", "another application", SignInFailure.Audience)]
    [InlineData("azp", "another application", SignInFailure.Audience)]
    [InlineData("iss", "https://evil.example.test", SignInFailure.Issuer)]
    [InlineData("sub", null, SignInFailure.Protocol)]
    [InlineData("at_hash", "AAAAAAAAAAAAAAAAAAAAAA", SignInFailure.Protocol)]
    public async Task SignIn_WrongClaim_IsRefused(string claim, string? value, object failure)
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnToken = token => token.Claims[claim] = value;

        await scene.RefusedAsync((SignInFailure)failure);
    }

    [Fact]
    public async Task SignIn_ForeignKeyUnderTheNameOfOurs_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.SigningKey = TestKey.ForeignRsaKey;

        await scene.RefusedAsync(SignInFailure.Signature);
    }

    [Fact]
    public async Task SignIn_TokenWithoutSignature_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnToken = token => token.Header["alg"] = "none";

        await scene.RefusedAsync(SignInFailure.Signature);
    }

    [Fact]
    public async Task SignIn_ExpiredToken_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnToken = token => token.Claims["exp"] = scene.Clock.GetUtcNow().AddMinutes(-3).ToUnixTimeSeconds();

        await scene.RefusedAsync(SignInFailure.Expired);
    }

    [Fact]
    public async Task SignIn_ProviderDown_IsRefusedBeforeTheBrowserLeaves()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.Provider.DisposeAsync();

        await scene.RefusedAsync(SignInFailure.Unavailable);
    }

    [Fact]
    public async Task SignIn_DiscoveryOfAnotherIssuer_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.Issuer = "https://evil.example.test";

        await scene.RefusedAsync(SignInFailure.Issuer);
    }

    [Theory]
    [InlineData(500, "{}", SignInFailure.Unavailable)]
    [InlineData(200, "{}", SignInFailure.Protocol)]
    [InlineData(200, "{\"id_token\":7}", SignInFailure.Protocol)]
    [InlineData(200, "{\"id_token\":\"x\"}", SignInFailure.Protocol)]
    [InlineData(200, "[]", SignInFailure.Protocol)]
    [InlineData(200, "<html>", SignInFailure.Protocol)]
    [InlineData(302, "", SignInFailure.Protocol)]
    [InlineData(403, "<html>", SignInFailure.Protocol)]
    [InlineData(400, "{\"error\":\"invalid_client\"}", SignInFailure.Provider)]
    [InlineData(401, "{\"error\":\"invalid_client\",\"error_description\":\"the secret s3cret of the portal is wrong\"}", SignInFailure.Provider)]
    public async Task TokenEndpoint_AnswersOddly_IsRefused(int status, string body, object failure)
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.AnswerToken = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers[HeaderNames.Location] = "https://evil.example.test/";
            return context.Response.WriteAsync(body);
        };

        await scene.RefusedAsync((SignInFailure)failure);
    }

    [Fact]
    public async Task TokenEndpoint_CutsTheConnection_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.AnswerToken = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };

        await scene.RefusedAsync(SignInFailure.Unavailable);
    }
}
