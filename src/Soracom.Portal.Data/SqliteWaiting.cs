using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Soracom.Portal.Data;

/// <summary>
/// Has SQLite itself wait for its one writer, looking again every few milliseconds. Its provider looks again after 150, and hardly ever
/// gets a turn beside somebody who writes without a break.
/// </summary>
internal sealed class SqliteWaiting : DbConnectionInterceptor
{
    public static readonly SqliteWaiting Instance = new();

    private const string Wait = "PRAGMA busy_timeout = 5000";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Wait;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Wait;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
