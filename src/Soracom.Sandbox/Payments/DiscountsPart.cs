using System.Globalization;
using System.Text.Json.Serialization;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Payments;

/// <summary>Coupons and long term discounts of one coverage.</summary>
internal sealed class DiscountsPart() : Part<DiscountsPart.State>(DiscountsJson.Default.State)
{
    /// <summary>The most coupons that are good at a time; the definition speaks of a limit without telling it.</summary>
    public const int MostCoupons = 20;

    /// <summary>What a month's long term discount is a reduction of: a day's basic charge of the plans that have them.</summary>
    private const long RegularDay = 10 * Money.One;

    private const int DaysOfAMonth = 30;

    private readonly List<Coupon> coupons = [];
    private readonly List<LongTermDiscount> contracts = [];

    public IReadOnlyList<Coupon> Registered => [.. coupons.Where(coupon => coupon.Registered)];

    /// <summary>Contracts are told of until half a year after their end.</summary>
    public IEnumerable<LongTermDiscount> ContractsAt(DateTimeOffset now) => contracts.Where(contract => contract.End.AddMonths(6) > now);

    /// <summary>What was used of the seeded coupon before the demo began.</summary>
    public static IEnumerable<(BillMonth Month, decimal Amount)> SeededUse(PartHome home) =>
        home is { Origin.Fleet: DemoFleets.Aoba, Coverage: Coverage.Japan } ? [(BillMonth.Of(home.Origin.Start).Plus(-3), 1_500)] : [];

    /// <summary>Makes a coupon that can be registered.</summary>
    public Coupon Issue(decimal amount, string billItemName, BillMonth expiry)
    {
        var coupon = new Coupon(Guid.NewGuid().ToString("N")[..16].ToUpperInvariant(), amount, amount, billItemName, expiry.Number, Registered: false);
        coupons.Add(coupon);
        return coupon;
    }

    /// <summary>Registers a coupon that was issued; null when there is none of that code that is good.</summary>
    public Coupon? Register(string code, DateTimeOffset now)
    {
        var index = coupons.FindIndex(coupon => coupon.Code == code && !coupon.Registered && coupon.Expiry >= BillMonth.Of(now).Number);
        if (index < 0 || Registered.Count(coupon => coupon.Expiry >= BillMonth.Of(now).Number && coupon.Balance > 0) >= MostCoupons)
        {
            return null;
        }

        return coupons[index] = coupons[index] with { Registered = true };
    }

    /// <summary>Takes what it can off a bill that is being closed, from the coupon that ends first.</summary>
    /// <returns>How much that is.</returns>
    public decimal UseCoupons(BillMonth month, MonthCharges charges, decimal amount)
    {
        var money = Money.Of(Home.Coverage!.Value, Home.Origin.Fleet);
        var left = amount;
        foreach (var coupon in Registered.Where(coupon => coupon.Expiry >= month.Number).OrderBy(coupon => coupon.Expiry))
        {
            var used = Math.Min(Math.Min(coupon.Balance, left), money.WithTax(coupon.Applicable(charges)));
            coupons[coupons.IndexOf(coupon)] = coupon with { Balance = coupon.Balance - used };
            left -= used;
        }

        return amount - left;
    }

    /// <summary>What contracts take off a month of which so many days have begun.</summary>
    public long LongTermDiscount(BillMonth month, MonthCharges charges, int days)
    {
        var simDays = charges.DailyBasicSimDays;
        long discount = 0;
        foreach (var contract in contracts.Where(contract => contract.Start < month.End && contract.End > month.Start))
        {
            var covered = Math.Min(simDays, (long)contract.Quantity * days);
            discount += covered * (RegularDay - ((long)contract.UnitPrice * Money.One / DaysOfAMonth));
            simDays -= covered;
        }

        return discount;
    }

    public override void Seed()
    {
        if (Home.Coverage != Coverage.Japan)
        {
            return;
        }

        var month = BillMonth.Of(Home.Origin.Start);
        var random = Home.Random("discounts");
        var quantity = Home.Origin.Fleet == DemoFleets.Aoba ? 5 : 1500;
        contracts.Add(Contract(month.Plus(-15), quantity, "PREPAYMENT"));
        contracts.Add(Contract(month.Plus(-3), quantity, "MONTHLY"));
        if (Home.Origin.Fleet == DemoFleets.Aoba)
        {
            coupons.Add(new Coupon("AOBA2026SPRING00", 5_000, 5_000 - SeededUse(Home).Sum(use => use.Amount), "dailyChargeTotal", month.Plus(8).Number, Registered: true));
            coupons.Add(new Coupon("AOBA2026AUTUMN00", 2_000, 2_000, "dailyChargeTotal", month.Plus(11).Number, Registered: false));
            coupons.Add(new Coupon("AOBA2025WINTER00", 3_000, 0, "dailyDataTrafficChargeTotal", month.Plus(-4).Number, Registered: true));
        }

        LongTermDiscount Contract(BillMonth start, int sims, string payment) => new(
            string.Create(CultureInfo.InvariantCulture, $"{start.Start.AddDays(-12):yyyyMMddHHmmss}_{random.Digits(8)}"),
            start.Start.AddDays(-12),
            start.Start,
            start.Plus(Payments.LongTermDiscount.Months).Start,
            sims,
            UnitPrice: 275,
            payment);
    }

    protected override State Save() => new([.. coupons], [.. contracts]);

    protected override void Load(State saved)
    {
        coupons.AddRange(saved.Coupons);
        contracts.AddRange(saved.Contracts);
    }

    internal sealed record State(List<Coupon> Coupons, List<LongTermDiscount> Contracts);
}

/// <param name="Code">What it is registered by.</param>
/// <param name="Amount">What it was worth.</param>
/// <param name="Balance">What is left of that.</param>
/// <param name="BillItemName">One of the definition's three totals.</param>
/// <param name="Expiry">The last month that it is good for, a <see cref="BillMonth.Number"/>.</param>
/// <param name="Registered">Whether it is the account's, and not only issued.</param>
internal sealed record Coupon(string Code, decimal Amount, decimal Balance, string BillItemName, int Expiry, bool Registered)
{
    /// <summary>The charges that it can be taken off, in billionths.</summary>
    public long Applicable(MonthCharges charges) => BillItemName switch
    {
        "dailyDataTrafficChargeTotal" => charges.Items.GetValueOrDefault(BillItem.DataTraffic),
        "dailySoracomBeamRequestChargeTotal" => charges.Items.GetValueOrDefault(BillItem.Beam),
        _ => charges.ByDay.Sum(),
    };
}

/// <summary>A contract on a lower basic charge, for a year.</summary>
/// <param name="Id">When it was made, and chance.</param>
/// <param name="Made">When it was made.</param>
/// <param name="Start">The first day.</param>
/// <param name="End">The day after the last.</param>
/// <param name="Quantity">SIMs.</param>
/// <param name="UnitPrice">For a SIM and month, in whole yen.</param>
/// <param name="Payment">MONTHLY or PREPAYMENT</param>
internal sealed record LongTermDiscount(string Id, DateTimeOffset Made, DateTimeOffset Start, DateTimeOffset End, int Quantity, int UnitPrice, string Payment)
{
    public const int Months = 12;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(DiscountsPart.State))]
internal sealed partial class DiscountsJson : JsonSerializerContext;
