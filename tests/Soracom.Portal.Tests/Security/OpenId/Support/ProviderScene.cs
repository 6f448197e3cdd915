using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Tests.Hosting;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>
/// The portal itself, started from settings as in production and serving over HTTPS, a scripted provider that it trusts, and a
/// person's browser.
/// </summary>
internal sealed class ProviderScene : IAsyncDisposable
{
    private readonly TestCertificate ownCertificate;
    private readonly X509Certificate2 shown;
    private readonly WebApplication host;

    private ProviderScene(TestCertificate certificate, TestDatabase database, ScriptedProvider provider, WebApplication portal, FakeTime clock, LogCapture log)
    {
        ownCertificate = certificate;
        host = portal;
        shown = certificate.PublicPart();
        Database = database;
        Provider = provider;
        Clock = clock;
        Log = log;
        Browser = new TestBrowser(clock, shown);
    }

    public TestDatabase Database { get; }

    public ScriptedProvider Provider { get; }

    public FakeTime Clock { get; }

    /// <summary>What the portal logs at the levels of its own settings.</summary>
    public LogCapture Log { get; }

    public TestBrowser Browser { get; }

    /// <summary>The portal's session, as the browser holds it.</summary>
    public IEnumerable<BrowserCookie> SessionCookies => Browser.Cookies.Where(cookie => cookie.Name.Contains("portal", StringComparison.Ordinal));

    public static async Task<ProviderScene> StartAsync(params string[] more)
    {
        var clock = new FakeTime();
        var log = new LogCapture();
        var certificate = new TestCertificate();
        var database = await TestDatabase.CreateAsync();
        var provider = await ScriptedProvider.StartAsync(clock);
        string[] settings =
        [
            "--urls=https://127.0.0.1:0",
            $"--Kestrel:Certificates:Default:Path={certificate.FilePath}",
            $"--Kestrel:Certificates:Default:Password={TestCertificate.Password}",
            $"--ConnectionStrings:Portal={database.ConnectionString}",
            $"--AzureAd:Authority={provider.Address}",
            $"--AzureAd:ClientId={ScriptedProvider.ClientId}",
            $"--AzureAd:ClientSecret={ScriptedProvider.ClientSecret}",
            "--AzureAd:RequireHttpsMetadata=false",
            .. PortalStart.KeyRing(certificate),
            .. more,
        ];
        var portal = await PortalStart.CreateAsync(Environments.Production, settings, builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<TimeProvider>(clock);
        });
        await PortalApplication.StartAsync(portal, Watchdog.Token);
        return new ProviderScene(certificate, database, provider, portal, clock, log);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await host.StopAsync();
        await host.DisposeAsync();
        await Provider.DisposeAsync();
        await Database.DisposeAsync();
        shown.Dispose();
        ownCertificate.Dispose();
    }

    public Uri Url(string path) => new(host.Urls.Single() + path);

    /// <summary>Signs in at the provider and follows wherever that leads.</summary>
    public Task<Page> SignInAsync(string returnUrl) => Browser.OpenAndFollowAsync(Url(PortalUrls.SignInAtProvider(returnUrl)));

    /// <summary>What the installation's audit trail says of signing in and out, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> TrailAsync()
    {
        await using var db = Database.Database.ForInstallation();
        return [.. db.AuditEntries.OrderBy(entry => entry.Id)];
    }
}
