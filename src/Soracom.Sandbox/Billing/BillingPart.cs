using System.Text.Json.Serialization;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.Payments;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Billing;

/// <summary>
/// The bills of one coverage. What a month costs follows from its SIMs; what the SIMs were in it is noted when the month is closed,
/// because it may change afterwards and the bill may not. In the months before the demo began every SIM was in service.
/// </summary>
internal sealed class BillingPart() : Part<BillingPart.State>(BillingJson.Default.State)
{
    /// <summary>How far back bills reach.</summary>
    public const int MonthsKept = 18;

    private readonly SortedDictionary<int, ClosedMonth> closed = [];
    private readonly Dictionary<BillMonth, (DateTimeOffset Evaluated, MonthCharges Charges)> known = [];
    private BillMonth? open;

    public Coverage Coverage => Home.Coverage ?? throw new InvalidOperationException("Bills belong to a coverage.");

    public Money Money => Money.Of(Coverage, Home.Origin.Fleet);

    public override DateTimeOffset? NextDue => Open.Close;

    /// <summary>The first month whose bill is not final.</summary>
    private BillMonth Open
    {
        get
        {
            if (open is null)
            {
                var start = BillMonth.Of(Home.Origin.Start);
                open = start.Plus(-1).Close > Home.Origin.Start ? start.Plus(-1) : start;
            }

            return open.Value;
        }
    }

    /// <summary>The hour up to which usage is counted.</summary>
    public static DateTimeOffset EvaluatedAt(DateTimeOffset now) => new(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);

    /// <summary>The months of final bills that are kept and not zero, oldest first.</summary>
    public IEnumerable<BillMonth> FinalMonths(DateTimeOffset now)
    {
        var last = BillMonth.Of(now).Plus(-1);
        for (var month = last.Plus(1 - MonthsKept); month <= last; month = month.Plus(1))
        {
            if (month.Close <= now && Exists(month) && Charges(month, now).Total > 0)
            {
                yield return month;
            }
        }
    }

    /// <summary>Whether the account was there in that month, and the month is kept and has begun.</summary>
    public bool IsKept(BillMonth month, DateTimeOffset now)
    {
        var current = BillMonth.Of(now);
        return Exists(month) && month <= current && month >= current.Plus(-MonthsKept);
    }

    /// <summary>All charges of a month, as far as usage is counted.</summary>
    public MonthCharges Charges(BillMonth month, DateTimeOffset now)
    {
        var evaluated = Evaluated(month, now);
        if (known.TryGetValue(month, out var before) && before.Evaluated == evaluated)
        {
            return before.Charges;
        }

        var charges = new MonthCharges(Days(month, evaluated), ServicePrices.Of(Coverage), Sims(month), Cameras(month));
        known[month] = (evaluated, charges);
        return charges;
    }

    public MonthDays Days(BillMonth month, DateTimeOffset evaluated) => new(month, evaluated, Home.Random($"days of {month}"));

    /// <summary>What every SIM does in a month that costs something, in the order of their ids.</summary>
    public IEnumerable<SimMonth> Sims(BillMonth month) => Sims(month, static _ => true);

    /// <summary>The same of some SIMs. There may be a hundred thousand: what is the same for all is looked up once.</summary>
    public IEnumerable<SimMonth> Sims(BillMonth month, Func<Sim, bool> counts)
    {
        var data = Home.Account.Data(Coverage);
        var life = data.Part<SimLife>();
        foreach (var sim in data.Sims(after: null, int.MaxValue).Items)
        {
            if (counts(sim) && SimIn(life, sim, month) is { } used)
            {
                yield return used;
            }
        }
    }

    /// <summary>What the cameras of the coverage cost in a month.</summary>
    public IReadOnlyList<CameraCharge> Cameras(BillMonth month) => CameraCharge.Of(Home.Account, Coverage, month);

    /// <summary>What a SIM does in a month; null when it costs nothing.</summary>
    public SimMonth? SimIn(Sim sim, BillMonth month) => SimIn(Home.Account.Data(Coverage).Part<SimLife>(), sim, month);

    /// <summary>What the account's contracts take off a month.</summary>
    public long LongTermDiscount(BillMonth month, DateTimeOffset now) =>
        Home.Account.Data(Coverage).Part<DiscountsPart>().LongTermDiscount(month, Charges(month, now), Days(month, Evaluated(month, now)).Count);

