using Microsoft.EntityFrameworkCore;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Forecasting;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>Writes the portal's own bills. What was asked for earlier never replaces what was asked for later, and nothing that a closed month once had goes away.</summary>
/// <param name="database">The portal's database.</param>
internal sealed class BillingStore(PortalDatabase database)
{
    /// <summary>How many months back the vendor tells.</summary>
    public const int MonthsTold = 18;

    /// <summary>The months of an account, by their numbers.</summary>
    public async Task<IReadOnlyDictionary<int, BillMonth>> MonthsAsync(BillingAccount account, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(account.TenantId);
        return await Own(db, account).AsNoTracking().ToDictionaryAsync(month => month.Month, cancellationToken);
    }

    /// <summary>Whether the account's SIMs have ever been walked through.</summary>
    public async Task<bool> HasInventoryAsync(BillingAccount account, CancellationToken cancellationToken)
    {
        await using var db = database.ForTenant(account.TenantId);
        return await db.SimInventories.AnyAsync(inventory => inventory.Coverage == account.CoverageName && inventory.OperatorId == account.OperatorId, cancellationToken);
    }

    /// <summary>Takes in what the month that is under way has come to, and what it will: neither is kept without the other. Of a month that is final it says nothing new.</summary>
    /// <returns>The month.</returns>
    public Task<YearMonth> PutLatestAsync(BillingAccount account, LatestBill latest, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        // The month is the one that usage is counted in: about midnight the vendor may still tell of the month that has just ended.
        var told = YearMonth.Of(latest.LastEvaluatedTime ?? askedAt);
        return database.InTurnAsync(
            account.TenantId,
            async (db, token) =>
            {
                var month = await FindAsync(db, account, told, latest.Currency, askedAt, token);
                // One that can't be read says nothing, and what was told before stays as old as it is. Without a time nobody knows how old it is.
                if (month.Stage == BillStage.Preliminary && month.ReadAt <= askedAt && BillAmounts.Kept(latest.Amount) is { } amount)
                {
                    (month.Amount, month.AsOf, month.ReadAt) = (amount, latest.LastEvaluatedTime, askedAt);
                    month.Currency = BillAmounts.Currency(latest.Currency) ?? month.Currency;
                    await db.SaveChangesAsync(token);
                    await ForecastAsync(db, account, told, askedAt, token);
                }

                return told;
            },
            cancellationToken);
    }

    /// <summary>
    /// Takes in closed months. An amount that has changed since is a new <see cref="BillRevision"/>. One that the vendor counts anew is preliminary
    /// until it is closed again, and keeps what it was closed with.
    /// </summary>
    /// <returns>The months whose bill is final as of now, or has changed.</returns>
    public Task<IReadOnlySet<YearMonth>> PutHistoryAsync(BillingAccount account, IReadOnlyList<MonthlyBill> bills, DateTimeOffset askedAt, CancellationToken cancellationToken) => database.InTurnAsync<IReadOnlySet<YearMonth>>(
        account.TenantId,
        async (db, token) =>
        {
            var changed = new HashSet<YearMonth>();
            foreach (var bill in bills.Where(bill => bill.YearMonth is not null && BillAmounts.Kept(bill.Amount) is not null).DistinctBy(bill => bill.YearMonth))
            {
                if ((await TakeAsync(db, account, bill, askedAt, token)).IsChanged)
                {
                    changed.Add(bill.YearMonth!.Value);
                }
            }

            await BillClosing.CloseIdleAsync(db, Own(db, account), [.. bills.Select(bill => bill.YearMonth?.Number() ?? 0)], askedAt, token);
            await db.SaveChangesAsync(token);
            return changed;
        },
        cancellationToken);

