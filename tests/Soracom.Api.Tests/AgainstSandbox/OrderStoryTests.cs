using Soracom.Api.Orders;
using Soracom.Api.SandboxAccounts;
using Soracom.Api.Sims;
using Soracom.Api.Stats;
using Soracom.Api.Tests.Support;

namespace Soracom.Api.Tests.AgainstSandbox;

/// <summary>An account made out of nothing and filled by an order, over the API alone.</summary>
public sealed class OrderStoryTests
{
    private const string Email = "someone@made.example";
    private const string Password = "made for a test 1";

    private static CancellationToken Stop => Watchdog.Token;

    [Fact]
    public async Task Account_IsMade_OrdersSims_RegistersThem_AndUsesThem()
    {
        await using var sandbox = await SandboxApi.StartAsync(Stop);
        var made = await sandbox.For(sandbox.Aoba).SandboxAccounts.SandboxInitializeOperatorAsync(
            new SandboxOperatorRequest { Email = Email, Password = Password, AuthKeyId = "keyId-of-production", AuthKey = "secret-of-production", CoverageTypes = [SandboxCoverage.Japan] }, Stop);
        var client = sandbox.Api.Factory.For(new SoracomAccount(made.OperatorId!, SoracomCoverage.Japan, _ => new(new RootCredential(Email, Password))));

        var order = await OrderAsync(client, made.OperatorId!);
        await client.SandboxAccounts.SandboxShipOrderAsync(new SandboxShipment { OrderId = order.OrderId!, OperatorId = made.OperatorId! }, Stop);
        var packed = (await client.Orders.ListOrderedSubscribersAsync(order.OrderId!, cancellationToken: Stop)).Content.Subscribers!;
        await client.Orders.RegisterOrderedSimAsync(order.OrderId!, Stop);
        var sims = await client.Sims.ListAllSimsAsync(Stop).ToListAsync(Stop);

        Assert.Equal((OrderStatus.OrderProcessing, 3), (order.OrderStatus, packed.Count));
        Assert.Equal(packed.Select(one => one.SimId).Order(), sims.Select(sim => sim.SimId).Order());
        Assert.All(sims, sim => Assert.Equal((SimStatus.Ready, "s1.fast", "倉庫"), (sim.Status, sim.SpeedClass, sim.Tags["場所"])));
        Assert.Equal(OrderStatus.Received, (await client.Orders.GetOrderAsync(order.OrderId!, Stop)).OrderStatus);
        await UseAsync(client, packed[0], sandbox.Clock.GetUtcNow());
    }

    private static async Task<Order> OrderAsync(ISoracomClient client, string operatorId)
    {
        var address = await client.Orders.CreateShippingAddressAsync(
            operatorId, new ShippingAddress { ZipCode = "0600001", State = "北海道", City = "札幌市", AddressLine1 = "1-1", PhoneNumber = "0110000000" }, Stop);
        var quotation = await client.Orders.CreateQuotationAsync(
            new QuotationRequest { ShippingAddressId = address.ShippingAddressId, Items = [new WantedItem { ProductCode = "SIM-D-NANO", Quantity = 3 }] }, Stop);
        Assert.Equal(ShippingArea.Hokkaido, address.ShippingArea);

        // Three at 900 yen and 1,200 for the parcel, and ten percent of tax.
        Assert.Equal((4_290m, 390m, Currency.Yen), (quotation.TotalAmount, quotation.TaxAmount, quotation.Currency));
        Assert.Empty((await client.Orders.ListOrdersAsync(Stop)).Orders!);
        var order = await client.Orders.ConfirmOrderAsync(quotation.OrderId!, Stop);
        await client.Orders.UpdateOrderedResourceInitialSettingAsync(
            order.OrderId!,
            new InitialSettings
            {
                SimInitialSettings = new Dictionary<string, InitialSetting>(StringComparer.Ordinal)
                {
                    ["plan-D"] = new() { SpeedClass = "s1.fast", Tags = new Dictionary<string, string>(StringComparer.Ordinal) { ["場所"] = "倉庫" } },
                },
            },
            Stop);
        return order;
    }

    private static async Task UseAsync(ISoracomClient client, OrderedSubscriber packed, DateTimeOffset now)
    {
        foreach (var minutes in new[] { 20, 10 })
        {
            await client.SandboxAccounts.SandboxInsertAirStatsAsync(
                packed.Imsi!,
                new SandboxAirStats
                {
                    Time = now.AddMinutes(-minutes),
                    Traffic = new Dictionary<string, Traffic>(StringComparer.Ordinal) { ["s1.fast"] = new() { UploadBytes = 100, DownloadBytes = 1, UploadPackets = 2, DownloadPackets = 1 } },
                },
                Stop);
        }

        var day = Assert.Single(await client.Stats.GetAirStatsOfSimAsync(packed.SimId!, now.AddMinutes(-30), now, StatsPeriod.Day, Stop));
        var slots = await client.Stats.GetAirStatsAsync(packed.Imsi!, now.AddMinutes(-30), now, StatsPeriod.Minutes, Stop);

        Assert.Equal(("20260331", 200L, 2L), (day.Date, day.Traffic!["s1.fast"].UploadBytes, day.Traffic["s1.fast"].DownloadBytes));
        Assert.Equal([now.AddMinutes(-20), now.AddMinutes(-10)], slots.Select(slot => slot.Time!.Value));
    }
}
