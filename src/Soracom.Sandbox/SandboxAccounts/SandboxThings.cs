using System.Text.Json;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Errors;
using Soracom.Sandbox.EventHandlers;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Orders;
using Soracom.Sandbox.Payments;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Stats;

namespace Soracom.Sandbox.SandboxAccounts;

/// <summary>The vendor's own sandbox endpoints that give an account what it needs: shipped orders, SIMs, statistics, coupons.</summary>
internal static class SandboxThings
{
    private const int SecretLength = 8;
    private const int LargestCoupon = 100_000_000;

    private static readonly string[] Offered =
        ["plan01s", "plan01s-low_data_volume", "planP1", "planXM1", "planX3", "plan-D", "plan-K", "plan-KM1", "plan-DU", "plan-K2"];

    private static readonly string[] SpeedClasses =
        ["s1.minimum", "s1.slow", "s1.standard", "s1.fast", "s1.4xfast", "s1.8xfast", "u1.standard", "u1.slow", "t1.standard", "arc.standard"];

    private static readonly string[] BeamNames =
        ["inHttp", "inMqtt", "inTcp", "inUdp", "outHttp", "outHttps", "outMqtt", "outMqtts", "outTcp", "outTcps", "outUdp"];

    private static readonly string[] CouponItems = ["dailyChargeTotal", "dailyDataTrafficChargeTotal", "dailySoracomBeamRequestChargeTotal"];

