using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace Soracom.Portal.Data;

/// <summary>
/// Inserts many rows by one prepared statement. EF Core makes, parses and follows a statement for each row, which for SQLite, where no
/// network lies between, is most of the work: of a first walk through 100,000 SIMs more than half.
/// </summary>
internal static class SqliteRows
{
    /// <summary>Inserts rows in the context's transaction.</summary>
    /// <param name="db">A context over SQLite.</param>
    /// <param name="rows">The rows; the context does not follow them.</param>
    /// <param name="cancellationToken">Cancels between two rows.</param>
    /// <returns>A task that ends when all are inserted.</returns>
    public static async Task InsertAsync<T>(DbContext db, IReadOnlyCollection<T> rows, CancellationToken cancellationToken)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is no entity.");
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            var columns = Prepare(command, type, db.GetService<ISqlGenerationHelper>());
            foreach (var row in rows)
            {
                foreach (var column in columns)
                {
                    column.Take(row);
                }

                await command.ExecuteNonQueryAsync(cancellationToken);
            }
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static List<Column> Prepare(DbCommand command, IEntityType type, ISqlGenerationHelper sql)
    {
        var table = StoreObjectIdentifier.Create(type, StoreObjectType.Table)!.Value;
        var columns = new List<Column>();
        var names = new List<string>();
        foreach (var property in type.GetProperties())
        {
            var mapping = property.GetRelationalTypeMapping();
            var parameter = mapping.CreateParameter(command, $"@p{columns.Count}", value: null, nullable: true);
            command.Parameters.Add(parameter);
            columns.Add(new Column(parameter, property.GetGetter(), mapping.Converter?.ConvertToProvider));
            names.Add(sql.DelimitIdentifier(property.GetColumnName(table)!));
        }

#pragma warning disable CA2100 // Names of the model alone, delimited.
        command.CommandText = $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", names)}) VALUES ({string.Join(", ", columns.Select(column => column.Name))})";
#pragma warning restore CA2100
        command.Prepare();
        return columns;
    }

    private sealed record Column(DbParameter Parameter, IClrPropertyGetter Getter, Func<object?, object?>? Convert)
    {
        public string Name => Parameter.ParameterName;

        public void Take(object row)
        {
            var value = Getter.GetClrValue(row);
            Parameter.Value = (Convert is null ? value : Convert(value)) ?? DBNull.Value;
        }
    }
}
