namespace Soracom.Api.Orders;

/// <summary>Values of <see cref="Order.OrderStatus"/>, in the order that they follow each other in.</summary>
public static class OrderStatus
{
    /// <summary>Waits for its payment.</summary>
    public const string OrderProcessing = "orderProcessing";

    /// <summary>Is being paid for.</summary>
    public const string Ordering = "ordering";

    /// <summary>Is paid.</summary>
    public const string Ordered = "ordered";

    /// <summary>Is being packed.</summary>
    public const string Kitting = "kitting";
    public const string Shipped = "shipped";

    /// <summary>Its SIMs are being registered.</summary>
    public const string Receiving = "receiving";

    /// <summary>Its SIMs are registered.</summary>
    public const string Received = "received";
    public const string Cancelling = "cancelling";
    public const string Cancelled = "cancelled";
    public const string Failed = "failed";
}

/// <summary>Values of <see cref="Order.PaymentStatus"/>.</summary>
public static class OrderPaymentStatus
{
    /// <summary>Too little to be billed by itself; goes onto a later bill.</summary>
    public const string LessThanMinimumCharge = "lessThanMinimumCharge";
    public const string Paying = "paying";
    public const string Paid = "paid";
    public const string Failed = "fail";
    public const string Refunding = "refunding";
    public const string Refunded = "refunded";
    public const string RefundFailed = "refund_fail";

    /// <summary>A third party is about to collect it.</summary>
    public const string DelegatingToThirdParty = "delegating_to_third_party";
    public const string DelegatedToThirdParty = "delegated_to_third_party";
    public const string Charging = "charging";
    public const string Cancelling = "canceling";
    public const string Cancelled = "cancelled";
    public const string CancelFailed = "cancel_failed";
}
