using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What the accounts of all tenants cost that somebody may see. Reads one prepared row a month and account, however many days there are.</summary>
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
        return await ReadAsync(tenants, query, cancellationToken);
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
        var content = await ReadAsync(tenants, query, cancellationToken);
        var bills = content.Currencies.SelectMany(currency => currency.Bills).ToList();
        var outcome = AuditOutcome.Failed;
        try
        {
            await using var file = CsvText.WriterTo(output);
            await file.WriteAsync(CsvText.RowWithAmounts(
            [
                words["Portfolio.Tenant"], words["Billing.Coverage"], words["Billing.Month"], words["Billing.Currency"], words["Billing.SoFar"], words["Billing.Whole"], words["Billing.Stage"],
                words["Billing.LastMonth"], words["Billing.Change"], words["Billing.YearAgo"],
            ]));
            foreach (var bill in bills)
            {
                await file.WriteAsync(CsvText.RowWithAmounts(
                [
                    bill.Tenant.Name,
                    bill.Coverage.ToWireName(),
                    content.Month.ToString(format: null, CultureInfo.InvariantCulture),
                    bill.Currency,
                    BillWords.Text(bill.SoFar),
                    BillWords.Text(bill.Whole),
                    bill.IsFinal ? BillState.Closed : BillState.Temporary,
                    BillWords.Text(bill.Before),
                    BillWords.Text(bill.Rise),
                    BillWords.Text(bill.YearBefore),
                ]));
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

    private async Task<PortfolioBillContent> ReadAsync(IReadOnlyList<TenantContext> tenants, PortfolioBillQuery query, CancellationToken cancellationToken)
    {
        var byId = tenants.ToDictionary(tenant => tenant.TenantId, tenant => tenant.Tenant);
        var ids = byId.Keys.ToList();
        var month = query.Month ?? YearMonth.Of(clock.GetUtcNow());
        int[] wanted = [month.Number(), month.AddMonths(-1).Number(), month.AddMonths(-12).Number()];
        await using var db = database.ForInstallation();
        var credentials = db.VendorCredentials.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(credential => ids.Contains(credential.TenantId));
        var months = db.BillMonths.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(bill => ids.Contains(bill.TenantId));
        var readings = db.BillReadings.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var accounts = await (
            from credential in credentials
            join read in readings on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { read.TenantId, read.Coverage, read.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new Account(credential.TenantId, credential.Coverage, credential.OperatorId, reading == null ? null : reading.Failure)).ToListAsync(cancellationToken);
        var rows = await months.AsNoTracking().Where(bill => wanted.Contains(bill.Month)).ToListAsync(cancellationToken);
        var all = await months.Select(bill => bill.Month).Distinct().ToListAsync(cancellationToken);
        var figures = rows.ToDictionary(row => (row.TenantId, row.Coverage, row.OperatorId, row.Month));
        BillMonth? Of(Account account, int number) => figures.GetValueOrDefault((account.TenantId, account.Coverage, account.OperatorId, number));

        var (bills, gaps) = (new List<PortfolioBill>(), new List<PortfolioGap>());
        foreach (var account in accounts)
        {
            if (!SoracomCoverages.TryParseWireName(account.Coverage, out var coverage))
            {
                continue;
            }

            var failure = Enum.TryParse<VendorErrorKind>(account.Failure, out var kind) ? kind : (VendorErrorKind?)null;
            if (Of(account, wanted[0]) is { Amount: { } amount } bill)
            {
                bills.Add(new PortfolioBill(
                    byId[account.TenantId],
                    coverage,
                    bill.Currency,
                    amount + bill.CouponAmount,
                    bill.Forecast ?? amount + bill.CouponAmount,
                    bill.Stage == BillStage.Final,
                    WholeOf(Of(account, wanted[1]), bill.Currency),
                    WholeOf(Of(account, wanted[2]), bill.Currency),
                    bill.ReadAt,
                    failure));
            }
            else
            {
                gaps.Add(new PortfolioGap(byId[account.TenantId], coverage, failure));
            }
        }

        var known = accounts.Select(account => account.TenantId).ToHashSet();
        gaps.AddRange(tenants.Where(tenant => !known.Contains(tenant.TenantId)).Select(tenant => new PortfolioGap(tenant.Tenant, null, null)));
        return new PortfolioBillContent(
            month,
            [.. all.Append(wanted[0]).Distinct().OrderDescending().Select(BillMonths.Of)],
            [.. bills.GroupBy(bill => bill.Currency, StringComparer.Ordinal).OrderBy(currency => currency.Key, StringComparer.Ordinal).Select(currency => new PortfolioCurrency(currency.Key, Sorted(currency, query.Order)))],
            [.. gaps.OrderBy(gap => gap.Tenant.Name, StringComparer.CurrentCulture).ThenBy(gap => gap.Coverage)],
            tenants.Count);
    }

    private static decimal? WholeOf(BillMonth? month, string currency) => month?.Currency == currency ? month.Amount + month.CouponAmount : null;

    private static List<PortfolioBill> Sorted(IEnumerable<PortfolioBill> bills, PortfolioBillOrder order) =>
    [
        .. (order == PortfolioBillOrder.Rise ? bills.OrderByDescending(bill => bill.Rise ?? decimal.MinValue) : bills.OrderByDescending(bill => bill.Whole))
            .ThenBy(bill => bill.Tenant.Name, StringComparer.CurrentCulture),
    ];

    private sealed record Account(Guid TenantId, string Coverage, string OperatorId, string? Failure);
}
