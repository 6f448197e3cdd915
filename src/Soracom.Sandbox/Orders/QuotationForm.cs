using System.Globalization;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.Http;

namespace Soracom.Sandbox.Orders;

/// <summary>What is to be ordered, as somebody asks for a quotation of it.</summary>
internal static class QuotationForm
{
    private const string DayForm = "yyyyMMdd";

    public static Answer Quote(Call call)
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
}