    private static readonly long Latest = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("POST", "/sandbox/orders/ship", "sandboxShipOrder", "API Sandbox: Order:sandboxShipOrder", Ship),
        new("POST", "/sandbox/subscribers/create", "sandboxCreateSubscriber", "API Sandbox: Subscriber:sandboxCreateSubscriber", CreateSubscriber),
        new("POST", "/sandbox/stats/air/subscribers/{imsi}", "sandboxInsertAirStats", "API Sandbox: Stats:sandboxInsertAirStats", InsertAir),
        new("POST", "/sandbox/stats/beam/subscribers/{imsi}", "sandboxInsertBeamStats", "API Sandbox: Stats:sandboxInsertBeamStats", InsertBeam),
        new("POST", "/sandbox/coupons/create", "sandboxCreateCoupon", "API Sandbox: Coupon:sandboxCreateCoupon", CreateCoupon),
    ];

    private static Answer Ship(Call call)
    {
        var body = call.Body.Object();
        var (orderId, operatorId) = (body.RequiredText("orderId"), body.RequiredText("operatorId"));
        var part = call.Data.Part<OrdersPart>();
        if (operatorId != call.Account.OperatorId || part.Find(orderId) is not { Confirmed: not null, Shipped: null, Cancelled: null } order)
        {
            throw new VendorException(SandboxErrors.NoOrder);
        }

        part.Ship(order, call.Now);
        return Answer.EmptyOk;
    }

    /// <summary>The vendor's own example misspells the bundles' name; whoever copies it is understood.</summary>
    private static Answer CreateSubscriber(Call call)
    {
        var body = call.Body.OptionalObject();
        var subscription = body.Choice("subscription", Offered) ?? (call.Coverage == Coverage.Japan ? "plan-D" : "plan01s");
        var bundles = body.Texts("bundles") ?? body.Texts("bundle");
        var plan = Subscriptions.Of(subscription);
        if (bundles is not null && (bundles.Count > 1 || bundles.Any(bundle => bundle != plan.FixedBundle && !plan.Bundles.Contains(bundle, StringComparer.Ordinal))))
        {
            throw new VendorException(SandboxErrors.NoBundle, subscription, string.Join(", ", bundles));
        }

        var stock = call.Data.Part<SimStock>();
        var sim = stock.Make(subscription, "nano", call.Now);
        sim = bundles is null ? sim : sim.WithSubscriber(sim.PrimarySubscriber.Imsi, one => one with { Bundles = bundles });
        var secret = new SeededRandom(call.Options.Seed, $"secret of {sim.SimId}").Digits(SecretLength);
        stock.Add(sim, secret);
        return Answer.Ok(json => Write(json, sim, secret));
    }

    private static void Write(Utf8JsonWriter json, Sim sim, string secret)
    {
        var subscriber = sim.PrimarySubscriber;
        json.WriteStartObject();
        json.WriteString("imsi", subscriber.Imsi);
        json.WriteString("msisdn", subscriber.Msisdn);
        json.WriteString("registrationSecret", secret);
        json.WriteString("serialNumber", sim.SerialNumber);
        json.WriteString("subscription", subscriber.Subscription);
        json.WriteString("speedClass", sim.SpeedClass);
        json.WriteString("status", sim.Status);
        json.WriteString("apn", "soracom.io");
        json.WriteTags(sim.Tags);
        json.WriteNumber("createdAt", sim.CreatedTime);
        json.WriteNumber("lastModifiedAt", sim.LastModifiedTime);
        json.WriteEndObject();
    }

    private static Answer InsertAir(Call call)
    {
        var imsi = KnownImsi(call);
        var (time, map) = Read(call, "dataTrafficStatsMap", SpeedClasses);
        var traffic = map.ToDictionary(one => one.Key, one => new Counters(
            Count(one.Value, "uploadByteSizeTotal"), Count(one.Value, "downloadByteSizeTotal"), Count(one.Value, "uploadPacketSizeTotal"), Count(one.Value, "downloadPacketSizeTotal")),
            StringComparer.Ordinal);
        if (!call.Data.Part<InsertedStatsPart>().AddAir(imsi, time, traffic))
        {
            throw new VendorException(StatsErrors.Again);
        }

        call.Data.Part<EventHandlerPart>().HearOfTraffic(call.Now);
        return Answer.EmptyOk;
    }

    private static Answer InsertBeam(Call call)
    {
        var imsi = KnownImsi(call);
        var (time, map) = Read(call, "beamStatsMap", BeamNames);
        var counts = map.ToDictionary(one => one.Key, one => Count(one.Value, "count"), StringComparer.Ordinal);
        return call.Data.Part<InsertedStatsPart>().AddBeam(imsi, time, counts) ? Answer.EmptyOk : throw new VendorException(StatsErrors.Again);
    }

    private static string KnownImsi(Call call) => SimTurn.ByImsi(call).Imsi!;

    private static (long Time, Dictionary<string, JsonFields> Map) Read(Call call, string member, string[] names)
    {
        var body = call.Body.Object();
        var time = body.Integer("unixtime", 0, Latest) ?? throw new VendorException(VendorErrors.Required, "unixtime");
        var map = new Dictionary<string, JsonFields>(StringComparer.Ordinal);
        foreach (var one in (body.Object(member) ?? throw new VendorException(VendorErrors.Required, member)).Members)
        {
            if (!names.Contains(one.Name, StringComparer.Ordinal))
            {
                throw new VendorException(VendorErrors.NotAChoice, one.Name, string.Join(", ", names));
            }

            map[one.Name] = one.Value.ValueKind == JsonValueKind.Object ? new JsonFields(one.Value) : throw new VendorException(VendorErrors.NotAnObject, one.Name);
        }

        return (time, map);
    }

    /// <summary>Bounded so that no sum of them overflows.</summary>
    private static long Count(JsonFields values, string name) => values.Integer(name, 0, 1L << 50) ?? 0;

    private static Answer CreateCoupon(Call call)
    {
        var body = call.Body.Object();
        var amount = body.Integer("amount", 1, LargestCoupon) ?? throw new VendorException(VendorErrors.Required, "amount");
        var item = body.Choice("applicableBillItemName", CouponItems) ?? CouponItems[0];
        var current = BillMonth.Of(call.Now);
        var expiry = body.Text("expiryYearMonth") is not { } text ? current.Plus(12)
            : BillMonth.Parse(text) is { } month && month >= current ? month
            : throw new VendorException(SandboxErrors.BadExpiry, "expiryYearMonth");
        var coupon = call.Data.Part<DiscountsPart>().Issue(amount, item, expiry);
        return Answer.Ok(json =>
        {
            json.WriteStartObject();
            json.WriteString("couponCode", coupon.Code);
            json.WriteNumber("amount", coupon.Amount);
            json.WriteNumber("balance", coupon.Balance);
            json.WriteString("billItemName", coupon.BillItemName);
            json.WriteString("expiryYearMonth", expiry.ToString());
            json.WriteEndObject();
        });
    }
}
