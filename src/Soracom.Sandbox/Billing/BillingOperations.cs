using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Payments;

namespace Soracom.Sandbox.Billing;

/// <summary>The tag Billing.</summary>
internal static class BillingOperations
{
    /// <summary>This month and three before it.</summary>
    private const int MonthsOfSummaries = 4;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/bills", "getBillingHistory", "Billing:getBillingHistory", History),
        new("GET", "/bills/latest", "getLatestBilling", "Billing:getLatestBilling", Latest),
        new("POST", "/bills/latest/export", "exportLatestBilling", "Billing:exportLatestBilling", call => Export(call, BillMonth.Of(call.Now))),
        new("GET", "/bills/summaries/bill_items", "getBillingSummaryOfBillItems", "Billing:getBillingSummaryOfBillItems", call => Summaries(call, ByItem)),
        new("GET", "/bills/summaries/sims", "getBillingSummaryOfSims", "Billing:getBillingSummaryOfSims", call => Summaries(call, BySim)),
        new("GET", "/bills/{yyyyMM}", "getBilling", "Billing:getBilling", Month),
        new("GET", "/bills/{yyyyMM}/daily", "getBillingPerDay", "Billing:getBillingPerDay", PerDay),
        new("POST", "/bills/{yyyyMM}/export", "exportBilling", "Billing:exportBilling", ExportFinal),
    ];

    private static Answer History(Call call)
    {
        var part = call.Data.Part<BillingPart>();
        var ledger = PaymentLedger.Of(part, call.Now);
        Bill[] bills = [.. part.FinalMonths(call.Now).Select(month => part.Bill(month, call.Now)).Reverse()];
        return List(bills, (json, bill) => Write(json, bill, part.Money, ledger));
    }

    private static Answer Latest(Call call)
    {
        var part = call.Data.Part<BillingPart>();
        var bill = part.Bill(BillMonth.Of(call.Now), call.Now);
        var evaluated = BillingPart.EvaluatedAt(call.Now);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("amount", bill.Amount);
            json.WriteString("currency", part.Money.Code);
            json.WriteString("lastEvaluatedTime", evaluated.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
            json.WriteEndObject();
        });
    }

    /// <summary>A final bill, or the preliminary one of the current month; the month before has neither until it is closed.</summary>
    private static Answer Month(Call call)
    {
        var part = call.Data.Part<BillingPart>();
        var month = FindMonth(call, part);
        var bill = part.Bill(month, call.Now);
        if (bill.Amount + bill.Coupon == 0 || (!bill.IsFinal && month != BillMonth.Of(call.Now)))
        {
            throw new VendorException(BillingErrors.NoBill);
        }

        var ledger = PaymentLedger.Of(part, call.Now);
        return Answer.Ok(json => Write(json, bill, part.Money, ledger));
    }

    private static Answer PerDay(Call call)
    {
        var part = call.Data.Part<BillingPart>();
        var month = FindMonth(call, part);
        var charges = part.Charges(month, call.Now);
        if (charges.Total == 0)
        {
            throw new VendorException(BillingErrors.NoBill);
        }

        return List([.. charges.ByDay.Index().Reverse()], (json, day) =>
        {
            json.WriteStartObject();
            json.WriteString("date", month.Start.AddDays(day.Index).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
            json.WriteNumber("amount", part.Money.Told(day.Item));
            json.WriteString("currency", part.Money.Code);
            json.WriteEndObject();
        });
    }

    private static Answer ExportFinal(Call call)
    {
        var part = call.Data.Part<BillingPart>();
        var month = FindMonth(call, part);
        return month.Close <= call.Now && part.Charges(month, call.Now).Total > 0
            ? Export(call, month)
            : throw new VendorException(BillingErrors.NoBill);
    }

    private static Answer Export(Call call, BillMonth month) =>
        ExportOperations.Export(call, BillFile.Kind.Name, BillFile.KeyOf(month, BillingPart.EvaluatedAt(call.Now)));

    private static BillMonth FindMonth(Call call, BillingPart part) =>
        BillMonth.Parse(call.Path["yyyyMM"]) is { } month && part.IsKept(month, call.Now) ? month : throw new VendorException(BillingErrors.NoBill);

    private static Answer Summaries(Call call, Action<Utf8JsonWriter, MonthCharges, Money> writeCosts)
    {
        var part = call.Data.Part<BillingPart>();
        var current = BillMonth.Of(call.Now);
        var months = Enumerable.Range(0, MonthsOfSummaries)
            .Select(back => current.Plus(-back))
            .Select(month => (Month: month, Charges: part.Charges(month, call.Now), Updated: month.Close <= call.Now ? month.Close : BillingPart.EvaluatedAt(call.Now)))
            .ToList();
        return Answer.Ok(json =>
        {
            json.WriteStartArray();
            foreach (var (month, charges, updated) in months)
            {
                json.WriteStartObject();
                json.WriteString("yearMonth", month.ToString());
                json.WriteString("currency", part.Money.Code);
                json.WriteNumber("updatedTime", updated.ToUnixTimeSeconds());
                json.WriteStartArray("costBreakdownList");
                writeCosts(json, charges, part.Money);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void ByItem(Utf8JsonWriter json, MonthCharges charges, Money money)
    {
        foreach (var (item, amount) in charges.Items.OrderByDescending(item => item.Value).ThenBy(item => item.Key.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("billItemName", item.Name);
            json.WriteString("billItemCategory", item.Category);
            json.WriteNumber("amount", money.Told(amount));
            json.WriteEndObject();
        }
    }

    private static void BySim(Utf8JsonWriter json, MonthCharges charges, Money money)
    {
        foreach (var (simId, amount) in charges.Dearest)
        {
            json.WriteStartObject();
            json.WriteString("simId", simId);
            json.WriteNumber("amount", money.Told(amount));
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, Bill bill, Money money, PaymentLedger ledger)
    {
        var payment = ledger.PaymentOf(bill.Month);
        json.WriteStartObject();
        json.WriteString("yearMonth", bill.Month.ToString());
        json.WriteNumber("amount", bill.Amount);
        json.WriteNumber("appliedCouponAmount", bill.Coupon);
        json.WriteString("currency", money.Code);
        json.WriteString("state", bill.IsFinal ? "closed" : "temporary");
        if (bill.IsFinal)
        {
            json.WriteString("paymentStatus", payment?.Status ?? "lessThanMinimumCharge");
        }

        if (payment?.TransactionId is { } transaction)
        {
            json.WriteString("paymentTransactionId", transaction);
        }

        json.WriteEndObject();
    }

    private static Answer List<T>(IReadOnlyList<T> bills, Action<Utf8JsonWriter, T> write) => Answer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("billList");
        foreach (var bill in bills)
        {
            write(json, bill);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
