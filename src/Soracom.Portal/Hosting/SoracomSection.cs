using Microsoft.Extensions.Options;
using Soracom.Api;

namespace Soracom.Portal.Hosting;

/// <summary>The vendor's addresses. Configuration section <c>Soracom</c>, as <see cref="SoracomApiOptions"/> reads it.</summary>
internal static class SoracomSection
{
    public const string Name = "Soracom";

    /// <summary>Outside Development credentials go out over HTTPS only.</summary>
    public static void RequireSafeEndpoints(IServiceCollection services, IHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            return;
        }

        services.AddOptions<SoracomApiOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<SoracomApiOptions>>(new ValidateOptions<SoracomApiOptions>(
            Options.DefaultName,
            options => IsSafe(options.JapanEndpoint) && IsSafe(options.GlobalEndpoint),
            $"{Name}:{nameof(SoracomApiOptions.JapanEndpoint)} and {Name}:{nameof(SoracomApiOptions.GlobalEndpoint)} must begin with https:// outside Development."));
    }

    private static bool IsSafe(Uri endpoint) => endpoint is { IsAbsoluteUri: true } && endpoint.Scheme == Uri.UriSchemeHttps;
}
