using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.OpenId.Metadata;

/// <summary>What the provider says about itself (OpenID Connect Discovery 1.0), checked, with the keys it signs with.</summary>
internal sealed class ProviderMetadata
{
    public required IssuerPolicy Issuer { get; init; }

    public required Uri AuthorizationEndpoint { get; init; }

    public required Uri TokenEndpoint { get; init; }

    /// <summary>Where a session at the provider is ended; null when the provider has no such place.</summary>
    public required Uri? EndSessionEndpoint { get; init; }

    /// <summary>How the portal shows at the token endpoint that it is the registered application.</summary>
    public required ClientAuthentication ClientAuthentication { get; init; }

    /// <summary>Whether the provider promises to name itself in each authorization response (RFC 9207).</summary>
    public required bool NamesIssuerInResponse { get; init; }

    public required SigningKeySet Keys { get; init; }
}

/// <summary>Client authentication at the token endpoint (OpenID Connect Core 1.0, section 9).</summary>
internal enum ClientAuthentication
{
    /// <summary><c>client_secret_post</c>: the secret in the form.</summary>
    Post,

    /// <summary><c>client_secret_basic</c>: the secret in the Authorization header.</summary>
    Basic,

    /// <summary><c>none</c>: a public client, which PKCE alone protects.</summary>
    None,
}
