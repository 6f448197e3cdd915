using System.Diagnostics;
using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Soracom.Api.Http;

namespace Soracom.Api;

/// <summary>Adds the client of the vendor's API to a host.</summary>
public static class SoracomApiServices
{
    /// <summary>The name of the activity source and of the meter.</summary>
    public const string TelemetryName = CallTelemetry.Name;

    /// <summary>
    /// Registers <see cref="ISoracomClientFactory"/>, a singleton. Takes the clock from <see cref="TimeProvider"/> if the host
    /// registers one.
    /// </summary>
    /// <returns>The builder of the one HTTP client, for a host that wants handlers of its own.</returns>
    public static IHttpClientBuilder AddSoracomApi(this IServiceCollection services, Action<SoracomApiOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<SoracomApiOptions>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SoracomApiOptions>, SoracomApiOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddMetrics();

        services.TryAddSingleton<ISoracomClientFactory, SoracomClientFactory>();
        services.TryAddSingleton<SoracomSessions>();
        services.TryAddSingleton<SignIn>();
        services.TryAddSingleton<RequesterFactory>();
        services.TryAddSingleton<WireJson>();
        services.TryAddSingleton<CallRunner>();
        services.TryAddSingleton<RetryPolicies>();
        services.TryAddSingleton<RateBudgets>();
        services.TryAddSingleton<HttpExchange>();
        services.TryAddSingleton<CallTelemetry>();
        return AddHttpClient(services);
    }

    private static IHttpClientBuilder AddHttpClient(IServiceCollection services) =>
        services.AddHttpClient(HttpExchange.ClientName, static client =>
            {
                // Time limits are the exchange's own, by the injected clock.
                client.Timeout = Timeout.InfiniteTimeSpan;
                client.DefaultRequestVersion = HttpVersion.Version20;
                client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
                client.DefaultRequestHeaders.Add("User-Agent", UserAgent);
            })
            .ConfigurePrimaryHttpMessageHandler(static provider => CreateHandler(provider.GetRequiredService<IOptions<SoracomApiOptions>>().Value))

            // The handler renews its connections itself, so that it can live as long as the host.
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)

            // They would log each request twice over, where the exchange logs what is wanted of it. A host that adds them back
            // gets no secret all the same.
            .RemoveAllLoggers()
            .RedactLoggedHeaders([SoracomHeaders.ApiKey, SoracomHeaders.Token]);

    private static SocketsHttpHandler CreateHandler(SoracomApiOptions options) => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        ConnectTimeout = options.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // Tenants share connections, and must share nothing else.
        UseCookies = false,

        // Trace ids stay in the house.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    private static string UserAgent { get; } = "soracom-portal/" + Version();

    private static string Version()
    {
        var version = typeof(SoracomApiServices).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
        return version.Split('+')[0];
    }
}
