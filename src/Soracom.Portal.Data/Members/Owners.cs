using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;

namespace Soracom.Portal.Data.Members;

/// <summary>A tenant keeps at least one owner who stays: one whose membership ends would leave none.</summary>
public static class Owners
{
    /// <summary>The condition under which a member is an owner now.</summary>
    /// <param name="now">Now, UTC.</param>
    /// <returns>The condition.</returns>
    public static Expression<Func<TenantMember, bool>> Live(DateTimeOffset now) => member => member.Role == TenantRole.Owner && (member.Until == null || member.Until > now);

    /// <summary>Whether a member is the tenant's only owner who stays. Ask it within <see cref="PortalDatabase.InTurnAsync{T}"/>, where nobody else changes the answer.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="member">The member.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when the tenant would have no owner without this one.</returns>
    public static async Task<bool> IsLastAsync(PortalDbContext db, TenantMember member, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(member);
        return member is { Role: TenantRole.Owner, Until: null }
            && !await db.TenantMembers.AnyAsync(other => other.Role == TenantRole.Owner && other.Until == null && other.PersonId != member.PersonId, cancellationToken);
    }

    /// <summary>Whether a tenant has an owner at present. Once it has, who else is one is its owners' decision, never its partner's.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="now">The present time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when there is one whose membership holds.</returns>
    public static Task<bool> AnyAsync(PortalDbContext db, Guid tenantId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(db);
        return db.Reachable<TenantMember>()
            .AnyAsync(member => member.TenantId == tenantId && member.Role == TenantRole.Owner && (member.Until == null || member.Until > now), cancellationToken);
    }
}
