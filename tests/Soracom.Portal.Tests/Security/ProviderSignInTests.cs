using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Tests.Security.OpenId.Support;

namespace Soracom.Portal.Tests.Security;

/// <summary>The portal in production and its provider: signing in, being refused and signing out, over HTTPS.</summary>
public sealed partial class ProviderSignInTests
{
    private const string Subject = "24400320";
    private const string Told = "told in detail at the provider";

    /// <summary>What the provider does wrong, by the reason that the portal then gives.</summary>
    private static readonly Dictionary<string, Action<ScriptedProvider>> Misdeeds = new(StringComparer.Ordinal)
    {
        ["denied"] = provider => provider.OnAuthorize = answer =>
        {
            answer.Remove("code");
            answer["error"] = "access_denied";
            answer["error_description"] = Told;
        },
        ["nonce"] = provider => provider.OnToken = token => token.Claims["nonce"] = Told,
        ["audience"] = provider => provider.OnToken = token => token.Claims["aud"] = Told,
        ["issuer"] = provider => provider.OnToken = token => token.Claims["iss"] = "https://evil.example.test",
        ["signature"] = provider => provider.SigningKey = TestKey.ForeignRsaKey,
        ["expired"] = provider => provider.OnToken = token => token.Claims["exp"] = (long)token.Claims["iat"]! - 180,
        ["protocol"] = provider => provider.OnToken = token => token.Claims["sub"] = null,
    };

    [Fact]
    public async Task SignIn_PageThatNeedsIt_LeadsOverTheProviderBackToThatPage()
    {
        await using var scene = await ProviderScene.StartAsync();
        var person = await ExpectAsync(scene);
        await scene.Database.AddMemberAsync(await scene.Database.AddTenantAsync("aoba"), person, TenantRole.Viewer);
        var wanted = PortalUrls.Sims("aoba") + "?q=0001";

        var signIn = await scene.Browser.OpenAndFollowAsync(scene.Url(wanted));
        var link = ProviderLink().Match(signIn.Body);

        Assert.Equal(PortalUrls.SignIn(wanted), signIn.Address.PathAndQuery);
        var address = WebUtility.HtmlDecode(link.Groups["address"].Value);
        Assert.Equal(PortalUrls.SignInAtProvider(wanted), address);
        // A script that fetched it would be stopped at the redirection to the provider.
        Assert.Contains("data-enhance-nav=\"false\"", link.Value, StringComparison.Ordinal);

        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(address));

