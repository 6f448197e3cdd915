using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class PaymentCases : IApiCases
{
    public static IEnumerable<ApiCase> All =>
    [
        new("getPaymentMethod", 200, api => api.CallAsync("getPaymentMethod")),
        ApiCase.Never("getPaymentMethod", 404, "The small account of the cases pays by card; PaymentTests ask the one that pays by invoice."),
        new("activatePaymentMethod", 200, api => api.CallAsync("activatePaymentMethod")),
        ApiCase.Never("activatePaymentMethod", 404, "The small account of the cases pays by card; PaymentTests ask the one that pays by invoice."),
        new("getPaymentTransaction", 200, TransactionAsync),
        new("getPaymentTransaction", 400, api => api.CallAsync("getPaymentTransaction", ["1"])),
        new("getPaymentTransaction", 404, api => api.CallAsync("getPaymentTransaction", ["20260401000000000_00000000-0000-4000-8000-000000000000"])),
        new("listPaymentStatements", 200, api => api.CallAsync("listPaymentStatements")) { About = "Japan" },
        new("listPaymentStatements", 200, api => api.CallAsync("listPaymentStatements", global: true)) { About = "Global" },
        new("exportPaymentStatement", 200, async api => await api.CallAsync("exportPaymentStatement", [await StatementAsync(api)])),
        new("exportPaymentStatement", 200, async api => await api.CallAsync("exportPaymentStatement", [await StatementAsync(api)], query: "export_mode=async")) { About = "asynchronously" },
        new("exportPaymentStatement", 400, api => api.CallAsync("exportPaymentStatement", ["none"])),
        new("getPayerInformation", 200, api => api.CallAsync("getPayerInformation")),
        ApiCase.Never("getPayerInformation", 400, "The small account of the cases has registered it; PaymentTests ask one that has not."),
        new("registerPayerInformation", 201, api => api.CallAsync("registerPayerInformation", body: new { companyName = "青葉", fullName = "佐藤" })),
        new("registerPayerInformation", 400, api => api.CallAsync("registerPayerInformation", body: new { department = "経理" })),
        new("listCoupons", 200, api => api.CallAsync("listCoupons")),
        new("registerCoupon", 200, api => api.CallAsync("registerCoupon", ["AOBA2026AUTUMN00"])),
        new("registerCoupon", 400, api => api.CallAsync("registerCoupon", ["none"])),
        new("listVolumeDiscounts", 200, api => api.CallAsync("listVolumeDiscounts")),
        new("getVolumeDiscount", 200, async api => await api.CallAsync("getVolumeDiscount", [await ContractAsync(api)])),
        new("getVolumeDiscount", 400, api => api.CallAsync("getVolumeDiscount", ["none"])),
    ];

    private static async Task<Reply> TransactionAsync(ApiCalls api)
    {
        var bill = (await api.CallAsync("getBilling", ["202601"])).Json;
        return await api.CallAsync("getPaymentTransaction", [bill.GetProperty("paymentTransactionId").GetString()!]);
    }

    private static async Task<string> StatementAsync(ApiCalls api) =>
        (await api.CallAsync("listPaymentStatements")).Json.GetProperty("paymentStatementsList")[0].GetProperty("paymentStatementId").GetString()!;

    private static async Task<string> ContractAsync(ApiCalls api) =>
        (await api.CallAsync("listVolumeDiscounts")).Json.GetProperty("volumeDiscountList")[0].GetProperty("contractId").GetString()!;
}
