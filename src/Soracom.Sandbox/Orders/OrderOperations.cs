using System.Globalization;
using System.Text.Json;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Orders;

/// <summary>The tag Order, but for coupons and long term discounts.</summary>
internal static class OrderOperations
{
    private const string DayForm = "yyyyMMdd";

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("GET", "/products", "listProducts", "Order:listProducts", Products),
        new("GET", "/orders", "listOrders", "Order:listOrders", List),
        new("POST", "/orders", "createQuotation", "Order:createQuotation", Quote),
        new("GET", "/orders/{order_id}", "getOrder", "Order:getOrder", call => One(call, Find(call))),
        new("PUT", "/orders/{order_id}/confirm", "confirmOrder", "Order:confirmOrder", Confirm),
        new("PUT", "/orders/{order_id}/cancel", "cancelOrder", "Order:cancelOrder", Cancel),
        new("PUT", "/orders/{order_id}/resource_initial_setting", "updateOrderedResourceInitialSetting", "Order:updateOrderedResourceInitialSetting", SetUp),
        new("GET", "/orders/{order_id}/subscribers", "listOrderedSubscribers", "Order:listOrderedSubscribers", Subscribers),
        new("POST", "/orders/{order_id}/subscribers/register", "registerOrderedSim", "Order:registerOrderedSim", Register),
    ];

    /// <summary>A confirmed order of the account.</summary>
    public static PlacedOrder Find(Call call) =>
        call.Data.Part<OrdersPart>().Find(call.Path["order_id"]) is { } order && OrdersPart.IsKept(order, call.Now)
            ? order
            : throw new VendorException(OrderErrors.NoOrder);

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

    private static Answer Quote(Call call)
    {
        var body = call.Body.Object();
        List<OrderedItem> items = [.. body.Objects("orderItemList").Select(item => Item(item, call.Coverage))];
        if (items.Count == 0)
        {
            throw new VendorException(VendorErrors.Required, "orderItemList");
        }

        var part = call.Data.Part<OrdersPart>();
        var address = call.Account.Part<AddressesPart>().Find(body.RequiredText("shippingAddressId")) ?? throw new VendorException(OrderErrors.BadAddress);
        var order = new PlacedOrder
        {
            PreferredDelivery = Day(body, call.Now),
            Options = Options(body, call.Coverage),
            OrderId = part.NewId(call.Now),
            Quoted = call.Now,
            Items = items,
            Address = address,
        };
        part.Put(order);
        var account = call.Account;
        return Answer.Created(json =>
        {
            json.WriteStartObject();
            OrderJson.WriteOffer(json, order, account, call.Coverage);
            json.WriteEndObject();
        });
    }

    private static OrderedItem Item(JsonFields item, Coverage coverage)
    {
        var code = item.RequiredText("productCode");
        var quantity = item.Integer("quantity", 1, Product.MostOfOne) ?? throw new VendorException(VendorErrors.Required, "quantity");
        return Product.Of(coverage).Any(product => product.Code == code)
            ? new OrderedItem(code, (int)quantity)
            : throw new VendorException(OrderErrors.NoProduct, code);
    }

    private static string? Day(JsonFields body, DateTimeOffset now) => body.Text("preferredDeliveryDate") is not { } text ? null
        : DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day >= DateOnly.FromDateTime(now.UtcDateTime) ? text
        : throw new VendorException(OrderErrors.NotADate, "preferredDeliveryDate");

    /// <summary>Each coverage has one of its own; what is asked for of the other's has no effect.</summary>
    private static List<string> Options(JsonFields body, Coverage coverage)
    {
        var options = new List<string>();
        foreach (var option in body.Objects("shippingOptions"))
        {
            var (nekopos, expedited) = (option.Flag("allowNekopos") ?? false, option.Flag("useExpeditedShipping") ?? false);
            option.Choice("shipmentCompany", "yamato_transport");
            if (options.Count == 0 && (coverage == Coverage.Japan ? nekopos : expedited))
            {
                options.Add(coverage == Coverage.Japan ? """{"shipmentCompany":"yamato_transport","allowNekopos":true}""" : """{"useExpeditedShipping":true}""");
            }
        }

        return options;
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

    private static Answer SetUp(Call call)
    {
        var order = Find(call);
        var settings = new Dictionary<string, InitialSetting>(StringComparer.Ordinal);
        foreach (var setting in call.Body.Object().Object("simInitialSettings")?.Members ?? [])
        {
            settings[setting.Name] = Setting(call, setting);
        }

        if (order.Received is not null || order.Cancelled is not null)
        {
            throw new VendorException(OrderErrors.Received);
        }

        var changed = order with { Settings = settings };
        call.Data.Part<OrdersPart>().Put(changed);
        return One(call, changed);
    }

    private static InitialSetting Setting(Call call, JsonProperty setting)
    {
        var fields = setting.Value.ValueKind == JsonValueKind.Object ? new JsonFields(setting.Value) : throw new VendorException(VendorErrors.NotAnObject, setting.Name);
        var (groupId, speedClass) = (fields.Text("groupId"), fields.Text("speedClass"));
        var tags = fields.Object("tags")?.Members.ToDictionary(
            tag => tag.Name, tag => tag.Value.ValueKind == JsonValueKind.String ? tag.Value.GetString()! : throw new VendorException(VendorErrors.NotAString, tag.Name), StringComparer.Ordinal);
        var known = Subscriptions.Names.Contains(setting.Name, StringComparer.Ordinal)
            && (groupId is null || call.Data.FindGroup(groupId) is not null)
            && (speedClass is null || Subscriptions.Of(setting.Name).SpeedClasses.Append(SimStock.SpeedClassOf(Subscriptions.Of(setting.Name))).Contains(speedClass, StringComparer.Ordinal));
        return known ? new InitialSetting(groupId, speedClass, tags) : throw new VendorException(OrderErrors.BadSetting, setting.Name);
    }

    /// <summary>A page as an object. Before the parcel is packed nobody knows its SIMs.</summary>
    private static Answer Subscribers(Call call)
    {
        var sims = Find(call).Sims;
        var first = call.LastEvaluatedKey() is { } key ? sims.FindIndex(sim => sim.SimId == key) + 1 : 0;
        var page = Page<OrderedSim>.Of([.. sims.Skip(first).Take(call.PageSize() + 1)], call.PageSize(), sim => sim.SimId);
        return Answer.Page(call, page, Write) is { Json: { } array } answer
            ? answer with
            {
                Json = json =>
                {
                    json.WriteStartObject();
                    json.WritePropertyName("orderedSubscriberList");
                    array(json);
                    json.WriteEndObject();
                },
            }
            : throw new InvalidOperationException("A page is JSON.");
    }

    private static void Write(Utf8JsonWriter json, OrderedSim sim)
    {
        json.WriteStartObject();
        json.WriteString("simId", sim.SimId);
        json.WriteString("imsi", sim.Imsi);
        json.WriteString("iccid", sim.SimId);
        if (sim.Msisdn is { } msisdn)
        {
            json.WriteString("msisdn", msisdn);
        }

        if (sim.SerialNumber is { } serialNumber)
        {
            json.WriteString("serialNumber", serialNumber);
        }

        json.WriteStrings("bundles", sim.Bundles);
        json.WriteEndObject();
    }

    /// <summary>Those that somebody has registered one by one meanwhile stay as they are.</summary>
    private static Answer Register(Call call)
    {
        var order = Find(call);
        if (order.Shipped is null)
        {
            throw new VendorException(OrderErrors.NotShipped);
        }

        if (order.Received is not null)
        {
            throw new VendorException(OrderErrors.Received);
        }

        var stock = call.Data.Part<SimStock>();
        foreach (var packed in order.Sims)
        {
            if (packed.Secret is { } secret && stock.Take(sim => sim.SimId == packed.SimId, secret) is { } sim)
            {
                SimRegistration.Admit(call, SetUp(call, sim, order.Settings?.GetValueOrDefault(sim.PrimarySubscriber.Subscription)));
            }
        }

        call.Data.Part<OrdersPart>().Put(order with { Received = call.Now });
        return Answer.NoContent;
    }

    /// <summary>A group that is gone by now is passed over.</summary>
    private static Sim SetUp(Call call, Sim sim, InitialSetting? setting) => setting is null ? sim : sim with
    {
        GroupId = setting.GroupId is { } groupId ? call.Data.FindGroup(groupId)?.GroupId : null,
        SpeedClass = setting.SpeedClass ?? sim.SpeedClass,
        Tags = setting.Tags?.Aggregate(sim.Tags, (tags, tag) => tags.With(tag.Key, tag.Value)) ?? sim.Tags,
    };

    private static Answer One(Call call, PlacedOrder order)
    {
        var account = call.Account;
        return Answer.Ok(json => OrderJson.WriteOrder(json, order, account, call.Coverage, call.Now));
    }
}
