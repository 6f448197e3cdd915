using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Soracom.Portal.Data.KeyRing;

/// <summary>
/// Signs what is stored in the key ring with the certificate's private key, and tells what was signed so. Encryption alone
/// would not do: whoever can write to the database can encrypt a key of their own to the certificate, whose public part is
/// no secret.
/// </summary>
/// <param name="current">The certificate that signs; with an RSA private key.</param>
/// <param name="former">Certificates whose signatures still count.</param>
public sealed class KeyRingSignatures(X509Certificate2 current, IReadOnlyList<X509Certificate2> former)
{
    // What the certificate signs elsewhere is no signature of the ring, and the other way round.
    private static readonly byte[] Label = "Soracom.Portal key ring 1\0"u8.ToArray();

    /// <summary>Signs an element.</summary>
    /// <param name="xml">The element as it is stored.</param>
    /// <returns>The signature: RSASSA-PSS over SHA-256.</returns>
    public byte[] Sign(string xml)
    {
        using var key = current.GetRSAPrivateKey() ?? throw new InvalidOperationException("The certificate of the key ring has no RSA private key.");
        return key.SignData(Signed(xml), HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    /// <summary>Whether the current or a former certificate signed this element.</summary>
    /// <param name="xml">The element as it is stored.</param>
    /// <param name="signature">Its signature; null when it has none.</param>
    /// <returns>True when one did.</returns>
    public bool IsSigned(string xml, byte[]? signature) =>
        signature is not null && former.Prepend(current).Any(certificate => IsSignedBy(certificate, Signed(xml), signature));

    private static bool IsSignedBy(X509Certificate2 certificate, byte[] signed, byte[] signature)
    {
        using var key = certificate.GetRSAPublicKey();
        return key is not null && key.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pss);
    }

    private static byte[] Signed(string xml) => [.. Label, .. Encoding.UTF8.GetBytes(xml)];
}
