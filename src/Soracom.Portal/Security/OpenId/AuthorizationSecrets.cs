using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Soracom.Portal.Security.OpenId;

/// <summary>
/// What a sign-in remembers while the browser is at the provider: it travels in the protected state, which the correlation
/// cookie ties to the browser.
/// </summary>
/// <param name="Nonce">Sent with the request; the ID token has to carry it.</param>
/// <param name="CodeVerifier">PKCE (RFC 7636): only its hash is sent with the request.</param>
internal sealed record AuthorizationSecrets(string Nonce, string CodeVerifier)
{
    private const string NonceKey = "openid.nonce";

    public static AuthorizationSecrets Create() => new(Random(), Random());

    public string CodeChallenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(CodeVerifier)));

    public void Store(AuthenticationProperties properties)
    {
        properties.Items[NonceKey] = Nonce;
        properties.Items[OAuthConstants.CodeVerifierKey] = CodeVerifier;
    }

    /// <summary>Takes the values out of the properties, which go on to become the session's.</summary>
    public static bool TryTake(AuthenticationProperties properties, [NotNullWhen(true)] out AuthorizationSecrets? secrets)
    {
        secrets = properties.Items.Remove(NonceKey, out var nonce)
            && properties.Items.Remove(OAuthConstants.CodeVerifierKey, out var verifier)
            && nonce is not null
            && verifier is not null
            ? new AuthorizationSecrets(nonce, verifier)
            : null;
        return secrets is not null;
    }

    // Not the record's own, which would print the values.
    public override string ToString() => nameof(AuthorizationSecrets);

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
}
