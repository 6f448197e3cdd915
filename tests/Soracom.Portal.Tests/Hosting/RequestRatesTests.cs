using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Hosting;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>Who asks too often is told so, and when to try again.</summary>
public sealed class RequestRatesTests
{
    private const string Negotiate = "/_blazor/negotiate?negotiateVersion=1";

    [Theory]
    [InlineData("RequestsPerAddress", "/sign-in", false)]
    [InlineData("SignInsPerAddress", "/sign-in/demo", true)]
    [InlineData("JoinsPerAddress", "/join/a-code", false)]
    [InlineData("JoinsPerAddress", "/tenants/new", false)]
    [InlineData("FormsPerAddress", "/preferences/theme", true)]
    [InlineData("CircuitsPerAddress", Negotiate, true)]
    [InlineData("CircuitsPerAddress", "/_blazor", false)]
    [InlineData("CircuitsPerAddress", "/_blazor/?id=", false)]
    [InlineData("CircuitsPerAddress", "/_blazor/negotiate/?negotiateVersion=1", true)]
    [InlineData("RequestsPerAddress", "/_blazor?id=made-up", false)]
    [InlineData("CircuitsPerSession", Negotiate, true)]
    [InlineData("DownloadsPerSession", "/job-template.csv", false)]
    public async Task Ask_MoreThanTheLimit_IsRefusedUntilTheMinuteIsOver(string limit, string address, bool isPost)
    {
        await using var scene = await PortalScene.StartAsync("--Limits:On=true", $"--Limits:{limit}=2");
        using var visitor = new Visitor(scene);

        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await AskAsync()).Status);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await AskAsync()).Status);
        scene.Clock.Advance(TimeSpan.FromSeconds(20));
        var refused = await AskAsync();
        // What has to do with nothing of it goes on.
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(limit == "RequestsPerAddress" ? "/health/live" : "/sign-in")).Status);
        scene.Clock.Advance(TimeSpan.FromSeconds(40));
        var later = await AskAsync();

        Assert.Equal((HttpStatusCode.TooManyRequests, "40"), (refused.Status, refused.Headers["Retry-After"]));
        Assert.NotEqual(HttpStatusCode.TooManyRequests, later.Status);

        Task<VisitedPage> AskAsync() => isPost ? visitor.PostAsync(address, from: null) : visitor.GetAsync(address);
    }

    [Fact]
    public async Task Ask_TooOftenInOneSession_LeavesOthersAlone()
    {
        await using var scene = await PortalScene.StartAsync("--Limits:On=true", "--Limits:CircuitsPerSession=1", "--Limits:DownloadsPerSession=1");
        using var one = new Visitor(scene, await scene.SignInAsync());
        using var another = new Visitor(scene, await scene.SignInAsync());

        foreach (var (visitor, first) in ((Visitor, int)[])[(one, 200), (one, 429), (another, 200)])
        {
            Assert.Equal((first, first), ((int)(await visitor.PostAsync(Negotiate, from: null)).Status, (int)(await visitor.GetAsync("/job-template.csv")).Status));
        }
    }

    [Fact]
    public async Task Ask_BehindAProxyThatIsNamed_IsCountedByTheAddressThatItNames()
    {
        await using var scene = await PortalScene.StartAsync("--Limits:On=true", "--Limits:JoinsPerAddress=1", "--Proxy:KnownProxies:0=127.0.0.1");
        using var visitor = new Visitor(scene);

        Assert.NotEqual(429, await AskAsync("203.0.113.1"));
        Assert.Equal(429, await AskAsync("203.0.113.1"));
        // What the browser wrote itself stands before what the proxy wrote.
        Assert.Equal(429, await AskAsync("198.51.100.7, 203.0.113.1"));
        Assert.NotEqual(429, await AskAsync("203.0.113.2"));
        Assert.NotEqual(429, await AskAsync("2001:db8:1:2::1"));
        Assert.Equal(429, await AskAsync("2001:db8:1:2::2"));

        async Task<int> AskAsync(string from) => (int)(await visitor.GetAsync("/join/a-code", ("X-Forwarded-For", from))).Status;
    }

    [Fact]
    public async Task PagesOfOtherSites_UseUpNothing()
    {
        await using var scene = await PortalScene.StartAsync("--Limits:On=true", "--Limits:RequestsPerAddress=1");
        using var visitor = new Visitor(scene);

        Assert.Equal(403, (int)(await visitor.GetAsync("/sign-in", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors"), ("Sec-Fetch-Dest", "image"))).Status);
        Assert.Equal(200, (int)(await visitor.GetAsync("/sign-in")).Status);
        Assert.Equal(429, (int)(await visitor.GetAsync("/sign-in")).Status);
    }

    [Fact]
    public async Task Ask_ByAnotherNameThanOnesOwn_CountsAllTheSame_WhereNoProxyIsNamed()
    {
        await using var scene = await PortalScene.StartAsync("--Limits:On=true", "--Limits:JoinsPerAddress=1");
        using var visitor = new Visitor(scene);

        await visitor.GetAsync("/join/a-code", ("X-Forwarded-For", "203.0.113.1"));

        Assert.Equal(429, (int)(await visitor.GetAsync("/join/a-code", ("X-Forwarded-For", "203.0.113.2"))).Status);
    }

    [Fact]
    public async Task Answers_OfProviders_AreCounted()
    {
        using var certificate = new TestCertificate();
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider, "--Limits:AnswersPerAddress=1"]);
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

        using var first = await browser.GetAsync(new Uri(portal.Urls.Single() + "/signin-oidc?state=x&code=y"), Watchdog.Token);
        using var second = await browser.GetAsync(new Uri(portal.Urls.Single() + "/signin-oidc?state=x&code=y"), Watchdog.Token);

        Assert.NotEqual(HttpStatusCode.TooManyRequests, first.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
    }

    [Theory]
    [InlineData("en", "Too many requests", "Wait 60 seconds")]
    [InlineData("ja", "アクセスが集中しています", "60 秒待って")]
    public async Task Refusal_IsReadable(string language, string title, string what)
    {
        await using var scene = await PortalScene.StartAsync("--Limits:On=true", "--Limits:RequestsPerAddress=1");
        using var visitor = new Visitor(scene);
        await visitor.GetAsync("/sign-in");

        var page = await visitor.GetAsync("/sign-in", ("Accept", "text/html"), ("Accept-Language", language));
        var file = await visitor.GetAsync("/sign-in", ("Accept-Language", language));

        Assert.Equal(("text/html; charset=utf-8", "text/plain; charset=utf-8"), (page.Headers["Content-Type"], file.Headers["Content-Type"]));
        Assert.All([page, file], answer => Assert.All([title, what], words => Assert.Contains(words, WebUtility.HtmlDecode(answer.Body), StringComparison.Ordinal)));
        Assert.Equal("nosniff", page.Headers["X-Content-Type-Options"]);
    }

    [Fact]
    public void Window_IsForgottenOnceItIsOver()
    {
        var clock = new FakeTime();
        using var window = new ClockedWindow(1, TimeSpan.FromMinutes(1), clock);

        using var first = window.AttemptAcquire();
        using var second = window.AttemptAcquire();
        var idleAtFirst = window.IdleDuration;
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal((true, false), (first.IsAcquired, second.IsAcquired));
        Assert.True(second.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        Assert.Equal((TimeSpan.FromMinutes(1), null, TimeSpan.FromSeconds(1)), (wait, idleAtFirst, window.IdleDuration));
    }

    [Fact]
    public async Task Readiness_IsAskedOfTheDatabaseEveryFewSecondsOnly()
    {
        await using var scene = await PortalScene.StartAsync();
        using var probe = new Visitor(scene);

        Assert.Equal(HttpStatusCode.OK, (await probe.GetAsync("/health/ready")).Status);
        await scene.TestDatabase.ExecuteAsync("DELETE FROM __EFMigrationsHistory");
        var remembered = (await probe.GetAsync("/health/ready")).Status;
        scene.Clock.Advance(DatabaseHealth.HoldsFor);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable), (remembered, (await probe.GetAsync("/health/ready")).Status));
    }
}
