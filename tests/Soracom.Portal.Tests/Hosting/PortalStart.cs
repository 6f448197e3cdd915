using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;

namespace Soracom.Portal.Tests.Hosting;

/// <summary>Starts portals as the program does, from settings alone.</summary>
internal static class PortalStart
{
    /// <summary>A provider that is never asked: its metadata is fetched at the first sign-in.</summary>
    public static readonly string[] Provider =
    [
        "--AzureAd:Authority=https://id.example.test/",
        "--AzureAd:ClientId=portal",
        "--AzureAd:ClientSecret=the provider's secret",
    ];

    /// <summary>The settings that protect the key ring.</summary>
    public static string[] KeyRing(TestCertificate certificate) =>
        [$"--KeyRing:CertificatePath={certificate.FilePath}", $"--KeyRing:CertificatePassword={TestCertificate.Password}"];

    /// <summary>Composes a portal.</summary>
    public static Task<WebApplication> CreateAsync(string environment, TestDatabase database, params string[] settings) =>
        CreateAsync(environment, [$"--ConnectionStrings:Portal={database.ConnectionString}", .. settings]);

    /// <summary>Composes a portal, from settings that say where its database is.</summary>
    public static Task<WebApplication> CreateAsync(string environment, string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        string[] args =
        [
            $"--environment={environment}",
            "--applicationName=Soracom.Portal",
            $"--contentRoot={AppContext.BaseDirectory}",
            "--urls=http://127.0.0.1:0",
            .. settings,
        ];
        return PortalApplication.CreateAsync(args, builder =>
        {
            builder.Logging.ClearProviders();
            configure?.Invoke(builder);
        });
    }

    /// <summary>Composes a portal and serves.</summary>
    public static async Task<WebApplication> StartAsync(string environment, TestDatabase database, params string[] settings)
    {
        var portal = await CreateAsync(environment, database, settings);
        try
        {
            await PortalApplication.StartAsync(portal, Watchdog.Token);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }
}
