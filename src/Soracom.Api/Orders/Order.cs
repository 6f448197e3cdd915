using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Orders;

/// <summary>A quotation that was confirmed (wire: GetOrderResponse). Amounts are in <see cref="Currency"/>; times are yyyyMMddHHmmss in a zone that is not told.</summary>
public sealed record Order
{
    public string? OrderId { get; init; }

    /// <summary>One of <see cref="Orders.OrderStatus"/>.</summary>
    [WireValues(typeof(OrderStatus))]
    public string? OrderStatus { get; init; }

    /// <summary>One of <see cref="OrderPaymentStatus"/>.</summary>
    [WireValues(typeof(OrderPaymentStatus))]
    public string? PaymentStatus { get; init; }

    public string? OrderDateTime { get; init; }

    public string? ShippingDateTime { get; init; }

    [JsonPropertyName("orderItemList")]
    public IReadOnlyList<OrderItem>? Items { get; init; }

    [WireValues(typeof(Currency))]
    public string? Currency { get; init; }

    /// <summary>Products and shipping, with tax.</summary>
    public decimal? TotalAmount { get; init; }

    public decimal? TaxAmount { get; init; }

    public decimal? ShippingCost { get; init; }

    public decimal? TaxIncludedInShippingCost { get; init; }

    public bool? TaxOnShippingCost { get; init; }

    public bool? ContainsTaxIncludedAmounts { get; init; }

    public decimal? WithholdingTaxAmount { get; init; }

    public decimal? BalanceDue { get; init; }

    public string? Email { get; init; }

    public string? OrderChannel { get; init; }

    public string? PurchaseOrderNumber { get; init; }

    public string? PreferredDeliveryDate { get; init; }

    public string? ShippingAddressId { get; init; }

    public ShippingAddress? ShippingAddress { get; init; }

    public IReadOnlyList<JsonElement>? AppliedShippingOptions { get; init; }

    /// <summary>The first parcel's.</summary>
    public string? ShippingLabelNumber { get; init; }

    public IReadOnlyList<string>? ShippingLabelNumbers { get; init; }

    public IReadOnlyList<ShippingLabel>? ShippingLabelDetails { get; init; }

    public InitialSettings? ResourceInitialSetting { get; init; }
}

/// <summary>Confirmed orders (wire: ListOrderResponse).</summary>
public sealed record OrderList
{
    [JsonPropertyName("orderList")]
    public IReadOnlyList<Order>? Orders { get; init; }
}

/// <summary>A parcel on its way (wire: ShippingLabelDetail).</summary>
public sealed record ShippingLabel
{
    public string? ShipmentCompany { get; init; }

    public string? ShipmentCompanyUrl { get; init; }

    public string? TrackingNumber { get; init; }

    public string? TrackingUrl { get; init; }
}
