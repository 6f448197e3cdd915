using Soracom.Api;
using Soracom.Api.Groups;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Features.Groups.Archive;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Groups;

/// <summary>Reads groups from the vendor (operation getGroup), and keeps what they were seen with.</summary>
/// <param name="soracom">The way to the vendor.</param>
/// <param name="archive">Keeps what was seen.</param>
/// <param name="clock">The clock.</param>
internal sealed class GroupReader(TenantSoracom soracom, GroupArchive archive, TimeProvider clock)
{
    /// <summary>How often a group is read when each time a younger reading is already there.</summary>
    private const int Attempts = 3;

    /// <summary>One group as it is now.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The group; a <see cref="VendorError"/>; or an <see cref="UnreadableArchiveError"/>.</returns>
    public async Task<Result<SeenGroup>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        await tenant.RequireAsync(Permission.GroupsRead, cancellationToken);
        return await ReadAsync(tenant, coverage, groupId, by: null, cancellationToken);
    }

    /// <summary>One group as it is now, for whoever has asked for the permission.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="coverage">The coverage.</param>
    /// <param name="groupId">The group id.</param>
    /// <param name="by">Who has written what is there; null when nobody has just done so.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>As above.</returns>
    internal async Task<Result<SeenGroup>> ReadAsync(TenantContext tenant, SoracomCoverage coverage, string groupId, GroupAuthorship? by, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var readAt = clock.GetUtcNow();
            var read = await soracom.ReadAsync(tenant, coverage, (client, token) => client.Groups.GetGroupAsync(groupId, token), cancellationToken);
            if (read.Error is VendorError { Kind: VendorErrorKind.NotFound })
            {
                await archive.GoneAsync(tenant.TenantId, coverage, groupId, readAt, cancellationToken);
            }

            if (read.Error is { } error)
            {
                return error;
            }

            try
            {
                if (await archive.RecordAsync(tenant.TenantId, coverage, read.Value, readAt, by, cancellationToken) is { } number)
                {
                    return new SeenGroup(read.Value, GroupSettings.Of(read.Value.Configuration), number, readAt);
                }
            }
            catch (VaultException unread)
            {
                return UnreadableArchiveError.Of(unread);
            }

            if (attempt == Attempts)
            {
                // The credential is another account's by now, or others are reading all the time.
                return new ConflictError();
            }
        }
    }
}

/// <summary>A group as it was read. Its settings may hold passwords: not for pages, which show them masked, nor for logs.</summary>
/// <param name="Group">The group.</param>
/// <param name="Settings">Its settings.</param>
/// <param name="Number">The revision that holds them.</param>
/// <param name="ReadAt">When the vendor was asked.</param>
public sealed record SeenGroup(Group Group, GroupSettings Settings, int Number, DateTimeOffset ReadAt);
