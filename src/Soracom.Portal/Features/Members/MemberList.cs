using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Members;

/// <summary>Who belongs to a tenant, and as what.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
public sealed class MemberList(PortalDatabase database, AuditTrail audit)
{
    /// <summary>The members, by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The members.</returns>
    public async Task<IReadOnlyList<MemberSummary>> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await db.TenantMembers.AsNoTracking()
            .OrderBy(member => member.Person!.Name)
            .Select(member => new MemberSummary(member.PersonId, member.Person!.Name, member.Person.Email, member.Role, member.AddedAt, member.Person.LastSignInAt))
            .ToListAsync(cancellationToken);
    }

    /// <summary>Gives a member another role. Pages that the member has open start anew within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="former">The role that the member is believed to have.</param>
    /// <param name="role">The role to give; when it is the present one, nothing is changed and nothing recorded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The role; a <see cref="GoneError"/>; a <see cref="ConflictError"/> when the member has yet another role by now; or a
    /// <see cref="LastOwnerError"/>.
    /// </returns>
    public async Task<Result<TenantRole>> ChangeRoleAsync(TenantContext tenant, Guid personId, TenantRole former, TenantRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        return await ChangeAsync(
            tenant,
            personId,
            staysOwner: role == TenantRole.Owner,
            (db, member, _) =>
            {
                if (member.Role == role)
                {
                    return Task.FromResult<Result<TenantRole>>(role);
                }

                if (member.Role != former)
                {
                    return Task.FromResult<Result<TenantRole>>(new ConflictError());
                }

                var detail = $"{member.Role} -> {role}";
                member.Role = role;
                audit.Add(db, tenant, Act(AuditActions.MemberRoleChanged, member, detail));
                return Task.FromResult<Result<TenantRole>>(role);
            },
            cancellationToken);
    }

    /// <summary>Removes a member, and the views that the member kept to themselves. Pages that the member has open close within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The role that the member had; a <see cref="GoneError"/>; or a <see cref="LastOwnerError"/>.</returns>
    public async Task<Result<TenantRole>> RemoveAsync(TenantContext tenant, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        return await ChangeAsync(
            tenant,
            personId,
            staysOwner: false,
            async (db, member, token) =>
            {
                db.TenantMembers.Remove(member);
                // What the member shared belongs to the others too.
                await db.SavedViews.Where(view => view.OwnerId == personId && !view.IsShared).ExecuteDeleteAsync(token);
                audit.Add(db, tenant, Act(AuditActions.MemberRemoved, member, member.Role.ToString()));
                return member.Role;
            },
            cancellationToken);
    }

    // One at a time: two owners who remove each other at the same moment would leave none.
    private Task<Result<TenantRole>> ChangeAsync(
        TenantContext tenant, Guid personId, bool staysOwner, Func<PortalDbContext, TenantMember, CancellationToken, Task<Result<TenantRole>>> change, CancellationToken cancellationToken) =>
        database.InTurnAsync<Result<TenantRole>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.TenantMembers.Include(candidate => candidate.Person).SingleOrDefaultAsync(candidate => candidate.PersonId == personId, token) is not { } member)
                {
                    return new GoneError();
                }

                if (!staysOwner && await Owners.IsLastAsync(db, member, token))
                {
                    return new LastOwnerError();
                }

                var changed = await change(db, member, token);
                await db.SaveChangesAsync(token);
                return changed;
            },
            cancellationToken);

    private static AuditAct Act(string action, TenantMember member, string detail) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = member.PersonId.ToString(), ObjectName = member.Person?.Name, Detail = detail };
}

/// <summary>A member.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Email">Address as the sign-in provider last gave it.</param>
/// <param name="Role">As what.</param>
/// <param name="AddedAt">Since when.</param>
/// <param name="LastSignInAt">The last sign-in; null when there was none yet.</param>
public sealed record MemberSummary(Guid PersonId, string Name, string? Email, TenantRole Role, DateTimeOffset AddedAt, DateTimeOffset? LastSignInAt);

/// <summary>A tenant keeps at least one owner; nothing was changed.</summary>
public sealed record LastOwnerError() : PortalError("LastOwner");
