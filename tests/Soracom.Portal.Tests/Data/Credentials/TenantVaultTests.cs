using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;

namespace Soracom.Portal.Tests.Data.Credentials;

public sealed class TenantVaultTests : IAsyncLifetime
{
    private const string Secret = "secret-AbCdEf0123456789-the-plain-text";

    private TestDatabase database = null!;
    private VaultHost host = null!;
    private Guid aoba;
    private Guid nagisa;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        host = new VaultHost(database);
        aoba = await database.AddTenantAsync("aoba");
        nagisa = await database.AddTenantAsync("nagisa");
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData(Secret)]
    [InlineData("密 key with \0 inside")]
    public async Task OpenAsync_WhatWasSealed_IsTheSecret(string secret)
    {
        var credential = await host.StoreAsync(aoba, secret);

        Assert.Equal(secret, await host.OpenAsync(aoba, credential));
    }

    [Fact]
    public async Task SealAsync_SameSecretTwice_LooksDifferentEachTime()
    {
        var japan = await host.SealedAsync(aoba, await host.StoreAsync(aoba, Secret));
        var global = await host.SealedAsync(aoba, await host.StoreAsync(aoba, Secret, "g"));

        Assert.NotEqual(japan[5..17], global[5..17]);
        Assert.NotEqual(japan[33..], global[33..]);
    }

    /// <summary>One flipped bit in each part, what is missing, and what is too much.</summary>
    public static TheoryData<string, VaultFailure> Alterations => new()
    {
        { "format", VaultFailure.Damaged },
        { "key number", VaultFailure.KeyGone },
        { "nonce", VaultFailure.Damaged },
        { "tag", VaultFailure.Damaged },
        { "text", VaultFailure.Damaged },
        { "last byte of the text", VaultFailure.Damaged },
        { "cut", VaultFailure.Damaged },
        { "longer", VaultFailure.Damaged },
        { "header only", VaultFailure.Damaged },
        { "empty", VaultFailure.Damaged },
    };

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task OpenAsync_AlteredInThePart_IsRefused(string part, VaultFailure failure)
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var altered = await host.SealedAsync(aoba, credential);
        altered = part switch
        {
            "format" => Flip(altered, 0),
            "key number" => Flip(altered, 4),
            "nonce" => Flip(altered, 5),
            "tag" => Flip(altered, 17),
            "text" => Flip(altered, 33),
            "last byte of the text" => Flip(altered, altered.Length - 1),
            "cut" => altered[..^1],
            "longer" => [.. altered, 0],
            "header only" => altered[..5],
            "empty" => [],
            _ => throw new ArgumentOutOfRangeException(nameof(part), part, "No such part."),
        };
        await PutAsync(credential, altered);

        await RefusesAsync(aoba, credential, failure);
    }

    [Fact]
    public async Task OpenAsync_KeyNumberOfAnotherUsableKey_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var former = await host.SealedAsync(aoba, credential);
        await host.RotateAsync(aoba);
        former[4] = 2;
        await PutAsync(credential, former);

        await RefusesAsync(aoba, credential, VaultFailure.Damaged);
    }

    [Fact]
    public async Task OpenAsync_MovedToAnotherTenant_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        await host.StoreAsync(nagisa, "nagisa's own", "g");
        await database.ExecuteAsync("UPDATE VendorCredentials SET TenantId = $to WHERE Id = $id", ("$to", nagisa), ("$id", credential));

        await RefusesAsync(nagisa, credential, VaultFailure.Damaged);
    }

    [Fact]
    public async Task OpenAsync_MovedToAnotherTenantTogetherWithItsDataKey_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        await database.ExecuteAsync("UPDATE VendorCredentials SET TenantId = $to WHERE Id = $id", ("$to", nagisa), ("$id", credential));
        await database.ExecuteAsync("UPDATE TenantDataKeys SET TenantId = $to", ("$to", nagisa));

        await RefusesAsync(nagisa, credential, VaultFailure.KeyRing);
    }

    [Fact]
    public async Task OpenAsync_MovedToAnotherCredentialOfTheTenant_IsRefused()
    {
        var japan = await host.StoreAsync(aoba, Secret);
        var global = await host.StoreAsync(aoba, "another", "g");
        await PutAsync(global, await host.SealedAsync(aoba, japan));

        await RefusesAsync(aoba, global, VaultFailure.Damaged);
    }

    [Fact]
    public async Task OpenAsync_UnderAnotherVersion_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        await database.ExecuteAsync("UPDATE VendorCredentials SET Version = 2");

        await RefusesAsync(aoba, credential, VaultFailure.Damaged);
    }

    [Fact]
    public async Task OpenAsync_UnderARetiredKey_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var former = await host.SealedAsync(aoba, credential);
        await host.RotateAsync(aoba);
        await PutAsync(credential, former);

        await RefusesAsync(aoba, credential, VaultFailure.KeyGone);
    }

    [Fact]
    public async Task OpenAsync_DataKeyAltered_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        await database.ExecuteAsync("UPDATE TenantDataKeys SET Wrapped = $wrapped", ("$wrapped", new byte[64]));

        await RefusesAsync(aoba, credential, VaultFailure.KeyRing);
    }

    [Fact]
    public async Task RotateAsync_SealsThatTenantsSecretsAnewAndNoOthers()
    {
        var japan = await host.StoreAsync(aoba, Secret);
        var global = await host.StoreAsync(aoba, "another", "g");
        var other = await host.StoreAsync(nagisa, "nagisa's own");
        var before = (await host.SealedAsync(aoba, japan), await host.SealedAsync(nagisa, other));

        Assert.Equal(2, await host.RotateAsync(aoba));

        Assert.Equal((Secret, "another", "nagisa's own"), (await host.OpenAsync(aoba, japan), await host.OpenAsync(aoba, global), await host.OpenAsync(nagisa, other)));
        Assert.NotEqual(before.Item1, await host.SealedAsync(aoba, japan));
        Assert.Equal(before.Item2, await host.SealedAsync(nagisa, other));
        Assert.Equal([(1, false), (2, true)], await KeysAsync(aoba));
        Assert.Equal([(1, true)], await KeysAsync(nagisa));
    }

    [Fact]
    public async Task RotateAsync_OneSecretIsDamaged_ChangesNothing()
    {
        var japan = await host.StoreAsync(aoba, Secret);
        var global = await host.StoreAsync(aoba, "another", "g");
        await PutAsync(global, Flip(await host.SealedAsync(aoba, global), 33));

        await Assert.ThrowsAsync<VaultException>(() => host.RotateAsync(aoba));

        Assert.Equal(Secret, await host.OpenAsync(aoba, japan));
        Assert.Equal([(1, true)], await KeysAsync(aoba));
    }

    [Fact]
    public async Task RotateAsync_AnotherInstanceWasFaster_LeavesNoHalfThatNoRowNames()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var other = new PortalDatabase(new DbContextOptionsBuilder<PortalDbContext>(PortalDatabaseOptions.For(DatabaseProvider.Sqlite, database.ConnectionString))
            .AddInterceptors(new SaveHook(() => host.RotateAsync(aoba))).Options);
        await using var db = other.ForTenant(aoba);

        await Assert.ThrowsAnyAsync<DbUpdateException>(() => host.Vault.RotateAsync(db, aoba, None));

        Assert.Equal(Secret, await host.OpenAsync(aoba, credential));
        // The present key's, and that of the one that both replaced.
        Assert.Equal(2, Directory.GetFiles(Path.Combine(database.KeysFolder, aoba.ToString("N"))).Length);
        Assert.Equal([(1, false), (2, true)], await KeysAsync(aoba));
    }

    [Fact]
    public async Task DestroyAsync_MakesThatTenantsSecretsUnreadableAndNoOthers()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var other = await host.StoreAsync(nagisa, "nagisa's own");

        await using (var db = host.Database.ForTenant(aoba))
        {
            await host.Vault.DestroyAsync(db, aoba, None);
        }

        await RefusesAsync(aoba, credential, VaultFailure.KeyGone);
        Assert.Equal("nagisa's own", await host.OpenAsync(nagisa, other));
    }

    [Fact]
    public async Task TheDatabaseAlone_OpensNothing_AfterTheTenantsHalvesWereDeleted()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var other = await host.StoreAsync(nagisa, "nagisa's own");

        // As a backup of the database would bring it back: its half is there, and the key ring is.
        host.Shares.Delete(aoba);

        await RefusesAsync(aoba, credential, VaultFailure.KeyShareLost);
        Assert.Equal("nagisa's own", await host.OpenAsync(nagisa, other));
        Assert.Equal([(1, true)], await KeysAsync(aoba));
        host.Shares.Delete(aoba);
    }

    [Fact]
    public async Task TheFormerHalf_StaysForBackupsFromBeforeTheRotation_AndIsForgottenInTime()
    {
        await host.StoreAsync(aoba, Secret);
        var former = Assert.Single(Halves(aoba));
        await host.RotateAsync(aoba);
        Assert.Contains(former, Halves(aoba));

        await using (var db = host.Database.ForTenant(aoba))
        {
            Assert.Equal(0, await host.Vault.ForgetAsync(db, ManualTime.Start.AddDays(-1), None));
            Assert.Equal(1, await host.Vault.ForgetAsync(db, ManualTime.Start.AddDays(1), None));
            Assert.Equal(0, await host.Vault.ForgetAsync(db, ManualTime.Start.AddDays(1), None));
        }

        Assert.NotEqual(former, Assert.Single(Halves(aoba)));
    }

    [Fact]
    public async Task AHalfPassedOffForAKey_OrUnderAnotherId_IsRefused()
    {
        var credential = await host.StoreAsync(aoba, Secret);

        await database.ExecuteAsync("UPDATE TenantDataKeys SET ShareId = NULL");
        await RefusesAsync(aoba, credential, VaultFailure.KeyRing);
        await database.ExecuteAsync("UPDATE TenantDataKeys SET ShareId = $share", ("$share", Guid.NewGuid().ToString().ToUpperInvariant()));
        await RefusesAsync(aoba, credential, VaultFailure.KeyRing);
    }

    [Fact]
    public async Task AKeyFromBeforeThereWereHalves_IsOpened_AndHalvedByTheNextRotation()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var (number, whole) = (1, await WholeKeyAsync());
        var wrapped = host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", aoba.ToString("N"), number.ToString(System.Globalization.CultureInfo.InvariantCulture)).Protect(whole);
        await database.ExecuteAsync("UPDATE TenantDataKeys SET Wrapped = $wrapped, ShareId = NULL", ("$wrapped", wrapped));
        host.Shares.Delete(aoba);

        Assert.Equal(Secret, await host.OpenAsync(aoba, credential));

        await host.RotateAsync(aoba);
        Assert.Equal(Secret, await host.OpenAsync(aoba, credential));
        Assert.Single(Halves(aoba));

        async Task<byte[]> WholeKeyAsync()
        {
            await using var db = host.Database.ForTenant(aoba);
            var row = await db.TenantDataKeys.SingleAsync(None);
            var half = host.Ring.CreateProtector("Soracom.Portal.TenantDataKey", aoba.ToString("N"), "1", row.ShareId!.Value.ToString("N")).Unprotect(row.Wrapped!);
            var share = await File.ReadAllBytesAsync(Assert.Single(Halves(aoba)), None);
            Assert.NotEqual(half, share);
            return [.. half.Zip(share, (one, other) => (byte)(one ^ other))];
        }
    }

    [Fact]
    public async Task AHalfThatWasDamaged_OpensAndSealsNothing_AndAllIsThereOnceItIsRestored()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var half = Assert.Single(Halves(aoba));
        var kept = await File.ReadAllBytesAsync(half, None);
        await File.WriteAllBytesAsync(half, Flip([.. kept], 7), None);

        await RefusesAsync(aoba, credential, VaultFailure.KeyShareLost);
        var next = await host.StoreAsync(aoba, "next", "g");

        // Not under what the damaged half would give: another key was made.
        Assert.Equal(2, (await host.SealedAsync(aoba, next))[4]);
        Assert.Equal("next", await host.OpenAsync(aoba, next));
        await File.WriteAllBytesAsync(half, kept, None);
        Assert.Equal(Secret, await host.OpenAsync(aoba, credential));
        Assert.Equal("next", await host.OpenAsync(aoba, next));
    }

    [Fact]
    public async Task RotateAsync_LeavesWhatALostHalfKeepsShut_AndItsKey_ForTheHalfToComeBack()
    {
        var shut = await host.StoreAsync(aoba, Secret);
        var half = Assert.Single(Halves(aoba));
        File.Move(half, half + "-away");
        var open = await host.StoreAsync(aoba, "open", "g");

        Assert.Equal(1, await host.RotateAsync(aoba));

        Assert.Equal("open", await host.OpenAsync(aoba, open));
        await RefusesAsync(aoba, shut, VaultFailure.KeyShareLost);
        Assert.Equal([(1, true), (2, false), (3, true)], await KeysAsync(aoba));
        File.Move(half + "-away", half);
        Assert.Equal(Secret, await host.OpenAsync(aoba, shut));
    }

    [Fact]
    public async Task WhileTheStoreOfHalvesIsAway_NothingIsSealedOrOpened_AndNothingLost()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        var folder = database.KeysFolder;
        Directory.Move(folder, folder + "-away");

        await RefusesAsync(aoba, credential, VaultFailure.KeyShare);
        Assert.Equal(VaultFailure.KeyShare, (await Assert.ThrowsAsync<VaultException>(() => host.StoreAsync(nagisa, "first"))).Failure);
        Assert.Empty(await KeysAsync(nagisa));

        Directory.Move(folder + "-away", folder);
        Assert.Equal(Secret, await host.OpenAsync(aoba, credential));
    }

    [Fact]
    public async Task SealAsync_WhileTheTenantIsBeingRemoved_LeavesNoHalf()
    {
        await database.ExecuteAsync("UPDATE Tenants SET RemovingAt = $now WHERE Slug = 'aoba'", ("$now", ManualTime.Start.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fffffff", System.Globalization.CultureInfo.InvariantCulture)));

        Assert.Equal(VaultFailure.KeyGone, (await Assert.ThrowsAsync<VaultException>(() => host.StoreAsync(aoba, Secret))).Failure);

        Assert.Empty(Halves(aoba));
        Assert.Empty(await KeysAsync(aoba));
    }

    private string[] Halves(Guid tenant) => Directory.GetFiles(Path.Combine(database.KeysFolder, tenant.ToString("N")));

    [Fact]
    public async Task SealAsync_AfterDestruction_GoesOnUnderANewKey()
    {
        await host.StoreAsync(aoba, Secret);
        await using (var db = host.Database.ForTenant(aoba))
        {
            await host.Vault.DestroyAsync(db, aoba, None);
        }

        var credential = await host.StoreAsync(aoba, "a new one", "g");

        Assert.Equal("a new one", await host.OpenAsync(aoba, credential));
        Assert.Equal([(1, false), (2, true)], await KeysAsync(aoba));
    }

    [Fact]
    public async Task SealAsync_WhileTheKeyIsRotated_FailsToSaveInsteadOfLosingTheSecret()
    {
        var credential = await host.StoreAsync(aoba, Secret);
        await using var slow = host.Database.ForTenant(aoba);
        var row = await slow.VendorCredentials.SingleAsync(None);
        row.Version++;
        await host.Vault.SealAsync(slow, row, "replaced"u8.ToArray(), None);

        await host.RotateAsync(aoba);

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => slow.SaveChangesAsync(None));
        Assert.Equal(Secret, await host.OpenAsync(aoba, credential));
    }

    [Fact]
    public async Task RotateAsync_WhileASecretIsStored_FailsInsteadOfLosingIt()
    {
        await host.StoreAsync(aoba, Secret);
        await using var slow = host.Database.ForTenant(aoba);
        // What a rotation read before the other save; it reads no newer rows into the same context.
        await slow.TenantDataKeys.LoadAsync(None);
        var added = await host.StoreAsync(aoba, "another", "g");

        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => host.Vault.RotateAsync(slow, aoba, None));

        Assert.Equal("another", await host.OpenAsync(aoba, added));
    }

    private static byte[] Flip(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }

    private async Task PutAsync(Guid credentialId, byte[] bytes) =>
        Assert.Equal(1, await database.ExecuteAsync("UPDATE VendorCredentials SET Sealed = $bytes WHERE Id = $id", ("$bytes", bytes), ("$id", credentialId)));

    private async Task RefusesAsync(Guid tenantId, Guid credentialId, VaultFailure failure)
    {
        var error = await Assert.ThrowsAsync<VaultException>(() => host.OpenAsync(tenantId, credentialId));

        Assert.Equal(failure, error.Failure);
        Assert.DoesNotContain(Secret, error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(Secret)), error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<List<(int Number, bool Usable)>> KeysAsync(Guid tenantId)
    {
        await using var db = host.Database.ForTenant(tenantId);
        return await db.TenantDataKeys.OrderBy(key => key.Number).Select(key => ValueTuple.Create(key.Number, key.Wrapped != null)).ToListAsync(None);
    }
}
