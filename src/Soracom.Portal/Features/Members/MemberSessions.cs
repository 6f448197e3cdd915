using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Members;

/// <summary>Where a tenant's members are signed in. A session is a person's and holds in all tenants that the person may enter.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="sessions">The sessions.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class MemberSessions(PortalDatabase database, SignInSessions sessions, AuditTrail audit, TimeProvider clock)
{
    /// <summary>A member's sessions that hold, by last use.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The sessions; none for somebody who is no member, none any more, or one by a group.</returns>
    public async Task<IReadOnlyList<OpenSession>> ListAsync(TenantContext tenant, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await Present(db, personId).AnyAsync(cancellationToken)
            ? await db.SignInSessions.Where(sessions.Live()).Where(session => session.PersonId == personId)
                .OrderByDescending(session => session.LastUsedAt).Select(OpenSession.Of(tenant.Actor)).ToListAsync(cancellationToken)
            : [];
    }

    /// <summary>Signs a member out everywhere but where one sits oneself: open pages close within seconds. Whoever is still a member may sign in again.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many sessions were ended; a <see cref="GoneError"/> for somebody who is no member; or, for a partner, an <see cref="InputError"/> where the member is an owner.</returns>
    public async Task<Result<int>> EndAsync(TenantContext tenant, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        if (await Present(db, personId).Select(member => new { member.Role, member.Person!.Name }).SingleOrDefaultAsync(cancellationToken) is not { } found)
        {
            return new GoneError();
        }

        if (tenant.Standing.AsReseller && found.Role == TenantRole.Owner)
        {
            // Whoever is signed out again and again can't end the delegation.
            return new InputError("OwnersDecide");
        }

        var open = await db.SignInSessions.Where(sessions.Live())
            .Where(session => session.PersonId == personId && session.Id != tenant.Actor.SessionId).ToListAsync(cancellationToken);
        foreach (var session in open)
        {
            session.EndedAt = clock.GetUtcNow();
        }

        if (open.Count > 0)
        {
            audit.Add(db, tenant, new AuditAct(AuditActions.MemberSignedOut, AuditOutcome.Succeeded) { ObjectId = personId.ToString(), ObjectName = found.Name, Detail = FormattableString.Invariant($"{open.Count}") });
            await db.SaveChangesAsync(cancellationToken);
        }

        return open.Count;
    }

    // Where somebody is signed in who is a member no more is nobody's business here, nor of people whom a group made members: they were not asked.
    private IQueryable<TenantMember> Present(PortalDbContext db, Guid personId)
    {
        var now = clock.GetUtcNow();
        return db.TenantMembers.Where(member => member.PersonId == personId && member.GroupGrantId == null && (member.Until == null || member.Until > now));
    }
}
