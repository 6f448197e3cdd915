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
    public PortalDbContext ForTenant(Guid tenantId) => new(options, Named(tenantId));

    /// <summary>
    /// The same, but a query that says so may look past the tenant's filter: for what depends on what other tenants do with the same account of
    /// the vendor. Nothing of theirs may be told to anybody.
    /// </summary>
    /// <param name="tenantId">The tenant.</param>
    /// <returns>A context for one operation; dispose it.</returns>
    public PortalDbContext ForTenantBesideOthers(Guid tenantId) => new(options, Named(tenantId), seesOthers: true);

    /// <summary>A context that sees no tenant's rows, only what is installation-wide, unless a query says that it looks past the filter.</summary>
    /// <returns>A context for one operation; dispose it.</returns>
    public PortalDbContext ForInstallation() => new(options, tenantId: null);

    /// <summary>
    /// Makes a change of one tenant that depends on what it reads, in a transaction: changes of the same tenant that are made
    /// this way, by any host, wait for each other.
    /// </summary>
    /// <typeparam name="T">What the change answers.</typeparam>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="change">
    /// The change, which saves by itself. It runs once more, from the start, where the connection to SQL Server was lost; so it
    /// touches nothing but the database.
    /// </param>
    /// <param name="cancellationToken">Cancels; then nothing was changed.</param>
    /// <returns>What the change answered.</returns>
    public Task<T> InTurnAsync<T>(Guid tenantId, Func<PortalDbContext, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        InTurnsAsync(() => ForTenant(tenantId), [tenantId], change, cancellationToken);

    /// <summary>
    /// The same where the change depends on what other tenants do with the same account of the vendor: it waits for the changes of all tenants
    /// that have a credential of an operator of this tenant's.
    /// </summary>
    /// <inheritdoc cref="InTurnAsync{T}" />
    public async Task<T> InOperatorsTurnAsync<T>(Guid tenantId, Func<PortalDbContext, CancellationToken, Task<T>> change, CancellationToken cancellationToken)
    {
        await using var db = ForInstallation();
        var credentials = db.VendorCredentials.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var sharing = await credentials
            .Where(other => credentials.Any(own => own.TenantId == tenantId && own.Coverage == other.Coverage && own.OperatorId == other.OperatorId))
            .Select(other => other.TenantId)
            .ToListAsync(cancellationToken);
        return await InTurnsAsync(() => ForTenantBesideOthers(tenantId), [tenantId, .. sharing], change, cancellationToken);
    }

    /// <summary>The same for a change of one reseller, outside of tenants.</summary>
    /// <typeparam name="T">What the change answers.</typeparam>
    /// <param name="resellerId">The reseller.</param>
    /// <param name="change">The change, on the terms of <see cref="InTurnAsync{T}"/>.</param>
    /// <param name="cancellationToken">Cancels; then nothing was changed.</param>
    /// <returns>What the change answered.</returns>
    public Task<T> InResellersTurnAsync<T>(Guid resellerId, Func<PortalDbContext, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        InTurnsAsync(
            ForInstallation,
            (db, token) => db.Resellers.Where(reseller => reseller.Id == resellerId).ExecuteUpdateAsync(set => set.SetProperty(reseller => reseller.Name, reseller => reseller.Name), token),
            change,
            cancellationToken);

    private static Task<T> InTurnsAsync<T>(Func<PortalDbContext> open, IReadOnlyCollection<Guid> turns, Func<PortalDbContext, CancellationToken, Task<T>> change, CancellationToken cancellationToken) =>
        InTurnsAsync(
            open,
            (db, token) => db.Tenants.Where(tenant => turns.Contains(tenant.Id)).ExecuteUpdateAsync(set => set.SetProperty(tenant => tenant.Name, tenant => tenant.Name), token),
            change,
            cancellationToken);

    private static async Task<T> InTurnsAsync<T>(
        Func<PortalDbContext> open, Func<PortalDbContext, CancellationToken, Task<int>> hold, Func<PortalDbContext, CancellationToken, Task<T>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        await using var outer = open();
        return await outer.Database.CreateExecutionStrategy().ExecuteAsync(
            async token =>
            {
                await using var db = open();
                await using var transaction = await db.Database.BeginTransactionAsync(token);
                // Holds the rows until the end of the transaction. SQLite has one writer at a time anyway.
                await hold(db, token);
                var answer = await change(db, token);
                await transaction.CommitAsync(token);
                return answer;
            },
            cancellationToken);
    }

    /// <summary>Brings the schema up to date, and on SQL Server the wall between tenants. Creates the database where there is none.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is done.</returns>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        await using var db = ForInstallation();
        if (db.Database.IsSqlite())
        {
            if (FileOf(db) is { } file && Path.GetDirectoryName(file) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            // Readers go on while one writes; the mode stays with the file.
            await db.Database.OpenConnectionAsync(cancellationToken);
            await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = 'wal'", cancellationToken);
        }

        // Migrating compares the whole model and takes a lock, even where there is nothing to do.
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
        {
            await db.Database.MigrateAsync(cancellationToken);
        }

        if (db.Database.IsSqlServer())
        {
            await WallAsync(db, cancellationToken);
        }
    }

    /// <summary>The database's file.</summary>
    /// <returns>The whole path; null when the database is in no file of this machine's.</returns>
    public string? FilePath()
    {
        using var db = ForInstallation();
        return FileOf(db);
    }

    /// <summary>The database's file, where there should be one and is none.</summary>
    /// <returns>The whole path; null when the file is there, or the database is in no file of this machine's.</returns>
    public string? MissingFile()
    {
        using var db = ForInstallation();
        return FileOf(db) is { } file && !File.Exists(file) ? file : null;
    }

    /// <summary>Names of the migrations that this build knows and the database lacks, oldest first.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Empty when the schema is up to date.</returns>
    public async Task<IReadOnlyList<string>> PendingMigrationsAsync(CancellationToken cancellationToken)
    {
        await using var db = ForInstallation();
        return [.. await db.Database.GetPendingMigrationsAsync(cancellationToken)];
    }

    private static Task WallAsync(PortalDbContext db, CancellationToken cancellationToken) => db.Database.CreateExecutionStrategy().ExecuteAsync(
        async token =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync(token);
            foreach (var batch in RowLevelSecurity.Batches(db))
            {
                await db.Database.ExecuteSqlRawAsync(batch, token);
            }

            await transaction.CommitAsync(token);
        },
        cancellationToken);

    private static Guid Named(Guid tenantId) => tenantId == Guid.Empty ? throw new ArgumentException("A tenant has an id.", nameof(tenantId)) : tenantId;

    private static string? FileOf(PortalDbContext db)
    {
        if (!db.Database.IsSqlite())
        {
            return null;
        }

        var connection = new SqliteConnectionStringBuilder(db.Database.GetConnectionString());
        var isFile = connection.Mode != SqliteOpenMode.Memory
            && connection.DataSource is not ("" or ":memory:")
            // Addresses and placeholders, which the provider resolves by itself.
            && !connection.DataSource.StartsWith("file:", StringComparison.OrdinalIgnoreCase)
            && !connection.DataSource.StartsWith('|');
        return isFile ? Path.GetFullPath(connection.DataSource) : null;
    }
}
