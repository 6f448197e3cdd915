using Soracom.Portal.Security.OpenId.Metadata;

namespace Soracom.Portal.Security.OpenId;

/// <summary>What the provider sent back through the browser (RFC 6749, section 4.1.2; RFC 9207). Nobody has vouched for it yet.</summary>
internal sealed class AuthorizationResponse
{
    private readonly string? code;
    private readonly string? issuer;
    private readonly string? error;
    private readonly string? errorDescription;

    /// <exception cref="OpenIdSignInException"><see cref="SignInFailure.Protocol"/>: a parameter stands there twice.</exception>
    public AuthorizationResponse(IQueryCollection query)
    {
        State = Single("state");
        code = Single("code");
        issuer = Single("iss");
        error = Single("error");
        errorDescription = Single("error_description");

        string? Single(string name) => query[name] switch
        {
            { Count: 0 } => null,
            { Count: 1 } values => values[0],
            _ => throw new OpenIdSignInException(SignInFailure.Protocol, $"The answer has the parameter '{name}' more than once."),
        };
    }

    public string? State { get; }

    /// <summary>The code, which is worth a token at the provider that <paramref name="metadata"/> describes, and at no other.</summary>
    /// <exception cref="OpenIdSignInException">The answer is another provider's, an error, or nothing.</exception>
    public string GetCode(ProviderMetadata metadata)
    {
        // Before anything else in the answer is believed, errors included (RFC 9207, section 2.4).
        if (issuer is null ? metadata.NamesIssuerInResponse : !metadata.Issuer.Allows(issuer))
        {
            throw new OpenIdSignInException(SignInFailure.Issuer, $"The answer comes from {LogText.Clean(issuer)}, which is not the configured provider.");
        }

        if (error is not null)
        {
            var failure = error is "access_denied" ? SignInFailure.Denied : SignInFailure.Provider;
            throw new OpenIdSignInException(
                failure, $"The provider answered the error {LogText.Clean(error, code)}: {LogText.Clean(errorDescription, code)}");
        }

        return string.IsNullOrEmpty(code)
            ? throw new OpenIdSignInException(SignInFailure.Protocol, "The answer holds neither a code nor an error.")
            : code;
    }

    /// <summary>An issuer that the answer named has to be the one that then issued the token.</summary>
    /// <exception cref="OpenIdSignInException"><see cref="SignInFailure.Issuer"/>.</exception>
    public void CheckIssuer(string tokenIssuer)
    {
        if (issuer is not null && !string.Equals(issuer, tokenIssuer, StringComparison.Ordinal))
        {
            throw new OpenIdSignInException(SignInFailure.Issuer, "The answer and the ID token come from different issuers.");
        }
    }
}
