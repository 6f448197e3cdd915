using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Soracom.Api.Payments;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;

namespace Soracom.Portal.Features.Billing.Paying;

/// <summary>Writes the portal's own coupons, long term discounts and statements of payments. What the vendor tells no more stays, with the time that it was last told.</summary>
/// <param name="database">The portal's database.</param>
internal sealed class PaymentStore(PortalDatabase database)
{
    /// <summary>Takes in coupons.</summary>
    public Task<bool> PutCouponsAsync(BillingAccount account, PaymentTurn turn, IEnumerable<Coupon> told, DateTimeOffset askedAt, CancellationToken cancellationToken) => PutAsync(
        account,
        turn,
        async (db, reading, token) =>
        {
            var known = await db.AccountCoupons.Where(coupon => coupon.Coverage == account.CoverageName && coupon.OperatorId == account.OperatorId).ToDictionaryAsync(coupon => coupon.Code, StringComparer.Ordinal, token);
            foreach (var coupon in told.Where(coupon => coupon.CouponCode is { Length: > 0 and <= AccountCoupon.CodeLength }).DistinctBy(coupon => coupon.CouponCode, StringComparer.Ordinal))
            {
                if (!known.TryGetValue(coupon.CouponCode!, out var row))
                {
                    db.Add(row = new AccountCoupon { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId, Code = coupon.CouponCode!, ToldAt = askedAt });
                }

                (row.Amount, row.Balance, row.Currency) = (BillAmounts.Kept(coupon.Amount), BillAmounts.Kept(coupon.Balance), BillAmounts.Currency(coupon.Currency) ?? "");
                (row.BillItem, row.GoodUntil, row.ToldAt) = (Text(coupon.BillItemName, BillLine.KeyLength), coupon.ExpiryYearMonth?.Number(), askedAt);
            }

            reading.CouponsAt = askedAt;
        },
        cancellationToken);

    /// <summary>Takes in long term discounts.</summary>
    public Task<bool> PutDiscountsAsync(BillingAccount account, PaymentTurn turn, IEnumerable<LongTermDiscount> told, DateTimeOffset askedAt, CancellationToken cancellationToken) => PutAsync(
        account,
        turn,
        async (db, reading, token) =>
        {
            var known = await db.AccountDiscounts.Where(discount => discount.Coverage == account.CoverageName && discount.OperatorId == account.OperatorId).ToDictionaryAsync(discount => discount.ContractId, StringComparer.Ordinal, token);
            foreach (var discount in told.Where(discount => discount.ContractId is { Length: > 0 and <= AccountDiscount.IdLength }).DistinctBy(discount => discount.ContractId, StringComparer.Ordinal))
            {
                if (!known.TryGetValue(discount.ContractId!, out var row))
                {
                    db.Add(row = new AccountDiscount { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId, ContractId = discount.ContractId!, ToldAt = askedAt });
                }

                (row.From, row.Until, row.Sims) = (discount.StartDate, discount.EndDate, discount.Quantity);
                (row.UnitPrice, row.Currency) = (BillAmounts.Kept(discount.UnitPrice), BillAmounts.Currency(discount.Currency) ?? "");
                (row.PaymentType, row.DiscountType, row.Status) = (BillAmounts.Word(discount.PaymentType), BillAmounts.Word(discount.DiscountType), BillAmounts.Word(discount.Status));
                row.ToldAt = askedAt;
            }

            reading.DiscountsAt = askedAt;
        },
        cancellationToken);

    /// <summary>Takes in statements.</summary>
    public Task<bool> PutStatementsAsync(BillingAccount account, PaymentTurn turn, IEnumerable<PaymentStatement> told, DateTimeOffset askedAt, CancellationToken cancellationToken) => PutAsync(
        account,
        turn,
        async (db, reading, token) =>
        {
            var known = await db.AccountStatements.Where(statement => statement.Coverage == account.CoverageName && statement.OperatorId == account.OperatorId).ToDictionaryAsync(statement => statement.StatementId, StringComparer.Ordinal, token);
            foreach (var statement in told.Where(statement => statement.PaymentStatementId is { Length: > 0 and <= AccountStatement.IdLength }).DistinctBy(statement => statement.PaymentStatementId, StringComparer.Ordinal))
            {
                if (!known.TryGetValue(statement.PaymentStatementId!, out var row))
                {
                    db.Add(row = new AccountStatement { TenantId = account.TenantId, Coverage = account.CoverageName, OperatorId = account.OperatorId, StatementId = statement.PaymentStatementId!, ToldAt = askedAt });
                }

                (row.PaidAt, row.Amount, row.Currency) = (statement.PaymentDateTime, BillAmounts.Kept(statement.Amount), BillAmounts.Currency(statement.Currency) ?? "");
                // As many months as there is room for.
                row.Months = string.Join(' ', statement.ChargedYearMonths.Take(AccountStatement.MonthsLength / 7).Select(month => month.ToString(format: null, CultureInfo.InvariantCulture)));
                (row.OrderId, row.Method, row.Instrument) = (Text(statement.OrderId, AccountStatement.IdLength), BillAmounts.Word(statement.PaymentMethod), BillAmounts.Word(statement.PaymentInstrument));
                row.ToldAt = askedAt;
            }

            reading.StatementsAt = askedAt;
        },
        cancellationToken);

    /// <summary>Takes in what the account pays with; null where that is nothing that the vendor tells.</summary>
    public Task<bool> PutMethodAsync(BillingAccount account, PaymentTurn turn, PaidWith? method, DateTimeOffset askedAt, CancellationToken cancellationToken) => PutAsync(
        account,
        turn,
        (_, reading, _) =>
        {
            (reading.HasMethod, reading.CardBrand, reading.CardDigits) = (method is not null, method?.Brand ?? "", method?.LastDigits ?? "");
            (reading.MethodError, reading.MethodChangedAt) = (BillAmounts.Word(method?.ErrorCode), method?.UpdatedAt);
            reading.MethodAt = askedAt;
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Takes in whom statements are made out to; null where that is nobody that the vendor tells.</summary>
    public Task<bool> PutPayerAsync(BillingAccount account, PaymentTurn turn, PayerInformation? payer, DateTimeOffset askedAt, CancellationToken cancellationToken) => PutAsync(
        account,
        turn,
        (_, reading, _) =>
        {
            reading.Payer = Text(string.Join(" · ", new[] { payer?.CompanyName, payer?.Department, payer?.FullName }.Where(name => !string.IsNullOrWhiteSpace(name))), PaymentReading.NameLength);
            reading.PayerAt = askedAt;
            return Task.CompletedTask;
        },
        cancellationToken);

    /// <summary>Writes as long as the turn lasts, and the credential opens the account: what was told after it was replaced may be another operator's.</summary>
    private Task<bool> PutAsync(BillingAccount account, PaymentTurn turn, Func<PortalDbContext, PaymentReading, CancellationToken, Task> put, CancellationToken cancellationToken) => database.InTurnAsync(
        account.TenantId,
        async (db, token) =>
        {
            if (!await db.VendorCredentials.AnyAsync(credential => credential.Coverage == account.CoverageName && credential.OperatorId == account.OperatorId, token)
                || await db.PaymentReadings.SingleOrDefaultAsync(row => row.Coverage == account.CoverageName && row.OperatorId == account.OperatorId && row.Holder == turn.Holder, token) is not { } reading)
            {
                return false;
            }

            await put(db, reading, token);
            await db.SaveChangesAsync(token);
            return true;
        },
        cancellationToken);

    private static string Text(string? told, int length) => told is null ? "" : told.Length <= length ? told : told[..length];
}
