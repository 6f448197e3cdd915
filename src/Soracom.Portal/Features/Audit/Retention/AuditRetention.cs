using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Audit.Retention;

/// <summary>How long a tenant's audit trail is kept: for ever, unless its owners say otherwise.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class AuditRetention(PortalDatabase database, AuditTrail audit)
{
    /// <summary>How long it is kept.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>For how many days; null for ever.</returns>
    public async Task<int?> LookAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.AuditRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.Tenants.Where(own => own.Id == tenant.TenantId).Select(own => own.AuditKeepDays).SingleAsync(cancellationToken);
    }

    /// <summary>Changes how long it is kept. What is older then is removed within two days, for good.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="former">For how long it is believed to be kept.</param>
    /// <param name="days">For how many days it is to be kept; null for ever.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// For how many days it is kept then; a <see cref="FreshSignInError"/>, an <see cref="InputError"/> where that is less than a year, or a
    /// <see cref="ConflictError"/> where somebody else changed it meanwhile: then nothing was changed.
    /// </returns>
    public async Task<Result<int?>> ChangeAsync(TenantContext tenant, int? former, int? days, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.AuditKeep, cancellationToken) is { } stale)
        {
            return stale;
        }

        if (days is < AuditAnchor.LeastDays or > AuditAnchor.MostDays)
        {
            return new InputError("AuditKeepDays", AuditAnchor.LeastDays, AuditAnchor.MostDays);
        }

        return await database.InTurnAsync<Result<int?>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var own = await db.Tenants.SingleAsync(row => row.Id == tenant.TenantId, token);
                if (own.AuditKeepDays != former)
                {
                    return new ConflictError();
                }

                if (own.AuditKeepDays != days)
                {
                    own.AuditKeepDays = days;
                    audit.Add(db, tenant, new AuditAct(AuditActions.AuditKeepChanged, AuditOutcome.Succeeded) { Before = AuditKept.Told(former), After = AuditKept.Told(days) });
                    await db.SaveChangesAsync(token);
                }

                return days;
            },
            cancellationToken);
    }
}
