using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Groups.Archive;

/// <summary>The configurations of groups that the portal keeps of a tenant, which lie sealed in the database.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="archive">Opens them.</param>
internal sealed class GroupHoldings(PortalDatabase database, TenantArchive archive) : ITenantHoldings
{
    /// <inheritdoc />
    public async IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        using var cipher = await archive.OpenAsync(db, tenantId, cancellationToken);
        if (cipher is null)
        {
            yield break;
        }

        await foreach (var revision in db.GroupRevisions.AsNoTracking().OrderBy(revision => revision.GroupId).ThenBy(revision => revision.Number).AsAsyncEnumerable().WithCancellation(cancellationToken))
        {
            yield return new HeldFile(
                string.Create(CultureInfo.InvariantCulture, $"groups/{revision.Coverage}-{revision.OperatorId}/{revision.GroupId}/{revision.Number:0000}.json"),
                revision.SeenAt,
                _ => Task.FromResult<Stream?>(new MemoryStream(Encoding.UTF8.GetBytes(GroupArchive.SettingsOf(cipher, revision).ToJson()), writable: false)));
        }
    }

    /// <inheritdoc />
    public void Delete(Guid tenantId)
    {
        // They go with their rows.
    }
}
