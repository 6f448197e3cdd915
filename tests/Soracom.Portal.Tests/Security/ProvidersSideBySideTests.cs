using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Sessions;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security;

/// <summary>
/// The portal with two providers, which sign with the same keys, know the portal by the same name, and give the same subject: what was made
/// for one is worth nothing at the other.
/// </summary>
public sealed partial class ProvidersSideBySideTests
{
    private const string Second = ProviderScene.SecondKey;
    private static readonly string Wanted = PortalUrls.Profile();

    [Theory]
    [InlineData("", "First House", "Second House")]
    [InlineData("--SignIn:Providers:second:Order=-1", "Second House", "First House")]
    public async Task SignInPage_HasAButtonForEach_InTheirOrder_AndKeepsWhereToGo(string setting, string upper, string lower)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync(setting.Length == 0 ? [] : [setting]);

        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(Wanted));
        var links = ProviderLink().Matches(page.Body).Select(link => (Words: WebUtility.HtmlDecode(link.Groups["words"].Value).Trim(), Address: WebUtility.HtmlDecode(link.Groups["address"].Value))).ToList();

        Assert.Equal([$"Sign in with {upper}", $"Sign in with {lower}"], links.Select(link => link.Words));
        Assert.Equal(PortalUrls.SignInAtProvider(Wanted), links.Single(link => link.Words.EndsWith("First House", StringComparison.Ordinal)).Address);
        Assert.Equal(PortalUrls.SignInAtProvider(Wanted, Second), links.Single(link => link.Words.EndsWith("Second House", StringComparison.Ordinal)).Address);

        var inside = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAtProvider(Wanted, Second)));

        Assert.Equal((HttpStatusCode.OK, scene.Url(Wanted)), (inside.Status, inside.Address));
        Assert.Empty(scene.Provider.AuthorizeQueries);
        var query = QueryHelpers.ParseQuery(Assert.Single(scene.Second.AuthorizeQueries));
        Assert.Equal(scene.Url("/signin-oidc/second").AbsoluteUri, query["redirect_uri"]);
    }

    [Fact]
    public async Task SignIn_ProviderThatIsNone_LeadsToThePageThatNamesThem()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();

        var page = await scene.SignInAsync(Wanted, "gone");

        Assert.Equal(PortalUrls.SignIn(Wanted), page.Address.PathAndQuery);
        Assert.Empty(scene.Provider.AuthorizeQueries);
    }

    [Theory]
    [InlineData("cross-site", false)]
    [InlineData("same-site", false)]
    [InlineData("same-origin", true)]
    [InlineData("none", true)]
    public async Task SignIn_IsBegunByThePortalsOwnPagesAlone(string from, bool begins)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        scene.Browser.CameFrom = from;

        var page = await scene.Browser.OpenAsync(scene.Url(PortalUrls.SignInAtProvider(Wanted, Second)));

        Assert.Equal(begins, page.Location!.Authority != scene.Url("/").Authority);
        Assert.Equal(!begins, page.Location.PathAndQuery == PortalUrls.SignIn(Wanted));
    }

    [Fact]
    public async Task SignIn_AsSomebodyElse_EndsTheSessionThatTheBrowserHad()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        await scene.SignInAsync(Wanted);

        await scene.SignInAsync(Wanted, Second);

        await using var db = scene.Database.Database.ForInstallation();
        var ended = await db.SignInSessions.OrderBy(session => session.StartedAt).Select(session => session.EndedAt != null).ToListAsync(Watchdog.Token);
        Assert.Equal(1, ended.Count(over => over));
        Assert.Equal(2, ended.Count);
    }

    [Fact]
    public async Task SameSubjectAtTwoProviders_AreTwoPeople()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();

        await scene.SignInAsync(Wanted);
        await scene.SignInAsync(Wanted, Second);

        await using var db = scene.Database.Database.ForInstallation();
        var people = await db.People.ToListAsync(Watchdog.Token);
        Assert.Equal(new[] { scene.Provider.Issuer, scene.Second.Issuer }.Order(StringComparer.Ordinal), people.Select(person => person.Issuer).Order(StringComparer.Ordinal));
        Assert.Single(people.Select(person => person.Subject).Distinct());
        Assert.Equal(2, await db.SignInSessions.Select(session => session.Provider).Distinct().CountAsync(Watchdog.Token));
    }

    [Theory]
    [InlineData("", Second)]
    [InlineData(Second, "")]
    public async Task Answer_OfOneProvider_AtTheOthersCallback_IsRefused(string begunAt, string sentTo)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        var answer = await scene.FetchAnswerAsync(begunAt);

        var page = await scene.Browser.OpenAndFollowAsync(new Uri(scene.Url(Callback(sentTo)) + answer.Query));

        await RefusedAsync(scene, page, "state");
        NothingRedeemed(scene);
    }

    [Theory]
    [InlineData("", Second)]
    [InlineData(Second, "")]
    public async Task Code_OfOneProvider_InTheOthersAnswer_IsRefused(string codeFrom, string sentTo)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        var code = QueryHelpers.ParseQuery((await scene.FetchAnswerAsync(codeFrom)).Query)["code"].ToString();
        var own = QueryHelpers.ParseQuery((await scene.FetchAnswerAsync(sentTo)).Query);

        var page = await scene.Browser.OpenAndFollowAsync(Answer(scene, sentTo, code, own["state"]!));

        await RefusedAsync(scene, page, "provider");
        Assert.Empty((sentTo.Length == 0 ? scene.Second : scene.Provider).TokenRequests);
    }

    [Theory]
    [InlineData("", Second)]
    [InlineData(Second, "")]
    public async Task Answer_ThatNamesTheOtherProvider_IsRefusedBeforeItsCodeIsSentAnywhere(string named, string sentTo)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        At(scene, sentTo).OnAuthorize = answer => answer["iss"] = At(scene, named).Issuer;

        var page = await scene.SignInAsync(Wanted, sentTo);

        await RefusedAsync(scene, page, "issuer");
        NothingRedeemed(scene);
    }

    [Theory]
    [InlineData("", Second)]
    [InlineData(Second, "")]
    public async Task Token_OfOneProvider_FromTheOther_IsRefused(string issuedBy, string sentTo)
    {
        // Signed by a key that both publish, for the same audience and with the right nonce: the issuer alone tells.
        await using var scene = await ProviderScene.StartSideBySideAsync();
        At(scene, sentTo).OnToken = token => token.Claims["iss"] = At(scene, issuedBy).Issuer;

        var page = await scene.SignInAsync(Wanted, sentTo);

        await RefusedAsync(scene, page, "issuer");
    }

    [Fact]
    public async Task Correlation_CookiesOfBothAreApart()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        var first = await scene.FetchAnswerAsync();
        var second = await scene.FetchAnswerAsync(Second);

        var inside = await scene.Browser.OpenAndFollowAsync(second);
        Assert.Equal(scene.Url(PortalUrls.Tenants()), inside.Address);
        inside = await scene.Browser.OpenAndFollowAsync(first);
        Assert.Equal(scene.Url(PortalUrls.Tenants()), inside.Address);

        Assert.Single(scene.Provider.TokenRequests);
        Assert.Single(scene.Second.TokenRequests);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Second)]
    public async Task SignInAgain_GoesToTheProviderOfTheSession_WhateverTheAddressSays(string provider)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        await scene.SignInAsync(Wanted, provider);
        var other = provider.Length == 0 ? Second : string.Empty;
        scene.Clock.Advance(TimeSpan.FromMinutes(30));
        At(scene, provider).OnToken = token => token.Claims["auth_time"] = scene.Clock.GetUtcNow().ToUnixTimeSeconds();

        var asks = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgain()));
        var page = await scene.Browser.OpenAndFollowAsync(scene.Url($"{PortalUrls.SignInAgainAtProvider()}?{PortalUrls.ProviderParameter}={other}"));

        Assert.Contains($"Sign in with {(provider.Length == 0 ? "First" : "Second")} House", asks.Body, StringComparison.Ordinal);
        Assert.DoesNotContain($"Sign in with {(provider.Length == 0 ? "Second" : "First")} House", asks.Body, StringComparison.Ordinal);
        Assert.Equal(scene.Url(PortalUrls.SignInAgain()), page.Address);
        Assert.Equal("login", QueryHelpers.ParseQuery(At(scene, provider).AuthorizeQueries.Last())["prompt"]);
        Assert.Empty(At(scene, other).AuthorizeQueries);
        Assert.Equal(scene.Clock.GetUtcNow(), (await SessionAsync(scene)).ProvenAt);
    }

    [Fact]
    public async Task SignInAgain_AnswerAtTheOthersCallback_MakesNothingFresh()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        await scene.SignInAsync(Wanted);
        scene.Provider.OnToken = scene.Second.OnToken = token => token.Claims["auth_time"] = scene.Clock.GetUtcNow().ToUnixTimeSeconds();

        var answer = await scene.FetchAnswerAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));
        var page = await scene.Browser.OpenAndFollowAsync(new Uri(scene.Url(Callback(Second)) + answer.Query));

        Assert.Equal("/sign-in/failed?reason=state", page.Address.PathAndQuery);
        Assert.Null((await SessionAsync(scene)).ProvenAt);
    }

    [Fact]
    public async Task SignInAgain_BySomebodyOfAnotherProvidersSession_MakesNothingFresh()
    {
        // The same person, as the portal sees it; but the session came by another provider.
        await using var scene = await ProviderScene.StartSideBySideAsync();
        await scene.SignInAsync(Wanted);
        var other = scene.Get<SignInWays>().Find(Second)!.Mark;
        scene.Provider.OnToken = token => token.Claims["auth_time"] = scene.Clock.GetUtcNow().ToUnixTimeSeconds();
        var answer = await scene.FetchAnswerAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));
        await scene.Database.ExecuteAsync("UPDATE SignInSessions SET Provider = $provider", ("$provider", other));

        var page = await scene.Browser.OpenAndFollowAsync(answer);

        Assert.Equal("/sign-in/failed?reason=another&again=true", page.Address.PathAndQuery);
        Assert.Null((await SessionAsync(scene)).ProvenAt);
    }

    [Fact]
    public async Task SignIn_AtTheOtherProvider_IsASessionOfItsOwn_AndMakesTheFirstNoFresher()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        await scene.SignInAsync(Wanted);
        var first = await SessionAsync(scene);
        scene.Second.OnToken = token => token.Claims["auth_time"] = scene.Clock.GetUtcNow().ToUnixTimeSeconds();

        await scene.SignInAsync(Wanted, Second);

        await using var db = scene.Database.Database.ForInstallation();
        var sessions = await db.SignInSessions.ToListAsync(Watchdog.Token);
        Assert.Null(sessions.Single(session => session.Id == first.Id).ProvenAt);
        var second = sessions.Single(session => session.Id != first.Id);
        Assert.NotEqual((first.PersonId, first.Provider), (second.PersonId, second.Provider));
        Assert.Equal(scene.Clock.GetUtcNow(), second.ProvenAt);
    }

    [Theory]
    [InlineData("", "/signout-callback-oidc")]
    [InlineData(Second, "/signout-callback-oidc/second")]
    public async Task SignOut_GoesToTheProviderOfTheSession(string provider, string callback)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        var inside = await scene.SignInAsync(Wanted, provider);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", VisitedPage.TokenIn(inside.Body))]);

        var page = await scene.Browser.FollowAsync(await scene.Browser.OpenAsync(scene.Url(PortalUrls.SignOut()), form));

        Assert.Equal(scene.Url(PortalUrls.SignedOut()), page.Address);
        var query = QueryHelpers.ParseQuery(Assert.Single(At(scene, provider).EndSessionQueries));
        Assert.Equal(scene.Url(callback).AbsoluteUri, query["post_logout_redirect_uri"]);
        Assert.Contains(query["id_token_hint"].ToString(), At(scene, provider).Secrets);
        Assert.Empty(At(scene, provider.Length == 0 ? Second : string.Empty).EndSessionQueries);
        Assert.NotNull((await SessionAsync(scene)).EndedAt);
        Assert.Empty(scene.SessionCookies);
    }

    [Theory]
    [InlineData("gone/0123")]
    [InlineData(null)]
    public async Task Session_WhoseProviderIsNoMore_IsRefusedAndToldSo_AndHoldsAgainWhereTheProviderIsKnown(string? provider)
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        await scene.SignInAsync(Wanted, Second);
        await scene.Database.ExecuteAsync("UPDATE SignInSessions SET Provider = $provider", ("$provider", (object?)provider ?? DBNull.Value));
        var session = await SessionAsync(scene);
        Assert.False(await scene.Get<SignInSessions>().IsLiveAsync(session.Id, Watchdog.Token));
        Assert.False(await scene.Get<SignInSessions>().IsFreshAsync(session.Id, Watchdog.Token));
        Assert.Empty(await scene.Get<TenantAccess>().ListAsync(new SignedIn(session.PersonId, session.Id, "Hanako", Address: null), Watchdog.Token));

        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(Wanted));

        Assert.Equal($"{PortalUrls.SignIn(Wanted)}&{PortalUrls.EndedParameter}={PortalUrls.ProviderParameter}", page.Address.PathAndQuery);
        Assert.Contains("The way you signed in is not available at the moment", page.Body, StringComparison.Ordinal);
        Assert.Contains("Sign in with Second House", page.Body, StringComparison.Ordinal);

        // As on an instance that has the new configuration already, while others still run with the old one.
        await scene.Database.ExecuteAsync("UPDATE SignInSessions SET Provider = $provider", ("$provider", scene.Get<SignInWays>().Find(Second)!.Mark));
        Assert.Equal(Wanted, (await scene.Browser.OpenAndFollowAsync(scene.Url(Wanted))).Address.PathAndQuery);
        Assert.Null((await SessionAsync(scene)).EndedAt);
    }

    [Fact]
    public async Task Invitation_IsTheirsWhoAcceptFirst_ByWhicheverProvider_AndNobodyElses()
    {
        await using var scene = await ProviderScene.StartSideBySideAsync();
        var tenant = await scene.Database.AddTenantAsync("aoba");
        var code = await InviteAsync(scene, tenant);
        await scene.SignInAsync(Wanted);
        await scene.SignInAsync(Wanted, Second);
        var first = await SignedInByAsync(scene, string.Empty);
        var second = await SignedInByAsync(scene, Second);
        var joining = scene.Get<Joining>();

        var accepted = await joining.AcceptAsync(second, code, terms: null, Watchdog.Token);
        var late = await joining.AcceptAsync(first, code, terms: null, Watchdog.Token);

        Assert.Equal("aoba", accepted.Value);
        Assert.IsType<GoneError>(late.Error);
        Assert.Single(await scene.Get<TenantAccess>().ListAsync(second, Watchdog.Token));
        Assert.Empty(await scene.Get<TenantAccess>().ListAsync(first, Watchdog.Token));
    }

    private static ScriptedProvider At(ProviderScene scene, string provider) => provider.Length == 0 ? scene.Provider : scene.Second;

    private static string Callback(string provider) => provider.Length == 0 ? "/signin-oidc" : "/signin-oidc/" + provider;

    private static Uri Answer(ProviderScene scene, string provider, string code, string state) =>
        new(QueryHelpers.AddQueryString(scene.Url(Callback(provider)).AbsoluteUri, new Dictionary<string, string?>(StringComparer.Ordinal) { ["code"] = code, ["state"] = state }));

    private static void NothingRedeemed(ProviderScene scene)
    {
        Assert.Empty(scene.Provider.TokenRequests);
        Assert.Empty(scene.Second.TokenRequests);
    }

    /// <summary>The sign-in ended on the page that says why, and nobody is signed in or known by it.</summary>
    private static async Task RefusedAsync(ProviderScene scene, Page page, string reason)
    {
        Assert.Equal($"/sign-in/failed?reason={reason}", page.Address.PathAndQuery);
        Assert.Empty(scene.SessionCookies);
        await using var db = scene.Database.Database.ForInstallation();
        Assert.False(await db.People.AnyAsync(Watchdog.Token));
        Assert.False(await db.SignInSessions.AnyAsync(Watchdog.Token));
        Assert.DoesNotContain(await scene.TrailAsync(), entry => entry.Outcome == AuditOutcome.Succeeded);
    }

    private static async Task<SignInSession> SessionAsync(ProviderScene scene)
    {
        await using var db = scene.Database.Database.ForInstallation();
        return await db.SignInSessions.AsNoTracking().SingleAsync(Watchdog.Token);
    }

    private static async Task<SignedIn> SignedInByAsync(ProviderScene scene, string provider)
    {
        var mark = scene.Get<SignInWays>().Find(provider)!.Mark;
        await using var db = scene.Database.Database.ForInstallation();
        var session = await db.SignInSessions.Include(own => own.Person).SingleAsync(own => own.Provider == mark, Watchdog.Token);
        return new SignedIn(session.PersonId, session.Id, session.Person!.Name, session.Address);
    }

    private static async Task<string> InviteAsync(ProviderScene scene, Guid tenant)
    {
        var inviter = await scene.Database.AddPersonAsync("Haruto");
        await scene.Database.AddMemberAsync(tenant, inviter, TenantRole.Owner);
        var code = InvitationCode.New();
        await using var db = scene.Database.Database.ForTenant(tenant);
        db.Invitations.Add(new Invitation
        {
            TenantId = tenant,
            Email = "hanako@example.test",
            Role = TenantRole.Viewer,
            CodeHash = InvitationCode.HashOf(code)!,
            InviterId = inviter,
            InviterName = "Haruto",
            InvitedAt = scene.Clock.GetUtcNow(),
            ExpiresAt = scene.Clock.GetUtcNow().AddDays(7),
        });
        await db.SaveChangesAsync(Watchdog.Token);
        return code;
    }

    [GeneratedRegex("<a [^>]*href=\"(?<address>/sign-in/provider[^\"]*)\"[^>]*>.*?</svg>(?<words>[^<]*)</a>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex ProviderLink();
}
