using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

internal sealed class OrderCases : IApiCases
{
    private const string Nothing = "20260101000000000000";

    public static IEnumerable<ApiCase> All =>
    [
        new("listProducts", 200, api => api.CallAsync("listProducts")) { About = "Japan" },
        new("listProducts", 200, api => api.CallAsync("listProducts", query: "campaign_code=none", global: true)) { About = "Global" },
        new("listShippingAddresses", 200, api => api.CallAsync("listShippingAddresses", [api.Aoba.OperatorId])),
        new("createShippingAddress", 201, api => api.CallAsync("createShippingAddress", [api.Aoba.OperatorId], body: NewAccountCalls.Address)),
        new("getShippingAddress", 200, api => WithAddressAsync(api, "getShippingAddress")),
        new("getShippingAddress", 404, api => api.CallAsync("getShippingAddress", [api.Aoba.OperatorId, "none"])),
        new("updateShippingAddress", 200, api => WithAddressAsync(api, "updateShippingAddress", NewAccountCalls.Address)),
        new("updateShippingAddress", 404, api => api.CallAsync("updateShippingAddress", [api.Aoba.OperatorId, "none"], body: NewAccountCalls.Address)),
        new("deleteShippingAddress", 200, api => WithAddressAsync(api, "deleteShippingAddress")),
        new("deleteShippingAddress", 404, api => api.CallAsync("deleteShippingAddress", [api.Aoba.OperatorId, "none"])),
        new("createQuotation", 201, QuoteAsync),
        new("confirmOrder", 200, api => WithNewAsync(api, account => account.QuoteAsync(), "confirmOrder")),
        new("confirmOrder", 404, api => api.CallAsync("confirmOrder", [Nothing])),
        new("listOrders", 200, api => api.CallAsync("listOrders")) { About = "Japan" },
        new("listOrders", 200, api => api.CallAsync("listOrders", global: true)) { About = "Global" },
        new("getOrder", 200, api => WithNewAsync(api, account => account.ShippedAsync(), "getOrder")),
        new("getOrder", 404, api => WithNewAsync(api, account => account.QuoteAsync(), "getOrder")),
        new("cancelOrder", 204, api => WithNewAsync(api, account => account.OrderAsync(), "cancelOrder")),
        new("cancelOrder", 400, api => WithNewAsync(api, account => account.ShippedAsync(), "cancelOrder")),
        new("updateOrderedResourceInitialSetting", 200, api => SetUpAsync(api, "s1.fast")),
        new("updateOrderedResourceInitialSetting", 400, api => SetUpAsync(api, "u1.slow")),
        new("updateOrderedResourceInitialSetting", 404, api => api.CallAsync("updateOrderedResourceInitialSetting", [Nothing], body: new { simInitialSettings = new { } })),
        new("listOrderedSubscribers", 200, api => WithNewAsync(api, account => account.ShippedAsync(), "listOrderedSubscribers", "limit=2")),
        new("registerOrderedSim", 204, api => WithNewAsync(api, account => account.ShippedAsync(), "registerOrderedSim")),
        new("registerOrderedSim", 400, api => WithNewAsync(api, account => account.OrderAsync(), "registerOrderedSim")),
    ];

    private static async Task<Reply> WithAddressAsync(ApiCalls api, string operation, object? body = null)
    {
        var addresses = (await api.CallAsync("listShippingAddresses", [api.Aoba.OperatorId])).Json.GetProperty("shippingAddresses");
        return await api.CallAsync(operation, [api.Aoba.OperatorId, addresses[0].GetProperty("shippingAddressId").GetString()!], body: body);
    }

    private static async Task<Reply> QuoteAsync(ApiCalls api)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        return await account.CallAsync("createQuotation", body: new
        {
            shippingAddressId = await account.AddressAsync(),
            preferredDeliveryDate = "20990401",
            shippingOptions = new[] { new { allowNekopos = true, shipmentCompany = "yamato_transport" } },
            orderItemList = new[] { new { productCode = "SIM-K2-NANO", quantity = 2 }, new { productCode = "USB-LTE-1", quantity = 1 } },
        });
    }

    private static async Task<Reply> WithNewAsync(ApiCalls api, Func<NewAccountCalls, Task<string>> order, string operation, string query = "")
    {
        var account = await NewAccountCalls.MakeAsync(api);
        return await account.CallAsync(operation, [await order(account)], query);
    }

    private static async Task<Reply> SetUpAsync(ApiCalls api, string speedClass)
    {
        var account = await NewAccountCalls.MakeAsync(api);
        var settings = new Dictionary<string, object>(StringComparer.Ordinal) { ["plan-D"] = new { speedClass, tags = new { name = "new" } } };
        return await account.CallAsync("updateOrderedResourceInitialSetting", [await account.OrderAsync()], body: new { simInitialSettings = settings });
    }
}
