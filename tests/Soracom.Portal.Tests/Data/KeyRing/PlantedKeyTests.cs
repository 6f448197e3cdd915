using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Portal.Data.KeyRing;

namespace Soracom.Portal.Tests.Data.KeyRing;

/// <summary>Somebody can write to the table of the key ring, and has the certificate without its private key.</summary>
public sealed class PlantedKeyTests : IAsyncLifetime
{
    private readonly TestCertificate certificate = new();

    private TestDatabase database = null!;

    public async ValueTask InitializeAsync() => database = await TestDatabase.CreateAsync();

    public async ValueTask DisposeAsync()
    {
        certificate.Dispose();
        await database.DisposeAsync();
    }

    [Fact]
    public async Task PlainKey_IsNeverHandedOut()
    {
        await using (var unprotected = new VaultHost(database))
        {
            NewKey(unprotected);
            Assert.Single(unprotected.Store.GetAllElements());
        }

        await using var host = new VaultHost(database, certificate);

        Assert.Empty(host.Store.GetAllElements());
        Assert.Equal([KeyRingFault.PlainSecret], await FaultsAsync(host));
        NewKey(host);
        Assert.Single(host.Store.GetAllElements());
    }

    [Fact]
    public async Task PlainKey_WithASignatureOfTheCertificate_IsNotHandedOutEither()
    {
        await using var host = new VaultHost(database, certificate);

        host.Store.StoreElement(XElement.Parse("<key id='1'><descriptor><descriptor><masterKey>AAAA</masterKey></descriptor></descriptor></key>"), "plain");
        host.Store.StoreElement(XElement.Parse("<key id='2'><encryptedSecret xmlns='http://schemas.asp.net/2015/03/dataProtection'><masterKey>AAAA</masterKey></encryptedSecret></key>"), "disguised");

        Assert.Empty(host.Store.GetAllElements());
        Assert.Equal([KeyRingFault.PlainSecret, KeyRingFault.PlainSecret], await FaultsAsync(host));
    }

    [Fact]
    public async Task KeyEncryptedToTheCertificate_BySomebodyWithoutItsPrivateKey_IsNotHandedOut()
    {
        using var known = certificate.PublicPart();
        await using var host = new VaultHost(database, certificate);
        NewKey(host);
        var genuine = Assert.Single(host.Store.GetAllElements());
        var planted = new XElement(genuine);
        planted.Descendants().Single(element => element.Name.LocalName == "encryptedSecret").ReplaceNodes(
            new CertificateXmlEncryptor(known, NullLoggerFactory.Instance).Encrypt(new XElement("masterKey", "AAAA")).EncryptedElement);
        await using (var db = database.Database.ForInstallation())
        {
            var signature = (await db.KeyRing.SingleAsync(Watchdog.Token)).Signature;
            db.KeyRing.AddRange(Row(planted, signature: null), Row(planted, []), Row(planted, signature));
            await db.SaveChangesAsync(Watchdog.Token);
        }

        Assert.Equal(genuine.ToString(), Assert.Single(host.Store.GetAllElements()).ToString());
        Assert.Equal([KeyRingFault.NotSigned, KeyRingFault.NotSigned, KeyRingFault.NotSigned], await FaultsAsync(host));
    }

    [Theory]
    [InlineData("no XML")]
    [InlineData("<!DOCTYPE key [<!ENTITY a 'b'>]><key>&a;</key>")]
    [InlineData("<revocation version='1'><key id='*'/></revocation>")]
    public async Task WhateverElse_WithoutASignature_IsNotHandedOut(string xml)
    {
        await database.ExecuteAsync("INSERT INTO KeyRing (Name, Xml) VALUES ('planted', $xml)", ("$xml", xml));
        await using var host = new VaultHost(database, certificate);

        Assert.Empty(host.Store.GetAllElements());
        Assert.Equal([KeyRingFault.NotSigned], await FaultsAsync(host));
    }

    [Fact]
    public async Task KeyOfAnotherCertificate_CountsOnceThatIsNamedAsFormer()
    {
        using var renewed = new TestCertificate();
        await using (var before = new VaultHost(database, certificate))
        {
            NewKey(before);
        }

        await using var without = new VaultHost(database, renewed);
        await using var with = new VaultHost(database, renewed, former: certificate);

        Assert.Empty(without.Store.GetAllElements());
        Assert.Single(with.Store.GetAllElements());
        Assert.Empty(await FaultsAsync(with));
    }

    [Fact]
    public async Task Revocation_UnderAFormerCertificate_StillHolds()
    {
        using var renewed = new TestCertificate();
        byte[] sealedBefore;
        await using (var before = new VaultHost(database, certificate))
        {
            sealedBefore = before.Ring.CreateProtector("test").Protect([1, 2, 3]);
            before.Keys.RevokeAllKeys(DateTimeOffset.UtcNow, "lost");
        }

        await using var after = new VaultHost(database, renewed, former: certificate);

        Assert.Contains(after.Keys.GetAllKeys(), key => key.IsRevoked);
        Assert.Throws<System.Security.Cryptography.CryptographicException>(() => after.Ring.CreateProtector("test").Unprotect(sealedBefore));
    }

    [Fact]
    public async Task RowThatIsNotUsed_IsLoggedOnceAndWithoutItsContent()
    {
        await database.ExecuteAsync("INSERT INTO KeyRing (Name, Xml) VALUES ('planted name', '<key><masterKey>planted secret</masterKey></key>')");
        await using var host = new VaultHost(database, certificate);

        host.Store.GetAllElements();
        host.Store.GetAllElements();

        var line = Assert.Single(host.Log.Lines, line => line.Category == typeof(DatabaseKeyRing).FullName);
        Assert.Equal(LogLevel.Warning, line.Level);
        Assert.DoesNotContain("planted", host.Log.Everything, StringComparison.Ordinal);
    }

    private static void NewKey(VaultHost host) => host.Keys.CreateNewKey(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(90));

    private static KeyRingKey Row(XElement element, byte[]? signature) =>
        new() { Name = "planted", Xml = element.ToString(SaveOptions.DisableFormatting), Signature = signature };

    private static async Task<IEnumerable<KeyRingFault>> FaultsAsync(VaultHost host) => (await host.Store.FaultsAsync(Watchdog.Token)).Select(row => row.Fault);
}
