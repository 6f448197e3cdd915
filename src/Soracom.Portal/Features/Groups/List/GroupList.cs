using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.List;

/// <summary>Lists groups out of what is remembered of them; reads them from the vendor (operation listGroups) when that is not all, or when asked to.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="archive">Keeps what was seen.</param>
/// <param name="knownSims">Whether SIMs can be counted.</param>
/// <param name="clock">The clock.</param>
internal sealed class GroupList(PortalDatabase database, TenantSoracom soracom, GroupArchive archive, KnownSims knownSims, TimeProvider clock)
{
    // What somebody has opened one by one is not all: the accounts of which all groups were read here.
    private readonly ConcurrentDictionary<(Guid TenantId, SoracomCoverage Coverage, string OperatorId), bool> whole = new();

    /// <summary>A tenant's groups.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="anew">Whether to read them from the vendor even where they are known.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The groups that are known, and why there may be others.</returns>
    public async Task<GroupListing> ReadAsync(TenantContext tenant, SoracomCoverage coverage, bool anew, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        var known = await KnownAsync(tenant, coverage, cancellationToken);
        if (known.IsWhole && !anew)
        {
            return known.Listing;
        }

        var readAt = clock.GetUtcNow();
        var read = await soracom.ReadAsync(tenant, coverage, async (client, token) => await client.Groups.ListAllGroupsAsync(token).ToListAsync(token), cancellationToken);
        if (read.Error is { } error)
        {
            return known.Listing with { Failure = error };
        }

        if (known.OperatorId is not { } operatorId)
        {
            // The credential was stored between the two looks.
            return known.Listing with { Failure = new ConflictError() };
        }

        await archive.SeenAsync(tenant.TenantId, coverage, operatorId, read.Value, readAt, cancellationToken);
        var after = await KnownAsync(tenant, coverage, cancellationToken);
        if (!read.Value.Select(group => group.GroupId).ToHashSet(StringComparer.Ordinal).IsSubsetOf(after.Listing.Groups.Select(group => group.GroupId)))
        {
            return after.Listing with { Failure = after.OperatorId == operatorId ? new UnreadableArchiveError() : new ConflictError() };
        }

        whole[(tenant.TenantId, coverage, operatorId)] = true;
        return after.Listing;
    }

    /// <summary>Whether the SIMs of a tenant's groups can be counted by now. Begins to read them where they can't.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when all of the account's SIMs have been read.</returns>
    public async Task<bool> AreSimsKnownAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.SimsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await GroupArchive.OperatorAsync(db, coverage, cancellationToken) is { } operatorId
            && await knownSims.AsOfAsync(db, tenant, coverage, operatorId, cancellationToken) is not null;
    }

    private async Task<Known> KnownAsync(TenantContext tenant, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        await using var db = database.ForTenant(tenant.TenantId);
        if (await GroupArchive.OperatorAsync(db, coverage, cancellationToken) is not { } operatorId)
        {
            return new Known(null, IsWhole: false, new GroupListing(coverage, [], ReadAt: null));
        }

        var rows = await GroupArchive.Groups(db, coverage).AsNoTracking().Where(row => row.GoneAt == null).ToListAsync(cancellationToken);
        // A walk through the SIMs begins with all groups.
        var simsAsOf = await knownSims.AsOfAsync(db, tenant, coverage, operatorId, cancellationToken);
        var isWhole = rows.Count > 0 && (simsAsOf is not null || whole.ContainsKey((tenant.TenantId, coverage, operatorId)));
        simsAsOf = tenant.May(Permission.SimsRead) ? simsAsOf : null;
        var sims = simsAsOf is null ? null : await SimsAsync(db, name, cancellationToken);
        var drafts = tenant.May(Permission.GroupsEdit) ? await DraftsAsync(db, tenant, name, operatorId, cancellationToken) : [];
        return new Known(
            operatorId,
            isWhole,
            new GroupListing(
                coverage,
                [.. rows.Select(row => Listed(row, coverage, sims is null ? null : sims.GetValueOrDefault(row.GroupId, StatusCounts.None), drafts.Contains(row.GroupId)))],
                rows.Count == 0 ? null : rows.Min(row => row.ReadAt))
            {
                SimsAsOf = simsAsOf,
            });
    }

    private static async Task<Dictionary<string, StatusCounts>> SimsAsync(PortalDbContext db, string coverage, CancellationToken cancellationToken)
    {
        var counts = await db.InventorySims
            .Where(sim => sim.Coverage == coverage && sim.GroupId != "" && sim.GoneAt == null)
            .GroupBy(sim => new { sim.GroupId, sim.Status })
            .Select(some => new { some.Key.GroupId, some.Key.Status, Count = some.Count() })
            .ToListAsync(cancellationToken);
        return counts.GroupBy(count => count.GroupId, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => new StatusCounts(group.ToDictionary(count => count.Status, count => count.Count, StringComparer.Ordinal)),
            StringComparer.Ordinal);
    }

    private static async Task<HashSet<string>> DraftsAsync(PortalDbContext db, TenantContext tenant, string coverage, string operatorId, CancellationToken cancellationToken)
    {
        var owner = tenant.Actor.PersonId;
        return (await db.GroupDrafts
            .Where(draft => draft.Coverage == coverage && draft.OperatorId == operatorId && draft.OwnerId == owner)
            .Select(draft => draft.GroupId)
            .ToListAsync(cancellationToken)).ToHashSet(StringComparer.Ordinal);
    }

    private static ListedGroup Listed(InventoryGroup row, SoracomCoverage coverage, StatusCounts? sims, bool hasDraft) => new()
    {
        Coverage = coverage,
        GroupId = row.GroupId,
        Name = row.Name,
        Tags = GroupRow.TagsOf(row),
        Namespaces = row.Namespaces.Split(' ', StringSplitOptions.RemoveEmptyEntries),
        ModifiedAt = row.ModifiedAt,
        WrittenAt = row.WrittenAt,
        WrittenBy = row.WrittenBy,
        Sims = sims,
        HasDraft = hasDraft,
    };

    private sealed record Known(string? OperatorId, bool IsWhole, GroupListing Listing);
}
