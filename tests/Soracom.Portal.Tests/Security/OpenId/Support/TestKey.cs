using System.Buffers.Text;
using System.Numerics;
using System.Security.Cryptography;

namespace Soracom.Portal.Tests.Security.OpenId.Support;

/// <summary>A key pair of a made-up provider. The shared ones are made once: an RSA key takes its time.</summary>
internal sealed class TestKey
{
    private static readonly Lazy<TestKey> SharedRsa = new(() => Rsa("rsa-1"));
    private static readonly Lazy<TestKey> SharedEc = new(() => Ec("ec-1"));
    private static readonly Lazy<TestKey> SharedForeignRsa = new(() => Rsa("rsa-1"));

    private readonly AsymmetricAlgorithm algorithm;

    private TestKey(string id, AsymmetricAlgorithm algorithm)
    {
        Id = id;
        this.algorithm = algorithm;
    }

    public static TestKey RsaKey => SharedRsa.Value;

    public static TestKey EcKey => SharedEc.Value;

    /// <summary>Another key that goes by the name of <see cref="RsaKey"/>.</summary>
    public static TestKey ForeignRsaKey => SharedForeignRsa.Value;

    public string Id { get; }

    public static TestKey Rsa(string id, int bits = 2048) => new(id, RSA.Create(bits));

    public static TestKey Ec(string id, ECCurve? curve = null) => new(id, ECDsa.Create(curve ?? ECCurve.NamedCurves.nistP256));

    public byte[] PublicKeyInfo => algorithm.ExportSubjectPublicKeyInfo();

    /// <summary>The public key as the provider publishes it (JWK); a test may change it.</summary>
    public Dictionary<string, object?> ToJwk()
    {
        var jwk = new Dictionary<string, object?>(StringComparer.Ordinal) { ["kid"] = Id, ["use"] = "sig" };
        if (algorithm is RSA rsa)
        {
            var parameters = rsa.ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "RSA";
            jwk["n"] = Base64Url.EncodeToString(parameters.Modulus);
            jwk["e"] = Base64Url.EncodeToString(parameters.Exponent);
        }
        else
        {
            var parameters = ((ECDsa)algorithm).ExportParameters(includePrivateParameters: false);
            jwk["kty"] = "EC";
            jwk["crv"] = parameters.Q.X!.Length == 32 ? "P-256" : "P-384";
            jwk["x"] = Base64Url.EncodeToString(parameters.Q.X);
            jwk["y"] = Base64Url.EncodeToString(parameters.Q.Y!);
        }

        return jwk;
    }

    public byte[] Sign(string name, byte[] data) => (algorithm, name) switch
    {
        (RSA rsa, "PS256") => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        (RSA rsa, _) => rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
        (ECDsa ecdsa, _) => ecdsa.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation),
        _ => throw new NotSupportedException(),
    };

    /// <summary>RSASSA-PSS (RFC 8017, section 9.1.1) with a salt of any length, which the framework does not offer.</summary>
    public byte[] SignPss(byte[] data, int saltLength)
    {
        var key = ((RSA)algorithm).ExportParameters(includePrivateParameters: true);
        var length = key.Modulus!.Length;
        var salt = RandomNumberGenerator.GetBytes(saltLength);
        var hash = SHA256.HashData([.. new byte[8], .. SHA256.HashData(data), .. salt]);

        byte[] block = [.. new byte[length - saltLength - hash.Length - 2], 1, .. salt];
        var mask = Enumerable.Range(0, length / hash.Length + 1)
            .SelectMany(i => SHA256.HashData([.. hash, 0, 0, 0, (byte)i]))
            .ToArray();
        for (var i = 0; i < block.Length; i++)
        {
            block[i] ^= mask[i];
        }

        block[0] &= 0x7F;
        var signature = BigInteger.ModPow(Number([.. block, .. hash, 0xBC]), Number(key.D!), Number(key.Modulus))
            .ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - signature.Length], .. signature];

        static BigInteger Number(byte[] bytes) => new(bytes, isUnsigned: true, isBigEndian: true);
    }

    public byte[] SignAsDer(byte[] data) =>
        ((ECDsa)algorithm).SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
}
