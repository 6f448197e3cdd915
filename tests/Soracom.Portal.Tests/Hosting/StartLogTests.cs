using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>What a start leaves in the log.</summary>
public sealed class StartLogTests : IAsyncLifetime
{
    private readonly TestCertificate certificate = new();
    private readonly LogCapture log = new();

    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        certificate.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task Refused_AddressIsInUse_NamesItAndLogsNoStackTrace()
    {
        await using var first = await CreateAsync();
        await PortalApplication.StartAsync(first, Watchdog.Token);

        var message = await RefusedAsync($"--urls={first.Urls.Single()}");

        Assert.Contains(first.Urls.Single(), message, StringComparison.Ordinal);
        Assert.Contains("--urls", message, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Error || line.Exception is not null);
    }

    [Theory]
    // An address for documentation, which no machine has.
    [InlineData("--urls=http://192.0.2.1:8080", "192.0.2.1:8080")]
    [InlineData("--Session:IdleTimeout=00:00:01", "Session:IdleTimeout")]
    public async Task Refused_ForASetting_LogsNoStackTrace(string setting, string named)
    {
        var message = await RefusedAsync(setting);

        Assert.Contains(named, message, StringComparison.Ordinal);
        Assert.DoesNotContain(log.Lines, line => line.Level >= LogLevel.Error || line.Exception is not null);
    }

    [Fact]
    public async Task Serving_ABackgroundServiceFails_IsLoggedWithItsReason()
    {
        await using var portal = await CreateAsync(builder => builder.Services.AddHostedService<Failing>());
        var stopping = new TaskCompletionSource();
        portal.Lifetime.ApplicationStopping.Register(stopping.SetResult);

        await PortalApplication.StartAsync(portal, Watchdog.Token);
        await stopping.Task.WaitAsync(Watchdog.Token);

        Assert.Contains(log.Lines, line => line.Level == LogLevel.Critical && line.Exception?.Message == Failing.Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "--ForwardedHeaders_Enabled=true")]
    [InlineData(false, "--Proxy:KnownProxies:0=127.0.0.1")]
    [InlineData(false, "--urls=https://127.0.0.1:0")]
    [InlineData(false, "--environment=Development")]
    public async Task Serving_ByPlainHttp_WarnsUnlessAProxyEndsTls(bool warns, params string[] settings)
    {
        await using var portal = await CreateAsync(
            settings:
            [
                $"--Kestrel:Certificates:Default:Path={certificate.FilePath}",
                $"--Kestrel:Certificates:Default:Password={TestCertificate.Password}",
                .. settings,
            ]);

        await PortalApplication.StartAsync(portal, Watchdog.Token);

        Assert.Equal(warns, log.Lines.Any(line => line.Level == LogLevel.Warning && line.Message.Contains("by plain HTTP", StringComparison.Ordinal)));
        Assert.Equal(settings.Contains("--ForwardedHeaders_Enabled=true"), log.Lines.Any(line => line.Message.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED is not heeded", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(true, "--AllowedHosts=portal.example.test;*")]
    [InlineData(false, "--AllowedHosts=portal.example.test")]
    [InlineData(false, "--AllowedHosts=*", "--environment=Development")]
    public async Task Serving_AnyHostName_Warns(bool warns, params string[] settings)
    {
        await using var portal = await CreateAsync(settings: settings);

        await PortalApplication.StartAsync(portal, Watchdog.Token);

        Assert.Equal(warns, log.Lines.Any(line => line.Level == LogLevel.Warning && line.Message.Contains("AllowedHosts", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("AzureAd:AcceptMissingAuthTime", "--AzureAd:AcceptMissingAuthTime=true")]
    [InlineData("Session:FreshFor", "--Session:FreshFor=01:00:01")]
    [InlineData(null, "--Session:FreshFor=01:00:00")]
    [InlineData(null, "--Session:FreshFor=08:00:00", "--environment=Development")]
    public async Task Serving_SettingsThatLetSensitiveActsPass_AreNamedOnce(string? named, params string[] settings)
    {
        await using var portal = await CreateAsync(settings: settings);

        await PortalApplication.StartAsync(portal, Watchdog.Token);

        var warnings = log.Lines.Where(line => line.Level == LogLevel.Warning && (line.Message.Contains("AcceptMissingAuthTime", StringComparison.Ordinal) || line.Message.Contains("FreshFor", StringComparison.Ordinal))).ToList();
        Assert.Equal(named is null ? 0 : 1, warnings.Count);
        Assert.All(warnings, warning => Assert.Contains(named!, warning.Message, StringComparison.Ordinal));
    }

    private async Task<string> RefusedAsync(string setting)
    {
        await using var portal = await CreateAsync(settings: setting);
        return (await Assert.ThrowsAsync<ConfigurationException>(() => PortalApplication.StartAsync(portal, Watchdog.Token))).Message;
    }

    private Task<WebApplication> CreateAsync(Action<WebApplicationBuilder>? configure = null, params string[] settings) => PortalStart.CreateAsync(
        Environments.Production,
        [$"--ConnectionStrings:Portal={database.ConnectionString}", .. PortalStart.KeyRing(certificate), .. PortalStart.Provider, .. settings],
        builder =>
        {
            builder.Logging.AddProvider(log);
            configure?.Invoke(builder);
        });

    private sealed class Failing(IHostApplicationLifetime portal) : BackgroundService
    {
        public const string Reason = "The test's service fails.";

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var started = new TaskCompletionSource();
            portal.ApplicationStarted.Register(started.SetResult);
            await started.Task.WaitAsync(stoppingToken);
            throw new InvalidOperationException(Reason);
        }
    }
}
