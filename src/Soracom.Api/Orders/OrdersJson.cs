using System.Text.Json.Serialization;

namespace Soracom.Api.Orders;

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(InitialSettings))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(OrderList))]
[JsonSerializable(typeof(OrderedSubscriberList))]
[JsonSerializable(typeof(ProductList))]
[JsonSerializable(typeof(Quotation))]
[JsonSerializable(typeof(QuotationRequest))]
[JsonSerializable(typeof(RegisteredShippingAddress))]
[JsonSerializable(typeof(ShippingAddress))]
[JsonSerializable(typeof(ShippingAddressList))]
internal sealed partial class OrdersJson : JsonSerializerContext;
