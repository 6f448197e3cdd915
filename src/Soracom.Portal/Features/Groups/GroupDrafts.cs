using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups;

/// <summary>What people are about to set for groups. Each has one draft a group, which nobody else sees.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="archive">Seals the drafts.</param>
/// <param name="clock">The clock.</param>
internal sealed class GroupDrafts(PortalDatabase database, TenantArchive archive, TimeProvider clock)
{
    /// <summary>After this long nobody is writing any more, whatever the row says: whoever did has stopped half-way.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromMinutes(5);

    /// <summary>One's own draft of a group.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The draft; null when there is none; or an <see cref="UnreadableArchiveError"/>.</returns>
    public async Task<Result<Draft?>> FindAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        try
        {
            using var cipher = await archive.OpenAsync(db, tenant.TenantId, cancellationToken);
            return Result.Of(cipher is not null && await Own(db, tenant, coverage, groupId).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } row
                // One that is shut is none; the next takes its place.
                && !cipher.IsShut(row.Sealed)
                ? await DraftOfAsync(db, cipher, coverage, row, cancellationToken)
                : null);
        }
        catch (VaultException error)
        {
            return UnreadableArchiveError.Of(error);
        }
    }

    /// <summary>Keeps one's draft of a group.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="version">The version that was edited; 0 to begin one.</param>
    /// <param name="content">What it is to hold.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// The draft; a <see cref="ConflictError"/> when it was edited in another window, or there is one already; a <see cref="GoneError"/> when
    /// the revision that it begins with is not there; or an <see cref="UnreadableArchiveError"/>.
    /// </returns>
    public Task<Result<Draft>> SaveAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int version, DraftContent content, CancellationToken cancellationToken) =>
        PutAsync(tenant, coverage, groupId, version, content, writing: false, cancellationToken);

    /// <summary>Keeps one's draft as the one that is being written from now on, until <see cref="WrittenAsync"/>.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="version">The version that was seen.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>As <see cref="SaveAsync"/>; also a <see cref="ConflictError"/> when it is being written already.</returns>
    public Task<Result<Draft>> ClaimAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int version, DraftContent content, CancellationToken cancellationToken) =>
        PutAsync(tenant, coverage, groupId, version, content, writing: true, cancellationToken);

    /// <summary>Says that one's draft is written no more, where it is still there. For whoever has claimed it, also when the right has ended meanwhile.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>A task that ends when it is kept.</returns>
    internal async Task WrittenAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenant.TenantId);
        await Own(db, tenant, coverage, groupId).ExecuteUpdateAsync(set => set.SetProperty(draft => draft.WritingSince, (DateTimeOffset?)null), cancellationToken);
    }

    /// <summary>Who is writing to a group just now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Who began last; null when nobody is.</returns>
    public async Task<GroupWriting?> WritingAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        var since = clock.GetUtcNow() - LongestWrite;
        await using var db = database.ForTenant(tenant.TenantId);
        return await (
            from draft in OfGroup(db, coverage, groupId)
            where draft.WritingSince > since
            join person in db.People on draft.OwnerId equals person.Id
            orderby draft.WritingSince descending
            select new GroupWriting(person.Id, person.Name, draft.WritingSince!.Value)).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<Result<Draft>> PutAsync(
        TenantContext tenant, SoracomCoverage coverage, string groupId, int version, DraftContent content, bool writing, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(content);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        var now = clock.GetUtcNow();
        try
        {
            return await database.InTurnAsync<Result<Draft>>(
                tenant.TenantId,
                async (db, token) =>
                {
                    if (await GroupArchive.OperatorAsync(db, coverage, token) is not { } operatorId
                        || !await GroupArchive.Revisions(db, coverage, groupId).AnyAsync(revision => revision.Number == content.BaseNumber, token))
                    {
                        return new GoneError();
                    }

                    var row = await Own(db, tenant, coverage, groupId).SingleOrDefaultAsync(token);
                    using var cipher = await archive.BeginAsync(db, tenant.TenantId, token);
                    if ((row is null || cipher.IsShut(row.Sealed) ? 0 : row.Version) != version || (writing && row?.WritingSince > now - LongestWrite))
                    {
                        return new ConflictError();
                    }

                    if (row is null)
                    {
                        row = new GroupDraft
                        {
                            TenantId = tenant.TenantId,
                            Coverage = coverage.ToWireName(),
                            OperatorId = operatorId,
                            GroupId = groupId,
                            OwnerId = tenant.Actor.PersonId,
                            BaseNumber = content.BaseNumber,
                            Origin = content.Origin,
                            Sealed = [],
                            CreatedAt = now,
                            ChangedAt = now,
                            Version = 0,
                        };
                        db.GroupDrafts.Add(row);
                    }

                    (row.BaseNumber, row.Origin, row.Source, row.ChangedAt) = (content.BaseNumber, content.Origin, content.Source, now);
                    row.WritingSince = writing ? now : row.WritingSince;
                    row.Version++;
                    row.Sealed = cipher.Seal(row.Id, row.Version, Encoding.UTF8.GetBytes(content.Settings.ToJson()));
                    await db.SaveChangesAsync(token);
                    return await DraftOfAsync(db, cipher, coverage, row, token);
                },
                cancellationToken);
        }
        catch (VaultException error)
        {
            return UnreadableArchiveError.Of(error);
        }
    }

    /// <summary>Throws one's draft of a group away.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="version">The version that was seen.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True; or a <see cref="ConflictError"/> when it was edited in another window, or is gone already.</returns>
    public async Task<Result<bool>> DiscardAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        await using var db = database.ForTenant(tenant.TenantId);
        return await Own(db, tenant, coverage, groupId).Where(draft => draft.Version == version).ExecuteDeleteAsync(cancellationToken) > 0 ? true : new ConflictError();
    }

    private static IQueryable<GroupDraft> Own(PortalDbContext db, TenantContext tenant, SoracomCoverage coverage, string groupId)
    {
        var owner = tenant.Actor.PersonId;
        return OfGroup(db, coverage, groupId).Where(draft => draft.OwnerId == owner);
    }

    private static IQueryable<GroupDraft> OfGroup(PortalDbContext db, SoracomCoverage coverage, string groupId)
    {
        var name = coverage.ToWireName();
        var operators = db.VendorCredentials.Where(credential => credential.Coverage == name).Select(credential => credential.OperatorId);
        return db.GroupDrafts.Where(draft => draft.Coverage == name && draft.GroupId == groupId && operators.Contains(draft.OperatorId));
    }

    /// <exception cref="VaultException">It was altered.</exception>
    private static async Task<Draft> DraftOfAsync(PortalDbContext db, ArchiveCipher cipher, SoracomCoverage coverage, GroupDraft row, CancellationToken cancellationToken)
    {
        var basis = await GroupArchive.Revisions(db, coverage, row.GroupId).AsNoTracking().SingleAsync(revision => revision.Number == row.BaseNumber, cancellationToken);
        return new Draft(
            row.Version,
            GroupArchive.SettingsOf(cipher, basis),
            new DraftContent(row.BaseNumber, GroupSettings.Parse(Encoding.UTF8.GetString(cipher.Open(row.Id, row.Version, row.Sealed))), row.Origin, row.Source),
            row.ChangedAt);
    }
}

