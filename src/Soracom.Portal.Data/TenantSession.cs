using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Soracom.Portal.Data;

/// <summary>
/// Tells SQL Server whose rows a connection is for, which row-level security goes by (db/sqlserver/row-level-security.sql): a second wall behind
/// the query filter. What is told can't be told otherwise until the connection goes back to its pool, which forgets it.
/// Of a connection of anything else nothing is told: it sees no tenant's rows.
/// </summary>
internal sealed class TenantSession : DbConnectionInterceptor
{
    /// <summary>The session's key that names the tenant.</summary>
    public const string Tenant = "portal.tenant";

    /// <summary>The session's key that is set for the installation's own work, which reaches all rows.</summary>
    public const string Installation = "portal.installation";

    public static readonly TenantSession Instance = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is PortalDbContext db)
        {
            using var command = CommandFor(connection, db.Wall);
            command.ExecuteNonQuery();
        }
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventData);
        if (eventData.Context is PortalDbContext db)
        {
            await using var command = CommandFor(connection, db.Wall);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>The command that tells it.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="wall">The tenant; null for the installation.</param>
    internal static DbCommand CommandFor(DbConnection connection, Guid? wall)
    {
        var command = connection.CreateCommand();
        command.CommandText = wall is null
            ? $"EXEC sys.sp_set_session_context @key = N'{Installation}', @value = 1, @read_only = 1"
            : $"EXEC sys.sp_set_session_context @key = N'{Tenant}', @value = @tenant, @read_only = 1";
        if (wall is { } tenantId)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType, parameter.Value) = ("@tenant", DbType.Guid, tenantId);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
