using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId.Metadata;

namespace Soracom.Portal.Security.OpenId;

internal static class OpenIdSignIn
{
    /// <summary>
    /// Adds a scheme (<see cref="OpenIdDefaults.SchemeOf"/>): sign-in with OpenID Connect (code flow, PKCE) at the provider of the
    /// section, into the default sign-in scheme's session. Each scheme has callbacks, state, correlation cookies, metadata and a connection
    /// of its own: what was made for one is worth nothing at another. Settings are checked at start.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="section">
    /// Microsoft Entra: <c>Instance</c>, <c>TenantId</c>, <c>ClientId</c>, <c>ClientSecret</c>, optionally <c>AllowedTenantIds</c>. Any other
    /// provider: <c>Authority</c>, <c>ClientId</c>, <c>ClientSecret</c> (may be absent for a client that the provider knows as public). Both:
    /// <c>CallbackPath</c>, <c>SignedOutCallbackPath</c>, <c>ClockSkew</c> (hh:mm:ss), <c>RequireHttpsMetadata</c>, <c>AcceptMissingAuthTime</c>,
    /// <c>GroupClaim</c>, <c>DisplayName</c>, <c>Order</c>. No other key is read.
    /// </param>
    /// <param name="key">Names the provider among several; empty for the one that has none.</param>
    public static AuthenticationBuilder AddOpenIdSignIn(this AuthenticationBuilder builder, IConfigurationSection section, string key = "")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<OpenIdOptions>, Connect>());
        var scheme = OpenIdDefaults.SchemeOf(key);
        builder.Services.AddOptions<OpenIdOptions>(scheme).ValidateOnStart();
        return builder.AddOAuth<OpenIdOptions, OpenIdHandler>(scheme, "OpenID Connect", options => Read(section, key, options));
    }

    /// <summary>What a section says of a provider, not yet checked and not connected to anything.</summary>
    /// <param name="section">The section.</param>
    /// <param name="key">Names the provider among several; empty for the one that has none.</param>
    public static OpenIdOptions Read(IConfigurationSection section, string key)
    {
        var options = new OpenIdOptions();
        Read(section, key, options);
        return options;
    }

    // Key by key: bound as a whole, the section could switch off what must stay on.
    private static void Read(IConfigurationSection section, string key, OpenIdOptions options)
    {
        if (key.Length > 0)
        {
            options.CallbackPath = $"{OpenIdDefaults.CallbackPath}/{key}";
            options.SignedOutCallbackPath = $"{OpenIdDefaults.SignedOutCallbackPath}/{key}";
            options.CorrelationCookie.Name = $".AspNetCore.Correlation.{key}.";
        }

        options.Key = key;
        options.DisplayName = section[nameof(options.DisplayName)];
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

        if (section[nameof(options.Order)] is { } order)
        {
            options.Order = int.TryParse(order, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var place) ? place : Unreadable(nameof(options.Order), "no whole number", otherwise: 0);
        }

        if (section[nameof(options.ClockSkew)] is { } clockSkew)
        {
            options.ClockSkew = TimeSpan.TryParseExact(clockSkew, "c", CultureInfo.InvariantCulture, out var skew)
                ? skew
                : Unreadable(nameof(options.ClockSkew), "not a time span of the form hh:mm:ss", otherwise: options.ClockSkew);
        }

        PathString ReadPath(string name, PathString otherwise) => section[name] switch
        {
            null => otherwise,
            ['/', ..] path => new PathString(path),
            _ => Unreadable(name, "not a path, which begins with '/'", otherwise),
        };

        bool ReadSwitch(string name, bool otherwise) =>
            section[name] is not { } text ? otherwise : bool.TryParse(text, out var on) ? on : Unreadable(name, "neither true nor false", otherwise);

        T Unreadable<T>(string name, string why, T otherwise)
        {
            options.UnreadableSettings.Add($"{section.Path}:{name} is {why}.");
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
            options.Metadata ??= new ProviderMetadataCache(options.SectionPath, new ProviderMetadataReader(options).ReadAsync, clock, logger);
        }
    }
}
