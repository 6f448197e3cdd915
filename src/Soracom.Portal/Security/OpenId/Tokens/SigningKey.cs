using System.Security.Cryptography;

namespace Soracom.Portal.Security.OpenId.Tokens;

/// <summary>
/// A public key of the provider that may have signed an ID token. The key decides which algorithms it takes part in, not the
/// token. Immutable and safe to share.
/// </summary>
/// <param name="id">The key's <c>kid</c>.</param>
/// <param name="only">The one algorithm that the provider published the key for; null when it named none.</param>
/// <param name="issuer">
/// The issuer that the key signs for, where the provider says so: Entra's shared key sets do, with <c>{tenantid}</c>
/// in place of the tenant for keys that sign for all of them.
/// </param>
internal abstract class SigningKey(string id, SigningAlgorithm? only, string? issuer)
{
    public string Id { get; } = id;

    public string? Issuer { get; } = issuer;

    public bool Supports(SigningAlgorithm algorithm) => (only is null || only == algorithm) && Fits(algorithm);

    public bool Verify(SigningAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        Supports(algorithm) && VerifyWith(algorithm, data, signature);

    protected abstract bool Fits(SigningAlgorithm algorithm);

    protected abstract bool VerifyWith(SigningAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature);
}

/// <summary>An RSA key, for RS256 and PS256.</summary>
internal sealed class RsaSigningKey(string id, SigningAlgorithm? only, string? issuer, RSAParameters parameters)
    : SigningKey(id, only, issuer)
{
    protected override bool Fits(SigningAlgorithm algorithm) => algorithm is SigningAlgorithm.Rs256 or SigningAlgorithm.Ps256;

    protected override bool VerifyWith(SigningAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var rsa = RSA.Create(parameters);
        var padding = algorithm == SigningAlgorithm.Ps256 ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, padding);
    }
}

/// <summary>A key on the curve P-256, for ES256.</summary>
internal sealed class EcSigningKey(string id, SigningAlgorithm? only, string? issuer, ECParameters parameters)
    : SigningKey(id, only, issuer)
{
    protected override bool Fits(SigningAlgorithm algorithm) => algorithm is SigningAlgorithm.Es256;

    protected override bool VerifyWith(SigningAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var ecdsa = ECDsa.Create(parameters);

        // r and s, 32 bytes each: to the framework, any other length is no signature in this form, ASN.1 included.
        return ecdsa.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }
}
