using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Bell;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>Tells whoever asked for a month's detailed file that it is there, or was given up.</summary>
internal sealed class BillFileBell : IBellSource
{
    /// <inheritdoc />
    public Permission Needs => Permission.BillingRead;

    /// <inheritdoc />
    public IQueryable<BellRow> Rows(PortalDbContext db) =>
        from file in db.BillFiles
        where file.FinishedAt != null && file.RemovedAt == null && (file.State == BillFileState.Done || file.State == BillFileState.Failed)
        select new BellRow
        {
            PersonId = file.AskedById,
            TenantId = file.TenantId,
            At = file.FinishedAt!.Value,
            Kind = file.State == BillFileState.Done ? BellKind.BillFileDone : BellKind.BillFileFailed,
            ObjectId = file.Id,
            Number = file.Month,
            Name = file.Coverage,
        };

    /// <inheritdoc />
    public string AddressOf(string slug, BellRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return PortalUrls.Billing(slug, BillQuery.Newest with
        {
            Coverage = SoracomCoverages.TryParseWireName(row.Name, out var coverage) ? coverage : null,
            Month = new YearMonth(row.Number / 100, row.Number % 100),
        });
    }
}
