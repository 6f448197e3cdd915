using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Soracom.Portal.Tests.Support;

/// <summary>A file with a certificate of the test's own, as <c>KeyRing:CertificatePath</c> names one.</summary>
internal sealed class TestCertificate : IDisposable
{
    public const string Password = "a password of the test";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("portal-certificate-");

    /// <param name="withPrivateKey">False leaves the private key out, which makes the certificate useless here.</param>
    public TestCertificate(bool withPrivateKey = true)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Portal key ring", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var publicPart = X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
        FilePath = Path.Combine(folder.FullName, "portal.pfx");
        File.WriteAllBytes(FilePath, (withPrivateKey ? certificate : publicPart).Export(X509ContentType.Pkcs12, Password));
    }

    public string FilePath { get; }

    /// <summary>The certificate as somebody has it who was not given the private key.</summary>
    public X509Certificate2 PublicPart()
    {
        using var certificate = X509CertificateLoader.LoadPkcs12FromFile(FilePath, Password);
        return X509CertificateLoader.LoadCertificate(certificate.Export(X509ContentType.Cert));
    }

    public void Dispose() => folder.Delete(recursive: true);
}
