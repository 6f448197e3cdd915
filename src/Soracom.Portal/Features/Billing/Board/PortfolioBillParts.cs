using Microsoft.EntityFrameworkCore;
using Soracom.Api;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Data.Credentials;
using Soracom.Portal.Features.Billing.Collecting;
using Soracom.Portal.Features.Billing.Reading;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>
/// What several tenants' bills are made of, in each currency: their days and their services. The database adds up; what it is asked for follows the
/// accounts' keys, so that what is read is the month, however many there are.
/// </summary>
internal static class PortfolioBillParts
{
    /// <summary>Adds days and services to the accounts of a month.</summary>
    /// <param name="db">The database.</param>
    /// <param name="credentials">Those of the tenants whose bills may be read.</param>
    /// <param name="currencies">The accounts, by currency.</param>
    /// <param name="month">The month.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task<IReadOnlyList<PortfolioCurrency>> AddAsync(
        PortalDbContext db, IQueryable<VendorCredential> credentials, IReadOnlyList<PortfolioCurrency> currencies, YearMonth month, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await DaysAsync(db, credentials, month, cancellationToken);
        var services = await ServicesAsync(db, credentials, month, cancellationToken);
        var told = services.Select(service => service.Account).ToHashSet();
        // What a detailed file tells of a bill takes the place of items that do not go as far as the bill does.
        var old = currencies.SelectMany(currency => currency.Bills).Where(bill => bill is { IsFinal: true, Remainder: BillRowKind.NotYet }).ToDictionary(KeyOf, bill => bill.Revision);
        if (old.Count > 0 || currencies.Any(currency => currency.Bills.Any(bill => !told.Contains(KeyOf(bill)))))
        {
            var filed = await FiledAsync(db, credentials, month, cancellationToken);
            var replaced = filed.Where(service => old.TryGetValue(service.Account, out var revision) && revision == service.Revision).Select(service => service.Account).ToHashSet();
            services = [.. services.Where(service => !replaced.Contains(service.Account)), .. filed.Where(service => replaced.Contains(service.Account) || !told.Contains(service.Account))];
        }

