using RestEase;
using Soracom.Api.Http;

namespace Soracom.Api.Orders;

/// <summary>
/// Buying SIMs and other things: a quotation, which is confirmed within a month, becomes an order; its SIMs are registered once they are shipped. Orders are kept
/// for 18 months.
/// </summary>
public partial interface IOrdersApi
{
    /// <summary>Vendor operation listProducts: what can be bought, with prices and shipping costs of the account's coverage.</summary>
    [SoracomOperation("listProducts"), Get("/products")]
    Task<ProductList> ListProductsAsync([Query("campaign_code")] string? campaignCode = null, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation createQuotation: prices for a list of things. Nothing is bought by it.</summary>
    [SoracomOperation("createQuotation"), Post("/orders")]
    Task<Quotation> CreateQuotationAsync([Body] QuotationRequest request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation confirmOrder: buys what a quotation of the last month says.</summary>
    [SoracomOperation("confirmOrder"), Put("/orders/{order_id}/confirm")]
    Task<Order> ConfirmOrderAsync([Path("order_id")] string orderId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation cancelOrder: takes back an order that was not dispatched yet; an error otherwise.</summary>
    [SoracomOperation("cancelOrder", Effect = CallEffect.Once), Put("/orders/{order_id}/cancel")]
    Task CancelOrderAsync([Path("order_id")] string orderId, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listOrders: the confirmed orders of 18 months, without pages.</summary>
    [SoracomOperation("listOrders"), Get("/orders")]
    Task<OrderList> ListOrdersAsync(CancellationToken cancellationToken = default);

    /// <summary>Vendor operation getOrder: one confirmed order.</summary>
    [SoracomOperation("getOrder"), Get("/orders/{order_id}")]
    Task<Order> GetOrderAsync([Path("order_id")] string orderId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Vendor operation updateOrderedResourceInitialSetting: what SIMs of an order are to be like, by subscription. 400 once the order is received; 404 when
    /// there is none of that id.
    /// </summary>
    [SoracomOperation("updateOrderedResourceInitialSetting", Effect = CallEffect.Repeatable), Put("/orders/{order_id}/resource_initial_setting")]
    Task<Order> UpdateOrderedResourceInitialSettingAsync(
        [Path("order_id")] string orderId, [Body] InitialSettings request, CancellationToken cancellationToken = default);

    /// <summary>Vendor operation listOrderedSubscribers: one page of the SIMs of an order that was shipped.</summary>
    /// <param name="orderId">The order.</param>
    /// <param name="lastEvaluatedKey">The previous page's <see cref="SoracomPaged{T}.NextKey"/>; null for the first page.</param>
    /// <param name="limit">The most SIMs a page holds.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [SoracomOperation("listOrderedSubscribers"), Get("/orders/{order_id}/subscribers")]
    Task<SoracomPaged<OrderedSubscriberList>> ListOrderedSubscribersAsync(
        [Path("order_id")] string orderId,
        [Query("last_evaluated_key")] string? lastEvaluatedKey = null,
        [Query("limit")] int? limit = null,
        CancellationToken cancellationToken = default);

    /// <summary>Vendor operation registerOrderedSim: makes all SIMs of an order the account's.</summary>
    [SoracomOperation("registerOrderedSim"), Post("/orders/{order_id}/subscribers/register")]
    Task RegisterOrderedSimAsync([Path("order_id")] string orderId, CancellationToken cancellationToken = default);
}
