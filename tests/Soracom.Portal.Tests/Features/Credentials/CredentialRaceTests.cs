using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Credentials;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Tests.Features.Credentials;

/// <summary>Two people, on two hosts, store credentials of one tenant at the same moment.</summary>
public sealed class CredentialRaceTests : IAsyncLifetime
{
    private readonly EphemeralDataProtectionProvider ring = new();
    private readonly KeySharesInMemory shares = new();

    private TestDatabase database = null!;
    private TestAccess access = null!;
    private TenantContext haruto = null!;
    private TenantContext yui = null!;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        access = new TestAccess(database);
        var tenant = await database.AddTenantAsync("aoba");
        haruto = await access.OpenAsync(tenant, "aoba", "Haruto", TenantRole.Owner);
        yui = await access.OpenAsync(tenant, "aoba", "Yui", TenantRole.Owner);
    }

    public async ValueTask DisposeAsync()
    {
        haruto.Dispose();
        yui.Dispose();
        await database.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_SomebodyElseStoresWhileTheVendorIsAsked_IsAConflictAndTheirsStays(bool replaced)
    {
        if (replaced)
        {
            await StoredAsync(Store(database.Database), haruto, SoracomCoverage.Japan, "former");
        }

        var slow = Store(database.Database, whileAsked: () => StoredAsync(Store(database.Database), yui, SoracomCoverage.Japan, "of Yui"));

        var result = await StoreAsync(slow, haruto, SoracomCoverage.Japan, "of Haruto");

        Assert.IsType<ConflictError>(result.Error);
        Assert.Equal(["of Yui"], await SecretsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_SomebodyElseSavesFirst_IsAConflictAndTheirsStays(bool replaced)
    {
        if (replaced)
        {
            await StoredAsync(Store(database.Database), haruto, SoracomCoverage.Japan, "former");
        }

        var hook = new TransactionHook(() => StoredAsync(Store(database.Database), yui, SoracomCoverage.Japan, "of Yui"));

        var result = await StoreAsync(Store(database.Open(hook)), haruto, SoracomCoverage.Japan, "of Haruto");

        Assert.IsType<ConflictError>(result.Error);
        Assert.Equal(["of Yui"], await SecretsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_SomebodyElseStoresForTheOtherCoverage_IsAConflictAndNothingIsUnreadable(bool withKey)
    {
        // Both seal with the same data key, or each makes the tenant's first one.
        if (withKey)
        {
            await StoredAsync(Store(database.Database), haruto, SoracomCoverage.Global, "former");
        }

        var hook = new TransactionHook(() => StoredAsync(Store(database.Database), yui, SoracomCoverage.Global, "of Yui"));

        var result = await StoreAsync(Store(database.Open(hook)), haruto, SoracomCoverage.Japan, "of Haruto");

        Assert.IsType<ConflictError>(result.Error);
        Assert.Equal(["of Yui"], await SecretsAsync());
        await StoredAsync(Store(database.Database), haruto, SoracomCoverage.Japan, "of Haruto");
        Assert.Equal(["of Haruto", "of Yui"], await SecretsAsync());
    }

    [Fact]
    public async Task Delete_SomebodyElseReplacedItMeanwhile_IsAConflictAndTheirsStays()
    {
        await StoredAsync(Store(database.Database), haruto, SoracomCoverage.Japan, "former");
        var credential = Assert.Single(await Store(database.Database).ListAsync(haruto, Watchdog.Token)).Id;
        var hook = new TransactionHook(() => StoredAsync(Store(database.Database), yui, SoracomCoverage.Japan, "of Yui"));

        var result = await Store(database.Open(hook)).DeleteAsync(haruto, credential, Watchdog.Token);

        Assert.IsType<ConflictError>(result.Error);
        Assert.Equal(["of Yui"], await SecretsAsync());
    }

    [Fact]
    public async Task RotateKey_SomebodyElseReplacesACredentialMeanwhile_IsAConflictAndTheirsIsReadable()
    {
        await StoredAsync(Store(database.Database), haruto, SoracomCoverage.Japan, "former");
        var hook = new TransactionHook(() => StoredAsync(Store(database.Database), yui, SoracomCoverage.Japan, "of Yui"));

        var result = await Store(database.Open(hook)).RotateKeyAsync(haruto, Watchdog.Token);

        Assert.IsType<ConflictError>(result.Error);
        Assert.Equal(["of Yui"], await SecretsAsync());
    }

    private static Task<Result<SoracomIdentity>> StoreAsync(CredentialStore store, TenantContext person, SoracomCoverage coverage, string secret) =>
        store.StoreAsync(person, coverage, new AuthKeyCredential("keyId-of-the-test", secret), otherOperator: false, Watchdog.Token);

    private static async Task StoredAsync(CredentialStore store, TenantContext person, SoracomCoverage coverage, string secret) =>
        Assert.Null((await StoreAsync(store, person, coverage, secret)).Error);

    private CredentialStore Store(PortalDatabase host, Func<Task>? whileAsked = null)
    {
        var vault = new TenantVault(ring, shares, access.Clock);
        return new CredentialStore(host, vault, new TenantSoracom(host, vault, new ScriptedVendor(whileAsked), new MemoryCache(new MemoryCacheOptions()), access.Clock), NobodyToTell.Of(host, access.Clock), new AuditTrail(host, access.Clock), access.Clock);
    }

    private async Task<List<string>> SecretsAsync()
    {
        await using var db = database.Database.ForTenant(haruto.TenantId);
        var secrets = new List<string>();
        foreach (var row in await db.VendorCredentials.AsNoTracking().ToListAsync(Watchdog.Token))
        {
            var json = await new TenantVault(ring, shares, access.Clock).OpenAsync(db, row, Watchdog.Token);
            secrets.Add(Assert.IsType<AuthKeyCredential>(StoredSecret.Read(row.Kind, json)).AuthKey);
        }

        secrets.Sort(StringComparer.Ordinal);
        return secrets;
    }
}
