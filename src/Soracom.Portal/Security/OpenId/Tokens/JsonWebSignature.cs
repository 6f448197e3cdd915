using System.Text;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>
/// A signed token in compact form (RFC 7515), taken apart and not yet trusted: the header names the algorithm and the key, and
/// the payload cannot be had without verifying the signature.
/// </summary>
internal sealed class JsonWebSignature
{
    /// <summary>The longest token that is looked at, in characters.</summary>
    public const int MaximumLength = 64 * 1024;

    private const int LongestKeyId = 256;

    private readonly byte[] signed;
    private readonly byte[] payload;
    private readonly byte[] signature;

    private JsonWebSignature(SigningAlgorithm algorithm, string keyId, byte[] signed, byte[] payload, byte[] signature)
    {
        Algorithm = algorithm;
        KeyId = keyId;
        this.signed = signed;
        this.payload = payload;
        this.signature = signature;
    }

    public SigningAlgorithm Algorithm { get; }

    public string KeyId { get; }

    /// <exception cref="OpenIdSignInException">
    /// <see cref="SignInFailure.Protocol"/>: malformed, too long, or with extensions that must be understood.
    /// <see cref="SignInFailure.Signature"/>: an algorithm that is not accepted, or no key named.
    /// </exception>
    public static JsonWebSignature Parse(string token)
    {
        if (token.Length > MaximumLength)
        {
            throw new OpenIdSignInException(SignInFailure.Protocol, $"The ID token is longer than {MaximumLength} characters.");
        }

        var parts = token.Split('.');
        if (parts.Length != 3
            || !StrictBase64Url.TryDecode(parts[0], out var header)
            || !StrictBase64Url.TryDecode(parts[1], out var payload))
        {
            throw new OpenIdSignInException(SignInFailure.Protocol, "The ID token is not a JWS in compact form.");
        }

        var (algorithm, keyId) = ReadHeader(header);
        if (!StrictBase64Url.TryDecode(parts[2], out var signature))
        {
            throw new OpenIdSignInException(SignInFailure.Signature, "The ID token has no readable signature.");
        }

        var signingInput = Encoding.ASCII.GetBytes(token, 0, parts[0].Length + 1 + parts[1].Length);
        return new JsonWebSignature(algorithm, keyId, signingInput, payload, signature);
    }

    /// <summary>The payload, once the signature was found to be the key's.</summary>
    /// <exception cref="OpenIdSignInException"><see cref="SignInFailure.Signature"/>.</exception>
    public ReadOnlyMemory<byte> Verify(SigningKey key) => key.Verify(Algorithm, signed, signature)
        ? payload
        : throw new OpenIdSignInException(SignInFailure.Signature, "The ID token's signature is not that of the key it names.");

    private static (SigningAlgorithm Algorithm, string KeyId) ReadHeader(byte[] bytes)
    {
        using var document = StrictJson.ParseObject(bytes, "The ID token's header");
        var header = document.RootElement;

        // Keys that the token brings along or points to (jwk, jku, x5c, x5u) are not even read.
        if (header.TryGetProperty("crit", out _))
        {
            throw new OpenIdSignInException(SignInFailure.Protocol, "The ID token's header demands extensions.");
        }

        // Access tokens (at+jwt), logout tokens (logout+jwt) and others may be signed by the same keys.
        if (header.Text("typ") is { } type && !string.Equals(type, "JWT", StringComparison.OrdinalIgnoreCase))
        {
            throw new OpenIdSignInException(SignInFailure.Protocol, "The ID token's header says that it is another kind of token.");
        }

        var algorithm = header.RequiredText("alg");
        var accepted = SigningAlgorithms.FromName(algorithm) ?? throw new OpenIdSignInException(
            SignInFailure.Signature, $"The ID token is signed with an algorithm that is not accepted: {LogText.Clean(algorithm)}.");

        return header.Text("kid") is { Length: > 0 and <= LongestKeyId } keyId
            ? (accepted, keyId)
            : throw new OpenIdSignInException(SignInFailure.Signature, "The ID token does not name the key that signed it.");
    }
}
