using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Security.SignIn;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using SessionOptions = Soracom.Portal.Security.SignIn.SessionOptions;

namespace Soracom.Portal.Features.Members;

/// <summary>
/// Which groups of an identity provider give which roles in a tenant. They let people in with their next sign-in; what is changed or taken away here
/// counts at once for those who came by a group.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="session">How long a session holds, and with it what a group gives.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="clock">The clock.</param>
public sealed class GroupGrants(PortalDatabase database, IOptions<SessionOptions> session, AuditTrail audit, TimeProvider clock)
{
    /// <summary>The most groups that give roles in a tenant.</summary>
    public const int Most = 50;

    /// <summary>What groups give, whom they let in no more, and which groups one may choose from.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The list.</returns>
    public async Task<GroupGrantList> ListAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var rows = await db.GroupGrants.AsNoTracking()
            .OrderBy(grant => grant.Position)
            .Select(grant => new { Grant = grant, Custom = grant.CustomRole!.Name, Members = db.TenantMembers.Count(member => member.GroupGrantId == grant.Id) })
            .ToListAsync(cancellationToken);
        var shutOut = await db.GroupExclusions.AsNoTracking()
            .OrderBy(exclusion => exclusion.Person!.Name)
            .Select(exclusion => new ShutOutPerson(exclusion.PersonId, exclusion.Person!.Name, exclusion.At))
            .ToListAsync(cancellationToken);
        var own = await OwnAsync(db, tenant, cancellationToken);
        return new GroupGrantList(
            [.. rows.Select(row => new GroupGrantSummary(row.Grant.Id, row.Grant.GroupId, row.Grant.Label, row.Grant.Issuer, new GivenRole(row.Grant.Role, row.Grant.CustomRoleId), row.Custom, row.Members))],
            shutOut,
            Seen([.. rows.Select(row => row.Grant)]),
            tenant.Standing.AsReseller ? GroupSource.Partner : own.Known is null ? GroupSource.NotAsked : own.Known.Unknown is null ? GroupSource.Known : GroupSource.Unknown,
            own.Known?.Unknown,
            own.Issuer,
            [.. own.Known?.Read()?.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>()],
            session.Value.AbsoluteTimeout);
    }

    /// <summary>Has a group of one's own identity provider give a role, after those that give one already.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="groupId">The group as ID tokens name it.</param>
    /// <param name="label">Name for people; empty for the group's own.</param>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What was made; an <see cref="InputError"/>, or a <see cref="GoneError"/> where there is no such role: then nothing was.</returns>
    public async Task<Result<GroupGrantSummary>> AddAsync(TenantContext tenant, string groupId, string? label, GivenRole role, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(groupId);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        var (id, called) = (groupId.Trim(), label?.Trim() is { Length: > 0 } given ? given : groupId.Trim());
        if (Problem(tenant, id, called, role) is { } problem)
        {
            return problem;
        }

        return await database.InTurnAsync<Result<GroupGrantSummary>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var own = await OwnAsync(db, tenant, token);
                var present = await GroupPlan.OrderedAsync(db, token);
                if (own.Known is null)
                {
                    return new InputError("GroupsNotAsked");
                }

                if (present.Count >= Most)
                {
                    return new InputError("GroupsMost", Most);
                }

                if (present.Exists(other => other.GroupId == id && other.Issuer == own.Issuer))
                {
                    return new InputError("GroupTaken", id);
                }

                var custom = await db.CustomRoles.SingleOrDefaultAsync(one => one.Id == role.CustomRoleId, token);
                if (!role.IsWhole || (role.CustomRoleId is not null && custom is null))
                {
                    return new GoneError();
                }

                var made = new GroupGrant
                {
                    TenantId = tenant.TenantId,
                    Issuer = own.Issuer,
                    GroupId = id,
                    Label = called,
                    Role = role.Preset,
                    CustomRoleId = role.CustomRoleId,
                    Position = present.Count == 0 ? 0 : present[^1].Position + 1,
                    MadeAt = clock.GetUtcNow(),
                };
                db.GroupGrants.Add(made);
                audit.Add(db, tenant, Act(AuditActions.GroupGrantMade, made) with { After = GivenRole.InTrail(role.Preset, custom?.Name) });
                await db.SaveChangesAsync(token);
                return new GroupGrantSummary(made.Id, made.GroupId, made.Label, made.Issuer, role, custom?.Name, 0);
            },
            cancellationToken);
    }

    /// <summary>What a change would do to those who came by a group. Nothing is changed.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it would do; otherwise as <see cref="ChangeAsync"/>.</returns>
    public async Task<Result<GroupGrantEffect>> PreviewAsync(TenantContext tenant, GroupGrantChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(change);
        await tenant.RequireAsync(Permission.MembersManage, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var planned = await PlanAsync(db, tenant, change, cancellationToken);
        return planned.Error is { } error ? error : planned.Value.Effect;
    }

    /// <summary>Changes the role that a group gives or its place in the order, or has it give none. Pages of those whom it concerns close, or start anew, within seconds.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// What it did; an <see cref="InputError"/>; a <see cref="GoneError"/> where there is no such group or role; or a <see cref="ConflictError"/> where
    /// the list is another by now: then nothing was changed.
    /// </returns>
    public async Task<Result<GroupGrantEffect>> ChangeAsync(TenantContext tenant, GroupGrantChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(change);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await database.InTurnAsync<Result<GroupGrantEffect>>(
            tenant.TenantId,
            async (db, token) =>
            {
                var planned = await PlanAsync(db, tenant, change, token);
                if (planned.Error is { } error)
                {
                    return error;
                }

                var (plan, effect) = planned.Value;
                await CarryOutAsync(db, tenant, plan, token);
                return effect;
            },
            cancellationToken);
    }

    /// <summary>Lets groups let a person in again, with the next sign-in, whom somebody removed.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="personId">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The person's name; a <see cref="GoneError"/> where groups are not kept from it.</returns>
    public async Task<Result<string>> ReadmitAsync(TenantContext tenant, Guid personId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        if (await tenant.RequireFreshAsync(Permission.MembersManage, cancellationToken) is { } stale)
        {
            return stale;
        }

        return await database.InTurnAsync<Result<string>>(
            tenant.TenantId,
            async (db, token) =>
            {
                if (await db.GroupExclusions.Include(one => one.Person).SingleOrDefaultAsync(one => one.PersonId == personId, token) is not { } exclusion)
                {
                    return new GoneError();
                }

                db.GroupExclusions.Remove(exclusion);
                audit.Add(db, tenant, GroupPlan.Act(AuditActions.MemberReadmitted, personId, exclusion.Person!.Name));
                await db.SaveChangesAsync(token);
                return exclusion.Person.Name;
            },
            cancellationToken);
    }

    private static InputError? Problem(TenantContext tenant, string groupId, string label, GivenRole role) =>
        // A partner's groups are of the partner's directory, which the tenant's people don't see.
        tenant.Standing.AsReseller ? new InputError("GroupsPartner")
        : groupId.Length is 0 or > GroupGrant.GroupIdLength || groupId.Any(char.IsControl) ? new InputError("GroupId", GroupGrant.GroupIdLength)
        : label.Length > GroupGrant.LabelLength || Names.IsBlank(label) || label.Any(char.IsControl) ? new InputError("GroupLabel", GroupGrant.LabelLength)
        : role.Preset == TenantRole.Owner ? new InputError("GroupOwner")
        : null;

    private static async Task<(string Issuer, PersonGroups? Known)> OwnAsync(PortalDbContext db, TenantContext tenant, CancellationToken cancellationToken)
    {
        var issuer = await db.People.Where(person => person.Id == tenant.Actor.PersonId).Select(person => person.Issuer).SingleAsync(cancellationToken);
        return (issuer, await db.PersonGroups.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == tenant.Actor.PersonId, cancellationToken));
    }

    /// <summary>The list as somebody has seen it: what they agreed to holds for that one alone.</summary>
    private static string Seen(IReadOnlyList<GroupGrant> grants) => JsonSerializer.Serialize(grants.Select(grant => $"{grant.Id} {new GivenRole(grant.Role, grant.CustomRoleId).Key}"));

    private static async Task<Result<(GroupGrantPlan Plan, GroupGrantEffect Effect)>> PlanAsync(PortalDbContext db, TenantContext tenant, GroupGrantChange change, CancellationToken cancellationToken)
    {
        if (tenant.Standing.AsReseller)
        {
            return new InputError("GroupsPartner");
        }

        var grants = await GroupPlan.OrderedAsync(db, cancellationToken);
        if (grants.Find(one => one.Id == change.GrantId) is not { } grant)
        {
            return new GoneError();
        }

        if (Seen(grants) != change.Seen)
        {
            return new ConflictError();
        }

        var (before, place) = (GivenRole.InTrail(grant.Role, grant.CustomRole?.Name), grants.IndexOf(grant));
        var after = before;
        switch (change.Step)
        {
            case GroupGrantStep.Up or GroupGrantStep.Down:
                var to = Math.Clamp(place + (change.Step == GroupGrantStep.Up ? -1 : 1), 0, grants.Count - 1);
                grants.RemoveAt(place);
                grants.Insert(to, grant);
                (before, after) = ($"{before}, place {place + 1}", $"{after}, place {to + 1}");
                break;
            case GroupGrantStep.Role:
                var role = change.Role ?? default;
                if (role.Preset == TenantRole.Owner)
                {
                    return new InputError("GroupOwner");
                }

                var custom = await db.CustomRoles.SingleOrDefaultAsync(own => own.Id == role.CustomRoleId, cancellationToken);
                if (!role.IsWhole || (role.CustomRoleId is not null && custom is null))
                {
                    return new GoneError();
                }

                (grant.Role, grant.CustomRoleId, after) = (role.Preset, role.CustomRoleId, GivenRole.InTrail(role.Preset, custom?.Name));
                // So that its role is the one that it names.
                db.ChangeTracker.DetectChanges();
                break;
            default:
                grants.RemoveAt(place);
                break;
        }

        var moves = await MovesAsync(db, grants, cancellationToken);
        return (
            new GroupGrantPlan(grant, grants, moves, before, after),
            new GroupGrantEffect(
                moves.Count(move => move.Grant is null),
                moves.Count(move => move.Grant is { } next && (next.Role != move.Member.Role || next.CustomRoleId != move.Member.CustomRoleId))));
    }

    /// <summary>What those who came by a group get by the list as it is to be, by the groups of their last sign-in.</summary>
    private static async Task<List<(TenantMember Member, GroupGrant? Grant)>> MovesAsync(PortalDbContext db, IReadOnlyList<GroupGrant> grants, CancellationToken cancellationToken)
    {
        var members = await db.TenantMembers.Include(member => member.Person).Include(member => member.CustomRole)
            .Where(member => member.GroupGrantId != null).ToListAsync(cancellationToken);
        var known = await db.PersonGroups.AsNoTracking()
            .Where(row => db.TenantMembers.Any(member => member.PersonId == row.PersonId && member.GroupGrantId != null))
            .ToDictionaryAsync(row => row.PersonId, cancellationToken);
        return
        [
            .. members.Select(member => (member, known.GetValueOrDefault(member.PersonId)?.Read() is { } groups
                ? GroupPlan.First(grants, member.Person!.Issuer, groups)
                // Of whom nobody knows the groups: shut out by now, and for good where the group gives nothing any more.
                : grants.FirstOrDefault(grant => grant.Id == member.GroupGrantId))),
        ];
    }

    private async Task CarryOutAsync(PortalDbContext db, TenantContext tenant, GroupGrantPlan plan, CancellationToken cancellationToken)
    {
        var isRemoved = !plan.Order.Contains(plan.Grant);
        foreach (var (place, grant) in plan.Order.Index())
        {
            grant.Position = place;
        }

        if (plan.Before != plan.After || isRemoved)
        {
            audit.Add(db, tenant, Act(isRemoved ? AuditActions.GroupGrantRemoved : AuditActions.GroupGrantChanged, plan.Grant) with { Before = plan.Before, After = isRemoved ? null : plan.After });
        }

        foreach (var (member, next) in plan.Moves)
        {
            if ((next is null ? await GroupPlan.RemoveAsync(db, member, cancellationToken) : GroupPlan.Change(member, next)) is { } act)
            {
                audit.Add(db, tenant, act);
            }
        }

        await db.SaveChangesAsync(cancellationToken);
        if (isRemoved)
        {
            // After nobody has it any more.
            db.GroupGrants.Remove(plan.Grant);
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    private static AuditAct Act(string action, GroupGrant grant) =>
        new(action, AuditOutcome.Succeeded) { ObjectId = grant.Id.ToString(), ObjectName = grant.Label, Detail = $"{grant.GroupId} {grant.Issuer}" };

    private sealed record GroupGrantPlan(GroupGrant Grant, IReadOnlyList<GroupGrant> Order, IReadOnlyList<(TenantMember Member, GroupGrant? Grant)> Moves, string Before, string After);
}
