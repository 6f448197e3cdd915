using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Orders;

/// <summary>The tag Order, but for coupons and long term discounts.</summary>
internal static class OrderOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/products", "listProducts", "Order:listProducts", Products),
        new("GET", "/orders", "listOrders", "Order:listOrders", List),
        new("POST", "/orders", "createQuotation", "Order:createQuotation", QuotationForm.Quote),
        new("GET", "/orders/{order_id}", "getOrder", "Order:getOrder", call => One(call, Find(call))),
        new("PUT", "/orders/{order_id}/confirm", "confirmOrder", "Order:confirmOrder", Confirm),
        new("PUT", "/orders/{order_id}/cancel", "cancelOrder", "Order:cancelOrder", Cancel),
        .. OrderedSimOperations.All,
    ];

    /// <summary>A confirmed order of the account.</summary>
    public static PlacedOrder Find(Call call) =>
        call.Data.Part<OrdersPart>().Find(call.Path["order_id"]) is { } order && OrdersPart.IsKept(order, call.Now)
            ? order
            : throw new VendorException(OrderErrors.NoOrder);

    /// <summary>An order as it is now.</summary>
    public static Answer One(Call call, PlacedOrder order)
    {
        var account = call.Account;
        return Answer.Ok(json => OrderJson.WriteOrder(json, order, account, call.Coverage, call.Now));
    }

    /// <summary>There are no campaigns: their codes change nothing.</summary>
    private static Answer Products(Call call) => Answer.Ok(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("productList");
        foreach (var product in Product.Of(call.Coverage))
        {
            OrderJson.WriteProduct(json, product, call.Coverage);
        }

        json.WriteEndArray();
        json.WriteStartArray("shippingCostList");
        OrderJson.WriteShippingCosts(json, call.Coverage);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static Answer List(Call call)
    {
        var orders = call.Data.Part<OrdersPart>().ConfirmedAt(call.Now);
        var account = call.Account;
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("orderList");
            foreach (var order in orders)
            {
                OrderJson.WriteOrder(json, order, account, call.Coverage, call.Now);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    private static Answer Confirm(Call call)
    {
        var part = call.Data.Part<OrdersPart>();
        if (part.Find(call.Path["order_id"]) is not { } order || (order.Confirmed is null && order.Quoted.AddMonths(1) < call.Now))
        {
            throw new VendorException(OrderErrors.NoOrder);
        }

        if (order.Confirmed is not null)
        {
            throw new VendorException(OrderErrors.IsConfirmed);
        }

        var confirmed = order with { Confirmed = call.Now };
        part.Put(confirmed);
        return One(call, confirmed);
    }

    private static Answer Cancel(Call call)
    {
        var order = Find(call);
        if (order.Shipped is not null || order.Cancelled is not null)
        {
            throw new VendorException(OrderErrors.Dispatched);
        }

        call.Data.Part<OrdersPart>().Put(order with { Cancelled = call.Now });
        return Answer.NoContent;
    }
}
