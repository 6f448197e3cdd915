using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;

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
    public void SqlClient_AsksForAParametersType_FindsItsAssembly() =>
        // SqlClient loads Microsoft.SqlServer.Server for every parameter, and no plain command shows when it is missing.
        Assert.Equal(System.Data.SqlDbType.Int, new SqlParameter("@p", 1).SqlDbType);
}