    /// <summary>Takes in one closed month, which has an amount.</summary>
    /// <returns>The month as it is then.</returns>
    public Task<BillMonth> PutBillAsync(BillingAccount account, MonthlyBill bill, DateTimeOffset askedAt, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            var (month, _) = await TakeAsync(db, account, bill, askedAt, token);
            await db.SaveChangesAsync(token);
            return month;
        },
        cancellationToken);

    /// <summary>Takes in the days of a month. A day that the vendor no longer tells stays as it was told.</summary>
    /// <param name="account">The account.</param>
    /// <param name="month">The month.</param>
    /// <param name="days">Its days.</param>
    /// <param name="countedTo">Up to when the vendor has counted the account's usage, UTC.</param>
    /// <param name="askedAt">When it was asked for them, UTC.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public Task<bool> PutDaysAsync(BillingAccount account, YearMonth month, IReadOnlyList<DailyBill> days, DateTimeOffset countedTo, DateTimeOffset askedAt, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            var (first, last) = (month.FirstDay, month.LastDay);
            var row = await FindAsync(db, account, month, days is [var any, ..] ? any.Currency : null, askedAt, token);
            if (row.DaysReadAt > askedAt)
            {
                return false;
            }

            // Of a closed month all days are over, however far the vendor said that it had counted by then.
            var until = row.Stage == BillStage.Final || countedTo > month.End() ? month.End() : countedTo;
            var known = await db.BillDays
                .Where(day => day.Coverage == account.CoverageName && day.OperatorId == account.OperatorId && day.Day >= first && day.Day <= last)
                .ToDictionaryAsync(day => day.Day, token);
            foreach (var told in days.Where(day => BillAmounts.Kept(day.Amount) is not null && day.Date >= first && day.Date <= last).DistinctBy(day => day.Date))
            {
                var (amount, currency) = (BillAmounts.Kept(told.Amount)!.Value, BillAmounts.Currency(told.Currency) ?? row.Currency);
                if (!known.TryGetValue(told.Date!.Value, out var day))
                {
                    known[told.Date.Value] = day = new BillDay { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId, Day = told.Date.Value, Amount = amount, Currency = currency };
                    db.Add(day);
                }

                (day.Amount, day.Currency, day.IsPart) = (amount, currency, until < day.Day.AddDays(1).Start());
            }

            var counted = known.Values.Where(day => day.Currency == row.Currency).ToList();
            (row.DaysReadAt, row.DaysTotal) = (askedAt, counted.Count == 0 ? null : counted.Sum(day => day.Amount));
            // What is told again goes further: days are as old as those that were told last.
            row.DaysAsOf = days.Count == 0 ? row.DaysAsOf : until;
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Takes in what bill items or SIMs cost in a month. An empty list takes nothing away, and SIMs of a final month keep the names that they had.</summary>
    public Task<bool> PutLinesAsync(BillingAccount account, BillLines told, DateTimeOffset askedAt, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            if (told.Lines.Count == 0)
            {
                return false;
            }

            var number = told.Month.Number();
            var row = await FindAsync(db, account, told.Month, told.Currency, askedAt, token);
            var isItem = told.Kind == BillLineKind.Item;
            if ((isItem ? row.ItemsReadAt : row.SimsReadAt) > askedAt)
            {
                return false;
            }

            DateTimeOffset? asOf = (told.UpdatedAt ?? askedAt) is var counted && counted < told.Month.End() ? counted : told.Month.End();
            if (row.Stage == BillStage.Final && asOf.IsBefore(isItem ? row.ItemsAsOf : row.SimsAsOf))
            {
                // What is counted less far than what there is of a closed month is none of it.
                return false;
            }

            (row.ItemsReadAt, row.SimsReadAt) = (isItem ? askedAt : row.ItemsReadAt, isItem ? row.SimsReadAt : askedAt);
            (row.ItemsAsOf, row.SimsAsOf) = (isItem ? asOf : row.ItemsAsOf, isItem ? row.SimsAsOf : asOf);
            var lines = db.BillLines.Where(line => line.Coverage == account.CoverageName && line.OperatorId == account.OperatorId && line.Month == number && line.Kind == told.Kind && line.Source == BillLineSource.Summary);
            var kept = await lines.AsNoTracking().ToListAsync(token);
            var names = isItem ? SimNaming.None : await SimNaming.OfAsync(db, account.CoverageName, [.. told.Lines.Select(line => line.Key)], token);
            var fresh = names.Lines(account, told, row.Stage == BillStage.Final ? kept : []);
            if (row.Stage == BillStage.Final && fresh.Select(Saying).ToHashSet().SetEquals(kept.Select(Saying)))
            {
                await db.SaveChangesAsync(token);
                return false;
            }

            await lines.ExecuteDeleteAsync(token);
            db.AddRange(fresh);
            if (isItem)
            {
                row.ItemsTotal = told.Lines.Sum(line => line.Amount);
            }

            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    /// <summary>Notes what the month that is under way will come to; a month that is over has nothing to come to.</summary>
    public Task<bool> ForecastAsync(BillingAccount account, YearMonth current, DateTimeOffset now, CancellationToken cancellationToken) =>
        database.InTurnAsync(account.TenantId, (db, token) => ForecastAsync(db, account, current, now, token), cancellationToken);

    private static async Task<bool> ForecastAsync(PortalDbContext db, BillingAccount account, YearMonth current, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var number = current.Number();
        var from = current.AddMonths(-ForecastInput.MonthsBefore).FirstDay;
        var months = await Own(db, account).Where(month => month.Month <= number).OrderByDescending(month => month.Month).Take(ForecastInput.FactorMonths + 2).ToListAsync(cancellationToken);
        var days = await db.BillDays.AsNoTracking()
            .Where(day => day.Coverage == account.CoverageName && day.OperatorId == account.OperatorId && day.Day >= from)
            .ToListAsync(cancellationToken);
        foreach (var month in months)
        {
            var forecast = month.Month == number && month.IsUnderWay(now) ? BillForecast.Of(ForecastInput.Of(month, months, days)) : null;
            (month.Forecast, month.ForecastLow, month.ForecastHigh) = (forecast?.Amount, forecast?.Low, forecast?.High);
        }

        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    private static async Task<(BillMonth Month, bool IsChanged)> TakeAsync(PortalDbContext db, BillingAccount account, MonthlyBill bill, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        var month = await FindAsync(db, account, bill.YearMonth!.Value, bill.Currency, askedAt, cancellationToken);
        return (month, month.ReadAt <= askedAt && await BillClosing.TakeAsync(db, month, bill, askedAt, cancellationToken));
    }

    private static IQueryable<BillMonth> Own(PortalDbContext db, BillingAccount account) =>
        db.BillMonths.Where(month => month.Coverage == account.CoverageName && month.OperatorId == account.OperatorId);

    private static (string Key, decimal Amount, bool IsKnown) Saying(BillLine line) => (line.Key, line.Amount, line.IsKnown);

    private static async Task<BillMonth> FindAsync(PortalDbContext db, BillingAccount account, YearMonth told, string? currency, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        var number = told.Number();
        var month = await Own(db, account).SingleOrDefaultAsync(row => row.Month == number, cancellationToken);
        if (month is null)
        {
            month = new BillMonth
            {
                TenantId = account.TenantId,
                Coverage = account.CoverageName,
                OperatorId = account.OperatorId,
                Month = number,
                Currency = BillAmounts.Currency(currency) ?? account.UsualCurrency,
                Stage = BillStage.Preliminary,
                PaymentStatus = "",
                PaymentTransactionId = "",
                ReadAt = askedAt,
            };
            db.Add(month);
        }

        return month;
    }
}
