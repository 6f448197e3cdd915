using System.Net;
using System.Text.Json;
using Soracom.Portal.Security.OpenId.Tokens;

namespace Soracom.Portal.Security.OpenId.Metadata;

/// <summary>Loads the discovery document and the keys it points to, and believes neither further than it must.</summary>
internal sealed class ProviderMetadataReader(OpenIdOptions options)
{
    /// <exception cref="OpenIdSignInException">
    /// <see cref="SignInFailure.Unavailable"/>: not reachable. <see cref="SignInFailure.Issuer"/>: the document is another
    /// provider's. <see cref="SignInFailure.Protocol"/>: it lacks what the sign-in needs.
    /// </exception>
    public async Task<ProviderMetadata> ReadAsync(CancellationToken cancellationToken)
    {
        var json = await FetchAsync(options.DiscoveryAddress, "discovery document", cancellationToken);
        using var document = StrictJson.ParseObject(json, "The provider's discovery document");
        var metadata = document.RootElement;

        var issuer = ReadIssuer(metadata);
        var keys = await FetchAsync(RequiredEndpoint(metadata, "jwks_uri"), "key set", cancellationToken);
        return new ProviderMetadata
        {
            Issuer = issuer,
            AuthorizationEndpoint = RequiredEndpoint(metadata, "authorization_endpoint"),
            TokenEndpoint = RequiredEndpoint(metadata, "token_endpoint"),
            EndSessionEndpoint = Endpoint(metadata, "end_session_endpoint"),
            ClientAuthentication = ChooseAuthentication(metadata),
            NamesIssuerInResponse = metadata.Flag("authorization_response_iss_parameter_supported"),
            Keys = SigningKeySet.Parse(keys),
        };
    }

    private async Task<byte[]> FetchAsync(Uri address, string what, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        var (status, body) = await options.Backchannel.ExchangeAsync(request, what, cancellationToken);
        return status == HttpStatusCode.OK
            ? body
            : throw new OpenIdSignInException(SignInFailure.Unavailable, $"The provider answered {(int)status} for its {what}.");
    }

    private IssuerPolicy ReadIssuer(JsonElement metadata)
    {
        var issuer = metadata.RequiredText("issuer");
        IssuerPolicy? policy = options.Authority is { } authority ? ReadExactIssuer(issuer, authority) : ReadEntraIssuer(issuer);
        return policy ?? throw new OpenIdSignInException(
            SignInFailure.Issuer,
            $"The discovery document at {options.DiscoveryAddress} is that of the issuer {LogText.Clean(issuer)}, not of the configured one.");
    }

    // Only the last slash may differ: the document's address is the issuer's with a path added, where a slash too many is easily lost.
    private static ExactIssuer? ReadExactIssuer(string issuer, string authority) =>
        string.Equals(WithSlash(issuer), WithSlash(authority), StringComparison.Ordinal) ? new ExactIssuer(issuer) : null;

    private static string WithSlash(string address) => address.EndsWith('/') ? address : address + '/';

    private EntraIssuer? ReadEntraIssuer(string issuer)
    {
        var template = options.EntraIssuerTemplate;
        if (options.IsMultiTenant)
        {
            return string.Equals(issuer, template, StringComparison.Ordinal)
                ? new EntraIssuer(template, only: null, options.AllowedTenants)
                : null;
        }

        // Configured by a domain name, a tenant is known by its id from here on.
        var tenant = EntraIssuer.ReadTenant(template, issuer);
        var isConfigured = tenant is not null && (!Guid.TryParse(options.TenantId, out var configured) || configured == tenant);
        return isConfigured ? new EntraIssuer(template, tenant, options.AllowedTenants) : null;
    }

    private ClientAuthentication ChooseAuthentication(JsonElement metadata)
    {
        // The default is that of OpenID Connect Discovery 1.0, section 3.
        var methods = metadata.Texts("token_endpoint_auth_methods_supported") ?? ["client_secret_basic"];
        if (string.IsNullOrEmpty(options.ClientSecret))
        {
            return Supports("none") ? ClientAuthentication.None : throw new OpenIdSignInException(
                SignInFailure.Protocol, $"{options.SectionPath}:ClientSecret is missing, and the provider wants one.");
        }

        return Supports("client_secret_post") ? ClientAuthentication.Post
            : Supports("client_secret_basic") ? ClientAuthentication.Basic
            : throw new OpenIdSignInException(SignInFailure.Protocol, "The provider does not accept a client secret.");

        bool Supports(string method) => methods.Contains(method, StringComparer.Ordinal);
    }

    private Uri RequiredEndpoint(JsonElement metadata, string name) =>
        Endpoint(metadata, name) ?? throw new OpenIdSignInException(SignInFailure.Protocol, $"'{name}' is missing.");

    private Uri? Endpoint(JsonElement metadata, string name) => metadata.Text(name) switch
    {
        null or "" => null,
        var text when ProviderAddress.TryParse(text, options.RequireHttpsMetadata, out var address) => address,
        var text => throw new OpenIdSignInException(
            SignInFailure.Protocol, $"'{name}' is {LogText.Clean(text)}, which is no address that is safe to use."),
    };
}
