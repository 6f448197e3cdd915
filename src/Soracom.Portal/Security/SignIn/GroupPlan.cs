using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Members;

namespace Soracom.Portal.Security.SignIn;

/// <summary>What groups give whom: the one answer, at sign-in and where somebody changes what they give.</summary>
internal static class GroupPlan
{
    /// <summary>What gives a person a membership: the first in the tenant's order whose group they are in.</summary>
    /// <param name="ordered">What the tenant's groups give, in order.</param>
    /// <param name="issuer">Who vouches for the person: groups of another issuer are other groups.</param>
    /// <param name="groups">The groups that the person is in.</param>
    /// <returns>The group; null for none. One that would make owners, which no page makes, gives nothing.</returns>
    public static GroupGrant? First(IEnumerable<GroupGrant> ordered, string issuer, IReadOnlySet<string> groups) =>
        ordered.FirstOrDefault(grant => grant.Role != TenantRole.Owner && string.Equals(grant.Issuer, issuer, StringComparison.Ordinal) && groups.Contains(grant.GroupId));

    /// <summary>What the tenant's groups give, in order.</summary>
    /// <param name="db">A context of the tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The groups, with their roles.</returns>
    public static Task<List<GroupGrant>> OrderedAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        db.GroupGrants.Include(grant => grant.CustomRole).OrderBy(grant => grant.Position).ToListAsync(cancellationToken);

    /// <summary>Ends a membership as if an owner had removed it: the views that the member kept to themselves go too.</summary>
    /// <param name="db">A context of the tenant, in a turn; what is tracked is saved by whoever calls.</param>
    /// <param name="member">The member, who came by a group.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What the trail says of it.</returns>
    public static async Task<AuditAct> RemoveAsync(PortalDbContext db, TenantMember member, CancellationToken cancellationToken)
    {
        db.TenantMembers.Remove(member);
        await db.SavedViews.Where(view => view.OwnerId == member.PersonId && !view.IsShared).ExecuteDeleteAsync(cancellationToken);
        return Act(AuditActions.MemberRemoved, member.PersonId, member.Person?.Name) with { Before = Given(member) };
    }

    /// <summary>Gives a member what a group gives.</summary>
    /// <param name="member">The member, who came by a group.</param>
    /// <param name="grant">What gives them their membership from now on.</param>
    /// <returns>What the trail says of it; null where it is what they had.</returns>
    public static AuditAct? Change(TenantMember member, GroupGrant grant)
    {
        if (member.GroupGrantId == grant.Id && member.Role == grant.Role && member.CustomRoleId == grant.CustomRoleId)
        {
            return null;
        }

        var act = Act(AuditActions.MemberRoleChanged, member.PersonId, member.Person?.Name) with { Before = Given(member), After = InTrail(grant) };
        (member.Role, member.CustomRoleId, member.GroupGrantId) = (grant.Role, grant.CustomRoleId, grant.Id);
        return act;
    }

    /// <summary>What is done with somebody's membership.</summary>
    public static AuditAct Act(string action, Guid personId, string? name) => new(action, AuditOutcome.Succeeded) { ObjectId = personId.ToString(), ObjectName = name };

    /// <summary>What a group gives, as the trail says it.</summary>
    public static string InTrail(GroupGrant grant) => InTrail(grant.Role, grant.CustomRole?.Name, grant.GroupId);

    private static string Given(TenantMember member) => InTrail(member.Role, member.CustomRole?.Name, member.GroupGrant?.GroupId);

    private static string InTrail(TenantRole role, string? custom, string? group) => $"{GivenRole.InTrail(role, custom)}, by the group \"{group}\"";
}
