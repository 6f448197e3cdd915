using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.KeyRing;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// As much of a portal as keeps secrets: database, key ring and vault, composed as the portal composes them. Several on
/// one database are several hosts.
/// </summary>
internal sealed class VaultHost : IAsyncDisposable
{
    private readonly ServiceProvider services;

    /// <param name="database">The database, which holds the key ring too.</param>
    /// <param name="certificate">Protects the ring, as outside Development; without one it is unprotected.</param>
    /// <param name="former">A certificate that protected it before.</param>
    public VaultHost(TestDatabase database, TestCertificate? certificate = null, TestCertificate? former = null)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(
            [
                new("KeyRing:CertificatePath", certificate?.FilePath),
                new("KeyRing:CertificatePassword", TestCertificate.Password),
                .. former is null ? Array.Empty<KeyValuePair<string, string?>>() : [new("KeyRing:PreviousCertificatePaths:0", former.FilePath)],
            ])
            .Build();
        Database = database.Open();
        var collection = new ServiceCollection().AddLogging(logging => logging.AddProvider(Log)).AddSingleton(Database).AddSingleton<TimeProvider>(new ManualTime()).AddSingleton<TenantVault>();
        KeyRingOptions.Add(collection, configuration, new TestEnvironment(certificate is null ? Environments.Development : Environments.Production), Database.FilePath());
        services = collection.BuildServiceProvider();
    }

    public PortalDatabase Database { get; }

    public TenantVault Vault => services.GetRequiredService<TenantVault>();

    /// <summary>The halves of keys that lie outside the database.</summary>
    public KeyShareFolder Shares => services.GetRequiredService<KeyShareFolder>();

    public LogCapture Log { get; } = new();

    /// <summary>The ring as it is stored.</summary>
    public DatabaseKeyRing Store => services.GetRequiredService<DatabaseKeyRing>();

    /// <summary>Makes and revokes keys.</summary>
    public IKeyManager Keys => services.GetRequiredService<IKeyManager>();

    public IDataProtectionProvider Ring => services.GetRequiredService<IDataProtectionProvider>();

    /// <summary>Stores a credential whose secret is a text.</summary>
    public async Task<Guid> StoreAsync(Guid tenantId, string secret, string coverage = "jp")
    {
        await using var db = Database.ForTenant(tenantId);
        var credential = new VendorCredential
        {
            TenantId = tenantId,
            Coverage = coverage,
            Kind = CredentialKind.AuthKey,
            OperatorId = "OP0000000001",
            Sealed = [],
            Version = 1,
            StoredBy = "Test",
            StoredAt = ManualTime.Start,
        };
        await Vault.SealAsync(db, credential, Encoding.UTF8.GetBytes(secret), TestContext.Current.CancellationToken);
        db.VendorCredentials.Add(credential);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        return credential.Id;
    }

    /// <summary>Opens a stored credential's secret.</summary>
    public async Task<string> OpenAsync(Guid tenantId, Guid credentialId)
    {
        await using var db = Database.ForTenant(tenantId);
        var credential = await db.VendorCredentials.FindAsync([credentialId], TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(await Vault.OpenAsync(db, credential!, TestContext.Current.CancellationToken));
    }

    /// <summary>The sealed form as it lies in the database.</summary>
    public async Task<byte[]> SealedAsync(Guid tenantId, Guid credentialId)
    {
        await using var db = Database.ForTenant(tenantId);
        return (await db.VendorCredentials.FindAsync([credentialId], TestContext.Current.CancellationToken))!.Sealed;
    }

    /// <summary>Rotates a tenant's data key.</summary>
    /// <returns>How many secrets were sealed anew.</returns>
    public async Task<int> RotateAsync(Guid tenantId)
    {
        await using var db = Database.ForTenant(tenantId);
        return await Vault.RotateAsync(db, tenantId, TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
