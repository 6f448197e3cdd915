using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Policies;

/// <summary>Whom and what the rules of a policy can name.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="known">Whether all SIMs of an account, and with them its groups, have been read.</param>
internal sealed class OpenerChoices(PortalDatabase database, TenantSoracom soracom, KnownSims known)
{
    /// <summary>The most groups of an account that the vendor is asked for.</summary>
    public const int MostGroups = 2_000;

    /// <summary>How old the vendor's list of groups may be.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private static readonly TenantRole[] Openers = [.. RolePermissions.Presets.Where(role => RolePermissions.Of(role).Contains(Permission.RemoteAccessOpen))];

    /// <summary>The groups, by name: those that the portal keeps, or where it does not have them all yet the vendor's (operation listGroups).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The groups of all coverages, of each at most <see cref="MostGroups"/> that the vendor was asked for; none for whoever may not read groups; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<PolicyGroup>>> GroupsAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        if (!tenant.May(Permission.GroupsRead))
        {
            return Result.Of<IReadOnlyList<PolicyGroup>>([]);
        }

        var found = new List<PolicyGroup>();
        foreach (var coverage in await soracom.CoveragesAsync(tenant, cancellationToken))
        {
            var groups = await KeptAsync(tenant, coverage, cancellationToken);
            if (groups.Count == 0)
            {
                var read = await soracom.ReadRecentAsync<IReadOnlyList<PolicyGroup>>(
                    tenant,
                    coverage,
                    Recent,
                    async (client, token) => await client.Groups.ListAllGroupsAsync(token).Take(MostGroups).Select(group => new PolicyGroup(group.GroupId, group.Name)).ToListAsync(token),
                    cancellationToken);
                if (read.Error is { } error)
                {
                    return error;
                }

                groups = read.Value;
            }

            found.AddRange(groups);
        }

        return Result.Of<IReadOnlyList<PolicyGroup>>([.. found.DistinctBy(group => group.Id, StringComparer.Ordinal).OrderBy(group => group.Name, StringComparer.CurrentCulture)]);
    }

    /// <summary>The people, by name: the members who may open doors, and members who are named already.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The people; to whoever can't change the rules, those alone who are named.</returns>
    public async Task<IReadOnlyList<PolicyPerson>> PeopleAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var named = (await RulesAsync(db, cancellationToken)).Select(rule => rule.Person).OfType<Guid>().ToList();
        var all = tenant.May(Permission.RemoteAccessRules);
        var own = (await db.CustomRoles.AsNoTracking().ToListAsync(cancellationToken)).Where(MayOpen).Select(role => (Guid?)role.Id).ToList();
        var people = await db.TenantMembers.AsNoTracking()
            .Where(member => named.Contains(member.PersonId) || (all && (Openers.Contains(member.Role) || own.Contains(member.CustomRoleId))))
            .Select(member => new PolicyPerson(member.PersonId, member.Person!.Name))
            .ToListAsync(cancellationToken);
        return [.. people.OrderBy(person => person.Name, StringComparer.CurrentCulture)];
    }

    /// <summary>The tenant's own roles, by name: those whose members may open doors, and those that are named already.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The roles; to whoever can't change the rules, those alone that are named.</returns>
    public async Task<IReadOnlyList<PolicyRole>> RolesAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var named = (await RulesAsync(db, cancellationToken)).Select(rule => rule.CustomRole).OfType<Guid>().ToHashSet();
        var all = tenant.May(Permission.RemoteAccessRules);
        var roles = await db.CustomRoles.AsNoTracking().ToListAsync(cancellationToken);
        return [.. roles.Where(role => named.Contains(role.Id) || (all && MayOpen(role))).Select(role => new PolicyRole(role.Id, role.Name)).OrderBy(role => role.Name, StringComparer.CurrentCulture)];
    }

    private static bool MayOpen(CustomRole role) => PermissionSet.Read(role.Permissions).Permissions.Contains(Permission.RemoteAccessOpen);

    private static async Task<IReadOnlyList<OpenerRule>> RulesAsync(PortalDbContext db, CancellationToken cancellationToken) =>
        OpenerRule.Read(await db.RemoteAccessPolicies.Select(policy => policy.Openers).SingleOrDefaultAsync(cancellationToken) ?? string.Empty) ?? [];

    /// <summary>The groups that the portal keeps of an account; none where it may lack some.</summary>
    private async Task<IReadOnlyList<PolicyGroup>> KeptAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenant.TenantId);
        if (await known.AsOfAsync(db, tenant, coverage, cancellationToken) is null)
        {
            return [];
        }

        var operators = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        return await db.InventoryGroups.AsNoTracking()
            .Where(group => group.Coverage == name && operators.Contains(group.OperatorId) && group.GoneAt == null)
            .Select(group => new PolicyGroup(group.GroupId, group.Name))
            .ToListAsync(cancellationToken);
    }
}

/// <summary>A group that a rule can name.</summary>
/// <param name="Id">The group's id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
public sealed record PolicyGroup(string Id, string Name);

/// <summary>A role of the tenant's own that a rule can name.</summary>
/// <param name="Id">Which.</param>
/// <param name="Name">Its name.</param>
public sealed record PolicyRole(Guid Id, string Name);

/// <summary>A person whom a rule can name.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">The name.</param>
public sealed record PolicyPerson(Guid Id, string Name);