/// <summary>What a draft holds. It may hold passwords: not for logs.</summary>
/// <param name="BaseNumber">The revision that it began with.</param>
/// <param name="Settings">What it would set.</param>
/// <param name="Origin">As what it is to be written.</param>
/// <param name="Source">The revision or group that it was filled from; null where it was edited from the one that it began with.</param>
public sealed record DraftContent(int BaseNumber, GroupSettings Settings, GroupRevisionOrigin Origin = GroupRevisionOrigin.Written, string? Source = null);

/// <summary>A write that is under way.</summary>
/// <param name="ById">Who writes.</param>
/// <param name="ByName">The person's name.</param>
/// <param name="Since">When it began.</param>
public sealed record GroupWriting(Guid ById, string ByName, DateTimeOffset Since);

/// <summary>A draft as it is kept.</summary>
/// <param name="Version">Counts its savings.</param>
/// <param name="Base">The settings that it began with.</param>
/// <param name="Content">What it holds.</param>
/// <param name="ChangedAt">When it was last saved.</param>
public sealed record Draft(int Version, GroupSettings Base, DraftContent Content, DateTimeOffset ChangedAt)
{
    /// <summary>What it would change.</summary>
    public IReadOnlyList<SettingChange> Changes => SettingsDifference.Between(Base, Content.Settings);
}
