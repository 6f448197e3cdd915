using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>Reads what several tenants' accounts cost in a month.</summary>
internal static class PortfolioBillReading
{
    /// <summary>Reads the month.</summary>
    /// <param name="db">The database.</param>
    /// <param name="tenants">Those whose bills may be read.</param>
    /// <param name="query">Which month, and what comes first.</param>
    /// <param name="now">The time.</param>
    /// <param name="withParts">Whether days and services are wanted too.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The bills, by currency.</returns>
    public static async Task<PortfolioBillContent> ReadAsync(
        PortalDbContext db, IReadOnlyList<TenantContext> tenants, PortfolioBillQuery query, DateTimeOffset now, bool withParts, CancellationToken cancellationToken)
    {
        var byId = tenants.ToDictionary(tenant => tenant.TenantId, tenant => tenant.Tenant);
        var ids = byId.Keys.ToList();
        var month = query.Month ?? YearMonth.Of(now);
        int[] wanted = [month.Number(), month.AddMonths(-1).Number(), month.AddMonths(-12).Number()];
        var credentials = db.VendorCredentials.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(credential => ids.Contains(credential.TenantId));
        var months = db.BillMonths.IgnoreQueryFilters([PortalDbContext.TenantFilter]).Where(bill => ids.Contains(bill.TenantId));
        var readings = db.BillReadings.IgnoreQueryFilters([PortalDbContext.TenantFilter]);
        var accounts = await (
            from credential in credentials
            join read in readings on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { read.TenantId, read.Coverage, read.OperatorId } into own
            from reading in own.DefaultIfEmpty()
            select new Account(credential.TenantId, credential.Coverage, credential.OperatorId, reading == null ? null : reading.Failure, reading == null ? null : reading.Denied, reading == null ? null : reading.ReadAt)).ToListAsync(cancellationToken);
        var rows = await months.AsNoTracking().Where(bill => wanted.Contains(bill.Month)).ToListAsync(cancellationToken);
        var all = await months.Select(bill => bill.Month).Distinct().ToListAsync(cancellationToken);
        var figures = rows.ToDictionary(row => (row.TenantId, row.Coverage, row.OperatorId, row.Month));
        // An account whose first reading came to half of it has figures, which are as old as they are.
        var partly = await PartlyAsync(months, accounts, cancellationToken);
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
                var before = Of(account, wanted[1]);
                var isFinal = bill.Stage == BillStage.Final;
                bills.Add(new PortfolioBill(
                    byId[account.TenantId],
                    coverage,
                    bill.Currency,
                    amount + bill.CouponAmount,
                    isFinal ? amount + bill.CouponAmount : bill.ForecastAt(now),
                    isFinal,
                    WholeOf(before, bill.Currency),
                    Of(account, wanted[2]) is { Stage: BillStage.Final } yearBefore ? WholeOf(yearBefore, bill.Currency) : null,
                    bill.ReadAt,
                    failure)
                {
                    Coupons = bill.CouponAmount,
                    AsOf = bill.AsOf,
                    PartDay = bill.PartDay(),
                    Revision = bill.Revision,
                    Remainder = bill.Remainder(),
                    Denied = BillingOperations.Of(account.Denied),
                    IsOpen = !isFinal && now >= month.End(),
                    IsBeforeFinal = before?.Stage == BillStage.Final,
                    Payment = PaymentOf(bill) ?? PaymentOf(before),
                });
            }
            else
            {
                gaps.Add(new PortfolioGap(byId[account.TenantId], coverage, failure, account.ReadAt) { IsOpen = IsOpen(Of(account, wanted[0]), month, now) });
            }
        }

        var known = accounts.Select(account => account.TenantId).ToHashSet();
        gaps.AddRange(tenants.Where(tenant => !known.Contains(tenant.TenantId)).Select(tenant => new PortfolioGap(tenant.Tenant, null, null, null)));
        var currencies = bills.GroupBy(bill => bill.Currency, StringComparer.Ordinal).OrderByDescending(currency => currency.Count()).ThenBy(currency => currency.Key, StringComparer.Ordinal).Select(currency => new PortfolioCurrency(currency.Key, Sorted(currency, query.Order))).ToList();
        return new PortfolioBillContent(
            month,
            [.. all.Append(wanted[0]).Distinct().OrderDescending().Select(BillMonths.Of)],
            withParts && currencies.Count > 0 ? await PortfolioBillParts.AddAsync(db, credentials, currencies, month, now, cancellationToken) : currencies,
            [.. gaps.OrderBy(gap => gap.Tenant.Name, StringComparer.CurrentCulture).ThenBy(gap => gap.Coverage)],
            tenants.Count,
            new PortfolioFreshness(
                accounts.Count, accounts.Count(account => account.ReadAt is null && !partly.ContainsKey(KeyOf(account))), accounts.Count(account => account.Failure is not null), accounts.Min(account => account.ReadAt ?? (partly.TryGetValue(KeyOf(account), out var at) ? at : null))));
    }

    /// <summary>When figures were read of accounts that were never read as a whole, whatever month is looked at.</summary>
    private static async Task<Dictionary<(Guid TenantId, string Coverage, string OperatorId), DateTimeOffset?>> PartlyAsync(IQueryable<BillMonth> months, List<Account> accounts, CancellationToken cancellationToken)
    {
        var unread = accounts.Where(account => account.ReadAt is null).Select(account => account.TenantId).Distinct().ToList();
        return unread.Count == 0 ? [] : (await months.Where(bill => unread.Contains(bill.TenantId))
            .GroupBy(bill => new { bill.TenantId, bill.Coverage, bill.OperatorId })
            .Select(own => new { own.Key.TenantId, own.Key.Coverage, own.Key.OperatorId, At = own.Max(bill => bill.ReadAt) }).ToListAsync(cancellationToken))
            .ToDictionary(own => (own.TenantId, own.Coverage, own.OperatorId), own => (DateTimeOffset?)own.At);
    }

    /// <summary>Whether a month without a figure is one whose bill is still to come; for some days after its end that is taken for granted.</summary>
    private static bool IsOpen(BillMonth? bill, YearMonth month, DateTimeOffset now) => now >= month.End() && (bill is not null || now < month.End() + BillClosing.ClosedWithin);

    private static decimal? WholeOf(BillMonth? month, string currency) => month?.Currency == currency ? month.Amount + month.CouponAmount : null;

    private static PortfolioPayment? PaymentOf(BillMonth? month) => month is { PaymentStatus.Length: > 0 } ? new PortfolioPayment(BillMonths.Of(month.Month), month.PaymentStatus) : null;

    private static List<PortfolioBill> Sorted(IEnumerable<PortfolioBill> bills, PortfolioBillOrder order) =>
    [
        .. (order == PortfolioBillOrder.Rise ? bills.OrderByDescending(bill => bill.Rise ?? decimal.MinValue) : bills.OrderByDescending(bill => bill.Rank))
            .ThenBy(bill => bill.Tenant.Name, StringComparer.CurrentCulture),
    ];

    private static (Guid TenantId, string Coverage, string OperatorId) KeyOf(Account account) => (account.TenantId, account.Coverage, account.OperatorId);

    private sealed record Account(Guid TenantId, string Coverage, string OperatorId, string? Failure, string? Denied, DateTimeOffset? ReadAt);
}
