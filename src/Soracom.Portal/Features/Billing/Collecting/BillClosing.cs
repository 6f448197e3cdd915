using Microsoft.EntityFrameworkCore;
using Soracom.Api.Billing;
using Soracom.Portal.Data;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>How a month becomes final: by the vendor's bill, which may change after that, or because there is none as it cost nothing.</summary>
internal static class BillClosing
{
    /// <summary>A month is closed about the second business day of the next: so long after its end it has been.</summary>
    public static readonly TimeSpan ClosedWithin = TimeSpan.FromDays(10);

    /// <summary>Takes in what the vendor tells of a closed month.</summary>
    /// <returns>Whether it is final as of now, or its amount has changed.</returns>
    public static async Task<bool> TakeAsync(PortalDbContext db, BillMonth month, MonthlyBill bill, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        // Closed is what the vendor says is closed, and nothing that is still under way.
        var final = string.Equals(bill.State, BillState.Closed, StringComparison.Ordinal) && askedAt >= BillMonths.Of(month.Month).End();
        if (month.Stage == BillStage.Final && !final && !string.Equals(bill.State, BillState.Temporary, StringComparison.Ordinal))
        {
            // A closed month is counted anew where the vendor says so. What it says nothing of, or a word that nobody knows, takes nothing back.
            return false;
        }

        var (amount, coupon) = (BillAmounts.Kept(bill.Amount)!.Value, BillAmounts.Kept(bill.AppliedCouponAmount) ?? 0);
        var currency = BillAmounts.Currency(bill.Currency) ?? month.Currency;
        var changed = final && (month.Stage != BillStage.Final || month.Amount != amount || month.CouponAmount != coupon || month.Currency != currency);
        (month.Amount, month.CouponAmount, month.Currency, month.ReadAt) = (amount, coupon, currency, askedAt);
        month.PaymentStatus = BillAmounts.Word(bill.PaymentStatus);
        month.PaymentTransactionId = BillAmounts.Word(bill.PaymentTransactionId);
        if (!final)
        {
            month.Stage = BillStage.Preliminary;
        }

        if (changed && !await IsAsBeforeAsync(db, month, cancellationToken))
        {
            db.Add(Revision(month, askedAt));
        }

        if (changed)
        {
            // Its days may be others too: until they are read, whatever fails before, they are to be.
            (month.Stage, month.FinalAt, month.AsOf, month.DaysReadAt) = (BillStage.Final, month.FinalAt ?? askedAt, BillMonths.Of(month.Month).End(), null);
        }

        return changed;
    }

    /// <summary>Whether a month that was counted anew is closed with what it was closed with before.</summary>
    private static async Task<bool> IsAsBeforeAsync(PortalDbContext db, BillMonth month, CancellationToken cancellationToken) =>
        month is { Stage: BillStage.Preliminary, Revision: > 0 }
        && await db.BillRevisions.AnyAsync(
            revision => revision.Coverage == month.Coverage && revision.OperatorId == month.OperatorId && revision.Month == month.Month && revision.Number == month.Revision
                && revision.Amount == month.Amount && revision.CouponAmount == month.CouponAmount && revision.Currency == month.Currency,
            cancellationToken);

    private static BillRevision Revision(BillMonth month, DateTimeOffset askedAt) => new()
    {
        TenantId = month.TenantId,
        Coverage = month.Coverage,
        OperatorId = month.OperatorId,
        Month = month.Month,
        Number = ++month.Revision,
        SeenAt = askedAt,
        Currency = month.Currency,
        Amount = month.Amount!.Value,
        CouponAmount = month.CouponAmount,
    };

    /// <summary>A month that cost nothing has no bill, which is how the vendor closes it: once all other bills of its time must have come, it cost nothing for good. So did one that nobody read while it was under way, and of which nothing was ever told.</summary>
    public static async Task CloseIdleAsync(PortalDbContext db, IQueryable<BillMonth> own, IReadOnlyCollection<int> told, DateTimeOffset askedAt, CancellationToken cancellationToken)
    {
        var (over, forgotten) = (YearMonth.Of(askedAt - ClosedWithin).Number(), YearMonth.Of(askedAt).AddMonths(-BillingStore.MonthsTold).Number());
        foreach (var month in await own
            .Where(month => month.Month < over && month.Month > forgotten && month.Stage == BillStage.Preliminary && month.ReadAt <= askedAt)
            .Where(month => (month.Amount ?? 0) == 0 && (month.ItemsTotal ?? 0) == 0 && (month.DaysTotal ?? 0) == 0)
            // Items may not have been told where SIMs were.
            .Where(month => !db.BillLines.Any(line => line.Coverage == month.Coverage && line.OperatorId == month.OperatorId && line.Month == month.Month && line.Amount != 0))
            .ToListAsync(cancellationToken))
        {
            if (!told.Contains(month.Month))
            {
                (month.Amount, month.Stage, month.FinalAt, month.AsOf, month.ReadAt) = (0, BillStage.Final, askedAt, BillMonths.Of(month.Month).End(), askedAt);
            }
        }
    }
}
