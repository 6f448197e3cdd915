using System.Text.Json;
using RestEase;
using Soracom.Api.Files;
using Soracom.Api.Http;

namespace Soracom.Api.Payments;

/// <summary>How bills are paid for, statements of payments, coupons and long term discounts. Statements are kept for 18 months.</summary>
public interface IPaymentsApi
{
    /// <summary>Vendor operation getPaymentMethod: what the account pays with. 404 when nothing is registered.</summary>
    [SoracomOperation("getPaymentMethod"), Get("/payment_methods/current")]
    Task<PaymentMethod> GetPaymentMethodAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation activatePaymentMethod: tries again with what an error was found in. Answers an object that the definition says nothing
    /// of. 404 when nothing is registered.
    /// </summary>
    [SoracomOperation("activatePaymentMethod"), Post("/payment_methods/current/activate")]
    Task<JsonElement> ActivatePaymentMethodAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation getPaymentTransaction: the payment that a bill names in <see cref="Billing.MonthlyBill.PaymentTransactionId"/>. 400 when
    /// the id has not the form of one, 404 when there is none.
    /// </summary>
    [SoracomOperation("getPaymentTransaction"), Get("/payment_history/transactions/{payment_transaction_id}")]
    Task<PaymentTransaction> GetPaymentTransactionAsync(
        [Path("payment_transaction_id")] string paymentTransactionId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listPaymentStatements: a statement for each payment, newest first.</summary>
    [SoracomOperation("listPaymentStatements"), Get("/payment_statements")]
    Task<PaymentStatementList> ListPaymentStatementsAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation exportPaymentStatement: a statement as a file. 400 when there is none of that id.</summary>
    /// <param name="paymentStatementId">From <see cref="ListPaymentStatementsAsync"/>.</param>
    /// <param name="exportMode">One of <see cref="ExportMode"/>; the vendor's default waits for the file.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("exportPaymentStatement", Effect = CallEffect.Repeatable), Post("/payment_statements/{payment_statement_id}/export")]
    Task<FileExport> ExportPaymentStatementAsync(
        [Path("payment_statement_id")] string paymentStatementId,
        [Query("export_mode"), WireValues(typeof(ExportMode))] string? exportMode = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getPayerInformation: whom statements are made out to. 400, not 404, when that is not registered.</summary>
    [SoracomOperation("getPayerInformation"), Get("/payment_statements/payer_information")]
    Task<PayerInformation> GetPayerInformationAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation registerPayerInformation: replaces all of it. 400 when the vendor does not take it.</summary>
    [SoracomOperation("registerPayerInformation", Effect = CallEffect.Repeatable), Post("/payment_statements/payer_information")]
    Task RegisterPayerInformationAsync([Body] PayerInformation payer, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listCoupons: the account's coupons.</summary>
    [SoracomOperation("listCoupons"), Get("/coupons")]
    Task<CouponList> ListCouponsAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation registerCoupon. 400 when the code is not good, or has been registered too often.</summary>
    [SoracomOperation("registerCoupon"), Post("/coupons/{coupon_code}/register")]
    Task<Coupon> RegisterCouponAsync([Path("coupon_code")] string couponCode, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listVolumeDiscounts: long term discounts, until six months after their end.</summary>
    [SoracomOperation("listVolumeDiscounts"), Get("/volume_discounts")]
    Task<LongTermDiscountList> ListVolumeDiscountsAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getVolumeDiscount: one of them. 400, not 404, when there is none.</summary>
    [SoracomOperation("getVolumeDiscount"), Get("/volume_discounts/{contract_id}")]
    Task<LongTermDiscount> GetVolumeDiscountAsync([Path("contract_id")] string contractId, CancellationToken cancellationToken = default);
}
