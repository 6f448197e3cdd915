using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Exports;

namespace Soracom.Portal.Tests.Data;

public sealed class MigrationsTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "Data Source=never-opened.db")]
    [InlineData(DatabaseProvider.SqlServer, "Server=never-opened")]
    public async Task Model_HasNoChangeThatAMigrationLacks(DatabaseProvider provider, string connection)
    {
        await using var db = new PortalDatabase(PortalDatabaseOptions.For(provider, connection)).ForInstallation();

        Assert.NotEmpty(db.Database.GetMigrations());
        Assert.False(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task BothProviders_HaveTheSameMigrations()
    {
        await using var sqlite = new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.Sqlite, "Data Source=never-opened.db")).ForInstallation();
        await using var server = new PortalDatabase(PortalDatabaseOptions.For(DatabaseProvider.SqlServer, "Server=never-opened")).ForInstallation();

        Assert.Equal(sqlite.Database.GetMigrations().Select(NameOf), server.Database.GetMigrations().Select(NameOf));

        // The first part is the minute in which each was made.
        static string NameOf(string migration) => migration[(migration.IndexOf('_', StringComparison.Ordinal) + 1)..];
    }

    [Fact]
    public async Task FootageTraces_OfAPieceThatWasBeingAskedFor_SaysThatItMayHaveBeenSent_AndOfOthersNothing()
    {
        await using var database = await TestDatabase.CreateAsync(withSchema: false);
        await using var db = database.Database.ForInstallation();
        var migrations = db.Database.GetMigrations().ToList();
        var traces = migrations.FindIndex(migration => migration.EndsWith("_FootageTraces", StringComparison.Ordinal));
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync(migrations[traces - 1], Watchdog.Token);
        foreach (var (number, state) in new[] { (1, nameof(FootagePieceState.Fetched)), (2, nameof(FootagePieceState.Asked)), (3, nameof(FootagePieceState.Waiting)) })
        {
            await database.ExecuteAsync(
                """
                PRAGMA foreign_keys = OFF;
                INSERT INTO FootagePieces (TenantId, ExportId, Number, "From", "To", Cost, State, Asked, IsCharged, Charged, IsShort)
                VALUES ($tenant, $tenant, $number, $time, $time, 1, $state, 1, 0, 0, 0);
                """,
                ("$tenant", Guid.Empty.ToString().ToUpperInvariant()), ("$number", number), ("$time", 0L), ("$state", state));
        }

        await migrator.MigrateAsync(targetMigration: null, Watchdog.Token);

        // Null is "not asked yet": it would be asked for again, and paid for twice.
        Assert.Equal([null, "", null], await db.FootagePieces.IgnoreQueryFilters().OrderBy(piece => piece.Number).Select(piece => piece.ListedBefore).ToListAsync(Watchdog.Token));
        Assert.False(await db.FootagePieces.IgnoreQueryFilters().AnyAsync(piece => piece.IsUnread || piece.IsFoundInList, Watchdog.Token));
    }

    [Fact]
    public void SqlClient_AsksForAParametersType_FindsItsAssembly() =>
        // SqlClient loads Microsoft.SqlServer.Server for every parameter, and no plain command shows when it is missing.
        Assert.Equal(System.Data.SqlDbType.Int, new SqlParameter("@p", 1).SqlDbType);
}
