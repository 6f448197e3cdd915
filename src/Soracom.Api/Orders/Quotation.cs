using System.Text.Json;
using System.Text.Json.Serialization;
using Soracom.Api.Http;

namespace Soracom.Api.Orders;

/// <summary>What is to be bought (wire: CreateEstimatedOrderRequest).</summary>
public sealed record QuotationRequest
{
    [JsonPropertyName("orderItemList")]
    public IReadOnlyList<WantedItem>? Items { get; init; }

    public string? ShippingAddressId { get; init; }

    /// <summary>yyyyMMdd</summary>
    public string? PreferredDeliveryDate { get; init; }

    /// <summary>
    /// <c>{"shipmentCompany":"yamato_transport","allowNekopos":true}</c> within Japan, <c>{"useExpeditedShipping":true}</c> to and within the United States.
    /// </summary>
    public IReadOnlyList<JsonElement>? ShippingOptions { get; init; }
}

/// <summary>So many of a product (wire: OrderItemModel).</summary>
public sealed record WantedItem
{
    public string? ProductCode { get; init; }

    public int? Quantity { get; init; }
}

/// <summary>A product in a quotation or order, with its price (wire: EstimatedOrderItemModel).</summary>
public sealed record OrderItem
{
    public Product? Product { get; init; }

    public int? Quantity { get; init; }

    /// <summary>For all of them, without tax.</summary>
    public decimal? ProductAmount { get; init; }

    public decimal? TaxIncludedProductAmount { get; init; }
}

/// <summary>An offer (wire: EstimatedOrderModel). Amounts are in <see cref="Currency"/>.</summary>
public sealed record Quotation
{
    /// <summary>What to confirm it by.</summary>
    public string? OrderId { get; init; }

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

    /// <summary>What is left to be paid.</summary>
    public decimal? BalanceDue { get; init; }

    public string? Email { get; init; }

    public string? OrderChannel { get; init; }

    public string? PurchaseOrderNumber { get; init; }

    /// <summary>yyyyMMdd</summary>
    public string? PreferredDeliveryDate { get; init; }

    public string? ShippingAddressId { get; init; }

    public ShippingAddress? ShippingAddress { get; init; }

    public IReadOnlyList<JsonElement>? AppliedShippingOptions { get; init; }
}
