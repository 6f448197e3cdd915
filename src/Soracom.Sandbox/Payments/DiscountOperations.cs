using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Payments;

/// <summary>Coupons and long term discounts, of the tag Payment.</summary>
internal static class DiscountOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/coupons", "listCoupons", "Payment:listCoupons", Coupons),
        new("POST", "/coupons/{coupon_code}/register", "registerCoupon", "Payment:registerCoupon", Register),
        new("GET", "/volume_discounts", "listVolumeDiscounts", "Payment:listVolumeDiscounts", Contracts),
        new("GET", "/volume_discounts/{contract_id}", "getVolumeDiscount", "Payment:getVolumeDiscount", Contract),
    ];

    private static Answer Coupons(Call call)
    {
        var coupons = call.Data.Part<DiscountsPart>().Registered;
        var currency = call.Data.Part<BillingPart>().Money.Code;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("couponList");
            foreach (var coupon in coupons)
            {
                Write(json, coupon, currency);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Answer Register(Call call)
    {
        // Coupons are used up when months are closed, and that part has to know of months.
        _ = call.Data.Part<BillingPart>();
        var coupon = call.Data.Part<DiscountsPart>().Register(call.Path["coupon_code"], call.Now) ?? throw new VendorException(PaymentErrors.BadCoupon);
        var currency = call.Data.Part<BillingPart>().Money.Code;
        return Answer.Ok(json => Write(json, coupon, currency));
    }

    private static Answer Contracts(Call call)
    {
        List<LongTermDiscount> contracts = [.. call.Data.Part<DiscountsPart>().ContractsAt(call.Now)];
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("volumeDiscountList");
            foreach (var contract in contracts)
            {
                Write(json, contract, call.Now);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Answer Contract(Call call)
    {
        var id = call.Path["contract_id"];
        var contract = call.Data.Part<DiscountsPart>().ContractsAt(call.Now).FirstOrDefault(contract => contract.Id == id)
            ?? throw new VendorException(PaymentErrors.NoContract);
        return Answer.Ok(json => Write(json, contract, call.Now));
    }

    private static void Write(Utf8JsonWriter json, Coupon coupon, string currency)
    {
        json.WriteStartObject();
        json.WriteString("couponCode", coupon.Code);
        json.WriteNumber("amount", coupon.Amount);
        json.WriteNumber("balance", coupon.Balance);
        json.WriteString("currency", currency);
        json.WriteString("billItemName", coupon.BillItemName);
        json.WriteString("expiryYearMonth", new BillMonth(coupon.Expiry).ToString());
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, LongTermDiscount contract, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("contractId", contract.Id);
        json.WriteString("contractDateTime", contract.Made.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
        json.WriteNumber("contractTermMonth", LongTermDiscount.Months);
        json.WriteString("startDate", contract.Start.ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        json.WriteString("endDate", contract.End.AddDays(-1).ToString("yyyyMMdd", CultureInfo.InvariantCulture));
        json.WriteString("status", now < contract.End ? "active" : "expired");
        json.WriteNumber("quantity", contract.Quantity);
        json.WriteNumber("unitPrice", contract.UnitPrice);
        json.WriteNumber("initialCost", contract.Payment == "PREPAYMENT" ? contract.Quantity * contract.UnitPrice * LongTermDiscount.Months : 0);
        json.WriteString("currency", Money.Of(Coverage.Japan).Code);
        json.WriteString("volumeDiscountPaymentType", contract.Payment);
        json.WriteString("volumeDiscountType", "SORACOM_AIR_BASIC_CHARGE_V2");
        json.WriteEndObject();
    }
}
