using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Security;

/// <summary>
/// The way out that is left to the owners of a tenant that its partner has suspended: they end the delegation. Nobody stands in a suspended
/// tenant, so nothing here can ask for a permission; it asks for the membership itself.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sign-in sessions.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="outbox">Where mail is sent from.</param>
/// <param name="clock">The clock.</param>
public sealed class SuspensionExit(PortalDatabase database, SignInSessions sessions, AuditTrail audit, Outbox outbox, TimeProvider clock)
{
    /// <summary>
    /// Ends the delegation of a suspended tenant: the partner's people are let in no more, and the suspension, which was the partner's act,
    /// ends with its right to it.
    /// </summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The partner's name; a <see cref="GoneError"/> where there is no such tenant, the person is not an owner of it alone but of the partner's
    /// people, too, or no owner, it is not suspended, it is being removed, or it has no partner: from outside these are the same, and nothing was changed.
    /// </returns>
    public async Task<Result<string>> EndAsync(SignedIn person, string slug, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(slug);
        Guid tenantId;
        await using (var look = database.ForInstallation())
        {
            tenantId = await look.Tenants.Where(row => row.Slug == slug).Select(row => row.Id).SingleOrDefaultAsync(cancellationToken);
        }

        if (tenantId == Guid.Empty)
        {
            return new GoneError();
        }

        return await database.InTurnAsync<Result<string>>(
            tenantId,
            async (db, token) =>
            {
                var now = clock.GetUtcNow();
                var isOwner = await db.SignInSessions.Where(sessions.Live()).AnyAsync(session => session.Id == person.SessionId && session.PersonId == person.PersonId, token)
                    && await db.TenantMembers.Where(Owners.Live(now)).AnyAsync(member => member.PersonId == person.PersonId, token);
                var own = await db.Tenants.Include(row => row.Reseller).SingleOrDefaultAsync(row => row.Id == tenantId && row.SuspendedAt != null && row.RemovingAt == null, token);
                if (!isOwner || own?.Reseller is not { } partner || await db.ResellerAdministrators.AnyAsync(administrator => administrator.ResellerId == partner.Id && administrator.PersonId == person.PersonId, token))
                {
                    return new GoneError();
                }

                audit.AddOf(db, tenantId, person, new AuditAct(AuditActions.DelegationEnded, AuditOutcome.Succeeded) { ObjectId = partner.Id.ToString(), ObjectName = partner.Name });
                audit.AddOf(db, tenantId, person, new AuditAct(AuditActions.TenantResumed, AuditOutcome.Succeeded) { ObjectId = own.Slug, ObjectName = own.Name });
                (own.ResellerId, own.ResellerCeiling, own.DelegatedAt, own.DelegatedBy) = (null, null, null, null);
                (own.SuspendedAt, own.SuspendedBy, own.SuspendedFor) = (null, null, null);
                await outbox.WithdrawAsync(db, tenantId, token);
                await db.SaveChangesAsync(token);
                return partner.Name;
            },
            cancellationToken);
    }
}
