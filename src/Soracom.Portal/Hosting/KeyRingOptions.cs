using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.KeyRing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Hosting;

/// <summary>What protects the key ring, and through it every stored secret. Configuration section <c>KeyRing</c>.</summary>
public sealed class KeyRingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "KeyRing";

    private const string CertificateKey = $"{Section}:{nameof(CertificatePath)}";

    private const string FormerCertificatesKey = $"{Section}:{nameof(PreviousCertificatePaths)}";

    /// <summary>
    /// File of the certificate with its private key, PKCS#12 with an RSA key, under which new keys of the ring are encrypted and
    /// by which they are signed. Needed outside Development.
    /// </summary>
    public string? CertificatePath { get; set; }

    /// <summary>The file's password, where it has one.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>
    /// The folder that holds the halves of tenants' data keys which lie outside the database; on a share where there are several instances. Beside
    /// the database's file unless it is set; needed with SQL Server.
    /// </summary>
    public string? SharesFolder { get; set; }

    /// <summary>
    /// How long the halves outside the database stay of keys that were replaced: so old a backup of the database can be that is to be read after it is
    /// restored. 1 to 365 days. Those of a tenant that is removed are deleted at once.
    /// </summary>
    public TimeSpan KeepRetiredShares { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Files of former certificates, which older keys of the ring are still encrypted under and signed by.</summary>
    public IList<string> PreviousCertificatePaths { get; } = [];

    internal static void Add(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment, string? databaseFile)
    {
        var options = Settings.Read(configuration, Section, new KeyRingOptions());
        if (string.IsNullOrWhiteSpace(options.SharesFolder))
        {
            options.SharesFolder = options.SharesFolder is null && databaseFile is not null ? Path.Combine(Path.GetDirectoryName(databaseFile)!, "keys") : throw new ConfigurationException(
                $"{Section}:{nameof(SharesFolder)} is missing: the folder for the halves of tenants' keys that lie outside the database, backed up apart from it, and on a share where there are several instances.");
        }

        var ring = services.AddDataProtection().SetApplicationName("Soracom.Portal");
        services.AddSingleton<DatabaseKeyRing>();
        if (options.KeepRetiredShares < TimeSpan.FromDays(1) || options.KeepRetiredShares > TimeSpan.FromDays(365))
        {
            throw new ConfigurationException($"{Section}:{nameof(KeepRetiredShares)} has to lie between 1 and 365 days.");
        }

        services.AddSingleton(options).AddSingleton<KeyShareFolder>();
        services.AddSingleton<IKeyShares>(provider => provider.GetRequiredService<KeyShareFolder>());
        services.AddSingleton<ITenantHoldings>(provider => provider.GetRequiredService<KeyShareFolder>());
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(provider =>
            new ConfigureOptions<KeyManagementOptions>(keys => keys.XmlRepository = provider.GetRequiredService<DatabaseKeyRing>()));
        if (options.CertificatePath is { Length: > 0 } path)
        {
            var certificate = Load(CertificateKey, path, options.CertificatePassword);
            X509Certificate2[] former =
                [.. options.PreviousCertificatePaths.Select((previous, index) => Load($"{FormerCertificatesKey}:{index}", previous, options.CertificatePassword))];
            ring.ProtectKeysWithCertificate(certificate);
            ring.UnprotectKeysWithAnyCertificate([certificate, .. former]);
            services.AddSingleton(new KeyRingSignatures(certificate, former));
        }
        else if (!environment.IsDevelopment())
        {
            throw new ConfigurationException(
                $"{CertificateKey} is missing. Outside Development the key ring must be protected by a certificate, because it opens every stored secret.");
        }
    }

    /// <summary>Refuses a ring with a key that the configured certificates don't protect.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when the ring is as it should be.</returns>
    /// <exception cref="ConfigurationException">The ring holds such a key; the message says which rows, and what to do.</exception>
    internal static async Task RequireProtectedAsync(DatabaseKeyRing ring, CancellationToken cancellationToken)
    {
        var complaints = (await ring.FaultsAsync(cancellationToken))
            .GroupBy(row => row.Fault, row => row.Id)
            .Select(rows => Complaint(rows.Key, string.Join(", ", rows)))
            .ToList();
        if (complaints.Count > 0)
        {
            throw new ConfigurationException(string.Join(Environment.NewLine, complaints));
        }
    }

    private static string Complaint(KeyRingFault fault, string rows) => fault switch
    {
        KeyRingFault.PlainSecret =>
            $"Table KeyRing holds keys that are not encrypted under the certificate of {CertificateKey} (Id {rows}). A portal without a certificate made them, "
            + "or somebody who can write to the database. Delete these rows; credentials that were sealed under them have to be stored again.",
        KeyRingFault.NotSigned =>
            $"Table KeyRing holds rows that are signed neither by the certificate of {CertificateKey} nor by one of {FormerCertificatesKey} (Id {rows}). "
            + "If a former certificate of yours signed them, name it there. Otherwise somebody who can write to the database made them: delete them.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, "No such fault."),
    };

    private static X509Certificate2 Load(string key, string path, string? password)
    {
        if (!File.Exists(path))
        {
            throw new ConfigurationException($"{key} names \"{path}\"; there is no such file, or the portal may not see it.");
        }

        try
        {
            var certificate = X509CertificateLoader.LoadPkcs12FromFile(path, password);
            using var privateKey = certificate.GetRSAPrivateKey();
            return privateKey is not null ? certificate : throw new ConfigurationException($"{key} names {path}, which holds no RSA private key.");
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{key} names {path}, which can't be read as a PKCS#12 certificate: {error.Message}", error);
        }
    }
}