        return
        [
            .. currencies.Select(currency => currency with
            {
                Days = Days(days.Where(day => day.Currency == currency.Currency), month, currency.Bills, now),
                Services = Services(currency, services.Where(service => service.Currency == currency.Currency)),
            }),
        ];
    }

    /// <summary>By day: of accounts that the month has a figure of, in its currency, as services are.</summary>
    private static async Task<List<DaySum>> DaysAsync(PortalDbContext db, IQueryable<VendorCredential> credentials, YearMonth month, CancellationToken cancellationToken)
    {
        var (first, last, number) = (month.FirstDay, month.LastDay, month.Number());
        return await (
            from credential in credentials
            join bill in db.BillMonths.IgnoreQueryFilters([PortalDbContext.TenantFilter])
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { bill.TenantId, bill.Coverage, bill.OperatorId }
            where bill.Month == number && bill.Amount != null
            join day in db.BillDays.IgnoreQueryFilters([PortalDbContext.TenantFilter])
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { day.TenantId, day.Coverage, day.OperatorId }
            where day.Day >= first && day.Day <= last && day.Currency == bill.Currency
            group new { day.Amount, Part = day.IsPart ? 1 : 0 } by new { day.Currency, day.Day } into sum
            select new DaySum(sum.Key.Currency, sum.Key.Day, sum.Sum(one => one.Amount), sum.Count(), sum.Sum(one => one.Part))).ToListAsync(cancellationToken);
    }

    /// <summary>By service and account: of those that no summary tells, something else is known, or nothing.</summary>
    private static async Task<List<ServiceSum>> ServicesAsync(PortalDbContext db, IQueryable<VendorCredential> credentials, YearMonth month, CancellationToken cancellationToken)
    {
        var number = month.Number();
        return await (
            from credential in credentials
            join line in db.BillLines.IgnoreQueryFilters([PortalDbContext.TenantFilter])
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { line.TenantId, line.Coverage, line.OperatorId }
            where line.Month == number && line.Kind == BillLineKind.Item && line.Source == BillLineSource.Summary
            group line.Amount by new { line.TenantId, line.Coverage, line.Currency, line.Category } into sum
            select new ServiceSum(sum.Key.TenantId, sum.Key.Coverage, sum.Key.Currency, sum.Key.Category, sum.Sum())).ToListAsync(cancellationToken);
    }

    /// <summary>The same by detailed files, whose amounts are rounded line by line as the account's own page does. Discounts among them are told with taxes, as where summaries tell none.</summary>
    private static async Task<List<ServiceSum>> FiledAsync(PortalDbContext db, IQueryable<VendorCredential> credentials, YearMonth month, CancellationToken cancellationToken)
    {
        var number = month.Number();
        var lines = await (
            from credential in credentials
            join file in db.BillFiles.IgnoreQueryFilters([PortalDbContext.TenantFilter])
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { file.TenantId, file.Coverage, file.OperatorId }
            where file.Month == number && file.HasLines
            join line in db.BillLines.IgnoreQueryFilters([PortalDbContext.TenantFilter])
                on new { credential.TenantId, credential.Coverage, credential.OperatorId } equals new { line.TenantId, line.Coverage, line.OperatorId }
            where line.Month == number && line.Kind == BillLineKind.Item && line.Source == BillLineSource.File && line.Amount >= 0
            select new ServiceSum(line.TenantId, line.Coverage, line.Currency, line.Category, line.Amount) { Revision = file.Revision }).ToListAsync(cancellationToken);
        return lines.ConvertAll(line => line with { Amount = BillAmounts.RoundedUp(line.Amount, line.Currency) });
    }

    private static (Guid TenantId, string Coverage) KeyOf(PortfolioBill bill) => (bill.Tenant.Id, bill.Coverage.ToWireName());

    /// <summary>The days of the month as far as any account is counted, or they are told all the same; one that nobody told has no amount.</summary>
    private static IReadOnlyList<PortfolioDay> Days(IEnumerable<DaySum> told, YearMonth month, IReadOnlyList<PortfolioBill> bills, DateTimeOffset now)
    {
        var parts = bills.Select(bill => bill.PartDay).ToHashSet();
        var sums = told.ToDictionary(day => day.Day);
        if (sums.Count == 0)
        {
            return [];
        }

        var last = BillDays.LastCounted(month, sums.Keys.Max(), bills.Max(bill => bill.AsOf), now);
        return
        [
            .. Enumerable.Range(0, last.DayNumber - month.FirstDay.DayNumber + 1).Select(month.FirstDay.AddDays)
                .Select(day => sums.TryGetValue(day, out var sum) ? new PortfolioDay(day, sum.Amount, sum.Accounts, sum.Parts > 0 || parts.Contains(day)) : new PortfolioDay(day, null, 0, IsPart: false)),
        ];
    }

    /// <summary>Services, the dearest first, and what makes them add up to what the accounts have come to.</summary>
    private static IReadOnlyList<BillRow> Services(PortfolioCurrency currency, IEnumerable<ServiceSum> told)
    {
        var accounts = currency.Bills.ToDictionary(KeyOf);
        var known = told.Where(service => accounts.ContainsKey(service.Account)).ToList();
        var explained = known.Select(service => service.Account).ToHashSet();
        // What is left of an account whose services are of another time than its total is not only tax. A file's are counted to the month's end.
        var filed = known.Where(service => service.Revision is not null).Select(service => service.Account).ToHashSet();
        BillRowKind RemainderOf((Guid, string) key) => filed.Contains(key) ? BillRowKind.Difference : accounts[key].Remainder;
        decimal Left(BillRowKind kind) => explained.Where(key => RemainderOf(key) == kind).Sum(key => accounts[key].SoFar)
            - known.Where(service => RemainderOf(service.Account) == kind).Sum(service => service.Amount);
        var unknown = accounts.Where(account => !explained.Contains(account.Key)).Sum(account => account.Value.SoFar);
        IEnumerable<BillRow> rows =
        [
            .. known.GroupBy(service => service.Category, StringComparer.Ordinal)
                .Select(service => new BillRow(BillRowKind.Service, service.Key, service.Key, service.Sum(one => one.Amount)))
                .OrderByDescending(service => service.Amount).ThenBy(service => service.Key, StringComparer.Ordinal),
            new BillRow(BillRowKind.Unknown, "", "", unknown),
            .. new[] { BillRowKind.Difference, BillRowKind.NotYet, BillRowKind.Ahead, BillRowKind.Undated }.Select(kind => new BillRow(kind, "", "", Left(kind))),
        ];
        return [.. rows.Where(row => row.Kind == BillRowKind.Service || row.Amount != 0)];
    }

    private sealed record DaySum(string Currency, DateOnly Day, decimal Amount, int Accounts, int Parts);

    private sealed record ServiceSum(Guid TenantId, string Coverage, string Currency, string Category, decimal Amount)
    {
        /// <summary>Which of the bill's amounts a detailed file is of that tells it; null where the vendor's summary does.</summary>
        public int? Revision { get; init; }

        public (Guid TenantId, string Coverage) Account => (TenantId, Coverage);
    }
}
