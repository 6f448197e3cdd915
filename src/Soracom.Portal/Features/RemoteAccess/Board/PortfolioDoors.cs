using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Board;

/// <summary>The doors that are open, or may be, in all tenants that somebody may see. What was opened elsewhere is <see cref="PortfolioForeignDoors"/>'.</summary>
/// <param name="database">The portal's database.</param>
internal sealed class PortfolioDoors(PortalDatabase database)
{
    /// <summary>The most doors that are shown.</summary>
    public const int Most = 500;

    /// <summary>The open doors, those that close first before the others: one query, however many tenants they are.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The doors.</returns>
    public async Task<PortfolioDoorsContent> ListAsync(Portfolio portfolio, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        var tenants = (await portfolio.PermittingAsync(Permission.RemoteAccessRead, cancellationToken)).ToDictionary(tenant => tenant.TenantId);
        var ids = tenants.Keys.ToList();
        await using var db = database.ForInstallation();
        var doors = await DoorBook.Live(db.RemoteDoors.AsNoTracking().IgnoreQueryFilters([PortalDbContext.TenantFilter]))
            .Where(door => ids.Contains(door.TenantId))
            .OrderBy(door => door.ExpiresAt == null)
            .ThenBy(door => door.ExpiresAt)
            .ThenBy(door => door.AskedAt)
            .Take(Most + 1)
            .ToListAsync(cancellationToken);
        return new PortfolioDoorsContent([.. doors.Take(Most).Select(door => new PortfolioDoor(tenants[door.TenantId].Tenant, door))], tenants.Count, doors.Count > Most);
    }
}

/// <summary>The open doors of several tenants.</summary>
/// <param name="Doors">The doors, those that close first before the others.</param>
/// <param name="Tenants">How many tenants they were looked for in.</param>
/// <param name="AreMore">Whether there are more than are shown.</param>
public sealed record PortfolioDoorsContent(IReadOnlyList<PortfolioDoor> Doors, int Tenants, bool AreMore);

/// <summary>An open door of one of several tenants.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Door">The door.</param>
public sealed record PortfolioDoor(TenantIdentity Tenant, RemoteDoor Door);
