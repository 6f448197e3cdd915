using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data.Credentials;

namespace Soracom.Portal.Tests.Data.KeyRing;

public sealed class DatabaseKeyRingTests : IAsyncLifetime
{
    private const string Secret = "secret-AbCdEf0123456789-the-plain-text";

    private readonly TestCertificate certificate = new();

    private TestDatabase database = null!;
    private Guid tenant;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        tenant = await database.AddTenantAsync("aoba");
    }

    public async ValueTask DisposeAsync()
    {
        certificate.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task TwoHosts_OneDatabaseAndCertificate_ReadEachOthersSecrets()
    {
        await using var first = new VaultHost(database, certificate);
        await using var second = new VaultHost(database, certificate);

        var ofFirst = await first.StoreAsync(tenant, "stored by the first");
        var ofSecond = await second.StoreAsync(tenant, "stored by the second", "g");

        Assert.Equal("stored by the first", await second.OpenAsync(tenant, ofFirst));
        Assert.Equal("stored by the second", await first.OpenAsync(tenant, ofSecond));
    }

    [Fact]
    public async Task AnotherHost_WithAnotherCertificate_CanOpenNothing()
    {
        using var foreign = new TestCertificate();
        await using var host = new VaultHost(database, certificate);
        var credential = await host.StoreAsync(tenant, Secret);
        await using var thief = new VaultHost(database, foreign);

        var error = await Assert.ThrowsAsync<VaultException>(() => thief.OpenAsync(tenant, credential));

        Assert.Equal(VaultFailure.KeyRing, error.Failure);
    }

    [Fact]
    public async Task NewCertificate_WithTheFormerOneNamed_OpensWhatWasSealedBefore()
    {
        using var renewed = new TestCertificate();
        Guid credential;
        await using (var before = new VaultHost(database, certificate))
        {
            credential = await before.StoreAsync(tenant, Secret);
        }

        await using var after = new VaultHost(database, renewed, former: certificate);

        Assert.Equal(Secret, await after.OpenAsync(tenant, credential));
    }

    [Fact]
    public async Task Ring_UnderACertificate_HoldsItsKeysEncryptedOnly()
    {
        await using var host = new VaultHost(database, certificate);
        await host.StoreAsync(tenant, Secret);

        var names = await ElementsOfTheRingAsync();

        Assert.Contains("EncryptedData", names);
        Assert.DoesNotContain("masterKey", names);
    }

    [Fact]
    public async Task Ring_WithoutACertificate_WouldHoldItsKeysPlainly()
    {
        // What the test above looks for is there to be found in Development.
        await using var host = new VaultHost(database);
        await host.StoreAsync(tenant, Secret);

        Assert.Contains("masterKey", await ElementsOfTheRingAsync());
    }

    [Fact]
    public async Task DatabaseFiles_AfterStoringAndRotating_HoldNoSecretInAnyForm()
    {
        await using var host = new VaultHost(database, certificate);
        await host.StoreAsync(tenant, Secret);
        await host.RotateAsync(tenant);
        var bytes = Encoding.UTF8.GetBytes(Secret);
        byte[][] forms =
        [
            bytes,
            Encoding.Unicode.GetBytes(Secret),
            Encoding.UTF8.GetBytes(Convert.ToHexString(bytes)),
            // Whole groups of three, so that the text form does not depend on what follows.
            Encoding.UTF8.GetBytes(Convert.ToBase64String(bytes.AsSpan(..^(bytes.Length % 3)))),
            Encoding.UTF8.GetBytes(Base64Url.EncodeToString(bytes.AsSpan(..^(bytes.Length % 3)))),
        ];

        var files = database.ReadFiles();

        // The same row's operator id is found, so a secret would be found as well.
        Assert.Contains(files.Values, file => file.AsSpan().IndexOf("OP0000000001"u8) >= 0);
        Assert.All(files, file => Assert.All(forms, form => Assert.Equal(-1, file.Value.AsSpan().IndexOf(form))));
    }

    [Fact]
    public async Task DataKey_OfOneTenant_UnwrapsForNoOtherPurpose()
    {
        await using var host = new VaultHost(database, certificate);
        await host.StoreAsync(tenant, Secret);
        await using var db = host.Database.ForTenant(tenant);
        var key = await db.TenantDataKeys.SingleAsync(TestContext.Current.CancellationToken);
        var (wrapped, share) = (key.Wrapped!, key.ShareId!.Value.ToString("N"));

        Assert.Throws<CryptographicException>(() => host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", Guid.NewGuid().ToString("N"), "1", share).Unprotect(wrapped));
        Assert.Throws<CryptographicException>(() => host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", tenant.ToString("N"), "2", share).Unprotect(wrapped));
        Assert.Throws<CryptographicException>(() => host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", tenant.ToString("N"), "1").Unprotect(wrapped));
        // Half of the key, and what the whole key is known by.
        Assert.Equal(64, host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", tenant.ToString("N"), "1", share).Unprotect(wrapped).Length);
    }

    private async Task<IReadOnlyList<string>> ElementsOfTheRingAsync()
    {
        await using var db = database.Database.ForInstallation();
        var xml = (await db.KeyRing.SingleAsync(TestContext.Current.CancellationToken)).Xml;
        return [.. XElement.Parse(xml).Descendants().Select(element => element.Name.LocalName)];
    }
}
