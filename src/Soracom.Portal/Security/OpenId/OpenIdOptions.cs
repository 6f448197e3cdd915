using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.OAuth;
using Soracom.Portal.Security.OpenId.Metadata;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// The sign-in's settings, read from the configuration by <c>AddOpenIdSignIn</c>. Endpoints come from the
/// provider's discovery document: the ones inherited from <see cref="OAuthOptions"/> are not used. PKCE is always on.
/// </summary>
internal sealed class OpenIdOptions : OAuthOptions
{
    /// <summary>The longest <see cref="DisplayName"/>, in characters.</summary>
    public const int LongestDisplayName = 40;

    private static readonly string[] MultiTenantNames = ["organizations", "common"];

    public OpenIdOptions()
    {
        CallbackPath = OpenIdDefaults.CallbackPath;
        UsePkce = true;
        BackchannelTimeout = TimeSpan.FromSeconds(15);
        Scope.Add("openid");
        Scope.Add("profile");
        Scope.Add("email");

        // The answer is a top-level GET, which Lax lets the cookie travel with; None would send it with anybody's form, too.
        CorrelationCookie.SameSite = SameSiteMode.Lax;
        Events.OnRemoteFailure = SignInFailureRedirect.HandleAsync;
    }

    /// <summary>Names the provider among several, in settings and addresses; empty for the one of a section of its own.</summary>
    public string Key { get; set; } = string.Empty;

    /// <summary>What people call the provider, at most <see cref="LongestDisplayName"/> characters; null where it needs no name, being the only one.</summary>
    public string? DisplayName { get; set; }

    /// <summary>Where its button stands among several: the lower the higher up.</summary>
    public int Order { get; set; }

    /// <summary>Any provider but Microsoft Entra: its issuer, an https address.</summary>
    public string? Authority { get; set; }

    /// <summary>Microsoft Entra: the cloud, for instance <c>https://login.microsoftonline.com/</c>.</summary>
    public string? Instance { get; set; }

    /// <summary>
    /// Microsoft Entra: the tenant's id or one of its domain names; <c>organizations</c> (any tenant) or <c>common</c> (any
    /// tenant and personal accounts) for a multi-tenant registration.
    /// </summary>
    public string? TenantId { get; set; }

    /// <summary>Microsoft Entra: the ids of the tenants whose people may sign in; empty for all that Entra lets through.</summary>
    public IReadOnlyList<string> AllowedTenantIds { get; set; } = [];

    /// <summary>Where the provider sends the browser after it ended its session.</summary>
    public PathString SignedOutCallbackPath { get; set; } = OpenIdDefaults.SignedOutCallbackPath;

    /// <summary>The page that explains a <see cref="SignInFailure"/>, given as its query parameter <c>reason</c>.</summary>
    public PathString FailurePath { get; set; } = OpenIdDefaults.FailurePath;

    /// <summary>
    /// Off lets a provider on this machine (loopback) speak http, for development and tests; other addresses have to be https either way.
    /// </summary>
    public bool RequireHttpsMetadata { get; set; } = true;

    /// <summary>How far the provider's clock may differ from ours; 0 to 5 minutes.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// On takes it from a provider that does not say when it asked (no <c>auth_time</c> in the ID token) that it did ask when it was told to. Off,
    /// sensitive acts need a provider that says so.
    /// </summary>
    public bool AcceptMissingAuthTime { get; set; }

    /// <summary>The ID token's claim that names the groups a person is in; null where groups give nobody anything.</summary>
    public string? GroupClaim { get; set; }

    /// <summary>The configuration section's path, for messages.</summary>
    public string SectionPath { get; set; } = "AzureAd";

    /// <summary>Settings that could not even be read, each a message that names its key.</summary>
    public IList<string> UnreadableSettings { get; } = [];

    public IProviderMetadataSource Metadata { get; set; } = null!;

    public Uri DiscoveryAddress => new(
        (Authority?.TrimEnd('/') ?? $"{Instance!.TrimEnd('/')}/{TenantId}/v2.0") + "/.well-known/openid-configuration");

    /// <summary>
    /// What sessions remember the provider by: its key, and a digest of whom it speaks for. A key that comes to stand for another issuer
    /// is another provider; one that is written differently is not.
    /// </summary>
    public string Mark => $"{(Key.Length == 0 ? "AzureAd" : Key)}/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(SpeaksFor)).AsSpan(0, 16))}";

    public string EntraIssuerTemplate => $"{Instance!.TrimEnd('/')}/{EntraIssuer.Placeholder}/v2.0";

    public bool IsMultiTenant => MultiTenantNames.Contains(TenantId, StringComparer.OrdinalIgnoreCase);

    public IReadOnlySet<Guid> AllowedTenants => AllowedTenantIds.Select(Guid.Parse).ToHashSet();

    // As the examples write them, so that a provider that was written like that before keeps its mark, and its people their sessions.
    private string SpeaksFor => Authority is not null ? $"{Compared(Authority)}" : $"{Compared(Instance)}/ {(Guid.TryParse(TenantId, out var id) ? id.ToString("D") : TenantId?.ToLowerInvariant())}";

    private static string? Compared(string? text) => ProviderAddress.TryParse(text, requireHttps: false, out var address) ? ProviderAddress.Compared(address) : text;

    // In place of the inherited checks, which ask for endpoints and a secret.
    public override void Validate() => OpenIdOptionsValidation.ThrowIfUnusable(this);
}
