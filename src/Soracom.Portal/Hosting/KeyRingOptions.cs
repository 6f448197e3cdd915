using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.KeyRing;

namespace Soracom.Portal.Hosting;

/// <summary>What protects the key ring, and through it every stored secret. Configuration section <c>KeyRing</c>.</summary>
public sealed class KeyRingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "KeyRing";

    /// <summary>
    /// File of the certificate with its private key, PKCS#12, under which new keys of the ring are encrypted. Needed
    /// outside Development.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>The file's password, where it has one.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>Files of former certificates, which older keys of the ring are still encrypted under.</summary>
    public IList<string> PreviousCertificatePaths { get; } = [];

    internal static void Add(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        var options = Settings.Read(configuration, Section, new KeyRingOptions());
        var ring = services.AddDataProtection().SetApplicationName("Soracom.Portal");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = ActivatorUtilities.CreateInstance<DatabaseKeyRing>(provider)));
        if (options.CertificatePath is { Length: > 0 } path)
        {
            var certificate = Load(nameof(CertificatePath), path, options.CertificatePassword);
            ring.ProtectKeysWithCertificate(certificate);
            ring.UnprotectKeysWithAnyCertificate(
                [certificate, .. options.PreviousCertificatePaths.Select(previous => Load(nameof(PreviousCertificatePaths), previous, options.CertificatePassword))]);
        }
        else if (!environment.IsDevelopment())
        {
            throw new ConfigurationException(
                $"{Section}:{nameof(CertificatePath)} is missing. Outside Development the key ring must be protected by a certificate, because it opens every stored secret.");
        }
    }

    private static X509Certificate2 Load(string key, string path, string? password)
    {
        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            return certificate.HasPrivateKey ? certificate : throw new ConfigurationException($"{Section}:{key} names {path}, which holds no private key.");
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{Section}:{key} names {path}, which can't be read as a PKCS#12 certificate: {error.Message}", error);
        }
    }
}
