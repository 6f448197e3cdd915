using Soracom.Api;
using Soracom.Portal.Data.Groups;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups;

/// <summary>Fills drafts from what is already there: an earlier revision, a file, another group. Nothing is written by it.</summary>
/// <param name="reader">Reads groups.</param>
/// <param name="history">Reads revisions.</param>
/// <param name="drafts">Keeps the drafts.</param>
internal sealed class GroupFilling(GroupReader reader, GroupHistory history, GroupDrafts drafts)
{
    /// <summary>Fills a draft with an earlier revision.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="number">The revision.</param>
    /// <param name="version">The version of one's draft that it replaces; 0 when there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The draft; a <see cref="GroupSameError"/>; or what stands against it, as <see cref="GroupDrafts.SaveAsync"/> tells.</returns>
    public async Task<Result<Draft>> RollBackAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, int number, int version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        var read = await history.BetweenAsync(tenant, coverage, groupId, number, number, cancellationToken);
        return read.Error is { } error ? error
            : read.Value is [var revision] ? await FillAsync(tenant, coverage, groupId, version, GroupRevisionOrigin.RolledBack, $"{number}", _ => revision.Settings, cancellationToken)
            : new GoneError();
    }

    /// <summary>Fills a draft with what another group of the account has now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group that is to have it.</param>
    /// <param name="from">The group that has it.</param>
    /// <param name="version">The version of one's draft that it replaces; 0 when there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>As above.</returns>
    public async Task<Result<Draft>> CopyAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, string from, int version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        var read = await reader.ReadAsync(tenant, coverage, from, cancellationToken);
        return read.Error is { } error ? error : await FillAsync(tenant, coverage, groupId, version, GroupRevisionOrigin.Copied, from, _ => read.Value.Settings, cancellationToken);
    }

    /// <summary>Fills a draft with what a file says. Where it has a mask, the secret that the group has stays.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="json">The file: namespaces with their keys, or a whole group in the vendor's form.</param>
    /// <param name="version">The version of one's draft that it replaces; 0 when there is none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>As above; or an <see cref="InputError"/> that says what is wrong with the file.</returns>
    public async Task<Result<Draft>> ImportAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, string json, int version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        ArgumentNullException.ThrowIfNull(json);
        await tenant.RequireAsync(Permission.GroupsEdit, cancellationToken);
        return await FillAsync(tenant, coverage, groupId, version, GroupRevisionOrigin.Imported, null, now => SettingsFile.Read(json, now), cancellationToken);
    }

    private async Task<Result<Draft>> FillAsync(
        TenantContext tenant, SoracomCoverage coverage, string groupId, int version, GroupRevisionOrigin origin, string? source, Func<GroupSettings, Result<GroupSettings>> fill, CancellationToken cancellationToken)
    {
        var now = await reader.ReadAsync(tenant, coverage, groupId, cancellationToken);
        if (now.Error is { } unread)
        {
            return unread;
        }

        var filled = fill(now.Value.Settings);
        return filled.Error is { } wrong ? wrong
            : filled.Value.Equals(now.Value.Settings) ? new GroupSameError()
            : await drafts.SaveAsync(tenant, coverage, groupId, version, new DraftContent(now.Value.Number, filled.Value, origin, source), cancellationToken);
    }
}
