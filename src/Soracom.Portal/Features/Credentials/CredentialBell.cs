using Soracom.Portal.Data;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Features.Credentials;

/// <summary>Tells everybody who may mend it that a credential does not open its account any more.</summary>
internal sealed class CredentialBell : IBellSource
{
    /// <inheritdoc />
    public Permission Needs => Permission.CredentialsManage;

    /// <inheritdoc />
    public IQueryable<BellRow> Rows(PortalDbContext db) =>
        from credential in db.VendorCredentials
        where credential.FailingSince != null
        select new BellRow
        {
            PersonId = null,
            TenantId = credential.TenantId,
            At = credential.FailingSince!.Value,
            Kind = BellKind.CredentialFailing,
            ObjectId = credential.Id,
            Name = credential.OperatorId,
        };

    /// <inheritdoc />
    public string AddressOf(string slug, BellRow row) => PortalUrls.Credentials(slug);
}
