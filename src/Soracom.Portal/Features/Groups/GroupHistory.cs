using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups;

/// <summary>The configurations that groups have had.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="archive">Opens them.</param>
/// <param name="audit">The audit trail.</param>
internal sealed class GroupHistory(PortalDatabase database, TenantArchive archive, AuditTrail audit)
{
    /// <summary>The most revisions that are listed together.</summary>
    public const int PageSize = 50;

    /// <summary>Revisions of a group, the newest first, with what each changed. Those that are shut are left out: half of the key that seals them is lost.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="before">Those older than this number; null for the newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>At most <see cref="PageSize"/> of them; or an <see cref="UnreadableArchiveError"/>.</returns>
    public Task<Result<IReadOnlyList<Revision>>> ListAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int? before, CancellationToken cancellationToken) =>
        OpenAsync(tenant, coverage, groupId, revisions => revisions.Where(revision => before == null || revision.Number < before).OrderByDescending(revision => revision.Number).Take(PageSize + 1), cancellationToken, leavesShut: true);

    /// <summary>Some revisions of a group, and all that lie between them: what changed from the one to the other, and who did.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="from">The oldest.</param>
    /// <param name="to">The newest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Those that are there, the newest first; or an <see cref="UnreadableArchiveError"/>.</returns>
    public Task<Result<IReadOnlyList<Revision>>> BetweenAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int from, int to, CancellationToken cancellationToken) =>
        OpenAsync(tenant, coverage, groupId, revisions => revisions.Where(revision => revision.Number >= from && revision.Number <= to).OrderByDescending(revision => revision.Number), cancellationToken);

    /// <summary>A revision as a file, with its secrets masked.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="number">The revision.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>JSON; a <see cref="GoneError"/>; or an <see cref="UnreadableArchiveError"/>.</returns>
    public async Task<Result<string>> ExportAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int number, CancellationToken cancellationToken)
    {
        var read = await BetweenAsync(tenant, coverage, groupId, number, number, cancellationToken);
        if (read.Error is { } error)
        {
            return error;
        }

        if (read.Value.Count == 0)
        {
            return new GoneError();
        }

        await audit.RecordAsync(tenant, new AuditAct(AuditActions.GroupExported, AuditOutcome.Succeeded) { ObjectId = groupId, Detail = $"{number}" }, cancellationToken);
        return read.Value[0].Settings.Masked().ToIndentedJson();
    }

    private async Task<Result<IReadOnlyList<Revision>>> OpenAsync(
        TenantContext tenant, SoracomCoverage coverage, string groupId, Func<IQueryable<GroupRevision>, IQueryable<GroupRevision>> which, CancellationToken cancellationToken, bool leavesShut = false)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        try
        {
            var rows = await which(GroupArchive.Revisions(db, coverage, groupId).AsNoTracking()).ToListAsync(cancellationToken);
            using var cipher = await archive.OpenAsync(db, tenant.TenantId, cancellationToken);
            return Result.Of<IReadOnlyList<Revision>>(cipher is null ? [] : [.. rows.Where(row => !leavesShut || !cipher.IsShut(row.Sealed)).Select(row => Revision.Of(row, GroupArchive.SettingsOf(cipher, row)))]);
        }
        catch (VaultException error)
        {
            return UnreadableArchiveError.Of(error);
        }
    }
}

/// <summary>A configuration that a group has had. It may hold passwords: not for logs.</summary>
/// <param name="Number">Counts the group's revisions.</param>
/// <param name="SeenAt">When it was read.</param>
/// <param name="ModifiedAt">When the vendor says that the group was last changed then.</param>
/// <param name="Origin">How it came about.</param>
/// <param name="ById">Who wrote it; null where it was found.</param>
/// <param name="ByName">Who wrote it, by name.</param>
/// <param name="Source">The revision or group that it comes from; null for others.</param>
/// <param name="Settings">The settings.</param>
internal sealed record Revision(
    int Number, DateTimeOffset SeenAt, DateTimeOffset? ModifiedAt, GroupRevisionOrigin Origin, Guid? ById, string? ByName, string? Source, GroupSettings Settings)
{
    /// <summary>A revision out of its row.</summary>
    public static Revision Of(GroupRevision row, GroupSettings settings) =>
        new(row.Number, row.SeenAt, row.ModifiedAt, row.Origin, row.ById, row.ByName, row.Source, settings);
}
