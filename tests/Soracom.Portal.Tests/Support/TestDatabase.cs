using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Hosting;

namespace Soracom.Portal.Tests.Support;

/// <summary>
/// A SQLite database of a test's own, with the schema of this build: a copy of a file that is migrated once a run. A
/// file rather than memory, so that contexts work side by side as they do in the portal.
/// </summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private static readonly Lazy<Task<IReadOnlyDictionary<string, byte[]>>> Template = new(MigrateOnceAsync);

    private readonly DirectoryInfo folder;

    // The last connection to close writes the journal back into the file: without one that stays open, each of the unpooled ones would.
    private SqliteConnection? held;

    private TestDatabase(DirectoryInfo folder)
    {
        this.folder = folder;
        FilePath = Path.Combine(folder.FullName, "portal.db");
        Database = Open();
    }

    /// <summary>The database.</summary>
    public PortalDatabase Database { get; }

    /// <summary>The database's file; SQLite keeps its journal beside it.</summary>
    public string FilePath { get; }

    /// <summary>The folder beside it for the halves of keys.</summary>
    public string KeysFolder => Path.Combine(folder.FullName, "keys");

    /// <summary>For a portal that is started on this database. Unpooled, so that nothing holds the file when the test ends.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = FilePath, Pooling = false }.ConnectionString;

    /// <summary>A database with the schema, a store for the halves of keys, and no other rows.</summary>
    /// <param name="withSchema">False for one that was never migrated.</param>
    public static async Task<TestDatabase> CreateAsync(bool withSchema = true) => await CopyAsync(withSchema ? await Template.Value : new Dictionary<string, byte[]>(StringComparer.Ordinal));

    /// <summary>A copy of another database, with what lies beside it; none yet where the copy is empty.</summary>
    public static async Task<TestDatabase> CopyAsync(IReadOnlyDictionary<string, byte[]> files)
    {
        var database = new TestDatabase(Directory.CreateTempSubdirectory("portal-test-"));
        foreach (var (path, content) in files)
        {
            var file = Path.Combine(database.folder.FullName, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllBytesAsync(file, content);
        }

        if (files.Count > 0)
        {
            await database.HoldAsync();
        }

        return database;
    }

    /// <summary>The database's file with all that was written, and what lies beside it, to make copies of. Nobody else may have it open.</summary>
    public async Task<IReadOnlyDictionary<string, byte[]>> CloseAsync()
    {
        if (held is not null)
        {
            // The last connection to close writes the journal back into the file.
            await held.DisposeAsync();
            held = null;
        }

        return folder.EnumerateFiles("*", SearchOption.AllDirectories)
            .ToDictionary(file => Path.GetRelativePath(folder.FullName, file.FullName), file => File.ReadAllBytes(file.FullName), StringComparer.Ordinal);
    }

    /// <summary>The same database as another host opens it.</summary>
    /// <param name="interceptors">What watches that host's work.</param>
    public PortalDatabase Open(params IInterceptor[] interceptors) =>
        new(new DbContextOptionsBuilder<PortalDbContext>(PortalDatabaseOptions.For(DatabaseProvider.Sqlite, ConnectionString)).AddInterceptors(interceptors).Options);

    /// <summary>Adds a tenant.</summary>
    public async Task<Guid> AddTenantAsync(string slug, Guid? resellerId = null)
    {
        await using var db = Database.ForInstallation();
        var tenant = new Tenant { Slug = slug, Name = $"Tenant {slug}", ResellerId = resellerId, TimeZone = "Asia/Tokyo", CreatedAt = ManualTime.Start };
        db.Tenants.Add(tenant);
        await db.SaveChangesAsync();
        return tenant.Id;
    }

    /// <summary>Adds a reseller.</summary>
    public async Task<Guid> AddResellerAsync(string slug)
    {
        await using var db = Database.ForInstallation();
        var reseller = new Reseller { Slug = slug, Name = $"Reseller {slug}" };
        db.Resellers.Add(reseller);
        await db.SaveChangesAsync();
        return reseller.Id;
    }

    /// <summary>Adds a person whom the issuer <c>https://id.example.test/</c> knows by this name.</summary>
    public async Task<Guid> AddPersonAsync(string name)
    {
        await using var db = Database.ForInstallation();
        var person = new Person { Issuer = "https://id.example.test/", Subject = name, Name = name, FirstSeenAt = ManualTime.Start };
        db.People.Add(person);
        await db.SaveChangesAsync();
        return person.Id;
    }

    /// <summary>Makes a person a tenant's member: one of long standing, by whatever clock.</summary>
    public async Task AddMemberAsync(Guid tenantId, Guid personId, TenantRole role)
    {
        await using var db = Database.ForTenant(tenantId);
        db.TenantMembers.Add(new TenantMember { TenantId = tenantId, PersonId = personId, Role = role, AddedAt = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero) });
        await db.SaveChangesAsync();
    }

    /// <summary>Runs a statement as somebody at the database would, past the portal.</summary>
    /// <returns>How many rows it concerned.</returns>
    public async Task<int> ExecuteAsync(string sql, params (string Name, object Value)[] parameters)
    {
        await using var connection = new SqliteConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements stand in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>Everything that the database keeps on disk, journal included.</summary>
    public IReadOnlyDictionary<string, byte[]> ReadFiles() =>
        folder.EnumerateFiles().ToDictionary(file => file.Name, file => File.ReadAllBytes(file.FullName), StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        if (held is not null)
        {
            await held.DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    private async Task HoldAsync()
    {
        held = new SqliteConnection(ConnectionString);
        await held.OpenAsync();
        // SQLite opens the file when it is first read.
        await using var command = held.CreateCommand();
        command.CommandText = "PRAGMA schema_version";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> MigrateOnceAsync()
    {
        await using var first = new TestDatabase(Directory.CreateTempSubdirectory("portal-test-template-"));
        await first.Database.MigrateAsync(CancellationToken.None);
        // As by "begin-key-store", in the folder that a portal takes which is told nothing of one.
        var keys = new KeyRingOptions { SharesFolder = first.KeysFolder };
        await new KeyShareFolder(first.Database, keys, TimeProvider.System, NullLogger<KeyShareFolder>.Instance).BeginAsync(lost: false, CancellationToken.None);
        return await first.CloseAsync();
    }
}
