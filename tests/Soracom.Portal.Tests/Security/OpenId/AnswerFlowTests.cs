using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security.OpenId;

/// <summary>What comes back through the browser, where anybody may have changed, kept or made it up.</summary>
public sealed class AnswerFlowTests
{
    [Fact]
    public async Task Answer_OpenedTwice_TheSecondIsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        await scene.SignedInAsync(await scene.Browser.OpenAndFollowAsync(answer));
        scene.Browser.Cookies.RemoveAll(cookie => cookie.Name is "session");

        await scene.RefusedAsync(SignInFailure.Correlation, await scene.Browser.OpenAndFollowAsync(answer));
        Assert.Single(scene.Provider.TokenRequests);
    }

    [Fact]
    public async Task Answer_ReplayedWithItsCookie_TheCodeIsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        var copies = scene.Browser.Cookies.ToList();
        await scene.SignedInAsync(await scene.Browser.OpenAndFollowAsync(answer));

        scene.Browser.Cookies.Clear();
        scene.Browser.Cookies.AddRange(copies);
        await scene.RefusedAsync(SignInFailure.Provider, await scene.Browser.OpenAndFollowAsync(answer));
    }

    [Fact]
    public async Task Answer_InAnotherBrowser_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        scene.Browser.Cookies.Clear();

        await scene.RefusedAsync(SignInFailure.Correlation, await scene.Browser.OpenAndFollowAsync(answer));
        Assert.Empty(scene.Provider.TokenRequests);
    }

    [Fact]
    public async Task Answer_AfterAQuarterOfAnHour_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        scene.Clock.Advance(TimeSpan.FromMinutes(15));

        await scene.RefusedAsync(SignInFailure.Correlation, await scene.Browser.OpenAndFollowAsync(answer));
    }

    [Fact]
    public async Task Answer_CodeOfAnotherSignIn_IsRefused()
    {
        // Somebody's code in my own answer: the provider gives no token, as it was made for another PKCE challenge.
        await using var scene = await SignInScene.StartAsync();
        var theirs = QueryHelpers.ParseQuery((await scene.FetchAnswerAsync()).Query)["code"].ToString();
        var mine = QueryHelpers.ParseQuery((await scene.FetchAnswerAsync()).Query)["state"].ToString();

        await scene.RefusedAsync(SignInFailure.Provider, await AnswerAsync(scene, ("code", theirs), ("state", mine)));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("forged")]
    [InlineData("CfDJ8AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task Answer_ForgedState_IsRefused(string? state)
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.FetchAnswerAsync();

        await scene.RefusedAsync(SignInFailure.State, await AnswerAsync(scene, ("code", "c0de"), ("state", state)));
        Assert.Empty(scene.Provider.TokenRequests);
    }

    [Fact]
    public async Task Answer_StateChangedByOneCharacter_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        var query = QueryHelpers.ParseQuery((await scene.FetchAnswerAsync()).Query);
        var state = query["state"].ToString();
        var forged = state[..50] + (state[50] is 'A' ? 'B' : 'A') + state[51..];

        await scene.RefusedAsync(SignInFailure.State, await AnswerAsync(scene, ("code", query["code"]), ("state", forged)));
    }

    [Fact]
    public async Task Answer_StateLeadsToAnotherSite_EndsAtHome()
    {
        // Nobody outside can write such a state; the last step before the redirection does not rely on it.
        await using var scene = await SignInScene.StartAsync();
        var query = QueryHelpers.ParseQuery((await scene.FetchAnswerAsync()).Query);
        var properties = scene.Host.Options.StateDataFormat.Unprotect(query["state"])!;
        properties.RedirectUri = "https://evil.example.test/";
        var state = scene.Host.Options.StateDataFormat.Protect(properties);

        var page = await AnswerAsync(scene, ("code", query["code"]), ("state", state));

        Assert.Equal(scene.Host.Url("/"), page.Address);
        Assert.Contains(scene.Browser.Cookies, cookie => cookie.Name is "session");
    }

    [Fact]
    public async Task Answer_StateOfASignOut_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.SignedInAsync();
        await scene.Browser.OpenAndFollowAsync(scene.Host.Url("/sign-out"));
        var state = QueryHelpers.ParseQuery(Assert.Single(scene.Provider.EndSessionQueries))["state"];

        await scene.RefusedAsync(SignInFailure.Correlation, await AnswerAsync(scene, ("code", "c0de"), ("state", state)));
    }

    [Theory]
    [InlineData("code")]
    [InlineData("state")]
    public async Task Answer_ParameterTwice_IsRefused(string name)
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        var twice = new Uri(QueryHelpers.AddQueryString(answer.AbsoluteUri, name, "x"));

        await scene.RefusedAsync(SignInFailure.Protocol, await scene.Browser.OpenAndFollowAsync(twice));
        Assert.Empty(scene.Provider.TokenRequests);
    }

    [Fact]
    public async Task Answer_WithoutCode_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnAuthorize = answer => answer.Remove("code");

        await scene.RefusedAsync(SignInFailure.Protocol);
    }

    [Fact]
    public async Task Answer_Posted_IsNotHandled()
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        using var form = new FormUrlEncodedContent([]);

        var page = await scene.Browser.OpenAsync(answer, form);

        Assert.NotEqual(HttpStatusCode.OK, page.Status);
        Assert.DoesNotContain("sign-in/failed", page.Location?.AbsoluteUri ?? string.Empty, StringComparison.Ordinal);
        Assert.Empty(scene.Provider.TokenRequests);
    }

    [Theory]
    [InlineData("access_denied", SignInFailure.Denied)]
    [InlineData("server_error", SignInFailure.Provider)]
    [InlineData("login_required\r\n<script>", SignInFailure.Provider)]
    public async Task Answer_IsAnError_IsRefusedWithoutRepeatingIt(string error, object failure)
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnAuthorize = answer =>
        {
            answer["error"] = error;
            answer["error_description"] = $"AADSTS0001: told in detail, with {answer["code"]}";
        };

        await scene.RefusedAsync((SignInFailure)failure);
        Assert.Empty(scene.Provider.TokenRequests);
        Assert.Contains(scene.Host.Log.Lines, line => line.Contains("AADSTS0001: told in detail, with [removed]", StringComparison.Ordinal));
        Assert.DoesNotContain(scene.Host.Log.Lines, line => line.Contains("\r\n<script>", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answer_NamesTheIssuer_IsAccepted()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.Discovery["authorization_response_iss_parameter_supported"] = true;
        scene.Provider.OnAuthorize = answer => answer["iss"] = scene.Provider.Issuer;

        await scene.SignedInAsync();
    }

    [Theory]
    [InlineData("https://evil.example.test")]
    [InlineData("")]
    public async Task Answer_NamesAnotherIssuer_IsRefusedBeforeTheCodeIsShown(string issuer)
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnAuthorize = answer =>
        {
            answer["iss"] = issuer;
            answer["error"] = "access_denied";
        };

        await scene.RefusedAsync(SignInFailure.Issuer);
        Assert.Empty(scene.Provider.TokenRequests);
    }

    [Fact]
    public async Task Answer_DoesNotNameTheIssuerAsPromised_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.Discovery["authorization_response_iss_parameter_supported"] = true;

        await scene.RefusedAsync(SignInFailure.Issuer);
        Assert.Empty(scene.Provider.TokenRequests);
    }

    [Fact]
    public async Task Answer_ProviderDownMeanwhile_IsRefused()
    {
        await using var scene = await SignInScene.StartAsync();
        var answer = await scene.FetchAnswerAsync();
        await scene.Provider.DisposeAsync();

        await scene.RefusedAsync(SignInFailure.Unavailable, await scene.Browser.OpenAndFollowAsync(answer));
    }

    private static Task<Page> AnswerAsync(SignInScene scene, params (string Name, string? Value)[] parameters) =>
        scene.Browser.OpenAndFollowAsync(new Uri(QueryHelpers.AddQueryString(
            scene.Host.Url("/signin-oidc").AbsoluteUri,
            parameters.Where(pair => pair.Value is not null).Select(pair => KeyValuePair.Create(pair.Name, pair.Value)))));
}
