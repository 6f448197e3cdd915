namespace Soracom.Portal.Data.Tenants;

/// <summary>The tenants that the portal does something for unasked.</summary>
public static class ServedTenants
{
    /// <summary>Rows of tenants that are not suspended: what runs by itself asks the vendor nothing for the others.</summary>
    /// <typeparam name="T">What a row is.</typeparam>
    /// <param name="rows">The rows, of whatever tenants.</param>
    /// <param name="db">Their context.</param>
    /// <returns>Those.</returns>
    public static IQueryable<T> OfServed<T>(this IQueryable<T> rows, PortalDbContext db)
        where T : class, ITenantOwned
    {
        ArgumentNullException.ThrowIfNull(db);
        return rows.Where(row => db.Tenants.Any(tenant => tenant.Id == row.TenantId && tenant.SuspendedAt == null));
    }
}
