using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Shared.Storing;

namespace Soracom.Portal.Features.Billing.Files;

/// <summary>The detailed files of bills that the portal keeps of a tenant.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="fetcher">Opens files.</param>
/// <param name="folder">The files.</param>
internal sealed class BillHoldings(PortalDatabase database, BillFileFetcher fetcher, BillFolder folder) : ITenantHoldings
{
    /// <inheritdoc />
    public async IAsyncEnumerable<HeldFile> OfAsync(Guid tenantId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(tenantId);
        foreach (var file in await db.BillFiles.AsNoTracking().Where(file => file.RemovedAt == null && file.State == BillFileState.Done).OrderBy(file => file.Month).ThenBy(file => file.Number).ToListAsync(cancellationToken))
        {
            yield return new HeldFile(
                string.Create(CultureInfo.InvariantCulture, $"bills/{file.Coverage}-{file.OperatorId}/{file.Month}-{file.Number}.csv"), file.AskedAt, async token => await fetcher.OpenAsync(file, token));
        }
    }

    /// <inheritdoc />
    public void Delete(Guid tenantId) => folder.Delete(tenantId);
}
