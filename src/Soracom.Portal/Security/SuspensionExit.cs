using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Data.Tenants;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Mail;

namespace Soracom.Portal.Security;

/// <summary>
/// The way out that is left to the owners of a tenant that its partner has suspended: they end the delegation, or narrow it. Nobody stands in a suspended
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
    /// people, too, or no owner, it is not suspended, or by whoever runs the portal, it is being removed, or it has no partner: from outside these are the same, and nothing was changed.
    /// </returns>
    public Task<Result<string>> EndAsync(SignedIn person, string slug, CancellationToken cancellationToken) => ChangeAsync<string>(
        person,
        slug,
        async (db, own, partner, token) =>
        {
            audit.AddOf(db, own.Id, person, new AuditAct(AuditActions.DelegationEnded, AuditOutcome.Succeeded) { ObjectId = partner.Id.ToString(), ObjectName = partner.Name });
            audit.AddOf(db, own.Id, person, new AuditAct(AuditActions.TenantResumed, AuditOutcome.Succeeded) { ObjectId = own.Slug, ObjectName = own.Name });
            (own.ResellerId, own.ResellerCeiling, own.DelegatedAt, own.DelegatedBy) = (null, null, null, null);
            (own.SuspendedAt, own.SuspendedBy, own.SuspendedFor) = (null, null, null);
            await outbox.WithdrawAsync(db, own.Id, token);
            return partner.Name;
        },
        cancellationToken);

    /// <summary>
    /// Lets the partner of a suspended tenant do less. Held to less than everything, it can neither take the tenant's data along nor remove it nor resume it:
    /// the suspension then ends with the delegation. More is given only where the tenant is served.
    /// </summary>
    /// <param name="person">Who is signed in.</param>
    /// <param name="slug">The tenant's name in addresses.</param>
    /// <param name="former">What the partner is believed to be held to.</param>
    /// <param name="terms">What it may do from now on.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// What it may do; a <see cref="GoneError"/> on the terms of <see cref="EndAsync"/>; a <see cref="ConflictError"/> where it is held to something else by now; an
    /// <see cref="InputError"/> where that is not less.
    /// </returns>
    public Task<Result<PartnerTerms>> NarrowAsync(SignedIn person, string slug, PartnerTerms former, PartnerTerms terms, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(former);
        ArgumentNullException.ThrowIfNull(terms);
        return ChangeAsync<PartnerTerms>(
            person,
            slug,
            (db, own, partner, _) =>
            {
                if (own.ResellerCeiling != former.Ceiling)
                {
                    return Task.FromResult<Result<PartnerTerms>>(new ConflictError());
                }

                if (!terms.IsKnown || !terms.IsWithin(former))
                {
                    return Task.FromResult<Result<PartnerTerms>>(new InputError("PartnerTerms"));
                }

                if (terms != former)
                {
                    audit.AddOf(db, own.Id, person, new AuditAct(AuditActions.DelegationChanged, AuditOutcome.Succeeded) { ObjectId = partner.Id.ToString(), ObjectName = partner.Name, Before = PartnerTerms.InTrail(former.Ceiling), After = PartnerTerms.InTrail(terms.Ceiling) });
                    own.ResellerCeiling = terms.Ceiling;
                }

                return Task.FromResult<Result<PartnerTerms>>(terms);
            },
            cancellationToken);
    }

    private async Task<Result<T>> ChangeAsync<T>(SignedIn person, string slug, Func<PortalDbContext, Tenant, Reseller, CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken)
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

        return await database.InTurnAsync<Result<T>>(
            tenantId,
            async (db, token) =>
            {
                var now = clock.GetUtcNow();
                var isOwner = await db.SignInSessions.Where(sessions.Live()).AnyAsync(session => session.Id == person.SessionId && session.PersonId == person.PersonId, token)
                    && await db.TenantMembers.Where(Owners.Live(now)).AnyAsync(member => member.PersonId == person.PersonId, token);
                var own = await db.Tenants.Include(row => row.Reseller).SingleOrDefaultAsync(row => row.Id == tenantId && row.SuspendedAt != null && row.SuspendedBy != null && row.RemovingAt == null, token);
                if (!isOwner || own?.Reseller is not { } partner || await db.ResellerAdministrators.AnyAsync(administrator => administrator.ResellerId == partner.Id && administrator.PersonId == person.PersonId, token))
                {
                    return new GoneError();
                }

                var changed = await change(db, own, partner, token);
                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);
    }
}
