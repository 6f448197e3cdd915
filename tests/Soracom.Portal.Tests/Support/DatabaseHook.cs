using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Soracom.Portal.Data;

namespace Soracom.Portal.Tests.Support;

/// <summary>Comes between the portal and its database: a test can hold a query up, or let it fail.</summary>
internal sealed class DatabaseHook : DbCommandInterceptor
{
    /// <summary>Awaited before each query, with its text and parameters.</summary>
    public Func<string, Task> BeforeQuery { get; set; } = _ => Task.CompletedTask;

    /// <summary>The scene's database as seen through this hook.</summary>
    public PortalDatabase Open(PortalScene scene) => Open(scene.TestDatabase);

    /// <summary>A database as seen through this hook.</summary>
    public PortalDatabase Open(TestDatabase database) => new(new DbContextOptionsBuilder<PortalDbContext>(
        PortalDatabaseOptions.For(DatabaseProvider.Sqlite, database.ConnectionString)).AddInterceptors(this).Options);

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        var values = command.Parameters.Cast<DbParameter>().Select(parameter => $" {parameter.Value}");
        await BeforeQuery(command.CommandText + string.Concat(values));
        return result;
    }
}
