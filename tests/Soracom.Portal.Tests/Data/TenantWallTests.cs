using System.Data;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Soracom.Portal.Data;

namespace Soracom.Portal.Tests.Data;

/// <summary>The second wall between tenants, behind the query filter.</summary>
public sealed class TenantWallTests : IAsyncLifetime
{
    private TestDatabase database = null!;
    private Guid own;
    private Guid other;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        own = await database.AddTenantAsync("aoba");
        other = await database.AddTenantAsync("nagisa");
        foreach (var tenant in new[] { own, other })
        {
            await using var db = database.Database.ForTenant(tenant);
            db.TenantBrands.Add(new() { TenantId = tenant, Name = tenant == own ? "Own" : "Other" });
            await db.SaveChangesAsync(Watchdog.Token);
        }
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    [Fact]
    public async Task TenantsContext_LooksPastItsFilterNever()
    {
        await using var db = database.Database.ForTenant(own);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => db.TenantBrands.IgnoreQueryFilters([PortalDbContext.TenantFilter]).OrderBy(brand => brand.Name).ToListAsync(Watchdog.Token));

        Assert.Contains("looks past its filter", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => db.Tenants.Where(tenant => db.TenantBrands.IgnoreQueryFilters().Any(brand => brand.TenantId == tenant.Id)).ToListAsync(Watchdog.Token));
    }

    [Fact]
    public async Task Reachable_IsWhatTheWallLetsThrough()
    {
        await using var mine = database.Database.ForTenant(own);
        await using var beside = database.Database.ForTenantBesideOthers(own);
        await using var installation = database.Database.ForInstallation();

        Assert.Equal(["Own"], await NamesAsync(mine));
        Assert.Equal(["Other", "Own"], await NamesAsync(beside));
        Assert.Equal(["Other", "Own"], await NamesAsync(installation));
        // Beside others it still sees its own alone, unless it asks.
        Assert.Equal("Own", (await beside.TenantBrands.SingleAsync(Watchdog.Token)).Name);

        static async Task<List<string?>> NamesAsync(PortalDbContext db) => await db.Reachable<Soracom.Portal.Data.Tenants.TenantBrand>().OrderBy(brand => brand.Name).Select(brand => brand.Name).ToListAsync(Watchdog.Token);
    }

    [Fact]
    public async Task AConnectionThatIsNotThePortals_IsToldNothing_SoThatItSeesNoTenant()
    {
        // SQLite takes no such command: anything that is said would fail.
        await using var anothers = new DbContext(new DbContextOptionsBuilder().UseSqlite("Data Source=:memory:").AddInterceptors(TenantSession.Instance).Options);

        await anothers.Database.OpenConnectionAsync(Watchdog.Token);

        Assert.Equal(ConnectionState.Open, anothers.Database.GetDbConnection().State);
    }

    [Fact]
    public void SqlServer_IsToldAtEachConnectionWhoseItIs_AndCantBeToldOtherwise()
    {
        using var connection = new SqlConnection();
        using var tenants = TenantSession.CommandFor(connection, own);
        using var installations = TenantSession.CommandFor(connection, wall: null);

        Assert.Equal("EXEC sys.sp_set_session_context @key = N'portal.tenant', @value = @tenant, @read_only = 1", tenants.CommandText);
        Assert.Equal((DbType.Guid, (object)own), (tenants.Parameters[0].DbType, tenants.Parameters[0].Value!));
        Assert.Equal("EXEC sys.sp_set_session_context @key = N'portal.installation', @value = 1, @read_only = 1", installations.CommandText);
        Assert.Empty(installations.Parameters);
        var options = PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=never-opened");
        Assert.Contains(TenantSession.Instance, options.FindExtension<CoreOptionsExtension>()!.Interceptors!);
        using var db = new PortalDatabase(options).ForTenant(own);
        Assert.Equal(0, new SqlConnectionStringBuilder(db.Database.GetConnectionString()).ConnectRetryCount);
        Assert.Equal((own, null, null), (db.Wall, new PortalDatabase(options).ForTenantBesideOthers(own).Wall, new PortalDatabase(options).ForInstallation().Wall));
    }
}
