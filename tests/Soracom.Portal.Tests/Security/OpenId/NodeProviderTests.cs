using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security.OpenId;

/// <summary>The whole flow against a certified provider, as a browser walks it; by the real clock, which that provider goes by.</summary>
public sealed partial class NodeProviderTests(NodeProvider provider) : IClassFixture<NodeProvider>, IDisposable
{
    private readonly TestBrowser browser = new(TimeProvider.System);
    private readonly List<string> seen = [];

    public void Dispose() => browser.Dispose();

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task SignIn_EachAlgorithm_ThePersonIsSignedIn(string algorithm)
    {
        await using var host = await StartAsync("portal-" + algorithm);

        var me = await SignedInAsync(host);

        Assert.Equal(new PersonKey(provider.Address.OriginalString, "hanako"), me.Person);
        Assert.Equal("hanako 花子", me.Claims["name"]);
        Assert.Equal("hanako@example.test", me.Claims["email"]);
        Assert.Equal("login consent", string.Join(' ', seen));
    }

    [Fact]
    public async Task SignIn_PublicClient_PkceAloneSuffices()
    {
        await using var host = await StartAsync("portal-public", ("ClientSecret", null));

        Assert.Equal("hanako", (await SignedInAsync(host)).Person.Subject);
    }

    [Fact]
    public async Task SignOut_EndsTheProvidersSession_TheNextSignInAsksWhoItIs()
    {
        await using var host = await StartAsync("portal-RS256");
        await SignedInAsync(host);

        // Signed out of the website alone, the provider still knows the person.
        browser.Cookies.RemoveAll(cookie => cookie.Name is "session");
        seen.Clear();
        await SignedInAsync(host);
        Assert.Equal("consent", string.Join(' ', seen));

        seen.Clear();
        var page = await WalkAsync(await browser.OpenAsync(host.Url("/sign-out?returnUrl=/")));
        Assert.Equal(host.Url("/"), page.Address);
        Assert.Equal("logout", Assert.Single(seen));

        seen.Clear();
        Assert.Equal("taro", (await SignedInAsync(host, person: "taro")).Person.Subject);
        Assert.Equal("login consent", string.Join(' ', seen));
    }

    [Fact]
    public async Task SignIn_PersonCancels_IsRefusedAsDenied()
    {
        await using var host = await StartAsync("portal-RS256");
        var login = await browser.OpenAndFollowAsync(host.Url("/sign-in?returnUrl=/me"));

        var page = await browser.OpenAndFollowAsync(new Uri(login.Address.AbsoluteUri + "/abort"));

        Refused(SignInFailure.Denied, page);
    }

    [Fact]
    public async Task SignIn_WrongSecret_IsRefused()
    {
        await using var host = await StartAsync("portal-RS256", ("ClientSecret", "another"));

        Refused(SignInFailure.Provider, await WalkAsync(await browser.OpenAsync(host.Url("/sign-in?returnUrl=/me"))));
    }

    [Fact]
    public async Task Answer_ReplayedWithItsCookie_TheProviderRefusesTheCode()
    {
        await using var host = await StartAsync("portal-ES256");
        var answer = (await WalkAsync(
            await browser.OpenAsync(host.Url("/sign-in?returnUrl=/me")),
            stop: next => string.Equals(next.AbsolutePath, OpenIdDefaults.CallbackPath, StringComparison.Ordinal))).Location!;
        var copies = browser.Cookies.ToList();
        Assert.Equal(host.Url("/me"), (await browser.OpenAndFollowAsync(answer)).Address);

        browser.Cookies.Clear();
        browser.Cookies.AddRange(copies);
        Refused(SignInFailure.Provider, await browser.OpenAndFollowAsync(answer));
    }

    [Fact]
    public async Task Answer_NamesAnotherIssuerThanTheProviderWrote_IsRefused()
    {
        await using var host = await StartAsync("portal-RS256");
        var answer = (await WalkAsync(
            await browser.OpenAsync(host.Url("/sign-in?returnUrl=/me")),
            stop: next => string.Equals(next.AbsolutePath, OpenIdDefaults.CallbackPath, StringComparison.Ordinal))).Location!;
        var query = QueryHelpers.ParseQuery(answer.Query);
        Assert.Equal(provider.Address.OriginalString, query["iss"]);

        query["iss"] = "https://evil.example.test";
        Refused(SignInFailure.Issuer, await browser.OpenAndFollowAsync(new Uri(QueryHelpers.AddQueryString(answer.GetLeftPart(UriPartial.Path), query))));
    }

    private Task<SignInHost> StartAsync(string clientId, params (string Key, string? Value)[] changes) => SignInHost.StartAsync(
        TimeProvider.System,
        [
            ("Authority", provider.Address.OriginalString),
            ("ClientId", clientId),
            ("ClientSecret", "a secret for tests, of this file alone"),
            .. changes,
        ]);

    private async Task<Me> SignedInAsync(SignInHost host, string person = "hanako")
    {
        var page = await WalkAsync(await browser.OpenAsync(host.Url("/sign-in?returnUrl=/me")), person);
        Assert.Equal(host.Url("/me"), page.Address);
        return JsonSerializer.Deserialize<Me>(page.Body, JsonSerializerOptions.Web)!;
    }

    private static void Refused(SignInFailure failure, Page page) =>
        Assert.Equal($"/sign-in/failed?reason={failure.ToCode()}", page.Address.PathAndQuery);

    /// <summary>Follows redirections and fills in the provider's forms, whose kinds go to <see cref="seen"/>, until a page without one.</summary>
    private async Task<Page> WalkAsync(Page page, string person = "hanako", Func<Uri, bool>? stop = null)
    {
        page = await browser.FollowAsync(page, stop);
        while (FormAction().Match(page.Body) is { Success: true } action)
        {
            Assert.Equal(HttpStatusCode.OK, page.Status);
            var fields = HiddenField().Matches(page.Body)
                .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["value"].Value, StringComparer.Ordinal);
            if (fields.TryGetValue("prompt", out var prompt))
            {
                seen.Add(prompt);
                fields["login"] = person;
                fields["password"] = "anything";
            }
            else
            {
                seen.Add("logout");
                fields["logout"] = "yes";
            }

            using var form = new FormUrlEncodedContent(fields);
            page = await browser.FollowAsync(await browser.OpenAsync(new Uri(page.Address, action.Groups["url"].Value), form), stop);
        }

        return page;
    }

    [GeneratedRegex("<form [^>]*action=\"(?<url>[^\"]+)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FormAction();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HiddenField();
}
