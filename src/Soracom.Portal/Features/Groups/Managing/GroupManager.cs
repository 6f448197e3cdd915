using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Errors;
using Soracom.Api.Groups;
using Soracom.Api.Sims;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.Managing;

/// <summary>Makes groups, names them and deletes them. What is remembered of them follows at once.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="acts">Makes the changes.</param>
/// <param name="archive">Keeps what was seen.</param>
/// <param name="log">Tells of an archive that can't be opened.</param>
/// <param name="clock">The clock.</param>
internal sealed partial class GroupManager(
    PortalDatabase database, TenantSoracom soracom, VendorActs acts, GroupArchive archive, ILogger<GroupManager> log, TimeProvider clock)
{
    /// <summary>Makes a group (operation createGroup). No two are made with one name: after an answer that was lost, the first is found by it.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="name">Its name.</param>
    /// <param name="tags">Its tags, but for the name.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>
    /// The group; an <see cref="InputError"/>; or a <see cref="VendorError"/>, whose <see cref="VendorError.OutcomeUnknown"/> says that there
    /// may be one now, though none was found.
    /// </returns>
    public async Task<Result<Group>> CreateAsync(
        TenantContext tenant, SoracomCoverage coverage, string name, IReadOnlyList<KeyValuePair<string, string>> tags, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(tags);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        if (name.Length == 0)
        {
            return new InputError("GroupNameless");
        }

        if ((GroupTagChange.OfName(name).Wrong() ?? GroupTagChange.Wrong(tags)) is { } wrong)
        {
            return wrong;
        }

        var same = await soracom.ReadAsync(tenant, coverage, (client, token) => NamedAsync(client, name, token), cancellationToken);
        if (same.Error is { } unread)
        {
            return unread;
        }

        if (same.Value.Count > 0)
        {
            return new InputError("GroupNameTaken", name);
        }

        // The vendor takes its time; whose right ended meanwhile changes nothing any more.
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        var all = tags.Append(new(GroupRow.NameTag, name)).ToDictionary(StringComparer.Ordinal);
        var made = await acts.DoAsync(
            tenant,
            coverage,
            new AuditAct(AuditActions.GroupCreated, AuditOutcome.Begun) { ObjectName = name, Detail = tags.Count == 0 ? null : string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}")) },
            (client, token) => client.Groups.CreateGroupAsync(new NewGroup { Tags = all }, token),
            async (client, token) => await NamedAsync(client, name, token) is [var only] && IsAsMade(only, all) ? new Looked<Group>(Done: true, only) : new Looked<Group>(Done: false, null!),
            cancellationToken,
            (act, group) => act with { ObjectId = group.GroupId });
        if (made.Error is null)
        {
            await LearnAsync(tenant, coverage, made.Value, new GroupAuthorship(GroupRevisionOrigin.Created, tenant.Actor.PersonId, tenant.Actor.Name));
        }

        return made;
    }

    /// <summary>Sets a tag of a group, or takes it away (operations putGroupTags and deleteGroupTag). The name is one, too.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="change">The change.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>True when it was changed, false when it was so already; an <see cref="InputError"/>; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<bool>> ChangeTagAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, GroupTagChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(change);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        if (change.Wrong() is { } wrong)
        {
            return wrong;
        }

        var read = await FindAsync(tenant, coverage, groupId, cancellationToken);
        if (read.Error is { } unread)
        {
            return unread;
        }

        if (change.IsIn(read.Value))
        {
            await LearnAsync(tenant, coverage, read.Value, by: null);
            return false;
        }

        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        var sent = await acts.DoAsync(
            tenant,
            coverage,
            ActOf(AuditActions.GroupTagged, read.Value) with { Detail = change.Key, Before = read.Value.Tags.GetValueOrDefault(change.Key), After = change.Value },
            (client, token) => SendAsync(client, groupId, change, token),
            async (client, token) => await client.Groups.GetGroupAsync(groupId, token) is var now && change.IsIn(now) ? new Looked<Group?>(Done: true, now) : new Looked<Group?>(Done: false, null),
            cancellationToken);
        if (sent.Error is { } error)
        {
            return error;
        }

        // What can't be read now is learned with the next reading.
        var after = sent.Value ?? (await FindAsync(tenant, coverage, groupId, CancellationToken.None) is { Error: null, Value: var found } ? found : null);
        if (after is not null)
        {
            await LearnAsync(tenant, coverage, after, by: null);
        }

        return true;
    }

    /// <summary>Which SIMs are in a group (operation listSubscribersInGroup), and which are remembered to be.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The SIMs, or a <see cref="VendorError"/>.</returns>
    public async Task<Result<GroupMembers>> MembersAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        var told = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Groups.ListSubscribersInGroupAsync(groupId, cancellationToken: token), cancellationToken);
        if (told.Error is { } error)
        {
            return error;
        }

        var sims = told.Value.Items;
        return new GroupMembers(
            sims.Count,
            told.Value.NextKey is not null,
            tenant.May(Permission.SimsRead) ? [.. sims.Take(GroupMembers.MostNamed).Select(NameOf)] : [],
            new StatusCounts(sims.GroupBy(sim => sim.Status ?? "", StringComparer.Ordinal).ToDictionary(some => some.Key, some => some.Count(), StringComparer.Ordinal)),
            await RememberedAsync(tenant, coverage, groupId, cancellationToken));
    }

    /// <summary>Deletes a group (operation deleteGroup). One with SIMs is refused, unless its name is given as a second confirmation.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="confirmation">What it is called, where SIMs in it are known and accepted to lose it: the name, or the id where it has none. Null otherwise.</param>
    /// <param name="cancellationToken">Cancels, until it is sent.</param>
    /// <returns>True; a <see cref="GroupInUseError"/>; or a <see cref="VendorError"/>.</returns>
    public async Task<Result<bool>> DeleteAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, string? confirmation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsDelete, cancellationToken);
        var read = await FindAsync(tenant, coverage, groupId, cancellationToken);
        if (read.Error is { } unread)
        {
            return unread;
        }

        var members = await MembersAsync(tenant, coverage, groupId, cancellationToken);
        if (members.Error is { } unlisted)
        {
            return unlisted;
        }

        if (members.Value.Any && !string.Equals(confirmation?.Trim(), LabelOf(groupId, read.Value.Name).Trim(), StringComparison.Ordinal))
        {
            return new GroupInUseError(members.Value.AtLeast);
        }

        await tenant.RequireAsync(Permission.GroupsDelete, cancellationToken);
        var deleted = await acts.DoAsync(
            tenant,
            coverage,
            ActOf(AuditActions.GroupDeleted, read.Value) with { Detail = members.Value.Any ? $"SIMs: {members.Value.AtLeast}{(members.Value.More ? "+" : "")}" : null },
            async (client, token) =>
            {
                await client.Groups.DeleteGroupAsync(groupId, token);
                return true;
            },
            async (client, token) => new Looked<bool>(await IsGoneAsync(client, groupId, token), Answer: true),
            cancellationToken);
        if (deleted.Error is null or VendorError { Kind: VendorErrorKind.NotFound })
        {
            await archive.GoneAsync(tenant.TenantId, coverage, groupId, clock.GetUtcNow(), CancellationToken.None);
        }

        return deleted;
    }

    /// <summary>What has to be typed to delete a group with SIMs: the name, or the id of one that has none.</summary>
    internal static string LabelOf(string groupId, string name) => Shared.Text.Names.IsBlank(name) ? groupId : Shared.Text.Names.Plain(name);

    private static string NameOf(Sim sim) => Shared.Text.Names.IsBlank(sim.Name) ? sim.SimId : sim.Name;

    private static AuditAct ActOf(string action, Group group) => new(action, AuditOutcome.Begun) { ObjectId = group.GroupId, ObjectName = group.Name.Length == 0 ? null : group.Name };

    private static bool IsAsMade(Group group, Dictionary<string, string> tags) =>
        group.Configuration.All(space => space.Value.Count == 0)
        && group.Tags.Count == tags.Count && tags.All(tag => group.Tags.TryGetValue(tag.Key, out var value) && string.Equals(value, tag.Value, StringComparison.Ordinal));

    private static async Task<List<Group>> NamedAsync(ISoracomClient client, string name, CancellationToken cancellationToken)
    {
        var groups = new List<Group>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        string? key = null;
        do
        {
            var page = await client.Groups.ListGroupsAsync(GroupRow.NameTag, name, TagValueMatchMode.Exact, lastEvaluatedKey: key, cancellationToken: cancellationToken);
            groups.AddRange(page.Items);
            key = page.NextKey;
        }
        while (key is not null && seen.Add(key));

        return groups;
    }

    private static async Task<Group?> SendAsync(ISoracomClient client, string groupId, GroupTagChange change, CancellationToken cancellationToken)
    {
        if (change.Value is { } value)
        {
            return await client.Groups.PutGroupTagsAsync(groupId, [new Tag { TagName = change.Key, TagValue = value }], cancellationToken);
        }

        await client.Groups.DeleteGroupTagAsync(groupId, change.Key, cancellationToken);
        return null;
    }

    private static async Task<bool> IsGoneAsync(ISoracomClient client, string groupId, CancellationToken cancellationToken)
    {
        try
        {
            await client.Groups.GetGroupAsync(groupId, cancellationToken);
            return false;
        }
        catch (SoracomNotFoundException)
        {
            return true;
        }
    }

    private async Task<Result<Group>> FindAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        var readAt = clock.GetUtcNow();
        var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Groups.GetGroupAsync(groupId, token), cancellationToken);
        if (read.Error is VendorError { Kind: VendorErrorKind.NotFound })
        {
            await archive.GoneAsync(tenant.TenantId, coverage, groupId, readAt, cancellationToken);
        }

        return read;
    }

    private async Task<StatusCounts?> RememberedAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenant.TenantId);
        if (await GroupArchive.OperatorAsync(db, coverage, cancellationToken) is not { } operatorId
            || !await db.SimInventories.AnyAsync(inventory => inventory.Coverage == name && inventory.OperatorId == operatorId && inventory.CompleteAsOf != null, cancellationToken))
        {
            return null;
        }

        var counts = await db.InventorySims
            .Where(sim => sim.Coverage == name && sim.GroupId == groupId && sim.GoneAt == null)
            .GroupBy(sim => sim.Status)
            .Select(some => new { Status = some.Key, Count = some.Count() })
            .ToListAsync(cancellationToken);
        return new StatusCounts(counts.ToDictionary(count => count.Status, count => count.Count, StringComparer.Ordinal));
    }

    /// <summary>Takes in what the vendor has just told. The change is made by then, whatever becomes of this.</summary>
    private async Task LearnAsync(TenantContext tenant, SoracomCoverage coverage, Group group, GroupAuthorship? by)
    {
        try
        {
            await archive.RecordAsync(tenant.TenantId, coverage, group, clock.GetUtcNow(), by, CancellationToken.None);
        }
        catch (VaultException error)
        {
            UnreadableArchive(tenant.TenantId, error);
        }
    }

    [LoggerMessage(LogLevel.Error, "The archive of tenant {TenantId} can't be opened: what was changed of a group is not kept.")]
    private partial void UnreadableArchive(Guid tenantId, Exception error);
}
