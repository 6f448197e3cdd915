using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Billing;
using Soracom.Api.Http;

namespace Soracom.Api.Payments;

/// <summary>What the account pays with (wire: GetPaymentMethodResult).</summary>
public sealed record PaymentMethod
{
    [WireValues(typeof(PaymentProvider))]
    public string? ProviderType { get; init; }

    /// <summary>A JSON document that describes it, such as the card's last digits; its layout is not public.</summary>
    public string? Properties { get; init; }

    /// <summary>What is wrong with it.</summary>
    [WireValues(typeof(PaymentErrorCode))]
    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    /// <summary>When it was registered or changed.</summary>
    [JsonConverter(typeof(DigitTimeConverter))]
    public DateTimeOffset? UpdateDate { get; init; }

    /// <summary>Leaves out the properties: they tell of the card.</summary>
    public override string ToString() => $"{nameof(PaymentMethod)} {ProviderType} {ErrorCode}";
}

/// <summary>Values of <see cref="PaymentMethod.ProviderType"/>.</summary>
public static class PaymentProvider
{
    public const string WebPay = "WebPay";
}

/// <summary>What became of a payment, or is wrong with what it is paid with.</summary>
public static class PaymentErrorCode
{
    public const string Success = "success";
    public const string Processing = "processing";
    public const string InvalidRequest = "invalid_request";
    public const string InvalidNumber = "invalid_number";
    public const string IncorrectNumber = "incorrect_number";
    public const string InvalidName = "invalid_name";
    public const string InvalidExpiryMonth = "invalid_expiry_month";
    public const string InvalidExpiryYear = "invalid_expiry_year";
    public const string InvalidExpiry = "invalid_expiry";
    public const string IncorrectExpiry = "incorrect_expiry";
    public const string InvalidCvc = "invalid_cvc";
    public const string IncorrectCvc = "incorrect_cvc";
    public const string CardDeclined = "card_declined";
    public const string Missing = "missing";
    public const string ProcessingError = "processing_error";
}

/// <summary>One payment (wire: GetPaymentTransactionResult).</summary>
public sealed record PaymentTransaction
{
    [WireValues(typeof(PaymentTransactionStatus))]
    public string? Status { get; init; }

    [WireValues(typeof(PaymentErrorCode))]
    public string? MessageCode { get; init; }

    public string? Message { get; init; }

    public PaymentAmount? Amount { get; init; }

    public PaymentDescription? Description { get; init; }
}

/// <summary>Values of <see cref="PaymentTransaction.Status"/>.</summary>
public static class PaymentTransactionStatus
{
    public const string Success = "success";
    public const string Error = "error";
}

/// <summary>How an amount is made up (wire: PaymentAmount).</summary>
public sealed record PaymentAmount
{
    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    /// <summary>What is paid in the end.</summary>
    [JsonPropertyName("paymentAmount")]
    public decimal? Payment { get; init; }

    public decimal? SubTotalAmount { get; init; }

    public decimal? TaxableSubTotalAmount { get; init; }

    public decimal? TaxFreeSubTotalAmount { get; init; }

    public decimal? TaxAmount { get; init; }

    /// <summary>Taxes included.</summary>
    public decimal? TotalAmount { get; init; }

    public decimal? WithholdingTaxAmount { get; init; }

    /// <summary>Of a layout that is not public.</summary>
    public JsonElement? TaxRate { get; init; }
}

/// <summary>What is paid for (wire: PaymentDescription).</summary>
public sealed record PaymentDescription
{
    public string? Description { get; init; }

    [AllowNull]
    public IReadOnlyList<string> ItemList { get; init => field = value ?? []; } = [];
}

/// <summary>All payment statements (wire: ListPaymentStatementResponse).</summary>
public sealed record PaymentStatementList
{
    [JsonPropertyName("paymentStatementsList"), AllowNull]
    public IReadOnlyList<PaymentStatement> Statements { get; init => field = value ?? []; } = [];
}

/// <summary>A statement of one payment, which may be for several months (wire: PaymentStatementResponse).</summary>
public sealed record PaymentStatement
{
    public string? PaymentStatementId { get; init; }

    public string? PaymentStatementInfo { get; init; }

    public decimal? Amount { get; init; }

    [WireValues(typeof(Currencies))]
    public string? Currency { get; init; }

    [AllowNull]
    public IReadOnlyList<YearMonth> ChargedYearMonths { get; init => field = value ?? []; } = [];

    /// <summary>The order that it is for, if it is not for months.</summary>
    public string? OrderId { get; init; }

    /// <summary>The vendor tells no unit; milliseconds, like most of its times.</summary>
    [JsonConverter(typeof(UnixMillisecondsConverter))]
    public DateTimeOffset? PaymentDateTime { get; init; }

    public string? PaymentMethod { get; init; }

    /// <summary>Such as the card's last digits.</summary>
    public string? PaymentInstrument { get; init; }
}

/// <summary>Whom statements are made out to (wire: RegisterPayerInformationModel).</summary>
public sealed record PayerInformation
{
    public string? CompanyName { get; init; }

    public string? Department { get; init; }

    public string? FullName { get; init; }
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PaymentMethod))]
[JsonSerializable(typeof(PaymentTransaction))]
[JsonSerializable(typeof(PaymentStatementList))]
[JsonSerializable(typeof(PayerInformation))]
[JsonSerializable(typeof(CouponList))]
[JsonSerializable(typeof(Coupon))]
[JsonSerializable(typeof(LongTermDiscountList))]
[JsonSerializable(typeof(LongTermDiscount))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PaymentsJson : JsonSerializerContext;
