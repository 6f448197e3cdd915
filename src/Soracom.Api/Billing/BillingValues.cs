namespace Soracom.Api.Billing;

/// <summary>Currencies that the vendor bills in. Amounts of different ones are never added up.</summary>
public static class Currencies
{
    public const string Yen = "JPY";
    public const string Dollar = "USD";
    public const string Euro = "EUR";
}

/// <summary>Values of <see cref="MonthlyBill.State"/>.</summary>
public static class BillState
{
    /// <summary>Usage is still being counted.</summary>
    public const string Temporary = "temporary";

    public const string Closed = "closed";
}

/// <summary>Values of <see cref="MonthlyBill.PaymentStatus"/>.</summary>
public static class PaymentStatus
{
    /// <summary>Too little to be charged: carried over to a later month.</summary>
    public const string LessThanMinimumCharge = "lessThanMinimumCharge";

    public const string Paying = "paying";
    public const string Paid = "paid";
    public const string Fail = "fail";
    public const string Refunding = "refunding";
    public const string Refunded = "refunded";
    public const string RefundFail = "refund_fail";

    /// <summary>The claim is being handed to a collecting company.</summary>
    public const string DelegatingToThirdParty = "delegating_to_third_party";

    public const string DelegatedToThirdParty = "delegated_to_third_party";
    public const string Charging = "charging";
    public const string Canceling = "canceling";
    public const string Cancelled = "cancelled";
    public const string CancelFailed = "cancel_failed";
}
