using System.Net;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;

namespace Soracom.Portal.Tests.Security;

/// <summary>Signing in and out, and what the cookie is worth, over HTTP.</summary>
public sealed class SignInHttpTests(ClassScene own) : IClassFixture<ClassScene>
{
    private static readonly string Viewing = PortalUrls.Sims(PortalScene.Aoba);

    private readonly PortalScene scene = own.Scene;

    [Fact]
    public async Task SignIn_DemoAccount_OpensWhatWasAskedForAndIsInTheTrail()
    {
        using var visitor = new Visitor(scene);
        var asked = await visitor.GetAsync(Viewing);
        var form = await visitor.GetAsync(new Uri(asked.Location!).PathAndQuery);

        var signedIn = await visitor.PostAsync(PortalUrls.SignInAsDemo(), form, ("account", "viewer"), ("returnUrl", Viewing));

        Assert.Equal((HttpStatusCode.Redirect, Viewing), (signedIn.Status, signedIn.Location));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Viewing)).Status);
        var entry = (await scene.TrailAsync()).Last(entry => entry.Action == AuditActions.SignedIn);
        Assert.Equal(("Sota Suzuki", AuditOutcome.Succeeded, "127.0.0.1"), (entry.ActorName, entry.Outcome, entry.Address));
        Assert.Contains(await scene.TrailAsync(PortalScene.Aoba), opened => opened.SessionId == entry.SessionId && opened.Action == AuditActions.TenantOpened);
    }

    [Fact]
    public async Task SignIn_Cookie_IsHttpOnlyLaxAndGoneWithTheBrowser()
    {
        using var visitor = new Visitor(scene);

        var signedIn = await SignInAsync(visitor, "owner");

        var cookie = signedIn.Headers["Set-Cookie"];
        Assert.Contains("portal=", cookie, StringComparison.Ordinal);
        Assert.Contains("; path=/; samesite=lax; httponly", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("expires=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/\t/evil.example")]
    [InlineData("/\n/evil.example")]
    [InlineData("javascript:alert(1)")]
    [InlineData("~//evil.example")]
    [InlineData("t/aoba")]
    [InlineData("")]
    public async Task Forms_ReturnAddressElsewhere_LeadToTheStart(string returnUrl)
    {
        using var visitor = new Visitor(scene);
        var form = await visitor.GetAsync(PortalUrls.SignIn(returnUrl));
        Assert.Equal(PortalUrls.Home(), (await visitor.PostAsync(PortalUrls.SignInAsDemo(), form, ("account", "owner"), ("returnUrl", returnUrl))).Location);

        form = await visitor.GetAsync(PortalUrls.Tenants());
        Assert.Equal(PortalUrls.Home(), (await visitor.PostAsync(PortalUrls.Language(), form, ("language", "en"), ("returnUrl", returnUrl))).Location);
        Assert.Equal(PortalUrls.Home(), (await visitor.PostAsync(PortalUrls.Theme(), form, ("theme", "dark"), ("returnUrl", returnUrl))).Location);
    }

    public static TheoryData<string, string, string> Posts => new()
    {
        { PortalUrls.SignInAsDemo(), "account", "owner" },
        { PortalUrls.Language(), "language", "ja" },
        { PortalUrls.Theme(), "theme", "dark" },
        { PortalUrls.SignOut(), "any", "thing" },
    };

    [Theory]
    [MemberData(nameof(Posts))]
    public async Task Post_WithoutItsToken_IsRefusedAndChangesNothing(string address, string field, string value)
    {
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var visitor = new Visitor(scene, person);
        using var other = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));
        var theirForm = await other.GetAsync(PortalUrls.Tenants());

        foreach (var form in (VisitedPage?[])[null, theirForm])
        {
            var answer = await visitor.PostAsync(address, form, (field, value));
            Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
            Assert.False(answer.Headers.ContainsKey("Set-Cookie"));
        }

        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Viewing)).Status);
    }

    [Theory]
    [InlineData("account", "nobody")]
    [InlineData("account", "OWNER")]
    [InlineData("account", "")]
    [InlineData("other", "owner")]
    public async Task SignIn_AccountThatIsNone_IsRefused(string field, string value)
    {
        using var visitor = new Visitor(scene);
        var form = await visitor.GetAsync(PortalUrls.SignIn());
        var answer = await visitor.PostAsync(PortalUrls.SignInAsDemo(), form, (field, value));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(Viewing)).Status);
    }

    [Fact]
    public async Task SignOut_EndsTheSessionForACopyOfTheCookieToo()
    {
        using var visitor = new Visitor(scene);
        await SignInAsync(visitor, "owner");
        using var thief = new Visitor(scene);
        thief.Cookies.Add(scene.Address, new CookieCollection { visitor.Cookies.GetCookies(scene.Address)["portal"]! });
        Assert.Equal(HttpStatusCode.OK, (await thief.GetAsync(Viewing)).Status);

        var left = await visitor.PostAsync(PortalUrls.SignOut(), await visitor.GetAsync(PortalUrls.Tenants()));

        Assert.Equal((HttpStatusCode.Redirect, PortalUrls.SignedOut()), (left.Status, left.Location));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(Viewing)).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await thief.GetAsync(Viewing)).Status);
        Assert.Equal("Haruto Sato", (await scene.TrailAsync()).Last(entry => entry.Action == AuditActions.SignedOut).ActorName);
    }

    [Fact]
    public async Task Session_Unused_EndsAfterTheIdleTime()
    {
        var options = new SessionOptions();
        using var visitor = new Visitor(scene, await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer));

        scene.Clock.Advance(options.IdleTimeout - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Viewing)).Status);
        scene.Clock.Advance(options.IdleTimeout - TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(Viewing)).Status);
        scene.Clock.Advance(options.IdleTimeout);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(Viewing)).Status);
    }

    [Fact]
    public async Task Session_HoweverMuchItIsUsed_EndsAfterTheAbsoluteTime()
    {
        var options = new SessionOptions();
        var person = await scene.MemberAsync(PortalScene.Aoba, TenantRole.Viewer);
        using var visitor = new Visitor(scene, person);
        var uses = (int)(options.AbsoluteTimeout / TimeSpan.FromHours(1)) - 1;

        for (var use = 0; use < uses; use++)
        {
            scene.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(PortalUrls.Tenants())).Status);
        }

        scene.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(await scene.Get<SignInSessions>().IsLiveAsync(person.SessionId, Watchdog.Token));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(PortalUrls.Tenants())).Status);
        Assert.Empty(await scene.Get<TenantAccess>().ListAsync(person, Watchdog.Token));
        Assert.Null(await scene.Get<TenantAccess>().OpenAsync(person, PortalScene.Aoba, Watchdog.Token));
    }

    [Fact]
    public async Task Language_Chosen_HoldsForThisBrowserAndTheNextSignIn()
    {
        using var visitor = new Visitor(scene);
        await SignInAsync(visitor, "billing");
        await visitor.PostAsync(PortalUrls.Language(), await visitor.GetAsync(PortalUrls.Tenants()), ("language", "ja"), ("returnUrl", Viewing));
        Assert.Contains("<html lang=\"ja\"", (await visitor.GetAsync(PortalUrls.Tenants())).Body, StringComparison.Ordinal);

        using var elsewhere = new Visitor(scene);
        await SignInAsync(elsewhere, "billing");
        Assert.Contains("<html lang=\"ja\"", (await elsewhere.GetAsync(PortalUrls.Tenants())).Body, StringComparison.Ordinal);

        var refused = await visitor.PostAsync(PortalUrls.Language(), await visitor.GetAsync(PortalUrls.Tenants()), ("language", "xx"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
    }

    private static async Task<VisitedPage> SignInAsync(Visitor visitor, string account) =>
        await visitor.PostAsync(PortalUrls.SignInAsDemo(), await visitor.GetAsync(PortalUrls.SignIn()), ("account", account));
}
