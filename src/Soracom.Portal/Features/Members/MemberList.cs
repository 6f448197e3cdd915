using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Members;

/// <summary>Who belongs to a tenant, and as what.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class MemberList(PortalDatabase database, AuditTrail audit, TimeProvider clock)
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
        var now = clock.GetUtcNow();
        var members = await db.TenantMembers.AsNoTracking()
            .OrderBy(member => member.Person!.Name)
            .Select(member => new
            {
                Known = new MemberSummary(member.PersonId, member.Person!.Name, member.Person.Email, new GivenRole(member.Role, member.CustomRoleId), member.CustomRole!.Name, member.AddedAt, member.Until, member.Person.LastSignInAt) { Group = member.GroupGrant!.Label },
                ByGroup = member.GroupGrantId != null,
                UsedAt = db.SignInSessions.Where(session => session.PersonId == member.PersonId).OrderByDescending(session => session.LastUsedAt).Select(session => (DateTimeOffset?)session.LastUsedAt).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        // When somebody is seen who is a member no more, or whom a group made one without asking, is nobody's business here.
        return
        [
            .. members.Select(member => member.ByGroup || member.Known.Until <= now ? member.Known with { LastSeenAt = null }
                : member.UsedAt is { } used && !(member.Known.LastSeenAt >= used) ? member.Known with { LastSeenAt = used }
                : member.Known),
        ];
    }

    /// <summary>Gives a member another role. Pages that the member has open start anew within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="former">The role that the member is believed to have.</param>
    /// <param name="role">The role to give; when it is the present one, nothing is changed and nothing recorded.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The role; a <see cref="GoneError"/> where there is no such member or role; a <see cref="ConflictError"/> when the member has yet another
    /// role by now; a <see cref="LastOwnerError"/>; or an <see cref="InputError"/> where a group gives the membership. A partner gets an <see cref="InputError"/> where the member is an owner, or would be.
    /// </returns>
    public async Task<Result<GivenRole>> ChangeRoleAsync(TenantContext tenant, Guid personId, GivenRole former, GivenRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await ChangeAsync<GivenRole>(
            tenant,
            personId,
            staysOwner: role.Preset == TenantRole.Owner,
            givesOwner: role.Preset == TenantRole.Owner,
            async (db, member, token) =>
            {
                // A member like others shows when they were here last and where they are signed in. Whom a group let in nobody asked about that: an invitation does.
                if (member.GroupGrantId is not null)
                {
                    return new InputError("MemberByGroup", Names.InText(member.Person?.Name));
                }

                var present = new GivenRole(member.Role, member.CustomRoleId);
                if (present == role)
                {
                    return role;
                }

                if (present != former)
                {
                    return new ConflictError();
                }

                var custom = await db.CustomRoles.SingleOrDefaultAsync(own => own.Id == role.CustomRoleId, token);
                if (!role.IsWhole || (role.CustomRoleId is not null && custom is null))
                {
                    return new GoneError();
                }

                var before = GivenRole.InTrail(member.Role, member.CustomRole?.Name);
                (member.Role, member.CustomRoleId) = (role.Preset, role.CustomRoleId);
                audit.Add(db, tenant, Act(AuditActions.MemberRoleChanged, member, detail: null) with { Before = before, After = GivenRole.InTrail(role.Preset, custom?.Name) });
                return role;
            },
            cancellationToken);
    }

    /// <summary>Gives a membership an end, another one, or none. Pages that the member has open close within seconds of it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="former">The end that the membership is believed to have; null for none.</param>
    /// <param name="until">From when on the member is let in no more; null for a member who stays.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The end; an <see cref="InputError"/> when it is over already; a <see cref="GoneError"/>; a <see cref="ConflictError"/> when the membership has
    /// yet another end by now; a <see cref="LastOwnerError"/>; or an <see cref="InputError"/> where a group gives the membership. A partner gets an <see cref="InputError"/> where the member is an owner.
    /// </returns>
    public async Task<Result<DateTimeOffset?>> LimitAsync(TenantContext tenant, Guid personId, DateTimeOffset? former, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        if (until <= clock.GetUtcNow())
        {
            return new InputError("InvitationUntil");
        }

        return await ChangeAsync<DateTimeOffset?>(
            tenant,
            personId,
            staysOwner: until is null,
            givesOwner: false,
            (db, member, _) =>
            {
                if (member.GroupGrantId is not null)
                {
                    return Task.FromResult<Result<DateTimeOffset?>>(new InputError("MemberByGroup", Names.InText(member.Person?.Name)));
                }

                if (member.Until == until)
                {
                    return Task.FromResult<Result<DateTimeOffset?>>(until);
                }

                if (member.Until != former)
                {
                    return Task.FromResult<Result<DateTimeOffset?>>(new ConflictError());
                }

                var before = Said(member.Until);
                if (member.Until <= clock.GetUtcNow())
                {
                    // Anew.
                    member.AddedAt = clock.GetUtcNow();
                }

                member.Until = until;
                audit.Add(db, tenant, Act(AuditActions.MemberLimited, member, detail: null) with { Before = before, After = Said(until) });
                return Task.FromResult<Result<DateTimeOffset?>>(until);
            },
            cancellationToken);

        static string Said(DateTimeOffset? end) => end is { } given ? $"{given.UtcDateTime:yyyy-MM-dd'T'HH:mm'Z'}" : "no end";
    }

    /// <summary>Removes a member, and the views that the member kept to themselves. From then on no group lets that person in, until somebody allows it. Pages that the member has open close within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The member.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The role that the member had; a <see cref="GoneError"/>; a <see cref="LastOwnerError"/>; or, for a partner, an <see cref="InputError"/> where the member is an owner.</returns>
    public async Task<Result<GivenRole>> RemoveAsync(TenantContext tenant, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await ChangeAsync<GivenRole>(
            tenant,
            personId,
            staysOwner: false,
            givesOwner: false,
            async (db, member, token) =>
            {
                db.TenantMembers.Remove(member);
                // Nor does a group bring back whom an owner has sent away.
                if (!await db.GroupExclusions.AnyAsync(exclusion => exclusion.PersonId == personId, token))
                {
                    db.GroupExclusions.Add(new GroupExclusion { TenantId = tenant.TenantId, PersonId = personId, At = clock.GetUtcNow() });
                }

                // What the member shared belongs to the others too.
                await db.SavedViews.Where(view => view.OwnerId == personId && !view.IsShared).ExecuteDeleteAsync(token);
                audit.Add(db, tenant, Act(AuditActions.MemberRemoved, member, GivenRole.InTrail(member.Role, member.CustomRole?.Name)));
                return new GivenRole(member.Role, member.CustomRoleId);
            },
            cancellationToken);
    }

    // One at a time: two owners who remove each other at the same moment would leave none.
    private Task<Result<T>> ChangeAsync<T>(
        TenantContext tenant, Guid personId, bool staysOwner, bool givesOwner, Func<PortalDbContext, TenantMember, CancellationToken, Task<Result<T>>> change, CancellationToken cancellationToken) =>
        database.InTurnAsync<Result<T>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.TenantMembers.Include(candidate => candidate.Person).Include(candidate => candidate.CustomRole).Include(candidate => candidate.GroupGrant).SingleOrDefaultAsync(candidate => candidate.PersonId == personId, token) is not { } member)
                {
                    return new GoneError();
                }

                if (tenant.Standing.AsReseller && (givesOwner || member.Role == TenantRole.Owner))
                {
                    // Else a partner could put itself in the place of those who may end the delegation.
                    return new InputError("OwnersDecide");
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

    private static AuditAct Act(string action, TenantMember member, string? detail) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = member.PersonId.ToString(), ObjectName = member.Person?.Name, Detail = detail };
}

/// <summary>A member.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Email">Address as the sign-in provider last gave it.</param>
/// <param name="Role">As what.</param>
/// <param name="CustomRole">The name of the tenant's own role, where it is one; null for a preset.</param>
/// <param name="AddedAt">Since when.</param>
/// <param name="Until">Until when, UTC; null for those who stay.</param>
/// <param name="LastSeenAt">When the portal was last used, in whichever tenant, to the minute: the last sign-in, or what a session did since; null when there was none yet, for former members, and for members by a group.</param>
public sealed record MemberSummary(Guid PersonId, string Name, string? Email, GivenRole Role, string? CustomRole, DateTimeOffset AddedAt, DateTimeOffset? Until, DateTimeOffset? LastSeenAt)
{
    /// <summary>The name of the identity provider's group that gives the membership; null where people gave it.</summary>
    public string? Group { get; init; }
}

/// <summary>A tenant keeps at least one owner; nothing was changed.</summary>
public sealed record LastOwnerError() : PortalError("LastOwner");
