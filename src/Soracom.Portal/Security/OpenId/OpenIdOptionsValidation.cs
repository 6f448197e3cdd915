using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using Soracom.Portal.Security.OpenId.Metadata;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.OpenId;

/// <summary>Stops a start with settings that no sign-in could work with; every message names its key.</summary>
internal static class OpenIdOptionsValidation
{
    private const string NotUsable =
        "has to be an https address (http on this machine only with RequireHttpsMetadata=false), with no user name and no fragment";

    private static readonly TimeSpan LargestClockSkew = TimeSpan.FromMinutes(5);

    // Entra configured as an ordinary authority would know people by another key (see PersonKey) than with Instance and TenantId.
    private static readonly string[] EntraHosts =
        ["microsoftonline.com", "microsoftonline.us", "microsoftonline.cn", "chinacloudapi.cn", "windows.net"];

    /// <exception cref="OptionsValidationException">At least one setting is missing or wrong; the message lists all of them.</exception>
    public static void ThrowIfUnusable(OpenIdOptions options)
    {
        List<string> problems = [.. options.UnreadableSettings, .. Problems(options)];
        if (problems.Count > 0)
        {
            throw new OptionsValidationException(OpenIdDefaults.SchemeOf(options.Key), typeof(OpenIdOptions), problems);
        }
    }

    private static IEnumerable<string> Problems(OpenIdOptions options)
    {
        var section = options.SectionPath;
        if (string.IsNullOrWhiteSpace(options.ClientId))
        {
            yield return $"{section}:ClientId is missing: the id under which the portal is registered at the identity provider.";
        }

        if (options.Key.Length > 0 && options.DisplayName is null)
        {
            yield return $"{section}:DisplayName is missing: the name that people know the provider by, for its button.";
        }

        if (options.DisplayName is { } name && (string.IsNullOrWhiteSpace(name) || name.Length > OpenIdOptions.LongestDisplayName || name.Any(char.IsControl)))
        {
            yield return $"{section}:DisplayName has to have 1 to {OpenIdOptions.LongestDisplayName} characters.";
        }

        foreach (var problem in options.Authority is null ? EntraProblems(options, section) : AuthorityProblems(options, section))
        {
            yield return problem;
        }

        if (options.ClockSkew < TimeSpan.Zero || options.ClockSkew > LargestClockSkew)
        {
            yield return $"{section}:ClockSkew has to lie between 0 and {LargestClockSkew:c}.";
        }

        if (options.GroupClaim is { } claim && !GroupClaims.IsSensible(claim))
        {
            yield return $"{section}:GroupClaim has to be the name of a claim that lists groups, such as groups.";
        }

        if (!options.CallbackPath.HasValue)
        {
            yield return $"{section}:CallbackPath is empty.";
        }

        if (!options.SignedOutCallbackPath.HasValue || options.SignedOutCallbackPath == options.CallbackPath)
        {
            yield return $"{section}:SignedOutCallbackPath has to be a path, and another one than CallbackPath.";
        }
    }

    private static IEnumerable<string> AuthorityProblems(OpenIdOptions options, string section)
    {
        if (options.Instance is not null || options.TenantId is not null)
        {
            yield return $"{section}:Authority excludes {section}:Instance and {section}:TenantId: the first is for any provider, the others are for Microsoft Entra.";
        }

        if (!IsUsable(options.Authority, options, out var authority)
            || authority.Query.Length > 0
            || authority.AbsoluteUri.Length > PersonKey.MaximumIssuerLength)
        {
            yield return $"{section}:Authority {NotUsable}";
        }
        else if (EntraHosts.Any(host => ('.' + authority.Host).EndsWith('.' + host, StringComparison.Ordinal)))
        {
            yield return $"{section}:Authority is Microsoft Entra, which is configured with {section}:Instance and {section}:TenantId.";
        }

        if (options.AllowedTenantIds.Count > 0)
        {
            yield return $"{section}:AllowedTenantIds has no meaning with {section}:Authority: tenants are Microsoft Entra's.";
        }
    }

    private static IEnumerable<string> EntraProblems(OpenIdOptions options, string section)
    {
        if (options.Instance is null && options.TenantId is null)
        {
            yield return $"{section}:Instance and {section}:TenantId (Microsoft Entra) or {section}:Authority (any other provider) are missing.";
            yield break;
        }

        if (!IsUsable(options.Instance, options, out var instance) || instance.PathAndQuery is not "/")
        {
            yield return $"{section}:Instance {NotUsable} and no path, for instance https://login.microsoftonline.com/.";
        }

        if (string.IsNullOrEmpty(options.TenantId) || !options.TenantId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.'))
        {
            yield return $"{section}:TenantId has to be a tenant's id or domain name, or 'organizations' or 'common'.";
        }

        if (string.IsNullOrEmpty(options.ClientSecret))
        {
            yield return $"{section}:ClientSecret is missing: Microsoft Entra asks a web application for one.";
        }

        for (var i = 0; i < options.AllowedTenantIds.Count; i++)
        {
            if (!Guid.TryParseExact(options.AllowedTenantIds[i], "D", out _))
            {
                yield return $"{section}:AllowedTenantIds:{i} is not a tenant's id, which is a GUID.";
            }
        }
    }

    private static bool IsUsable(string? text, OpenIdOptions options, [NotNullWhen(true)] out Uri? address) =>
        ProviderAddress.TryParse(text, options.RequireHttpsMetadata, out address);
}
