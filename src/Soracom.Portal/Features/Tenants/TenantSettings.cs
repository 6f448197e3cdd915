using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Tenants;

/// <summary>A tenant's name, time zone and language, after it was made. Its name in addresses stays: links lead there.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
public sealed class TenantSettings(PortalDatabase database, AuditTrail audit)
{
    /// <summary>What they are now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The details.</returns>
    public async Task<TenantDetails> LookAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.TenantManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.Tenants.Where(own => own.Id == tenant.TenantId).Select(own => new TenantDetails(own.Name, own.TimeZone, own.Language)).SingleAsync(cancellationToken);
    }

    /// <summary>Changes them. Pages that are open show the former ones until they are opened anew.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="former">What they are believed to be.</param>
    /// <param name="details">What they are to be.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What they are; an <see cref="InputError"/>, or a <see cref="ConflictError"/> where somebody else changed them meanwhile: then nothing was changed.</returns>
    public async Task<Result<TenantDetails>> ChangeAsync(TenantContext tenant, TenantDetails former, TenantDetails details, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(details);
        await tenant.RequireAsync(Permission.TenantManage, cancellationToken);
        if (details.Problem() is { } problem)
        {
            return problem;
        }

        return await database.InTurnAsync<Result<TenantDetails>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var own = await db.Tenants.SingleAsync(row => row.Id == tenant.TenantId, token);
                var (present, changed) = (new TenantDetails(own.Name, own.TimeZone, own.Language), details with { Name = details.Name.Trim() });
                if (present != former)
                {
                    return new ConflictError();
                }

                if (present != changed)
                {
                    audit.Add(db, tenant, new AuditAct(AuditActions.TenantChanged, AuditOutcome.Succeeded) { ObjectId = own.Slug, ObjectName = changed.Name, Before = InTrail(present), After = InTrail(changed) });
                    (own.Name, own.TimeZone, own.Language) = (changed.Name, changed.TimeZone, changed.Language);
                    await db.SaveChangesAsync(token);
                }

                return changed;
            },
            cancellationToken);
    }

    private static string InTrail(TenantDetails details) => $"{details.Name}, {details.TimeZone}, {details.Language ?? "-"}";
}
