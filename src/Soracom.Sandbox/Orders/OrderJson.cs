using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Orders;

/// <summary>Orders, quotations and products on the wire. Their times are local to Japan there, as orders are handled there.</summary>
internal static class OrderJson
{
    private const string Carrier = "yamato_transport";

    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    public static void WriteProduct(Utf8JsonWriter json, Product product, Coverage coverage)
    {
        var money = Money.Of(coverage);
        var prices = new OrderCost(product.Price, 0, money.TaxPercent);
        json.WriteStartObject();
        json.WriteString("productCode", product.Code);
        json.WriteString("productName", product.Name);
        json.WriteString("productType", product.Type);
        json.WriteString("description", product.Name);
        json.WriteString("currency", money.Code);
        json.WriteNumber("count", product.Count);
        json.WriteNumber("maxQuantity", Product.MostOfOne);
        json.WriteNumber("price", product.Price);
        json.WriteNumber("taxIncludedPrice", prices.WithTax(product.Price));
        json.WriteNumber("regularPrice", product.Price);
        json.WriteNumber("taxIncludedRegularPrice", prices.WithTax(product.Price));
        json.WriteStartArray("priceByQuantityList");
        foreach (var quantity in (int[])[1, Product.Many])
        {
            json.WriteStartObject();
            json.WriteNumber("minQuantity", quantity);
            json.WriteNumber("price", product.PriceOf(quantity));
            json.WriteNumber("taxIncludedPrice", prices.WithTax(product.PriceOf(quantity)));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("properties");
        foreach (var (name, value) in new[] { ("subscription", product.Subscription), ("bundle", product.Bundle), ("moduleType", product.Subscription is null ? null : product.ModuleType) })
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteShippingCosts(Utf8JsonWriter json, Coverage coverage)
    {
        foreach (var area in coverage == Coverage.Japan ? ShippingAreas.All : [])
        {
            json.WriteStartObject();
            json.WriteString("shippingArea", area.Code);
            json.WriteString("shippingAreaName", area.Name);
            json.WriteNumber("shippingCost", area.Cost);
            json.WriteNumber("size", 60);
            json.WriteString("currency", Money.Of(coverage).Code);
            json.WriteStartArray("appliedShippingOptions");
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    /// <summary>What a quotation and an order have in common.</summary>
    public static void WriteOffer(Utf8JsonWriter json, PlacedOrder order, OperatorAccount account, Coverage coverage)
    {
        var cost = OrderCost.Of(order, coverage);
        json.WriteString("orderId", order.OrderId);
        json.WriteString("email", account.Email);
        json.WriteString("orderChannel", "api");
        json.WriteString("purchaseOrderNumber", $"PO-{order.OrderId}");
        json.WriteString("currency", Money.Of(coverage).Code);
        json.WriteNumber("shippingCost", cost.Shipping);
        json.WriteNumber("taxIncludedInShippingCost", cost.WithTax(cost.Shipping) - cost.Shipping);
        json.WriteBoolean("taxOnShippingCost", cost.TaxPercent > 0);
        json.WriteBoolean("containsTaxIncludedAmounts", cost.TaxPercent > 0);
        json.WriteNumber("taxAmount", cost.Tax);
        json.WriteNumber("withholdingTaxAmount", 0);
        json.WriteNumber("totalAmount", cost.Total);
        json.WriteNumber("balanceDue", cost.Total);
        if (order.PreferredDelivery is { } day)
        {
            json.WriteString("preferredDeliveryDate", day);
        }

        json.WriteString("shippingAddressId", order.Address.Id);
        json.WriteStartObject("shippingAddress");
        AddressOperations.WriteLines(json, order.Address);
        json.WriteEndObject();
        json.WriteStartArray("appliedShippingOptions");
        order.Options.ForEach(option => json.WriteRawValue(option));
        json.WriteEndArray();
        json.WriteStartArray("orderItemList");
        foreach (var item in order.Items)
        {
            var amount = OrderCost.AmountOf(item, coverage);
            json.WriteStartObject();
            json.WritePropertyName("product");
            WriteProduct(json, Product.Of(coverage).First(product => product.Code == item.Code), coverage);
            json.WriteNumber("quantity", item.Quantity);
            json.WriteNumber("productAmount", amount);
            json.WriteNumber("taxIncludedProductAmount", cost.WithTax(amount));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteOrder(Utf8JsonWriter json, PlacedOrder order, OperatorAccount account, Coverage coverage, DateTimeOffset now)
    {
        json.WriteStartObject();
        WriteOffer(json, order, account, coverage);
        json.WriteString("orderStatus", order.StatusAt(now));
        json.WriteString("paymentStatus", order.PaymentAt(now));
        json.WriteString("orderDateTime", Time(order.Confirmed!.Value));
        if (order.Shipped is { } shipped)
        {
            WriteParcel(json, order, shipped);
        }

        if (order.Settings is { } settings)
        {
            WriteSettings(json, settings);
        }

        json.WriteEndObject();
    }

    private static void WriteParcel(Utf8JsonWriter json, PlacedOrder order, DateTimeOffset shipped)
    {
        var number = $"{order.OrderId[^4..]}-{order.OrderId[8..12]}-{order.OrderId[^6..^2]}";
        json.WriteString("shippingDateTime", Time(shipped));
        json.WriteString("shippingLabelNumber", number);
        json.WriteStrings("shippingLabelNumbers", [number]);
        json.WriteStartArray("shippingLabelDetails");
        json.WriteStartObject();
        json.WriteString("shipmentCompany", Carrier);
        json.WriteString("trackingNumber", number);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSettings(Utf8JsonWriter json, Dictionary<string, InitialSetting> settings)
    {
        json.WriteStartObject("resourceInitialSetting");
        json.WriteStartObject("simInitialSettings");
        foreach (var (subscription, setting) in settings)
        {
            json.WriteStartObject(subscription);
            if (setting.GroupId is { } groupId)
            {
                json.WriteString("groupId", groupId);
            }

            if (setting.SpeedClass is { } speedClass)
            {
                json.WriteString("speedClass", speedClass);
            }

            if (setting.Tags is { } tags)
            {
                json.WriteStartObject("tags");
                foreach (var (name, value) in tags)
                {
                    json.WriteString(name, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.ToOffset(Japan).ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
