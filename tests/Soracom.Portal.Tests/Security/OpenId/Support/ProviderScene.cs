using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security.OpenId;
using Soracom.Portal.Tests.Hosting;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>
/// The portal itself, started from settings as in production and serving over HTTPS, a scripted provider that it trusts, and a
/// person's browser.
/// </summary>
internal sealed class ProviderScene : IAsyncDisposable
{
    /// <summary>The key of the second provider.</summary>
    public const string SecondKey = "second";

    private readonly TestCertificate ownCertificate;
    private readonly X509Certificate2 shown;
    private readonly WebApplication host;
    private readonly ScriptedProvider? second;

    private ProviderScene(TestCertificate certificate, TestDatabase database, ScriptedProvider provider, ScriptedProvider? second, WebApplication portal, FakeTime clock, LogCapture log)
    {
        ownCertificate = certificate;
        host = portal;
        shown = certificate.PublicPart();
        Database = database;
        Provider = provider;
        this.second = second;
        Clock = clock;
        Log = log;
        Browser = new TestBrowser(clock, shown);
    }

    public TestDatabase Database { get; }

    public ScriptedProvider Provider { get; }

    /// <summary>The provider of <see cref="SecondKey"/>, where there are two side by side.</summary>
    public ScriptedProvider Second => second ?? throw new InvalidOperationException("There is one provider.");

    public FakeTime Clock { get; }

    /// <summary>What the portal logs at the levels of its own settings.</summary>
    public LogCapture Log { get; }

    public TestBrowser Browser { get; }

    /// <summary>The portal's session, as the browser holds it.</summary>
    public IEnumerable<BrowserCookie> SessionCookies => Browser.Cookies.Where(cookie => cookie.Name.Contains("portal", StringComparison.Ordinal));

    public static Task<ProviderScene> StartAsync(params string[] more) => StartAsync(isWithSecond: false, more);

    /// <summary>Two providers: one of section AzureAd, and one of a key. They sign with the same keys, so that those tell nothing apart.</summary>
    public static Task<ProviderScene> StartSideBySideAsync(params string[] more) => StartAsync(isWithSecond: true, more);

    private static async Task<ProviderScene> StartAsync(bool isWithSecond, string[] more)
    {
        var clock = new FakeTime();
        var beside = isWithSecond ? await ScriptedProvider.StartAsync(clock) : null;
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
            .. beside is null ? [] : SideBySide(beside),
            .. PortalStart.KeyRing(certificate),
            .. more,
        ];
        var portal = await PortalStart.CreateAsync(Environments.Production, settings, builder =>
        {
            builder.Logging.AddProvider(log);
            builder.Services.AddSingleton<TimeProvider>(clock);
        });
        await PortalApplication.StartAsync(portal, Watchdog.Token);
        return new ProviderScene(certificate, database, provider, beside, portal, clock, log);
    }

    public async ValueTask DisposeAsync()
    {
        Browser.Dispose();
        await host.StopAsync();
        await host.DisposeAsync();
        await Provider.DisposeAsync();
        await (second?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Database.DisposeAsync();
        shown.Dispose();
        ownCertificate.Dispose();
    }

    public Uri Url(string path) => new(host.Urls.Single() + path);

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Signs in at the provider and follows wherever that leads.</summary>
    public Task<Page> SignInAsync(string returnUrl, string provider = "") => Browser.OpenAndFollowAsync(Url(PortalUrls.SignInAtProvider(returnUrl, provider)));

    /// <summary>Signs in at a provider and comes back with the address of the answer, which is not opened yet.</summary>
    public Task<Uri> FetchAnswerAsync(string provider = "") => FetchAnswerAsync(Url(PortalUrls.SignInAtProvider(PortalUrls.Tenants(), provider)));

    /// <summary>The same, from any address that begins a sign-in.</summary>
    public async Task<Uri> FetchAnswerAsync(Uri begin) =>
        (await Browser.OpenAndFollowAsync(begin, next => next.AbsolutePath.StartsWith(OpenIdDefaults.CallbackPath, StringComparison.Ordinal))).Location!;

    private static string[] SideBySide(ScriptedProvider second) =>
    [
        "--AzureAd:DisplayName=First House",
        $"--SignIn:Providers:{SecondKey}:DisplayName=Second House",
        $"--SignIn:Providers:{SecondKey}:Authority={second.Address}",
        $"--SignIn:Providers:{SecondKey}:ClientId={ScriptedProvider.ClientId}",
        $"--SignIn:Providers:{SecondKey}:ClientSecret={ScriptedProvider.ClientSecret}",
        $"--SignIn:Providers:{SecondKey}:RequireHttpsMetadata=false",
    ];

    /// <summary>What the installation's audit trail says of signing in and out, oldest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> TrailAsync()
    {
        await using var db = Database.Database.ForInstallation();
        return [.. db.AuditEntries.OrderBy(entry => entry.Id)];
    }
}