    public Bill Bill(BillMonth month, DateTimeOffset now)
    {
        var net = Charges(month, now).Total - LongTermDiscount(month, now);
        var gross = Money.WithTax(net);
        var coupon = closed.GetValueOrDefault(month.Number)?.Coupon ?? 0;
        return new Bill(month, gross - coupon + (closed.GetValueOrDefault(month.Number)?.Correction ?? 0), coupon, month.Close <= now);
    }

    /// <summary>Corrects a final bill, as the service may after closing it.</summary>
    /// <param name="month">The month.</param>
    /// <param name="by">By how much, tax included; added to what it was corrected by before.</param>
    /// <param name="now">The time.</param>
    /// <returns>The bill then; null where the month has no final bill.</returns>
    public Bill? Correct(BillMonth month, decimal by, DateTimeOffset now)
    {
        if (!FinalMonths(now).Contains(month))
        {
            return null;
        }

        var before = closed.GetValueOrDefault(month.Number) ?? new ClosedMonth(month.Number, [], 0);
        closed[month.Number] = before with { Correction = before.Correction + by };
        return Bill(month, now);
    }

    public override void Happen(DateTimeOffset at)
    {
        var month = Open;
        var statuses = Home.Account.Data(Coverage).Sims(after: null, int.MaxValue).Items
            .Where(sim => sim.Status is not ("active" or "terminated"))
            .GroupBy(sim => sim.Status, StringComparer.Ordinal)
            .ToDictionary(sims => sims.Key, sims => sims.Select(sim => sim.SimId).ToList(), StringComparer.Ordinal);
        var coupon = Home.Account.Data(Coverage).Part<DiscountsPart>().UseCoupons(month, Charges(month, at), Bill(month, at).Amount);
        closed[month.Number] = new ClosedMonth(month.Number, statuses, coupon);
        closed.Remove(month.Number - MonthsKept - 1);
        open = month.Plus(1);
    }

    public override void Seed()
    {
        // One coupon has been at work before; see what DiscountsPart seeds.
        foreach (var (month, coupon) in DiscountsPart.SeededUse(Home))
        {
            closed[month.Number] = new ClosedMonth(month.Number, [], coupon);
        }
    }

    protected override State Save() => new(open?.Number, [.. closed.Values]);

    protected override void Load(State saved)
    {
        open = saved.Open is { } number ? new BillMonth(number) : null;
        foreach (var month in saved.Closed)
        {
            closed[month.Month] = month;
        }
    }

    private SimMonth? SimIn(SimLife life, Sim sim, BillMonth month)
    {
        var log = life.LogOf(sim.SimId);
        var status = month >= Open ? sim.Status : closed.GetValueOrDefault(month.Number)?.StatusOf(sim.SimId) ?? "active";
        var span = log is not null && month.End > Home.Origin.Start ? ServiceSpan.Of(log, month) : null;
        return SimMonth.Of(Coverage, log?.Before ?? sim, month, status, span) is { } used ? used with { Sim = sim } : null;
    }

    private static DateTimeOffset Evaluated(BillMonth month, DateTimeOffset now)
    {
        var hour = EvaluatedAt(now);
        return hour < month.End ? hour : month.End;
    }

    private bool Exists(BillMonth month) => month >= BillMonth.Of(Home.Account.Created);

    internal sealed record State(int? Open, List<ClosedMonth> Closed);
}

/// <summary>What is kept of a closed month.</summary>
/// <param name="Month"><see cref="BillMonth.Number"/></param>
/// <param name="Statuses">The SIMs that were neither active nor terminated, by what they were.</param>
/// <param name="Coupon">What coupons took off.</param>
/// <param name="Correction">By how much the bill was corrected after it was closed.</param>
internal sealed record ClosedMonth(int Month, Dictionary<string, List<string>> Statuses, decimal Coupon, decimal Correction = 0)
{
    private Dictionary<string, string>? statusBySim;

    /// <summary>Null for a SIM that was active or terminated.</summary>
    public string? StatusOf(string simId)
    {
        statusBySim ??= Statuses.SelectMany(status => status.Value.Select(one => (SimId: one, Status: status.Key))).ToDictionary(one => one.SimId, one => one.Status, StringComparer.Ordinal);
        return statusBySim.GetValueOrDefault(simId);
    }
}

/// <param name="Month">The month.</param>
/// <param name="Amount">With tax, after discounts and coupons.</param>
/// <param name="Coupon">What coupons took off.</param>
/// <param name="IsFinal">Whether it no longer changes.</param>
internal sealed record Bill(BillMonth Month, decimal Amount, decimal Coupon, bool IsFinal);

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(BillingPart.State))]
internal sealed partial class BillingJson : JsonSerializerContext;
