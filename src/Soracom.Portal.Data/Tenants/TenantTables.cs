using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Data.Tenants;

/// <summary>
/// Reads all that the database holds of a tenant, table by table, as whoever takes it out may have it: what is sealed, and keys and hashes,
/// stay. All of these are bytes, so that nothing that is bytes goes out, but for the hashes that chain the audit trail.
/// </summary>
public static class TenantTables
{
    private static readonly MethodInfo Reader = typeof(TenantTables).GetMethod(nameof(ReadAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>The tables with rows of tenants, by name.</summary>
    /// <param name="db">A context.</param>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Names(PortalDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return [.. Owned(db).Select(NameOf).Order(StringComparer.Ordinal)];
    }

    /// <summary>The rows of a table that belong to the context's tenant.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="table">The table.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The rows: values by the names of their properties.</returns>
    public static IAsyncEnumerable<IReadOnlyDictionary<string, object?>> RowsAsync(PortalDbContext db, string table, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        var entity = Owned(db).Single(one => NameOf(one) == table);
        return (IAsyncEnumerable<IReadOnlyDictionary<string, object?>>)Reader.MakeGenericMethod(entity.ClrType).Invoke(null, [db, entity, cancellationToken])!;
    }

    private static IEnumerable<IEntityType> Owned(PortalDbContext db) =>
        db.Model.GetEntityTypes().Where(entity => entity.ClrType.IsAssignableTo(typeof(ITenantOwned)) || entity.ClrType.IsAssignableTo(typeof(IMayBeTenantOwned)));

    private static string NameOf(IEntityType entity) => entity.GetTableName()!;

    private static async IAsyncEnumerable<IReadOnlyDictionary<string, object?>> ReadAsync<T>(PortalDbContext db, IEntityType entity, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : class
    {
        var properties = entity.GetProperties().Where(property => property.PropertyInfo is not null && (property.ClrType != typeof(byte[]) || entity.ClrType == typeof(AuditEntry))).ToList();
        await foreach (var row in db.Set<T>().AsNoTracking().AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return properties.ToDictionary(property => property.Name, property => Told(property.PropertyInfo!.GetValue(row)), StringComparer.Ordinal);
        }
    }

    private static object? Told(object? value) => value switch
    {
        byte[] hash => Convert.ToHexStringLower(hash),
        Enum word => word.ToString(),
        _ => value,
    };
}
