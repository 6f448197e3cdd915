using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.OpenId.Metadata;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class SignOutFlowTests
{
    [Fact]
    public async Task SignOut_EndsTheSessionAtTheProviderAndComesBack()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.SignedInAsync();

        var page = await SignOutAsync(scene, "/?bye=1");

        Assert.Equal(scene.Host.Url("/?bye=1"), page.Address);
        Assert.DoesNotContain(scene.Browser.Cookies, cookie => cookie.Name is "session");
        var query = QueryHelpers.ParseQuery(Assert.Single(scene.Provider.EndSessionQueries));
        Assert.Equal(3, query["id_token_hint"].ToString().Split('.').Length);
        Assert.Equal(scene.Host.Url("/signout-callback-oidc").AbsoluteUri, query["post_logout_redirect_uri"]);
        Assert.False(query.ContainsKey("client_id"));
        Assert.DoesNotContain("bye", query["state"].ToString(), StringComparison.Ordinal);
        scene.LogKeepsSecrets();
    }

    [Fact]
    public async Task SignOut_ThenSignInAgain_Works()
    {
        await using var scene = await SignInScene.StartAsync();
        var first = await scene.SignedInAsync();
        await SignOutAsync(scene, "/");

        Assert.Equal(first.Person, (await scene.SignedInAsync()).Person);
    }

    [Fact]
    public async Task SignOut_TokenTooLongForAUrl_NamesTheApplicationInstead()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.OnToken = token => token.Claims["groups"] = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToArray();
        await scene.SignedInAsync();

        await SignOutAsync(scene, "/");

        var query = QueryHelpers.ParseQuery(Assert.Single(scene.Provider.EndSessionQueries));
        Assert.Equal(ScriptedProvider.ClientId, query["client_id"]);
        Assert.False(query.ContainsKey("id_token_hint"));
    }

    [Fact]
    public async Task SignOut_ProviderHasNoSuchPlace_EndsHere()
    {
        await using var scene = await SignInScene.StartAsync();
        scene.Provider.Discovery.Remove("end_session_endpoint");
        await scene.SignedInAsync();

        var page = await SignOutAsync(scene, "/?bye=1");

        Assert.Equal(scene.Host.Url("/?bye=1"), page.Address);
        Assert.DoesNotContain(scene.Browser.Cookies, cookie => cookie.Name is "session");
    }

    [Fact]
    public async Task SignOut_ProviderCannotBeAsked_EndsHere()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.SignedInAsync();
        scene.Host.Options.Metadata = new UnreachableProvider();

        var page = await SignOutAsync(scene, "/?bye=1");

        Assert.Equal(scene.Host.Url("/?bye=1"), page.Address);
        Assert.DoesNotContain(scene.Browser.Cookies, cookie => cookie.Name is "session");
        Assert.Contains(scene.Host.Log.Lines, line => line.Contains("not of the identity provider AzureAd: nobody there", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignOut_NobodyIsSignedIn_LeavesTheProviderAlone()
    {
        await using var scene = await SignInScene.StartAsync();

        var page = await SignOutAsync(scene, "/");

        Assert.Equal(scene.Host.Url("/"), page.Address);
        Assert.Empty(scene.Provider.EndSessionQueries);
        Assert.Equal(0, scene.Provider.DiscoveryRequests);
    }

    [Fact]
    public async Task SignOut_SessionCameAnotherWay_ItsTokenIsNotShownToTheProvider()
    {
        await using var scene = await SignInScene.StartAsync();
        await scene.Browser.OpenAsync(scene.Host.Url("/sign-in-another-way"));
        Assert.Contains(scene.Browser.Cookies, cookie => cookie.Name is "session");

        var page = await SignOutAsync(scene, "/");

        Assert.Equal(scene.Host.Url("/"), page.Address);
        Assert.DoesNotContain(scene.Browser.Cookies, cookie => cookie.Name is "session");
        Assert.Empty(scene.Provider.EndSessionQueries);
    }

    [Theory]
    [InlineData("https://evil.example.test/")]
    [InlineData("//evil.example.test/")]
    public async Task SignOut_ReturnUrlOfAnotherSite_EndsAtHome(string returnUrl)
    {
        await using var scene = await SignInScene.StartAsync();
        Assert.Equal(scene.Host.Url("/"), (await SignOutAsync(scene, returnUrl)).Address);

        await scene.SignedInAsync();
        Assert.Equal(scene.Host.Url("/"), (await SignOutAsync(scene, returnUrl)).Address);
        Assert.Single(scene.Provider.EndSessionQueries);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?state=")]
    [InlineData("?state=forged")]
    [InlineData("?state=forged&state=twice")]
    [InlineData("?state=https://evil.example.test/")]
    public async Task SignedOutCallback_WithoutOurState_EndsAtHome(string query)
    {
        await using var scene = await SignInScene.StartAsync();

        var page = await scene.Browser.OpenAndFollowAsync(scene.Host.Url("/signout-callback-oidc" + query));

        Assert.Equal(scene.Host.Url("/"), page.Address);
    }

    [Fact]
    public async Task SignedOutCallback_StateLeadsToAnotherSite_EndsAtHome()
    {
        await using var scene = await SignInScene.StartAsync();
        var state = scene.Host.Options.StateDataFormat.Protect(new AuthenticationProperties { RedirectUri = "//evil.example.test/" });

        var page = await scene.Browser.OpenAndFollowAsync(scene.Host.Url("/signout-callback-oidc?state=" + state));

        Assert.Equal(scene.Host.Url("/"), page.Address);
    }

    private static Task<Page> SignOutAsync(SignInScene scene, string returnUrl) =>
        scene.Browser.OpenAndFollowAsync(scene.Host.Url(QueryHelpers.AddQueryString("/sign-out", "returnUrl", returnUrl)));

    // A host that was started while the provider is down: the session outlived a restart, the metadata did not.
    private sealed class UnreachableProvider : IProviderMetadataSource
    {
        public Task<ProviderMetadata> GetAsync(CancellationToken cancellationToken) =>
            Task.FromException<ProviderMetadata>(new OpenIdSignInException(SignInFailure.Unavailable, "nobody there"));

        public Task<ProviderMetadata> RefreshAsync(ProviderMetadata seen, CancellationToken cancellationToken) => GetAsync(cancellationToken);
    }
}
