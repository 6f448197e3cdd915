using Soracom.Api.Tests.Sandbox;

namespace Soracom.Api.Tests.Cases;

/// <summary>An account that was made over the API, and what is done in it again and again.</summary>
internal sealed record NewAccountCalls(ApiCalls Api, string OperatorId, Pair Pair)
{
    public const string Email = "someone@made.example";
    public const string Password = "made for a test 1";

    public static readonly object Operator = new { email = Email, password = Password, authKeyId = "keyId-of-production", authKey = "secret-of-production" };

    public static readonly object Address = new
    {
        companyName = "Made",
        fullName = "Some One",
        phoneNumber = "0300000000",
        email = Email,
        countryCode = "JP",
        zipCode = "1000001",
        state = "東京都",
        city = "千代田区",
        addressLine1 = "1-1",
    };

    public static async Task<NewAccountCalls> MakeAsync(ApiCalls api)
    {
        var made = (await api.CallAsync("sandboxInitializeOperator", body: Operator)).Json;
        return new NewAccountCalls(api, made.GetProperty("operatorId").GetString()!, new Pair(made.GetProperty("apiKey").GetString()!, made.GetProperty("token").GetString()!));
    }

    public Task<Reply> CallAsync(string operation, string[]? path = null, string query = "", object? body = null) => Api.CallAsync(operation, path, query, body, Pair);

    /// <summary>Makes a shipping address and gives its id.</summary>
    public async Task<string> AddressAsync() => (await CallAsync("createShippingAddress", [OperatorId], body: Address))["shippingAddressId"]!;

    /// <summary>Makes a quotation and gives its id.</summary>
    public async Task<string> QuoteAsync(string product = "SIM-D-NANO", int quantity = 3) => (await CallAsync("createQuotation", body: new
    {
        shippingAddressId = await AddressAsync(),
        orderItemList = new[] { new { productCode = product, quantity } },
    }))["orderId"]!;

    public async Task<string> OrderAsync(string product = "SIM-D-NANO", int quantity = 3)
    {
        var orderId = await QuoteAsync(product, quantity);
        await CallAsync("confirmOrder", [orderId]);
        return orderId;
    }

    public async Task<string> ShippedAsync(string product = "SIM-D-NANO", int quantity = 3)
    {
        var orderId = await OrderAsync(product, quantity);
        Assert.Equal(200, (await CallAsync("sandboxShipOrder", body: new { orderId, operatorId = OperatorId })).Status);
        return orderId;
    }

    /// <summary>Makes a SIM, registers it, and gives its IMSI.</summary>
    public async Task<string> SimAsync(string subscription = "plan-D")
    {
        var made = await CallAsync("sandboxCreateSubscriber", body: new { subscription });
        var imsi = made["imsi"]!;
        Assert.Equal(201, (await CallAsync("registerSubscriber", [imsi], body: new { registrationSecret = made["registrationSecret"] })).Status);
        return imsi;
    }
}
