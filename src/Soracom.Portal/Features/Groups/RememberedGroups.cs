using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Groups;

/// <summary>What the portal remembers of groups, without asking the vendor.</summary>
/// <param name="database">The portal's database.</param>
internal sealed class RememberedGroups(PortalDatabase database)
{
    /// <summary>One group.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What is remembered of it; null when nothing is.</returns>
    public async Task<GroupGlance?> FindAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await GroupArchive.Groups(db, coverage).AsNoTracking().SingleOrDefaultAsync(group => group.GroupId == groupId, cancellationToken) is { } row ? GroupGlance.Of(row) : null;
    }

    /// <summary>The groups that are there, by name.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Their ids and names.</returns>
    public async Task<IReadOnlyList<GroupLabel>> NamesAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        var names = await GroupArchive.Groups(db, coverage).Where(group => group.GoneAt == null).Select(group => new GroupLabel(group.GroupId, group.Name)).ToListAsync(cancellationToken);
        return [.. names.OrderBy(group => group.Text, StringComparer.CurrentCultureIgnoreCase)];
    }
}

/// <summary>A group's name.</summary>
/// <param name="GroupId">The group id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
public sealed record GroupLabel(string GroupId, string Name)
{
    /// <summary>What to call it: the name, or the id where there is none.</summary>
    public string Text => Names.IsBlank(Name) ? GroupId : Name;
}

/// <summary>What a group is, at a glance.</summary>
/// <param name="GroupId">The group id.</param>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="Tags">Its tags but for the name.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ModifiedAt">When the vendor says that it was last changed.</param>
/// <param name="WrittenAt">When its configuration was last changed through the portal; null when it never was.</param>
/// <param name="WrittenBy">Who did that.</param>
/// <param name="GoneAt">When it was found to be gone; null for one that is there.</param>
public sealed record GroupGlance(
    string GroupId,
    string Name,
    IReadOnlyDictionary<string, string> Tags,
    DateTimeOffset? CreatedAt,
    DateTimeOffset? ModifiedAt,
    DateTimeOffset? WrittenAt,
    string? WrittenBy,
    DateTimeOffset? GoneAt)
{
    /// <summary>Out of its row.</summary>
    internal static GroupGlance Of(InventoryGroup row) =>
        new(row.GroupId, row.Name, GroupRow.TagsOf(row), row.CreatedAt, row.ModifiedAt, row.WrittenAt, row.WrittenBy, row.GoneAt);
}
