using System.Security.Cryptography;
using System.Text.Json;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>
/// The provider's published keys (JWK Set, RFC 7517), reduced to those that can have signed an ID token: RSA of 2,048 to 8,192
/// bits and P-256, public, named by a <c>kid</c>, not meant for something else. Others are left out, as a set may hold keys
/// of kinds that are none of our business.
/// </summary>
internal sealed class SigningKeySet
{
    private const int SmallestRsaKey = 2048;
    private const int LargestRsaKey = 8192;
    private const int CoordinateLength = 32;

    private readonly List<SigningKey> keys;

    private SigningKeySet(List<SigningKey> keys) => this.keys = keys;

    /// <exception cref="OpenIdSignInException">The text is not a key set, or is one without any usable key.</exception>
    public static SigningKeySet Parse(ReadOnlyMemory<byte> json)
    {
        using var document = StrictJson.ParseObject(json, "The provider's key set");
        List<SigningKey> usable = [.. document.RootElement.RequiredArray("keys").Select(Read).OfType<SigningKey>()];
        return usable.Count > 0
            ? new SigningKeySet(usable)
            : throw new OpenIdSignInException(SignInFailure.Protocol, "The provider's key set holds no usable signature key.");
    }

    /// <summary>
    /// The key of that name that takes part in the algorithm; null when there is none. Two that both fit are none:
    /// guessing between keys is not for a validator.
    /// </summary>
    public SigningKey? Find(string id, SigningAlgorithm algorithm)
    {
        var fitting = keys.Where(key => string.Equals(key.Id, id, StringComparison.Ordinal) && key.Supports(algorithm)).Take(2).ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }

    private static SigningKey? Read(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object
            || jwk.Text("kid") is not { Length: > 0 } id
            || jwk.Text("use") is not (null or "sig")
            || jwk.Texts("key_ops") is { } operations && !operations.Contains("verify", StringComparer.Ordinal)
            // A private key that somebody published by mistake is anybody's key.
            || jwk.Member("d") is not null)
        {
            return null;
        }

        SigningAlgorithm? only = null;
        if (jwk.Text("alg") is { } name && (only = SigningAlgorithms.FromName(name)) is null)
        {
            return null;
        }

        return jwk.Text("kty") switch
        {
            "RSA" => ReadRsa(jwk, id, only),
            "EC" => ReadEc(jwk, id, only),
            _ => null,
        };
    }

    private static RsaSigningKey? ReadRsa(JsonElement jwk, string id, SigningAlgorithm? only)
    {
        if (!StrictBase64Url.TryDecode(jwk.Text("n"), out var modulus)
            || !StrictBase64Url.TryDecode(jwk.Text("e"), out var exponent)
            || !IsSound(exponent))
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = WithoutLeadingZeros(modulus), Exponent = WithoutLeadingZeros(exponent) };
        try
        {
            using var rsa = RSA.Create(parameters);
            return rsa.KeySize is >= SmallestRsaKey and <= LargestRsaKey
                ? new RsaSigningKey(id, only, jwk.Text("issuer"), parameters)
                : null;
        }
        catch (CryptographicException)
        {
            return null; // Not an RSA key at all.
        }
    }

    private static EcSigningKey? ReadEc(JsonElement jwk, string id, SigningAlgorithm? only)
    {
        if (jwk.Text("crv") is not "P-256"
            || !StrictBase64Url.TryDecode(jwk.Text("x"), out var x) || x.Length != CoordinateLength
            || !StrictBase64Url.TryDecode(jwk.Text("y"), out var y) || y.Length != CoordinateLength)
        {
            return null;
        }

        var parameters = new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };
        try
        {
            using var ecdsa = ECDsa.Create(parameters);
            return new EcSigningKey(id, only, jwk.Text("issuer"), parameters);
        }
        catch (CryptographicException)
        {
            return null; // The point is not on the curve.
        }
    }

    // Odd and at least 3 (with 1 the signature is the padded text itself, which anybody can write); more than four bytes only cost time.
    private static bool IsSound(byte[] exponent)
    {
        var significant = WithoutLeadingZeros(exponent);
        return significant.Length is >= 1 and <= 4
            && significant[^1] % 2 == 1
            && (significant.Length > 1 || significant[0] >= 3);
    }

    private static byte[] WithoutLeadingZeros(byte[] number) => number.AsSpan().TrimStart((byte)0).ToArray();
}
