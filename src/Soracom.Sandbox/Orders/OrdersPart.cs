using System.Globalization;
using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Orders;

/// <summary>The quotations and orders of one coverage. A parcel leaves by itself after two days, with new SIMs that can be registered.</summary>
internal sealed class OrdersPart() : Part<OrdersState>(OrdersJson.Default.OrdersState)
{
    private const int MonthsKept = 18;
    private const int SecretLength = 8;

    private readonly KeyedList<PlacedOrder> orders = new(order => order.OrderId);
    private readonly Agenda<string> shipments = new();
    private int made;

    public override DateTimeOffset? NextDue => shipments.NextDue;

    public Coverage Coverage => Home.Coverage ?? throw new InvalidOperationException("Orders are of a coverage.");

    /// <summary>Orders and quotations alike.</summary>
    public PlacedOrder? Find(string orderId) => orders.Find(orderId);

    /// <summary>The orders that are still told of, the newest first.</summary>
    public IReadOnlyList<PlacedOrder> ConfirmedAt(DateTimeOffset now) =>
        [.. orders.PageAfter(key: null, int.MaxValue - 1, order => IsKept(order, now)).Items.OrderByDescending(order => order.Confirmed)];

    public static bool IsKept(PlacedOrder order, DateTimeOffset now) => order.Confirmed is { } confirmed && confirmed > now.AddMonths(-MonthsKept);

    /// <summary>An id for an order that is made now.</summary>
    public string NewId(DateTimeOffset now) => IdOf(now, made++);

    /// <summary>Adds or replaces one.</summary>
    public void Put(PlacedOrder order)
    {
        orders.Put(order);
        shipments.Set(order.OrderId, order.Due);
    }

    /// <summary>Sends an order on its way: its SIMs are made, and wait to be registered.</summary>
    public void Ship(PlacedOrder order, DateTimeOffset at)
    {
        var stock = Home.Account.Data(Coverage).Part<SimStock>();
        var secrets = Home.Random($"secrets of {order.OrderId}");
        var sims = new List<OrderedSim>();
        foreach (var (product, quantity) in order.Items.Select(item => (ProductOf(item), item.Quantity)).Where(item => item.Item1.Subscription is not null))
        {
            for (var i = 0; i < product.Count * quantity; i++)
            {
                var sim = stock.Make(product.Subscription!, product.ModuleType, at);
                if (product.Bundle is { } bundle)
                {
                    sim = sim.WithSubscriber(sim.PrimarySubscriber.Imsi, one => one with { Bundles = [bundle] });
                }

                var secret = secrets.Digits(SecretLength);
                stock.Add(sim, secret);
                sims.Add(Packed(sim, secret));
            }
        }

        Put(order with { Shipped = at, Sims = sims });
    }

    /// <inheritdoc/>
    public override void Happen(DateTimeOffset at)
    {
        if (shipments.TryTake(at, out var orderId))
        {
            Ship(orders.Find(orderId)!, at);
        }
    }

    /// <summary>One order that was received long ago, one whose SIMs wait to be registered, one that was taken back, and one that is being packed.</summary>
    public override void Seed()
    {
        var start = Home.Origin.Start;
        var addresses = Home.Account.Part<AddressesPart>().All;
        var data = Home.Account.Data(Coverage);
        if (data.SimCount == 0)
        {
            return;
        }

        var products = Product.Of(Coverage);
        var old = data.Sims(after: null, 5).Items;
        Put(Order(190, products[0], old.Count) with { Shipped = start.AddDays(-188), Received = start.AddDays(-185), Sims = [.. old.Select(sim => Packed(sim, secret: null))] });
        Put(Order(62, products[1], 20) with { Cancelled = start.AddDays(-61) });
        var waiting = data.Part<SimStock>().DemoSims();
        Put(Order(9, products.First(product => product.Subscription == waiting[0].Sim.PrimarySubscriber.Subscription), waiting.Count) with
        {
            Shipped = start.AddDays(-7),
            Sims = [.. waiting.Select(one => Packed(one.Sim, one.Secret))],
        });
        Put(Order(1, products[^1], 2));

        PlacedOrder Order(int days, Product product, int quantity) => new()
        {
            OrderId = IdOf(start.AddDays(-days), made++),
            Quoted = start.AddDays(-days).AddMinutes(-20),
            Confirmed = start.AddDays(-days),
            Items = [new OrderedItem(product.Code, quantity)],
            Address = addresses[^1],
        };
    }

    protected override OrdersState Save() => new([.. orders.PageAfter(key: null, int.MaxValue - 1).Items], made);

    protected override void Load(OrdersState saved)
    {
        saved.Orders.ForEach(Put);
        made = saved.Made;
    }

    private static OrderedSim Packed(Sim sim, string? secret) =>
        new(sim.SimId, sim.PrimarySubscriber.Imsi, sim.PrimarySubscriber.Msisdn, sim.SerialNumber, sim.PrimarySubscriber.Bundles, secret);

    private Product ProductOf(OrderedItem item) => Product.Of(Coverage).First(product => product.Code == item.Code);

    private string IdOf(DateTimeOffset time, int number) =>
        string.Create(CultureInfo.InvariantCulture, $"{time:yyyyMMddHHmmss}{Home.Random($"order {number}").Digits(6)}");
}

/// <param name="Orders">Quotations included.</param>
/// <param name="Made">How many there ever were.</param>
internal sealed record OrdersState(List<PlacedOrder> Orders, int Made);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrdersState))]
internal sealed partial class OrdersJson : JsonSerializerContext;
