using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Tenants.Offboarding;

/// <summary>Removes a customer, for good.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="vault">Destroys the tenant's keys.</param>
/// <param name="remover">Removes what is left.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
/// <param name="log">The log.</param>
internal sealed partial class CustomerRemoval(PortalDatabase database, TenantVault vault, TenantRemover remover, AuditTrail audit, TimeProvider clock, ILogger<CustomerRemoval> log)
{
    /// <summary>
    /// Destroys a suspended tenant's keys, so that nothing that they sealed can be read any more, and removes all that the portal holds of
    /// it but for its audit trail, which tells who did this. What can't be removed now, as a store is away, follows by itself.
    /// </summary>
    /// <param name="reseller">The reseller.</param>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="typed">The tenant's name in addresses, as somebody typed it who knows what is removed.</param>
    /// <param name="cancellationToken">Cancels, until the keys are destroyed.</param>
    /// <returns>
    /// Whether everything is gone by now; a <see cref="GoneError"/> where it is no customer of the reseller's; an <see cref="InputError"/>
    /// where it is not suspended, or not for long enough while it has an owner, the name is another one, or the customer allows its partner less: then nothing was changed.
    /// </returns>
    public async Task<Result<bool>> RemoveAsync(ResellerContext reseller, Guid tenantId, string typed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reseller);
        ArgumentNullException.ThrowIfNull(typed);
        if (await reseller.RequireFreshAsync(cancellationToken) is { } stale)
        {
            return stale;
        }

        var begun = await database.InTurnAsync<Result<AuditAct>>(
            tenantId,
            async (db, token) =>
            {
                if (await db.Tenants.SingleOrDefaultAsync(row => row.Id == tenantId && row.ResellerId == reseller.ResellerId, token) is not { } own)
                {
                    return new GoneError();
                }

                if (own.ResellerCeiling is not null)
                {
                    return new InputError("CustomerHolds", Names.InText(own.Name));
                }

                if (own.SuspendedAt is null)
                {
                    return new InputError("RemovalSuspended", Names.InText(own.Name));
                }

                var now = clock.GetUtcNow();
                if (await IsTooSoonAsync(db, own, now, token))
                {
                    return new InputError("RemovalTooSoon", Names.InText(own.Name), Times.Full(own.SuspendedAt.Value + Tenant.RemovalNotice, own.TimeZone), own.TimeZone);
                }

                if (!string.Equals(typed.Trim(), own.Slug, StringComparison.Ordinal))
                {
                    return new InputError("RemovalName", own.Slug);
                }

                own.RemovingAt ??= now;
                var act = new AuditAct(AuditActions.TenantRemoved, AuditOutcome.Begun) { ObjectId = own.Slug, ObjectName = own.Name, Detail = reseller.Name, OnBehalfOf = reseller.Name };
                audit.AddOf(db, own.Id, reseller.Actor, act);
                await vault.DestroyAsync(db, own.Id, token);
                return act;
            },
            cancellationToken);
        if (begun.Error is { } error)
        {
            return error;
        }

        try
        {
            // In the installation's trail, too: the tenant's own ends here.
            await audit.RecordAsync(reseller.Actor, begun.Value, CancellationToken.None);
            await remover.FinishAsync(tenantId, reseller.Actor, CancellationToken.None);
            return true;
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            // The worker goes on with it: there is no way back, and nothing that anybody could do about it here.
            LogLeft(failed, tenantId);
            return false;
        }
    }

    /// <summary>Whether the days in which an owner can object are not over yet. Those count who were owners when it was suspended.</summary>
    /// <param name="db">A context of the tenant, in its turn.</param>
    /// <param name="own">The tenant.</param>
    /// <param name="now">Now, UTC.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True while it must not be removed for that; false also of one whose removal was begun.</returns>
    internal static async Task<bool> IsTooSoonAsync(PortalDbContext db, Tenant own, DateTimeOffset now, CancellationToken cancellationToken) =>
        own is { RemovingAt: null, SuspendedAt: { } since } && since + Tenant.RemovalNotice > now && await db.TenantMembers.AnyAsync(Owners.Live(since), cancellationToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tenant {TenantId} is not removed whole; trying again by itself. Its keys are destroyed.")]
    private partial void LogLeft(Exception error, Guid tenantId);
}
