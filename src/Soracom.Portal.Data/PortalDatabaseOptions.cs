using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data;

/// <summary>The databases that the portal runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>SQLite: a file beside the portal, no set-up.</summary>
    Sqlite,

    /// <summary>SQL Server or Azure SQL.</summary>
    SqlServer,
}

/// <summary>Turns a provider and a connection string into the context's options.</summary>
public static class PortalDatabaseOptions
{
    /// <summary>Options for a provider, with the migrations that belong to it.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="connectionString">The provider's connection string.</param>
    /// <returns>The options.</returns>
    public static DbContextOptions<PortalDbContext> For(DatabaseProvider provider, string connectionString)
    {
        var builder = new DbContextOptionsBuilder<PortalDbContext>().AddInterceptors(TenantQueries.Instance);
        return provider switch
        {
            DatabaseProvider.Sqlite => builder.UseSqlite(connectionString, sqlite => sqlite.MigrationsAssembly("Soracom.Portal.Migrations.Sqlite")).AddInterceptors(SqliteWaiting.Instance).Options,
            DatabaseProvider.SqlServer => builder.UseSqlServer(Unmended(connectionString), server => server.MigrationsAssembly("Soracom.Portal.Migrations.SqlServer").EnableRetryOnFailure()).AddInterceptors(TenantSession.Instance).Options,
            _ => throw new ArgumentOutOfRangeException(nameof(provider), provider, "No such provider."),
        };
    }

    // A connection that the driver mends by itself would have forgotten whose it is; Entity Framework opens a new one and says it again.
    private static string Unmended(string connectionString) => new SqlConnectionStringBuilder(connectionString) { ConnectRetryCount = 0 }.ConnectionString;
}
