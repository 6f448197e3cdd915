using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>Removes what is left of tenants whose keys are destroyed. Whatever happens to the program in between, the next try goes on.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="holdings">What areas keep beside the tables.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class TenantRemover(PortalDatabase database, IEnumerable<ITenantHoldings> holdings, AuditTrail audit)
{
    /// <summary>The tenants whose removal was begun and is not finished.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The tenants.</returns>
    public async Task<IReadOnlyList<Guid>> LeftAsync(CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        return await db.Tenants.Where(tenant => tenant.RemovingAt != null).Select(tenant => tenant.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Removes a tenant's files, then its rows; those in the audit trail stay.</summary>
    /// <param name="tenantId">The tenant, whose removal was begun.</param>
    /// <param name="actor">Who removes it; null for the portal, which goes on by itself.</param>
    /// <param name="cancellationToken">Cancels; the rest is done the next time.</param>
    /// <returns>A task that ends when it is gone.</returns>
    /// <exception cref="IOException">A store is away, or somebody has a file open.</exception>
    public async Task FinishAsync(Guid tenantId, SignedIn? actor, CancellationToken cancellationToken)
    {
        await using var db = database.ForInstallation();
        if (await db.Tenants.AsNoTracking().Include(row => row.Reseller).SingleOrDefaultAsync(row => row.Id == tenantId && row.RemovingAt != null, cancellationToken) is not { } own)
        {
            return;
        }

        foreach (var held in holdings)
        {
            held.Delete(tenantId);
        }

        // All rows that are a tenant's go with it: each of these tables refers to it.
        if (await db.Tenants.Where(tenant => tenant.Id == tenantId && tenant.RemovingAt != null).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            // Also what the portal goes on with by itself was begun by the partner's people.
            var act = new AuditAct(AuditActions.TenantRemoved, AuditOutcome.Succeeded) { ObjectId = own.Slug, ObjectName = own.Name, OnBehalfOf = own.Reseller?.Name };
            await (actor is null ? audit.RecordOfItselfAsync(act, CancellationToken.None) : audit.RecordAsync(actor, act, CancellationToken.None));
        }
    }
}
