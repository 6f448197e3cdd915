using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Data.Sims;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups.Archive;

/// <summary>
/// Keeps every configuration that a group was seen with, whoever saw it: the vendor keeps the last alone. What is written of one tenant is
/// written in turn, and the younger reading wins.
/// </summary>
/// <param name="database">The portal's database.</param>
/// <param name="archive">Seals the configurations.</param>
/// <param name="log">Tells of an archive that can't be opened.</param>
/// <param name="clock">The clock.</param>
internal sealed partial class GroupArchive(PortalDatabase database, TenantArchive archive, ILogger<GroupArchive> log, TimeProvider clock) : IGroupSightings
{
    /// <summary>Groups that are taken in together: others wait meanwhile.</summary>
    private const int AtOnce = 200;

    /// <summary>The account that the present credential opens; null where there is none.</summary>
    public static Task<string?> OperatorAsync(PortalDbContext db, SoracomCoverage coverage, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        return db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>The revisions of a group of the account that the present credential opens.</summary>
    public static IQueryable<GroupRevision> Revisions(PortalDbContext db, SoracomCoverage coverage, string groupId)
    {
        var name = coverage.ToWireName();
        var operators = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        return db.GroupRevisions.Where(revision => revision.Coverage == name && revision.GroupId == groupId && operators.Contains(revision.OperatorId));
    }

    /// <summary>The configuration of a revision.</summary>
    /// <exception cref="VaultException">It was altered.</exception>
    public static GroupSettings SettingsOf(ArchiveCipher cipher, GroupRevision revision) =>
        GroupSettings.Parse(Encoding.UTF8.GetString(cipher.Open(revision.Id, revision.Number, revision.Sealed)));

    /// <summary>Takes in what was read of one group.</summary>
    /// <param name="tenantId">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="group">The group as the vendor told it.</param>
    /// <param name="readAt">When the vendor was asked.</param>
    /// <param name="by">Who has written it; null when it was read only.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The number of the revision with its configuration; null when it is overtaken by a younger reading, or of another account.</returns>
    /// <exception cref="VaultException">The tenant's archive can't be opened.</exception>
    public async Task<int?> RecordAsync(Guid tenantId, SoracomCoverage coverage, Group group, DateTimeOffset readAt, GroupAuthorship? by, CancellationToken cancellationToken)
    {
        await using (var look = database.ForTenant(tenantId))
        {
            // Reading a group waits for nobody's turn where there is nothing new.
            using var cipher = await archive.OpenAsync(look, tenantId, cancellationToken);
            if (cipher is { TakesMore: true }
                && await RowAsync(look, coverage, group.GroupId, cancellationToken) is { } row && GroupRow.Says(row, group, cipher.DigestOf(Content(group).Bytes))
                && await LatestAsync(look, row, cancellationToken) is { } latest)
            {
                return latest.Number;
            }
        }

        return await database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                var operatorId = await OperatorAsync(db, coverage, token);
                if (operatorId is null || (group.OperatorId is { } owner && !string.Equals(owner, operatorId, StringComparison.Ordinal)))
                {
                    return null;
                }

                using var cipher = await archive.BeginAsync(db, tenantId, token);
                var row = await RowAsync(db, coverage, group.GroupId, token);
                var number = await PutAsync(db, cipher, new Sighting(tenantId, coverage, operatorId, group, readAt, by), row, token);
                await NameAsync(db, coverage, operatorId, group, token);
                await db.SaveChangesAsync(token);
                return number;
            },
            cancellationToken);
    }

    /// <summary>Takes in that the vendor knows a group no more: the SIMs of the inventory are in none by then.</summary>
    public async Task GoneAsync(Guid tenantId, SoracomCoverage coverage, string groupId, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        await using (var look = database.ForTenant(tenantId))
        {
            // A group that nobody has seen here needs nobody's turn.
            if (!await Groups(look, coverage).AnyAsync(row => row.GroupId == groupId && row.GoneAt == null && row.ReadAt < readAt, cancellationToken))
            {
                return;
            }
        }

        await database.InTurnAsync(
            tenantId,
            async (db, token) =>
            {
                var name = coverage.ToWireName();
                var gone = await Groups(db, coverage)
                    .Where(row => row.GroupId == groupId && row.GoneAt == null && row.ReadAt < readAt)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.GoneAt, readAt).SetProperty(row => row.ReadAt, readAt), token);
                if (gone > 0 && await OperatorAsync(db, coverage, token) is { } operatorId
                    && await db.SimInventories.SingleOrDefaultAsync(inventory => inventory.Coverage == name && inventory.OperatorId == operatorId, token) is { } inventory)
                {
                    await db.LeaveGroupAsync(inventory, groupId, token);
                    await db.SaveChangesAsync(token);
                }

                return gone;
            },
            cancellationToken);
    }

    /// <inheritdoc />
    public async Task SeenAsync(Guid tenantId, SoracomCoverage coverage, string operatorId, IReadOnlyList<Group> groups, DateTimeOffset readAt, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var some in groups.DistinctBy(group => group.GroupId, StringComparer.Ordinal).Chunk(AtOnce))
            {
                if (!await PutAsync(tenantId, coverage, operatorId, some, readAt, cancellationToken))
                {
                    return;
                }
            }
        }
        catch (VaultException error)
        {
            // The SIMs can be listed all the same.
            UnreadableArchive(tenantId, error);
            return;
        }

        var (name, now) = (coverage.ToWireName(), clock.GetUtcNow());
        await using var db = database.ForTenant(tenantId);
        await db.InventoryGroups
            .Where(row => row.Coverage == name && row.OperatorId == operatorId && row.GoneAt == null && row.ReadAt < readAt)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.GoneAt, now), cancellationToken);
    }

    /// <summary>The groups of the account that the present credential opens, as rows; those that are gone too.</summary>
    public static IQueryable<InventoryGroup> Groups(PortalDbContext db, SoracomCoverage coverage)
    {
        var name = coverage.ToWireName();
        var operators = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        return db.InventoryGroups.Where(row => row.Coverage == name && operators.Contains(row.OperatorId));
    }

    private static (GroupSettings Settings, byte[] Bytes) Content(Group group)
    {
        var settings = GroupSettings.Of(group.Configuration);
        return (settings, Encoding.UTF8.GetBytes(settings.ToJson()));
    }

    private static Task<InventoryGroup?> RowAsync(PortalDbContext db, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken) =>
        Groups(db, coverage).SingleOrDefaultAsync(row => row.GroupId == groupId, cancellationToken);

    private static Task<GroupRevision?> LatestAsync(PortalDbContext db, InventoryGroup row, CancellationToken cancellationToken) => db.GroupRevisions.AsNoTracking()
        .Where(revision => revision.Coverage == row.Coverage && revision.OperatorId == row.OperatorId && revision.GroupId == row.GroupId)
        .OrderByDescending(revision => revision.Number)
        .FirstOrDefaultAsync(cancellationToken);

    /// <summary>The SIMs of the inventory call their group what it is called now.</summary>
    private static async Task NameAsync(PortalDbContext db, SoracomCoverage coverage, string operatorId, Group group, CancellationToken cancellationToken)
    {
        var name = coverage.ToWireName();
        if (await db.SimInventories.SingleOrDefaultAsync(inventory => inventory.Coverage == name && inventory.OperatorId == operatorId, cancellationToken) is { } inventory)
        {
            await db.RenameGroupsAsync(inventory, new Dictionary<string, string>(StringComparer.Ordinal) { [group.GroupId] = group.Name }, group.GroupId, cancellationToken);
        }
    }

    /// <returns>The number of the revision with the configuration; null when a younger reading is there.</returns>
    private static async Task<int?> PutAsync(PortalDbContext db, ArchiveCipher cipher, Sighting seen, InventoryGroup? row, CancellationToken cancellationToken)
    {
        if (row is not null && row.ReadAt > seen.ReadAt)
        {
            return null;
        }

        var (settings, bytes) = Content(seen.Group);
        var digest = cipher.DigestOf(bytes);
        // A group that is new here has no revision yet: asking for one, group by group, would be most of the work of a first walk.
        var latest = row is null ? null : await LatestAsync(db, row, cancellationToken);
        if (row is null)
        {
            row = GroupRow.Of(seen.Group, seen.TenantId, seen.Coverage, seen.OperatorId, seen.ReadAt, digest);
            db.InventoryGroups.Add(row);
        }
        else
        {
            GroupRow.Take(row, seen.Group, seen.ReadAt, digest);
        }

        // Written in another order, it is still the same. Of one that is shut nobody knows.
        if (latest is not null && !cipher.IsShut(latest.Sealed) && SettingsOf(cipher, latest).Equals(settings))
        {
            return latest.Number;
        }

        if (seen.By is { } author)
        {
            (row.WrittenAt, row.WrittenBy) = (seen.ReadAt, author.ByName);
        }

        var (id, number) = (Guid.CreateVersion7(), (latest?.Number ?? 0) + 1);
        db.GroupRevisions.Add(new GroupRevision
        {
            Id = id,
            TenantId = seen.TenantId,
            Coverage = row.Coverage,
            OperatorId = row.OperatorId,
            GroupId = row.GroupId,
            Number = number,
            SeenAt = seen.ReadAt,
            ModifiedAt = row.ModifiedAt,
            Origin = seen.By?.Origin ?? GroupRevisionOrigin.Found,
            ById = seen.By?.ById,
            ByName = seen.By?.ByName,
            Source = seen.By?.Source,
            Sealed = cipher.Seal(id, number, bytes),
        });
        return number;
    }

    /// <returns>False when the credential is another account's by now.</returns>
    private Task<bool> PutAsync(Guid tenantId, SoracomCoverage coverage, string operatorId, IReadOnlyList<Group> groups, DateTimeOffset readAt, CancellationToken cancellationToken) => database.InTurnAsync(
        tenantId,
        async (db, token) =>
        {
            if (!string.Equals(await OperatorAsync(db, coverage, token), operatorId, StringComparison.Ordinal))
            {
                return false;
            }

            using var cipher = await archive.BeginAsync(db, tenantId, token);
            var ids = groups.Select(group => group.GroupId).ToList();
            var rows = await Groups(db, coverage).Where(row => ids.Contains(row.GroupId)).ToDictionaryAsync(row => row.GroupId, StringComparer.Ordinal, token);
            foreach (var group in groups)
            {
                var row = rows.GetValueOrDefault(group.GroupId);
                if (row is not null && row.ReadAt <= readAt && GroupRow.Says(row, group, cipher.DigestOf(Content(group).Bytes)))
                {
                    row.ReadAt = readAt;
                }
                else
                {
                    await PutAsync(db, cipher, new Sighting(tenantId, coverage, operatorId, group, readAt, By: null), row, token);
                }
            }

            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    [LoggerMessage(LogLevel.Error, "The archive of tenant {TenantId} can't be opened: configurations of its groups are not kept.")]
    private partial void UnreadableArchive(Guid tenantId, Exception error);

    private sealed record Sighting(Guid TenantId, SoracomCoverage Coverage, string OperatorId, Group Group, DateTimeOffset ReadAt, GroupAuthorship? By);
}
