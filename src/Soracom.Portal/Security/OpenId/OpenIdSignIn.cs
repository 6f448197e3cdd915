using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId.Metadata;

namespace Soracom.Portal.Security.OpenId;

internal static class OpenIdSignIn
{
    /// <summary>
    /// Adds the scheme <see cref="OpenIdDefaults.Scheme"/>: sign-in with OpenID Connect (code flow, PKCE) at the provider of the
    /// section, into the default sign-in scheme's session. Settings are checked at start.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">
    /// Microsoft Entra: <c>Instance</c>, <c>TenantId</c>, <c>ClientId</c>, <c>ClientSecret</c>, optionally <c>AllowedTenantIds</c>. Any other
    /// provider: <c>Authority</c>, <c>ClientId</c>, <c>ClientSecret</c> (may be absent for a client that the provider knows as public). Both:
    /// <c>CallbackPath</c>, <c>SignedOutCallbackPath</c>, <c>ClockSkew</c> (hh:mm:ss), <c>RequireHttpsMetadata</c>, <c>AcceptMissingAuthTime</c>, <c>GroupClaim</c>. No other key is read.
    /// </param>
    public static AuthenticationBuilder AddOpenIdSignIn(this AuthenticationBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdOptions>, Connect>());
        builder.Services.AddOptions<OpenIdOptions>(OpenIdDefaults.Scheme).ValidateOnStart();
        return builder.AddOAuth<OpenIdOptions, OpenIdHandler>(OpenIdDefaults.Scheme, "OpenID Connect", options => Read(section, options));
    }

    // Key by key: bound as a whole, the section could switch off what must stay on.
    private static void Read(IConfigurationSection section, OpenIdOptions options)
    {
        options.SectionPath = section.Path;
        options.Authority = section[nameof(options.Authority)];
        options.Instance = section[nameof(options.Instance)];
        options.TenantId = section[nameof(options.TenantId)];
        options.ClientId = section[nameof(options.ClientId)]!;
        options.ClientSecret = section[nameof(options.ClientSecret)]!;
        options.AllowedTenantIds = [.. section.GetSection(nameof(options.AllowedTenantIds)).GetChildren().Select(child => child.Value ?? string.Empty)];
        options.CallbackPath = ReadPath(nameof(options.CallbackPath), options.CallbackPath);
        options.SignedOutCallbackPath = ReadPath(nameof(options.SignedOutCallbackPath), options.SignedOutCallbackPath);

        options.GroupClaim = section[nameof(options.GroupClaim)];

        options.RequireHttpsMetadata = ReadSwitch(nameof(options.RequireHttpsMetadata), otherwise: true);
        options.AcceptMissingAuthTime = ReadSwitch(nameof(options.AcceptMissingAuthTime), otherwise: false);

        if (section[nameof(options.ClockSkew)] is { } clockSkew)
        {
            options.ClockSkew = TimeSpan.TryParseExact(clockSkew, "c", CultureInfo.InvariantCulture, out var skew)
                ? skew
                : Unreadable(nameof(options.ClockSkew), "not a time span of the form hh:mm:ss", otherwise: options.ClockSkew);
        }

        PathString ReadPath(string key, PathString otherwise) => section[key] switch
        {
            null => otherwise,
            ['/', ..] path => new PathString(path),
            _ => Unreadable(key, "not a path, which begins with '/'", otherwise),
        };

        bool ReadSwitch(string key, bool otherwise) =>
            section[key] is not { } text ? otherwise : bool.TryParse(text, out var on) ? on : Unreadable(key, "neither true nor false", otherwise);

        T Unreadable<T>(string key, string why, T otherwise)
        {
            options.UnreadableSettings.Add($"{section.Path}:{key} is {why}.");
            return otherwise;
        }
    }

    /// <summary>Runs before the framework's own completion of OAuth options, which then finds the connection made.</summary>
    private sealed class Connect(TimeProvider clock, ILogger<ProviderMetadataCache> logger) : IPostConfigureOptions<OpenIdOptions>
    {
        public void PostConfigure(string? name, OpenIdOptions options)
        {
            options.CorrelationCookie.SecurePolicy =
                options.RequireHttpsMetadata ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
            options.Backchannel ??= Backchannel.Create(options.BackchannelHttpHandler, options.BackchannelTimeout);
            options.Metadata ??= new ProviderMetadataCache(new ProviderMetadataReader(options).ReadAsync, clock, logger);
        }
    }
}
