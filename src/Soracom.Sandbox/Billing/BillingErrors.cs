using Soracom.Sandbox.Errors;

namespace Soracom.Sandbox.Billing;

/// <summary>Refusals of the tag Billing. None of the vendor's codes is public.</summary>
internal static class BillingErrors
{
    public static readonly VendorError NoBill = new(404, "BIL9001",
        "There is no bill for this month.", "指定された月の請求情報は存在しません。");
}
