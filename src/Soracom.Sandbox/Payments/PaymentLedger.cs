using System.Globalization;
using Soracom.Sandbox.Billing;

namespace Soracom.Sandbox.Payments;

/// <summary>The payments of one coverage's final bills. A month of less than the minimum is paid for with a later one.</summary>
internal sealed class PaymentLedger
{
    private readonly Dictionary<BillMonth, Payment> byMonth = [];

    private PaymentLedger(IReadOnlyList<Payment> payments)
    {
        Payments = payments;
        foreach (var (payment, month) in payments.SelectMany(payment => payment.Months.Select(month => (payment, month))))
        {
            byMonth.Add(month, payment);
        }
    }

    /// <summary>Oldest first; those that are still to come, too.</summary>
    public IReadOnlyList<Payment> Payments { get; }

    public static PaymentLedger Of(BillingPart billing, DateTimeOffset now)
    {
        var payer = billing.Home.Account.Part<PaymentPart>();
        var payments = new List<Payment>();
        var carried = new List<Bill>();
        foreach (var month in billing.FinalMonths(now))
        {
            carried.Add(billing.Bill(month, now));
            if (carried.Sum(bill => bill.Amount) >= billing.Money.Minimum)
            {
                payments.Add(Pay(billing, payer, carried, now));
                carried.Clear();
            }
        }

        return new PaymentLedger(payments);
    }

    /// <summary>The payment of a month; null when it is carried over, or not final.</summary>
    public Payment? PaymentOf(BillMonth month) => byMonth.GetValueOrDefault(month);

    private static Payment Pay(BillingPart billing, PaymentPart payer, List<Bill> bills, DateTimeOffset now)
    {
        var last = bills[^1].Month;
        var due = last.Payment;
        var paid = payer.ByInvoice ? due : payer.PaidAt(due);
        var random = billing.Home.Random($"payment of {last}");
        var isDue = now >= due;
        var isPaid = paid <= now;
        return new Payment(
            [.. bills.Select(bill => bill.Month)],
            bills.Sum(bill => bill.Amount),
            (payer.ByInvoice, isDue, isPaid) switch
            {
                (true, _, true) => "delegated_to_third_party",
                (true, _, false) => "delegating_to_third_party",
                (false, false, _) => "charging",
                (false, true, true) => "paid",
                _ => "fail",
            },
            isPaid ? paid : null,
            isDue ? $"{due.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}_{random.Uuid()}" : null,
            $"{due.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}_{random.Digits(8)}");
    }
}

/// <param name="Months">What it is for, oldest first.</param>
/// <param name="Amount">With tax.</param>
/// <param name="Status">As bills tell it.</param>
/// <param name="Paid">When it came through; null until then.</param>
/// <param name="TransactionId">Null until it was tried.</param>
/// <param name="StatementId">The statement's, once it is paid.</param>
internal sealed record Payment(IReadOnlyList<BillMonth> Months, decimal Amount, string Status, DateTimeOffset? Paid, string? TransactionId, string StatementId)
{
    /// <summary>The tax that is in the amount.</summary>
    public decimal TaxIn(Money money) => decimal.Floor(Amount * money.TaxPercent / (100 + money.TaxPercent));
}
