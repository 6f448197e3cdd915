using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data;

/// <summary>Opens the portal's database for a tenant, or for the installation itself.</summary>
/// <param name="options">Where the database is and which provider it has; made by <see cref="PortalDatabaseOptions"/>.</param>
public sealed class PortalDatabase(DbContextOptions<PortalDbContext> options)
{
    /// <summary>A context that sees and saves one tenant's rows, and what is installation-wide.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <returns>A context for one operation; dispose it.</returns>
    public PortalDbContext ForTenant(Guid tenantId)
    {
        if (tenantId == Guid.Empty)
        {
            throw new ArgumentException("A tenant has an id.", nameof(tenantId));
        }

        return new PortalDbContext(options, tenantId);
    }

    /// <summary>A context that sees no tenant's rows, only what is installation-wide.</summary>
    /// <returns>A context for one operation; dispose it.</returns>
    public PortalDbContext ForInstallation() => new(options, tenantId: null);

    /// <summary>Brings the schema up to date. Creates the database where there is none.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is done.</returns>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = ForInstallation();
        if (db.Database.IsSqlite())
        {
            if (new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource is { Length: > 0 } file
                && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            // Readers go on while one writes; the mode stays with the file.
            await db.Database.OpenConnectionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellationToken);
        }

        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Names of the migrations that this build knows and the database lacks, oldest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Empty when the schema is up to date.</returns>
    public async Task<IReadOnlyList<string>> PendingMigrationsAsync(CancellationToken cancellationToken)
    {
        await using var db = ForInstallation();
        return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
    }
}
