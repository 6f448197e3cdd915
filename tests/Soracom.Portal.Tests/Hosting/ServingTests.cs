using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>What a portal that is started for others serves.</summary>
public sealed partial class ServingTests : IDisposable
{
    private readonly TestCertificate certificate = new();
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });

    public void Dispose()
    {
        certificate.Dispose();
        browser.Dispose();
    }

    [Fact]
    public async Task Health_DatabaseFitsTheBuild_IsLiveAndReadyForAnybody()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await ProductionAsync(database);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal.Urls.Single() + "/health/live"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal.Urls.Single() + "/health/ready"));
    }

    [Theory]
    [InlineData("DELETE FROM __EFMigrationsHistory")]
    [InlineData("DROP TABLE __EFMigrationsHistory")]
    public async Task Health_SchemaIsOlder_IsLiveButNotReady(string sql)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await ProductionAsync(database);
        await database.ExecuteAsync(sql);

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(portal.Urls.Single() + "/health/live"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(portal.Urls.Single() + "/health/ready"));
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.1", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("a-page-elsewhere.example", HttpStatusCode.BadRequest)]
    public async Task Demo_WhichAsksForNoPassword_AnswersThisMachinesNamesOnly(string host, HttpStatusCode status)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync("Development", database, "--Demo:Sandbox=false");
        using var request = new HttpRequestMessage(HttpMethod.Get, portal.Urls.Single() + "/sign-in");
        request.Headers.Host = host;

        using var answer = await browser.SendAsync(request, Watchdog.Token);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/sign-in", HttpStatusCode.OK)]
    [InlineData("/signed-out", HttpStatusCode.OK)]
    [InlineData("/no/such/page", HttpStatusCode.Redirect)]
    [InlineData("/portfolio", HttpStatusCode.Redirect)]
    public async Task Pages_TellTheBrowserWhatTheyMayDo(string path, HttpStatusCode status)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await ProductionAsync(database);

        using var answer = await browser.GetAsync(new Uri(portal.Urls.Single() + path), Watchdog.Token);

        Assert.Equal(status, answer.StatusCode);
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"))
            .Split(';', StringSplitOptions.TrimEntries)
            .Select(directive => directive.Split(' ', 2))
            .ToDictionary(directive => directive[0], directive => directive[1], StringComparer.Ordinal);
        Assert.Equal("'self'", policy["default-src"]);
        Assert.Equal("'self'", policy["script-src"]);
        Assert.Equal("'self'", policy["base-uri"]);
        Assert.Equal("'none'", policy["object-src"]);
        Assert.Equal("'none'", policy["frame-ancestors"]);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/favicon.svg")]
    [InlineData("/_framework/blazor.web.js")]
    public async Task StaticFiles_TellTheBrowserTheSame(string path)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false");

        using var answer = await browser.GetAsync(new Uri(portal.Urls.Single() + path), Watchdog.Token);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("frame-ancestors 'none'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Pages_HoldNoScriptThatThePolicyWouldStop()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await ProductionAsync(database);

        var page = await browser.GetStringAsync(new Uri(portal.Urls.Single() + "/sign-in"), Watchdog.Token);

        Assert.Contains("<script src=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(" onclick=", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cookies_OutsideDevelopment_AreForHttpsOnly()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await ProductionAsync(database);
        await using var demo = await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false");

        Assert.All(await CookiesAsync(portal), cookie => Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase));
        // Where the demo is plain HTTP, a browser would not keep such a cookie.
        Assert.All(await CookiesAsync(demo), cookie => Assert.DoesNotContain("; secure", cookie, StringComparison.OrdinalIgnoreCase));

        async Task<IEnumerable<string>> CookiesAsync(Microsoft.AspNetCore.Builder.WebApplication at)
        {
            using var page = await browser.GetAsync(new Uri(at.Urls.Single() + PortalUrls.SignIn()), Watchdog.Token);
            var cookies = page.Headers.GetValues("Set-Cookie").ToList();
            Assert.Contains(cookies, cookie => cookie.StartsWith(".AspNetCore.Antiforgery", StringComparison.Ordinal));
            return cookies;
        }
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Forms_WithoutTheirToken_AreABadRequest_AndNoErrorInTheLog(string environment)
    {
        await using var database = await TestDatabase.CreateAsync();
        var log = new LogCapture();
        string[] settings = [$"--ConnectionStrings:Portal={database.ConnectionString}", "--Demo:Sandbox=false", .. environment == "Production" ? [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider] : Array.Empty<string>()];
        await using var portal = await PortalStart.CreateAsync(environment, settings, builder => builder.Logging.AddProvider(log));
        await PortalApplication.StartAsync(portal, Watchdog.Token);

        foreach (var address in (string[])[PortalUrls.SignOut(), PortalUrls.Theme(), PortalUrls.Language()])
        {
            using var form = new FormUrlEncodedContent([new("theme", "dark"), new("language", "ja")]);
            using var answer = await browser.PostAsync(new Uri(portal.Urls.Single() + address), form, Watchdog.Token);
            Assert.Equal((address, HttpStatusCode.BadRequest), (address, answer.StatusCode));

            using var bySomebody = new HttpRequestMessage(HttpMethod.Post, portal.Urls.Single() + address) { Content = new FormUrlEncodedContent([new("theme", "dark")]) };
            bySomebody.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
            using var led = await browser.SendAsync(bySomebody, Watchdog.Token);
            Assert.Equal((address, HttpStatusCode.SeeOther, PortalUrls.OldForm()), (address, led.StatusCode, led.Headers.Location?.OriginalString));
        }

        Assert.Empty(log.Lines.Where(line => line.Level is LogLevel.Error or LogLevel.Critical).Select(line => $"{line.Message} {line.Exception}"));
    }

    [Fact]
    public async Task Production_HasNoWayToSignInAsADemoAccount()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var portal = await ProductionAsync(database);
        await using var demo = await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false");

        Assert.Contains(PortalUrls.SignInAsDemo(), Routes(demo.Services));
        Assert.DoesNotContain(PortalUrls.SignInAsDemo(), Routes(portal.Services));
        Assert.DoesNotContain("Haruto Sato", await browser.GetStringAsync(new Uri(portal.Urls.Single() + "/sign-in"), Watchdog.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endpoints_EachSaysWhoMayAsk()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var demo = await PortalStart.StartAsync(Environments.Development, database, ["--Demo:Sandbox=false", .. PortalStart.Provider]);

        var silent = demo.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            // The framework's own, for circuits and, in Development, for files; the fallback policy asks for a sign-in.
            .Where(route => !route.TrimStart('/').StartsWith('_') && route != "{**path:file}");

        Assert.Empty(silent);
    }

    [Fact]
    public async Task SecondStart_KeepsWhatWasDoneInTheFirst()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false"))
        {
            await database.ExecuteAsync("UPDATE Tenants SET Name = 'Renamed' WHERE Slug = 'aoba'");
            await database.ExecuteAsync("DELETE FROM TenantMembers WHERE Role = 'Billing'");
        }

        var before = await CountsAsync(database);
        await using (await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false"))
        {
            Assert.Equal(before, await CountsAsync(database));
        }

        await using var db = database.Database.ForInstallation();
        Assert.Equal("Renamed", (await db.Tenants.SingleAsync(tenant => tenant.Slug == "aoba", Watchdog.Token)).Name);
    }

    [Fact]
    public async Task SignIn_AtOneHost_HoldsAtAnotherAndAfterARestart()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var second = await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false");
        await using (var first = await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false"))
        {
            Assert.Equal(HttpStatusCode.Redirect, await StatusAsync(first.Urls.Single() + PortalUrls.Tenants()));
            var page = await browser.GetStringAsync(new Uri(first.Urls.Single() + PortalUrls.SignIn()), Watchdog.Token);
            using var form = new FormUrlEncodedContent(
            [
                new("account", "owner"),
                new("__RequestVerificationToken", Token().Match(page).Groups["token"].Value),
            ]);
            using var signedIn = await browser.PostAsync(new Uri(first.Urls.Single() + PortalUrls.SignInAsDemo()), form, Watchdog.Token);
            Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(first.Urls.Single() + PortalUrls.Tenants()));
        }

        await using var restarted = await PortalStart.StartAsync(Environments.Development, database, "--Demo:Sandbox=false");

        // Cookies belong to a host name, whatever the port.
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(second.Urls.Single() + PortalUrls.Tenants()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(restarted.Urls.Single() + PortalUrls.Tenants()));
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();

    private Task<Microsoft.AspNetCore.Builder.WebApplication> ProductionAsync(TestDatabase database) =>
        PortalStart.StartAsync(Environments.Production, database, [.. PortalStart.KeyRing(certificate), .. PortalStart.Provider]);

    private async Task<HttpStatusCode> StatusAsync(string address)
    {
        using var answer = await browser.GetAsync(new Uri(address), Watchdog.Token);
        return answer.StatusCode;
    }

    private static IEnumerable<string> Routes(IServiceProvider services) =>
        services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(endpoint => endpoint.RoutePattern.RawText!);

    private static async Task<(int Tenants, int People, int Resellers, int Billing, int Members)> CountsAsync(TestDatabase database)
    {
        await using var db = database.Database.ForInstallation();
        var members = db.TenantMembers.IgnoreQueryFilters();
        return (
            await db.Tenants.CountAsync(Watchdog.Token),
            await db.People.CountAsync(Watchdog.Token),
            await db.Resellers.CountAsync(Watchdog.Token),
            await members.CountAsync(member => member.Role == TenantRole.Billing, Watchdog.Token),
            await members.CountAsync(Watchdog.Token));
    }
}
