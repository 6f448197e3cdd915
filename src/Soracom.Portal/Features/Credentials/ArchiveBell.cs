using Soracom.Portal.Data;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Features.Credentials;

/// <summary>Tells everybody who may see to the keys that half of one is lost, for a while: what is sealed with it opens again where the half is restored in time.</summary>
/// <param name="clock">The clock.</param>
internal sealed class ArchiveBell(TimeProvider clock) : IBellSource
{
    /// <inheritdoc />
    public Permission Needs => Permission.CredentialsManage;

    /// <inheritdoc />
    public IQueryable<BellRow> Rows(PortalDbContext db)
    {
        // Nothing ends it of which the database would know.
        var since = clock.GetUtcNow() - BellBoard.KeptFor;
        return
            from archive in db.ArchiveKeys
            where archive.Version > ArchiveKey.First && archive.CreatedAt > since
            select new BellRow
            {
                PersonId = null,
                TenantId = archive.TenantId,
                At = archive.CreatedAt,
                Kind = BellKind.ArchiveBegun,
                ObjectId = archive.Id,
            };
    }

    /// <inheritdoc />
    public string AddressOf(string slug, BellRow row) => PortalUrls.Credentials(slug);
}
