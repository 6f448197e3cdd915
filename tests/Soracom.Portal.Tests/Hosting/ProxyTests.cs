using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>Whose word is taken for where a request came from.</summary>
public sealed class ProxyTests : IDisposable
{
    private const string Hsts = "Strict-Transport-Security";

    private readonly TestCertificate certificate = new();
    private readonly HttpClient browser = new(new HttpClientHandler { AllowAutoRedirect = false });

    public void Dispose()
    {
        certificate.Dispose();
        browser.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(false, "--ForwardedHeaders_Enabled=true")]
    [InlineData(false, "--Proxy:KnownProxies:0=10.1.0.4", "--Proxy:KnownNetworks:0=10.2.0.0/16")]
    [InlineData(true, "--Proxy:KnownProxies:0=127.0.0.1")]
    [InlineData(true, "--Proxy:KnownProxies:0=10.1.0.4", "--Proxy:KnownNetworks:0=127.0.0.0/8")]
    [InlineData(true, "--Proxy:KnownNetworks:0=AppService", "--WEBSITE_SITE_NAME=portal")]
    [InlineData(true, "--Proxy:KnownProxies:0=127.0.0.1", "--Https:IncludeSubdomains=false")]
    public async Task Headers_AreBelievedOfProxiesThatAreNamed_AndOfNobodyElse(bool believed, params string[] settings)
    {
        await using var database = await TestDatabase.CreateAsync();
        string[] all = [$"--ConnectionStrings:Portal={database.ConnectionString}", .. PortalStart.KeyRing(certificate), .. PortalStart.Provider, .. settings];
        await using var portal = await PortalStart.CreateAsync(Environments.Production, all, builder => builder.WebHost.UseStaticWebAssets());
        await PortalApplication.StartAsync(portal, Watchdog.Token);

        foreach (var path in (string[])["/sign-in", "/favicon.svg", "/no/such/page"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, portal.Urls.Single() + path);
            request.Headers.Host = "portal.example.test";
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add("X-Forwarded-Proto", "https");
            using var answer = await browser.SendAsync(request, Watchdog.Token);

            Assert.Equal(believed ? settings.Contains("--Https:IncludeSubdomains=false") ? "max-age=31536000" : "max-age=31536000; includeSubDomains" : null, answer.Headers.TryGetValues(Hsts, out var hsts) ? hsts.Single() : null);
        }
    }

    [Theory]
    [InlineData("Proxy:KnownProxies:0", "a-proxy.example")]
    [InlineData("Proxy:KnownProxies:0", "0.0.0.0")]
    [InlineData("Proxy:KnownProxies", "10.1.0.4")]
    [InlineData("Proxy:ForwardLimit", "0")]
    [InlineData("Proxy:ForwardLimit", "11")]
    [InlineData("Https:IncludeSubdomains", "perhaps")]
    [InlineData("Proxy:KnownNetworks:0", "10.1.0.4/8")]
    [InlineData("Proxy:KnownNetworks:0", "0.0.0.0/0")]
    [InlineData("Proxy:KnownNetworks:0", "AppService")]
    [InlineData("Proxy:KnownNetworks:0", "AppService", "--WEBSITE_SITE_NAME=portal", "--Proxy:KnownNetworks:1=10.1.0.0/24")]
    [InlineData("Limits:AnswersPerAddress", "0")]
    [InlineData("Limits:FormsPerAddress", "many")]
    public async Task Start_AKeyIsWrong_NamesIt(string key, string value, params string[] more)
    {
        await using var database = await TestDatabase.CreateAsync();

        var error = await Assert.ThrowsAsync<ConfigurationException>(() => PortalStart.CreateAsync(Environments.Development, database, ["--Demo:Sandbox=false", $"--{key}={value}", .. more]));

        Assert.Contains(key, error.Message, StringComparison.Ordinal);
    }
}
