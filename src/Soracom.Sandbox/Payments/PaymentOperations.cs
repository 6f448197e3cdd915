using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Files;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Payments;

/// <summary>The tag Payment.</summary>
internal static partial class PaymentOperations
{
    private const int LongestPayerField = 200;

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/payment_methods/current", "getPaymentMethod", "Payment:getPaymentMethod", Method),
        new("POST", "/payment_methods/current/activate", "activatePaymentMethod", "Payment:activatePaymentMethod", Activate),
        new("GET", "/payment_history/transactions/{payment_transaction_id}", "getPaymentTransaction", "Payment:getPaymentTransaction", Transaction),
        new("GET", "/payment_statements", "listPaymentStatements", "Payment:listPaymentStatements", Statements),
        new("GET", "/payment_statements/payer_information", "getPayerInformation", "Payment:getPayerInformation", Payer),
        new("POST", "/payment_statements/payer_information", "registerPayerInformation", "Payment:registerPayerInformation", RegisterPayer),
        new("POST", "/payment_statements/{payment_statement_id}/export", "exportPaymentStatement", "Payment:exportPaymentStatement", ExportStatement),
        .. DiscountOperations.All,
    ];

    private static Answer Method(Call call)
    {
        var part = call.Account.Part<PaymentPart>();
        var card = part.Card ?? throw new VendorException(PaymentErrors.NoMethod);
        var error = part.Failure is { Recovered: null } failure ? failure.Code : null;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("providerType", "WebPay");
            json.WriteString("properties", $$"""{"cardBrand":"{{card.Brand}}","last4":"{{card.LastDigits}}","expiry":"{{card.Expiry}}"}""");
            json.WriteString("updateDate", card.Updated.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture));
            if (error is not null)
            {
                json.WriteString("errorCode", error);
                json.WriteString("errorMessage", PaymentErrors.MessageOf(error));
            }

            json.WriteEndObject();
        });
    }

    private static Answer Activate(Call call)
    {
        var part = call.Account.Part<PaymentPart>();
        if (part.Card is null)
        {
            throw new VendorException(PaymentErrors.NoMethod);
        }

        part.Activate(call.Now);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        });
    }

    private static Answer Transaction(Call call)
    {
        var id = call.Path["payment_transaction_id"];
        if (!TransactionId().IsMatch(id))
        {
            throw new VendorException(PaymentErrors.BadTransactionId);
        }

        var billing = call.Data.Part<BillingPart>();
        var payment = PaymentLedger.Of(billing, call.Now).Payments.FirstOrDefault(payment => payment.TransactionId == id)
            ?? throw new VendorException(PaymentErrors.NoTransaction);
        var code = payment.Paid is not null ? "success" : call.Account.Part<PaymentPart>().Failure?.Code ?? "missing";
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("status", payment.Paid is null ? "error" : "success");
            json.WriteString("messageCode", code);
            json.WriteString("message", PaymentErrors.MessageOf(code));
            WriteAmount(json, payment, billing.Money);
            json.WriteStartObject("description");
            json.WriteString("description", "Soracom");
            json.WriteStrings("itemList", payment.Months.Select(month => month.ToString()));
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static void WriteAmount(Utf8JsonWriter json, Payment payment, Money money)
    {
        var tax = payment.TaxIn(money);
        json.WriteStartObject("amount");
        json.WriteString("currency", money.Code);
        json.WriteNumber("subTotalAmount", payment.Amount - tax);
        json.WriteNumber("taxableSubTotalAmount", money.TaxPercent > 0 ? payment.Amount - tax : 0);
        json.WriteNumber("taxFreeSubTotalAmount", money.TaxPercent > 0 ? 0 : payment.Amount);
        json.WriteNumber("taxAmount", tax);
        json.WriteNumber("totalAmount", payment.Amount);
        json.WriteNumber("withholdingTaxAmount", 0);
        json.WriteNumber("paymentAmount", payment.Amount);
        json.WriteEndObject();
    }

    private static Answer Statements(Call call)
    {
        var billing = call.Data.Part<BillingPart>();
        var payer = call.Account.Part<PaymentPart>();
        var (byInvoice, instrument) = (payer.ByInvoice, payer.Card is { } card ? $"{card.Brand} ****{card.LastDigits}" : "");
        List<Payment> paid = [.. PaymentLedger.Of(billing, call.Now).Payments.Where(payment => payment.Paid is not null).Reverse()];
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("paymentStatementsList");
            foreach (var payment in paid)
            {
                json.WriteStartObject();
                json.WriteString("paymentStatementId", payment.StatementId);
                json.WriteNumber("amount", payment.Amount);
                json.WriteString("currency", billing.Money.Code);
                json.WriteStrings("chargedYearMonths", payment.Months.Select(month => month.ToString()));
                json.WriteNumber("paymentDateTime", payment.Paid!.Value.ToUnixTimeMilliseconds());
                json.WriteString("paymentMethod", byInvoice ? "invoice" : "creditCard");
                json.WriteString("paymentInstrument", instrument);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Answer ExportStatement(Call call)
    {
        var id = call.Path["payment_statement_id"];
        return PaymentLedger.Of(call.Data.Part<BillingPart>(), call.Now).Payments.Any(payment => payment.StatementId == id && payment.Paid is not null)
            ? ExportOperations.Export(call, StatementFile.Kind.Name, StatementFile.KeyOf(id))
            : throw new VendorException(PaymentErrors.NoStatement);
    }

    private static Answer Payer(Call call)
    {
        var payer = call.Account.Part<PaymentPart>().Payer ?? throw new VendorException(PaymentErrors.NoPayer);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("companyName", payer.CompanyName);
            json.WriteString("department", payer.Department);
            json.WriteString("fullName", payer.FullName);
            json.WriteEndObject();
        });
    }

    /// <summary>What makes payer information invalid is not documented: here, naming neither company nor person, or too long a name.</summary>
    private static Answer RegisterPayer(Call call)
    {
        var fields = call.Body.Object();
        var payer = new Payer(fields.Text("companyName"), fields.Text("department"), fields.Text("fullName"));
        string?[] all = [payer.CompanyName, payer.Department, payer.FullName];
        if ((string.IsNullOrWhiteSpace(payer.CompanyName) && string.IsNullOrWhiteSpace(payer.FullName)) || all.Any(text => text?.Length > LongestPayerField))
        {
            throw new VendorException(PaymentErrors.BadPayer);
        }

        call.Account.Part<PaymentPart>().Payer = payer;
        return new Answer(StatusCodes.Status201Created);
    }

    [GeneratedRegex("^[0-9]{17}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TransactionId();
}