        Assert.Equal((HttpStatusCode.OK, scene.Url(wanted)), (page.Status, page.Address));
        Assert.Single(scene.Provider.AuthorizeQueries);
        await using var db = scene.Database.Database.ForInstallation();
        var known = await db.People.SingleAsync(Watchdog.Token);
        Assert.Equal((person, scene.Clock.GetUtcNow()), (known.Id, known.LastSignInAt));
    }

    [Fact]
    public async Task SignIn_SomebodyNew_IsKnownAndInTheTrail()
    {
        await using var scene = await ProviderScene.StartAsync();

        var page = await scene.SignInAsync(PortalUrls.Tenants());

        Assert.Equal((HttpStatusCode.OK, scene.Url(PortalUrls.Tenants())), (page.Status, page.Address));
        await using var db = scene.Database.Database.ForInstallation();
        var person = await db.People.SingleAsync(Watchdog.Token);
        Assert.Equal((scene.Provider.Issuer, Subject), (person.Issuer, person.Subject));
        Assert.Equal(("山田 花子", "hanako@example.test"), (person.Name, person.Email));
        var session = await db.SignInSessions.SingleAsync(Watchdog.Token);
        Assert.Equal((person.Id, (DateTimeOffset?)null), (session.PersonId, session.EndedAt));
        var entry = Assert.Single(await scene.TrailAsync());
        Assert.Equal((AuditActions.SignedIn, AuditOutcome.Succeeded), (entry.Action, entry.Outcome));
        Assert.Equal((person.Id, session.Id, "127.0.0.1", scene.Provider.Issuer), (entry.ActorId, entry.SessionId, entry.Address, entry.Detail));
        KeepsSecrets(scene, page);
    }

    [Fact]
    public async Task SignIn_Session_IsACookieOfThisHostAlone()
    {
        await using var scene = await ProviderScene.StartAsync();

        await scene.SignInAsync(PortalUrls.Tenants());

        Assert.NotEmpty(scene.SessionCookies);
        Assert.All(scene.SessionCookies, cookie =>
        {
            Assert.StartsWith("__Host-portal", cookie.Name, StringComparison.Ordinal);
            Assert.True(cookie.Header.Secure);
            Assert.True(cookie.Header.HttpOnly);
            Assert.Equal(SameSiteMode.Lax, cookie.Header.SameSite);
            Assert.Equal("/", cookie.Header.Path.Value);
            Assert.False(cookie.Header.Domain.HasValue);
        });
        Assert.All(scene.Browser.Cookies, cookie => Assert.True(cookie.Header.Secure));
    }

    [Theory]
    [InlineData("denied", "You or your organization declined the sign-in.")]
    [InlineData("nonce", "The provider's answer belongs to another sign-in.")]
    [InlineData("audience", "The answer is meant for another application.")]
    [InlineData("issuer", "The answer comes from another provider than the one configured.")]
    [InlineData("signature", "The provider's answer is not signed by the provider.")]
    [InlineData("expired", "The answer has expired, or the clocks differ.")]
    [InlineData("protocol", "The answer could not be understood.")]
    public async Task SignIn_Refused_IsExplainedAndInTheTrail(string reason, string words)
    {
        await using var scene = await ProviderScene.StartAsync();
        Misdeeds[reason](scene.Provider);

        var page = await scene.SignInAsync(PortalUrls.Tenants());

        await RefusedAsync(scene, page, reason, words);
        var entry = Assert.Single(await scene.TrailAsync());
        Assert.Equal((AuditActions.SignedIn, AuditOutcome.Failed, reason), (entry.Action, entry.Outcome, entry.Detail));
        Assert.Equal((null, "", "127.0.0.1"), (entry.ActorId, entry.ActorName, entry.Address));
    }

    [Theory]
    [InlineData("forged", "state", "The answer did not belong to a sign-in that was started here.")]
    [InlineData(null, "correlation", "The sign-in was started in another browser, or its cookie is gone.")]
    public async Task SignIn_AnswerToNoSignInOfThisBrowser_IsExplainedAndCannotFloodTheTrail(string? state, string reason, string words)
    {
        await using var scene = await ProviderScene.StartAsync();
        scene.Provider.OnAuthorize = answer => answer["state"] = state ?? answer["state"];
        var atProvider = await scene.Browser.OpenAsync(scene.Url(PortalUrls.SignInAtProvider()));
        scene.Browser.Cookies.Clear();

        var page = await scene.Browser.FollowAsync(atProvider);

        await RefusedAsync(scene, page, reason, words);
        Assert.Empty(scene.Provider.TokenRequests);
        Assert.Empty(await scene.TrailAsync());
    }

    [Fact]
    public async Task SignOut_EndsTheSessionHereAndAtTheProvider()
    {
        await using var scene = await ProviderScene.StartAsync();
        var inside = await scene.SignInAsync(PortalUrls.Tenants());
        var copies = scene.Browser.Cookies.ToList();

        var page = await SignOutAsync(scene, inside);

        Assert.Equal((HttpStatusCode.OK, scene.Url(PortalUrls.SignedOut())), (page.Status, page.Address));
        var query = QueryHelpers.ParseQuery(Assert.Single(scene.Provider.EndSessionQueries));
        Assert.Contains(query["id_token_hint"].ToString(), scene.Provider.Secrets);
        Assert.Equal(3, query["id_token_hint"].ToString().Split('.').Length);
        Assert.Equal(scene.Url("/signout-callback-oidc").AbsoluteUri, query["post_logout_redirect_uri"]);
        await using var db = scene.Database.Database.ForInstallation();
        Assert.Equal(scene.Clock.GetUtcNow(), (await db.SignInSessions.SingleAsync(Watchdog.Token)).EndedAt);
        var entry = (await scene.TrailAsync())[^1];
        Assert.Equal((AuditActions.SignedOut, AuditOutcome.Succeeded, "山田 花子"), (entry.Action, entry.Outcome, entry.ActorName));
        Assert.Empty(scene.SessionCookies);
        KeepsSecrets(scene, page);

        scene.Browser.Cookies.Clear();
        scene.Browser.Cookies.AddRange(copies);
        var again = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.Tenants()));
        Assert.Equal(PortalUrls.SignIn(PortalUrls.Tenants()), again.Address.PathAndQuery);
    }

    [Fact]
    public async Task SignIn_WithManyGroups_GivesWhatTheyGive_AndTheCookieHoldsNoneOfThem()
    {
        await using var scene = await ProviderScene.StartAsync("--AzureAd:GroupClaim=groups");
        var tenant = await scene.Database.AddTenantAsync("aoba");
        var group = $"{Guid.NewGuid()}";
        await using (var db = scene.Database.Database.ForTenant(tenant))
        {
            db.GroupGrants.Add(new GroupGrant { TenantId = tenant, Issuer = scene.Provider.Issuer, GroupId = group, Label = "Fleet", Role = TenantRole.Viewer, Position = 0, MadeAt = scene.Clock.GetUtcNow() });
            await db.SaveChangesAsync(Watchdog.Token);
        }

        scene.Provider.OnToken = token => token.Claims["groups"] = Enumerable.Range(0, 400).Select(_ => $"{Guid.NewGuid()}").Append(group);

        var page = await scene.SignInAsync(PortalUrls.Sims("aoba"));

        Assert.Equal((HttpStatusCode.OK, scene.Url(PortalUrls.Sims("aoba"))), (page.Status, page.Address));
        Assert.True(scene.SessionCookies.Sum(cookie => cookie.Header.Value.Length) < 2000);
        await using (var db = scene.Database.Database.ForTenant(tenant))
        {
            Assert.Equal($"Viewer, by the group \"{group}\"", (await db.AuditEntries.SingleAsync(entry => entry.Action == AuditActions.MemberAdded, Watchdog.Token)).After);
        }

        await SignOutAsync(scene, page);
        var query = QueryHelpers.ParseQuery(Assert.Single(scene.Provider.EndSessionQueries));
        Assert.Equal((ScriptedProvider.ClientId, false), (query["client_id"].ToString(), query.ContainsKey("id_token_hint")));
    }

    [Fact]
    public async Task SignInAgain_WithoutTheGroup_TakesWhatItGave_AndAProviderThatIsNotAskedGivesNothing()
    {
        await using var scene = await ProviderScene.StartAsync("--AzureAd:GroupClaim=groups");
        var tenant = await scene.Database.AddTenantAsync("aoba");
        await using var db = scene.Database.Database.ForTenant(tenant);
        db.GroupGrants.Add(new GroupGrant { TenantId = tenant, Issuer = scene.Provider.Issuer, GroupId = "fleet", Label = "Fleet", Role = TenantRole.Viewer, Position = 0, MadeAt = scene.Clock.GetUtcNow() });
        await db.SaveChangesAsync(Watchdog.Token);
        var groups = new[] { "fleet" };
        scene.Provider.OnToken = token => (token.Claims["groups"], token.Claims["auth_time"]) = (groups, scene.Clock.GetUtcNow().ToUnixTimeSeconds());
        await scene.SignInAsync(PortalUrls.Tenants());
        Assert.Equal(1, await db.TenantMembers.CountAsync(Watchdog.Token));

        groups = [];
        await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        Assert.Equal(0, await db.TenantMembers.CountAsync(Watchdog.Token));
        Assert.Equal("[]", (await db.PersonGroups.AsNoTracking().SingleAsync(Watchdog.Token)).Names);
    }

    [Fact]
    public async Task SignInAgain_WithoutAWordOfGroups_WithholdsWhatTheyGave_RemovesNothing_AndTheLogSaysSo()
    {
        await using var scene = await ProviderScene.StartAsync("--AzureAd:GroupClaim=groups");
        var tenant = await scene.Database.AddTenantAsync("aoba");
        await using var db = scene.Database.Database.ForTenant(tenant);
        db.GroupGrants.Add(new GroupGrant { TenantId = tenant, Issuer = scene.Provider.Issuer, GroupId = "fleet", Label = "Fleet", Role = TenantRole.Viewer, Position = 0, MadeAt = scene.Clock.GetUtcNow() });
        await db.SaveChangesAsync(Watchdog.Token);
        var isAsked = true;
        scene.Provider.OnToken = token =>
        {
            token.Claims["auth_time"] = scene.Clock.GetUtcNow().ToUnixTimeSeconds();
            if (isAsked)
            {
                token.Claims["groups"] = new[] { "fleet" };
            }
        };
        await scene.SignInAsync(PortalUrls.Tenants());

        isAsked = false;
        await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        Assert.Equal(scene.Clock.GetUtcNow(), (await db.TenantMembers.AsNoTracking().SingleAsync(Watchdog.Token)).Until);
        Assert.Equal(GroupsUnknown.Absent, (await db.PersonGroups.AsNoTracking().SingleAsync(Watchdog.Token)).Unknown);
        Assert.Contains(scene.Log.Lines, line => line.Message.Contains("(Absent)", StringComparison.Ordinal));
    }

    [Fact]
    public async Task SignIn_WithGroupsThatAreToBeAskedForElsewhere_IsLetIn_AndTheLogSaysWhyGroupsGiveNothing()
    {
        await using var scene = await ProviderScene.StartAsync("--AzureAd:GroupClaim=groups");
        scene.Provider.OnToken = token => token.Claims["_claim_names"] = new { groups = "src1" };

        var page = await scene.SignInAsync("/");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(scene.Log.Lines, line => line.Message.Contains("(Elsewhere)", StringComparison.Ordinal));
        await using var db = scene.Database.Database.ForInstallation();
        Assert.Equal(GroupsUnknown.Elsewhere, (await db.PersonGroups.SingleAsync(Watchdog.Token)).Unknown);
    }

    [Fact]
    public async Task SignIn_WhereGroupsAreNotAskedFor_KeepsNone()
    {
        await using var scene = await ProviderScene.StartAsync();
        scene.Provider.OnToken = token => token.Claims["groups"] = new[] { "fleet" };

        await scene.SignInAsync(PortalUrls.Tenants());

        await using var db = scene.Database.Database.ForInstallation();
        Assert.False(await db.PersonGroups.AnyAsync(Watchdog.Token));
    }

    [Fact]
    public async Task SignOut_WithoutItsToken_IsRefusedAndEndsNothing()
    {
        await using var scene = await ProviderScene.StartAsync();
        await scene.SignInAsync(PortalUrls.Tenants());
        using var form = new FormUrlEncodedContent([]);

        var page = await scene.Browser.OpenAsync(scene.Url(PortalUrls.SignOut()), form);

        Assert.Equal(HttpStatusCode.BadRequest, page.Status);
        Assert.Empty(scene.Provider.EndSessionQueries);
        Assert.Equal(HttpStatusCode.OK, (await scene.Browser.OpenAsync(scene.Url(PortalUrls.Tenants()))).Status);
    }

    [Fact]
    public async Task SignInAgain_SamePerson_GoesOnWithTheSession_AndItIsFresh()
    {
        await using var scene = await ProviderScene.StartAsync();
        await scene.SignInAsync(PortalUrls.Tenants());
        await using var db = scene.Database.Database.ForInstallation();
        var first = await db.SignInSessions.AsNoTracking().SingleAsync(Watchdog.Token);
        Assert.Null(first.ProvenAt);
        scene.Clock.Advance(TimeSpan.FromMinutes(30));
        scene.Provider.OnToken = token => token.Claims["auth_time"] = scene.Clock.GetUtcNow().ToUnixTimeSeconds();

        var asked = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgain()));
        Assert.Contains(PortalUrls.SignInAgainAtProvider(), asked.Body, StringComparison.Ordinal);
        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        Assert.Equal((HttpStatusCode.OK, scene.Url(PortalUrls.SignInAgain())), (page.Status, page.Address));
        Assert.DoesNotContain(PortalUrls.SignInAgainAtProvider(), page.Body, StringComparison.Ordinal);
        var query = QueryHelpers.ParseQuery(scene.Provider.AuthorizeQueries.Last());
        Assert.Equal(("login", "0"), (query["prompt"].ToString(), query["max_age"].ToString()));
        var session = await db.SignInSessions.AsNoTracking().SingleAsync(Watchdog.Token);
        Assert.Equal((first.Id, first.ExpiresAt, scene.Clock.GetUtcNow()), (session.Id, session.ExpiresAt, session.ProvenAt));
        var entry = (await scene.TrailAsync())[^1];
        Assert.Equal((AuditActions.SignedInAgain, AuditOutcome.Succeeded, first.Id), (entry.Action, entry.Outcome, entry.SessionId));
        KeepsSecrets(scene, page);
    }

    [Theory]
    [InlineData("not said")]
    [InlineData("not asked")]
    public async Task SignInAgain_WhereTheProviderDidNotAsk_ProvesNothing(string how)
    {
        await using var scene = await ProviderScene.StartAsync();
        var earlier = scene.Clock.GetUtcNow().ToUnixTimeSeconds();
        scene.Provider.OnToken = token => token.Claims["auth_time"] = how == "not said" ? null : earlier;
        await scene.SignInAsync(PortalUrls.Tenants());
        scene.Clock.Advance(TimeSpan.FromMinutes(30));

        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        Assert.Equal("/sign-in/failed?reason=stale&again=true", page.Address.PathAndQuery);
        await using var db = scene.Database.Database.ForInstallation();
        Assert.Equal(how == "not said" ? null : DateTimeOffset.FromUnixTimeSeconds(earlier), (await db.SignInSessions.SingleAsync(Watchdog.Token)).ProvenAt);
    }

    [Fact]
    public async Task SignInAgain_WhereTheOperatorTrustsAProviderThatDoesNotSay_IsFresh()
    {
        await using var scene = await ProviderScene.StartAsync("--AzureAd:AcceptMissingAuthTime=true");
        await scene.SignInAsync(PortalUrls.Tenants());

        await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        await using var db = scene.Database.Database.ForInstallation();
        Assert.Equal(scene.Clock.GetUtcNow(), (await db.SignInSessions.SingleAsync(Watchdog.Token)).ProvenAt);
    }

    [Fact]
    public async Task SignInAgain_AsSomebodyElse_IsRefused_AndChangesNothing_ButIsInTheTrail()
    {
        await using var scene = await ProviderScene.StartAsync();
        await scene.SignInAsync(PortalUrls.Tenants());
        scene.Provider.OnToken = token => (token.Claims["sub"], token.Claims["auth_time"]) = ("somebody-else", scene.Clock.GetUtcNow().ToUnixTimeSeconds());

        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        Assert.Equal("/sign-in/failed?reason=another&again=true", page.Address.PathAndQuery);
        Assert.Contains($"href=\"{PortalUrls.SignInAgain()}\"", page.Body, StringComparison.Ordinal);
        await using var db = scene.Database.Database.ForInstallation();
        var session = await db.SignInSessions.SingleAsync(Watchdog.Token);
        Assert.Null(session.ProvenAt);
        Assert.Equal(HttpStatusCode.OK, (await scene.Browser.OpenAsync(scene.Url(PortalUrls.Tenants()))).Status);
        var entry = (await scene.TrailAsync())[^1];
        Assert.Equal((AuditActions.SignedInAgain, AuditOutcome.Failed, session.PersonId, "another"), (entry.Action, entry.Outcome, entry.ActorId, entry.Detail));
    }

    [Fact]
    public async Task SignInAgain_SignedOut_LeadsToSignIn()
    {
        await using var scene = await ProviderScene.StartAsync();

        var page = await scene.Browser.OpenAndFollowAsync(scene.Url(PortalUrls.SignInAgainAtProvider()));

        Assert.Equal(PortalUrls.SignIn(PortalUrls.SignInAgainAtProvider()), page.Address.PathAndQuery);
        Assert.Empty(scene.Provider.AuthorizeQueries);
    }

    /// <summary>An administrator has let the person in who has not come yet.</summary>
    private static Task<Guid> ExpectAsync(ProviderScene scene) =>
        new People(scene.Database.Database, scene.Clock).ExpectAsync(new PersonKey(scene.Provider.Issuer, Subject), name: null, Watchdog.Token);

    private static async Task<Page> SignOutAsync(ProviderScene scene, Page from)
    {
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", VisitedPage.TokenIn(from.Body))]);
        return await scene.Browser.FollowAsync(await scene.Browser.OpenAsync(scene.Url(PortalUrls.SignOut()), form));
    }

    /// <summary>The sign-in ended on the page that says why, and nobody is signed in or known by it.</summary>
    private static async Task RefusedAsync(ProviderScene scene, Page page, string reason, string words)
    {
        Assert.Equal((HttpStatusCode.OK, scene.Url($"{OpenIdDefaults.FailurePath}?reason={reason}")), (page.Status, page.Address));
        var text = WebUtility.HtmlDecode(page.Body);
        Assert.Contains("You are not signed in", text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains($"href=\"{PortalUrls.SignIn()}\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Told, text, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", text, StringComparison.Ordinal);
        Assert.Empty(scene.SessionCookies);
        KeepsSecrets(scene, page);
        await using var db = scene.Database.Database.ForInstallation();
        Assert.False(await db.People.AnyAsync(Watchdog.Token));
        Assert.False(await db.SignInSessions.AnyAsync(Watchdog.Token));
    }

    private static void KeepsSecrets(ProviderScene scene, Page page)
    {
        Assert.NotEmpty(scene.Log.Lines);
        Assert.All(scene.Provider.Secrets, secret =>
        {
            Assert.DoesNotContain(secret, page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, scene.Log.Everything, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex("<a [^>]*href=\"(?<address>/sign-in/provider[^\"]*)\"[^>]*>", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ProviderLink();
}
