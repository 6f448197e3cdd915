using System.Globalization;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What the accounts of all tenants cost that somebody may see. Reads one prepared row a month and account; days and services are added up by the database.</summary>
/// <param name="database">The portal's database.</param>
/// <param name="audit">The audit trail.</param>
/// <param name="words">The texts.</param>
/// <param name="clock">The clock.</param>
internal sealed class PortfolioBills(PortalDatabase database, AuditTrail audit, IStringLocalizer<Strings> words, TimeProvider clock)
{
    /// <summary>The bills of a month, by currency.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="query">Which month, and what comes first.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The bills.</returns>
    public async Task<PortfolioBillContent> ListAsync(Portfolio portfolio, PortfolioBillQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(query);
        var tenants = await portfolio.PermittingAsync(Permission.BillingRead, cancellationToken);
        await using var db = database.ForInstallation();
        return await PortfolioBillReading.ReadAsync(db, tenants, query, clock.GetUtcNow(), withParts: true, cancellationToken);
    }

    /// <summary>Writes the bills of a month as CSV, and records it in each tenant's audit trail.</summary>
    /// <param name="portfolio">The tenants; those whose right has ended are left out.</param>
    /// <param name="query">Which month, and what comes first.</param>
    /// <param name="output">What is written to; left open.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many accounts were written.</returns>
    public async Task<int> WriteAsync(Portfolio portfolio, PortfolioBillQuery query, Stream output, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(portfolio);
        ArgumentNullException.ThrowIfNull(query);
        var tenants = await portfolio.PermittingAsync(Permission.BillingRead, cancellationToken);
        await using var db = database.ForInstallation();
        var content = await PortfolioBillReading.ReadAsync(db, tenants, query, clock.GetUtcNow(), withParts: false, cancellationToken);
        var bills = content.Currencies.SelectMany(currency => currency.Bills).ToList();
        var outcome = AuditOutcome.Failed;
        try
        {
            await using var file = CsvText.WriterTo(output);
            await file.WriteAsync(CsvText.RowWithAmounts(PortfolioBillFile.Headers(words)));
            foreach (var cells in bills.Select(bill => PortfolioBillFile.Cells(content.Month, bill)).Concat(content.Without.Select(gap => PortfolioBillFile.Cells(content.Month, gap))))
            {
                await file.WriteAsync(CsvText.RowWithAmounts(cells));
            }

            await file.FlushAsync(cancellationToken);
            outcome = AuditOutcome.Succeeded;
            return bills.Count;
        }
        finally
        {
            foreach (var tenant in tenants)
            {
                var count = bills.Count(bill => bill.Tenant.Id == tenant.TenantId);
                if (count > 0)
                {
                    await audit.RecordAsync(tenant, new AuditAct(AuditActions.BillsExported, outcome) { ObjectName = count.ToString(CultureInfo.InvariantCulture), Detail = query.ToQueryString() }, CancellationToken.None);
                }
            }
        }
    }
}
