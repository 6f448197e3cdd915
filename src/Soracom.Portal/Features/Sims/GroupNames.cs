using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims;

/// <summary>The names of a tenant's groups (operation listGroups), for the filter and the list.</summary>
/// <param name="soracom">The way to the vendor.</param>
public sealed class GroupNames(TenantSoracom soracom)
{
    /// <summary>How old the names may be.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    /// <summary>The groups by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The groups, at most half a minute old, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<IReadOnlyList<GroupName>>> ListAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        return await soracom.ReadRecentAsync(tenant, coverage, Age, ReadAsync, cancellationToken);
    }

    private static async Task<IReadOnlyList<GroupName>> ReadAsync(ISoracomClient client, CancellationToken cancellationToken)
    {
        var names = new List<GroupName>();
        await foreach (var group in client.Groups.ListAllGroupsAsync(cancellationToken))
        {
            names.Add(new GroupName(group.GroupId, group.Name));
        }

        names.Sort((left, right) => StringComparer.CurrentCultureIgnoreCase.Compare(left.Name, right.Name));
        return names;
    }
}

/// <summary>A group's name.</summary>
/// <param name="Id">The group id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
public sealed record GroupName(string Id, string Name)
{
    /// <summary>What to call it: the name, or the id where there is none.</summary>
    public string Label => Names.IsBlank(Name) ? Id : Name;
}
