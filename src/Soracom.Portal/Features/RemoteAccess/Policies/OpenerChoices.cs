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

    private static readonly TenantRole[] Openers = [.. Enum.GetValues<TenantRole>().Where(role => RolePermissions.Of(role).Contains(Permission.RemoteAccessOpen))];

    /// <summary>The groups, by name: those that the portal keeps, or where it does not have them all yet the vendor's (operation listGroups).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The groups of all coverages, of each at most <see cref="MostGroups"/> that the vendor was asked for; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<PolicyGroup>>> GroupsAsync(TenantContext tenant, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.RemoteAccessRead, cancellationToken);
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
        var rules = await db.RemoteAccessPolicies.Select(policy => policy.Openers).SingleOrDefaultAsync(cancellationToken);
        var named = (OpenerRule.Read(rules ?? string.Empty) ?? []).Select(rule => rule.Person).OfType<Guid>().ToList();
        var all = tenant.May(Permission.RemoteAccessRules);
        var people = await db.TenantMembers.AsNoTracking()
            .Where(member => named.Contains(member.PersonId) || (all && Openers.Contains(member.Role)))
            .Select(member => new PolicyPerson(member.PersonId, member.Person!.Name))
            .ToListAsync(cancellationToken);
        return [.. people.OrderBy(person => person.Name, StringComparer.CurrentCulture)];
    }

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

/// <summary>A person whom a rule can name.</summary>
/// <param name="Id">Who.</param>
/// <param name="Name">The name.</param>
public sealed record PolicyPerson(Guid Id, string Name);
