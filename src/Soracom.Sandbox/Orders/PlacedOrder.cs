using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Orders;

/// <summary>A quotation, and the order that it becomes. Its status follows from what has happened to it and from the time.</summary>
internal sealed record PlacedOrder
{
    /// <summary>How long a parcel is packed for, unless somebody sees to it that it is shipped.</summary>
    public static readonly TimeSpan Packed = TimeSpan.FromDays(2);

    private static readonly TimeSpan Payment = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Paperwork = TimeSpan.FromHours(4);
    private static readonly TimeSpan Cancelling = TimeSpan.FromMinutes(10);

    public required string OrderId { get; init; }

    public required DateTimeOffset Quoted { get; init; }

    public required List<OrderedItem> Items { get; init; }

    /// <summary>As it was when the quotation was made.</summary>
    public required ShippingAddress Address { get; init; }

    /// <summary>yyyyMMdd</summary>
    public string? PreferredDelivery { get; init; }

    /// <summary>The options that were applied, as JSON.</summary>
    public List<string> Options { get; init; } = [];

    /// <summary>Null as long as it is a quotation.</summary>
    public DateTimeOffset? Confirmed { get; init; }

    public DateTimeOffset? Shipped { get; init; }

    public DateTimeOffset? Cancelled { get; init; }

    /// <summary>When its SIMs were registered.</summary>
    public DateTimeOffset? Received { get; init; }

    /// <summary>Its SIMs, once they are packed.</summary>
    public List<OrderedSim> Sims { get; init; } = [];

    /// <summary>What SIMs are to be like, by subscription.</summary>
    public Dictionary<string, InitialSetting>? Settings { get; init; }

    /// <summary>When it leaves by itself; null when it doesn't.</summary>
    public DateTimeOffset? Due => this is { Confirmed: { } confirmed, Shipped: null, Cancelled: null } ? confirmed + Packed : null;

    public string StatusAt(DateTimeOffset now) => this switch
    {
        { Cancelled: { } cancelled } => now < cancelled + Cancelling ? "cancelling" : "cancelled",
        { Received: not null } => "received",
        { Shipped: not null } => "shipped",
        { Confirmed: { } confirmed } => (now - confirmed) switch
        {
            var age when age < Payment / 2 => "orderProcessing",
            var age when age < Payment => "ordering",
            var age when age < Paperwork => "ordered",
            _ => "kitting",
        },
        _ => throw new InvalidOperationException("A quotation has no status."),
    };

    public string PaymentAt(DateTimeOffset now) => this switch
    {
        { Cancelled: { } cancelled } => now < cancelled + Cancelling ? "refunding" : "refunded",
        { Confirmed: { } confirmed } when now < confirmed + Payment => "paying",
        _ => "paid",
    };
}

/// <param name="Code">The product's.</param>
/// <param name="Quantity">How many of it.</param>
internal sealed record OrderedItem(string Code, int Quantity);

/// <summary>A SIM in a parcel. <see cref="object.ToString"/> leaves the secret out.</summary>
/// <param name="SimId">SIM ID, which is the ICCID too.</param>
/// <param name="Imsi">Of its primary subscription.</param>
/// <param name="Msisdn">The same's telephone number.</param>
/// <param name="SerialNumber">What is printed on it.</param>
/// <param name="Bundles">Data bundles.</param>
/// <param name="Secret">What it is registered with; null when the account had it before the demo began.</param>
internal sealed record OrderedSim(string SimId, string Imsi, string? Msisdn, string? SerialNumber, IReadOnlyList<string> Bundles, string? Secret)
{
    public override string ToString() => $"{nameof(OrderedSim)} {SimId}";
}

/// <param name="GroupId">The group that SIMs join.</param>
/// <param name="SpeedClass">The speed class that they have.</param>
/// <param name="Tags">The tags that they get.</param>
internal sealed record InitialSetting(string? GroupId, string? SpeedClass, Dictionary<string, string>? Tags);

/// <summary>What an order costs, in the coverage's currency.</summary>
internal sealed record OrderCost(decimal Products, decimal Shipping, int TaxPercent)
{
    private const decimal Nekopos = 350;
    private const decimal Expedited = 25;
    private const decimal AbroadShipping = 10;

    public decimal Tax => WithTax(Products + Shipping) - Products - Shipping;

    public decimal Total => WithTax(Products + Shipping);

    public static OrderCost Of(PlacedOrder order, Coverage coverage)
    {
        var products = order.Items.Sum(item => AmountOf(item, coverage));
        var shipping = (coverage, order.Options.Count > 0) switch
        {
            (Coverage.Japan, true) => Nekopos,
            (Coverage.Japan, false) => ShippingAreas.CostOf(order.Address.Area),
            (_, true) => Expedited,
            _ => AbroadShipping,
        };
        return new OrderCost(products, shipping, Money.Of(coverage).TaxPercent);
    }

    public static decimal AmountOf(OrderedItem item, Coverage coverage) =>
        Product.Of(coverage).First(product => product.Code == item.Code).PriceOf(item.Quantity) * item.Quantity;

    /// <summary>Down to whole yen; where there is no tax, nothing is rounded.</summary>
    public decimal WithTax(decimal amount) => TaxPercent == 0 ? amount : decimal.Floor(amount * (100 + TaxPercent) / 100);
}
