using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Soracom.Portal.Data.Audit;

namespace Soracom.Portal.Data;

/// <summary>
/// Row-level security for SQL Server, made of the model: every table with rows of tenants shows and takes only those of the tenant that the
/// session is for (<see cref="TenantSession"/>). A session that says nothing sees none. One policy, replaced as a whole in one transaction.
/// </summary>
internal static class RowLevelSecurity
{
    /// <summary>The schema that holds the policy, apart from the tables: who may change those need not be let near it.</summary>
    public const string Schema = "portal_security";

    /// <summary>The batches that set it up; each may be run again.</summary>
    /// <param name="db">A context of SQL Server.</param>
    /// <returns>The batches, in order, to be run in one transaction.</returns>
    public static IReadOnlyList<string> Batches(PortalDbContext db)
    {
        ArgumentNullException.ThrowIfNull(db);
        return
        [
            $"IF SCHEMA_ID(N'{Schema}') IS NULL EXEC(N'CREATE SCHEMA {Schema}');",
            // The function can't be altered while a policy holds it.
            $"DROP SECURITY POLICY IF EXISTS {Schema}.TenantWall;",
            $"""
            CREATE OR ALTER FUNCTION {Schema}.Reaches(@TenantId uniqueidentifier)
            RETURNS TABLE
            WITH SCHEMABINDING
            AS
            RETURN SELECT 1 AS Reached
            WHERE @TenantId = CAST(SESSION_CONTEXT(N'{TenantSession.Tenant}') AS uniqueidentifier)
               OR CAST(SESSION_CONTEXT(N'{TenantSession.Installation}') AS int) = 1;
            """,
            $"""
            CREATE SECURITY POLICY {Schema}.TenantWall
            {string.Join(",\n", Tables(db.Model).Select(table => $"    ADD FILTER PREDICATE {Schema}.Reaches({table.Column}) ON dbo.{table.Name},\n    ADD BLOCK PREDICATE {Schema}.Reaches({table.Column}) ON dbo.{table.Name}"))}
            WITH (STATE = ON, SCHEMABINDING = ON);
            """,
        ];
    }

    /// <summary>The tables with rows of tenants, by name, each with the column that names the tenant.</summary>
    /// <param name="model">The model.</param>
    internal static IEnumerable<(string Name, string Column)> Tables(IModel model) =>
        (from entity in model.GetEntityTypes()
         let owner = OwnerOf(entity)
         where owner is not null
         select (Name: entity.GetTableName()!, Column: owner)).OrderBy(table => table.Name, StringComparer.Ordinal);

    private static string? OwnerOf(IEntityType entity) =>
        entity.ClrType.IsAssignableTo(typeof(ITenantOwned)) || entity.ClrType.IsAssignableTo(typeof(IMayBeTenantOwned)) ? nameof(ITenantOwned.TenantId)
        // One row a tenant, by the tenant's id.
        : entity.ClrType == typeof(AuditAnchor) || entity.ClrType == typeof(AuditHead) ? nameof(AuditHead.Id)
        : null;
}
