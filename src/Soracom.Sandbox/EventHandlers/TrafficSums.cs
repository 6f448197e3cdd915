using Soracom.Sandbox.Billing;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Stats;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>What SIMs have transferred until a moment: each sum is made at most once, as it takes a look at every SIM. Under the account's lock.</summary>
/// <param name="data">Whose SIMs.</param>
/// <param name="earlier">What is known of the months before.</param>
/// <param name="at">Until when. What a moment at the end of a day or month is about is the one that ends there.</param>
internal sealed class TrafficSums(CoverageData data, EarlierTraffic earlier, DateTimeOffset at)
{
    private readonly Dictionary<EventSum, List<(Sim Sim, long Bytes)>> known = [];

    /// <summary>The SIMs that have transferred something, with their bytes.</summary>
    public List<(Sim Sim, long Bytes)> Of(EventSum sum)
    {
        if (!known.TryGetValue(sum, out var totals))
        {
            known.Add(sum, totals = Add(sum));
        }

        return totals;
    }

    private List<(Sim Sim, long Bytes)> Add(EventSum sum)
    {
        var last = at.AddTicks(-1);
        return sum switch
        {
            EventSum.Day => [.. Between(StatsPeriod.Day, new DateTimeOffset(last.UtcDateTime.Date, TimeSpan.Zero), at)],
            EventSum.Month => [.. Between(StatsPeriod.Month, BillMonth.Of(last).Start, at)],
            EventSum.Ever => WithEarlier(BillMonth.Of(last)),
            _ => throw new InvalidOperationException($"{sum} is no traffic."),
        };
    }

    private List<(Sim Sim, long Bytes)> WithEarlier(BillMonth month)
    {
        var bytes = earlier.Until(month, () => Between(StatsPeriod.Month, month.Plus(-BillingPart.MonthsKept).Start, month.Start));
        var present = Of(EventSum.Month).ToDictionary(one => one.Sim.SimId, one => one.Bytes, StringComparer.Ordinal);
        return
        [
            .. bytes.Keys.Union(present.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(simId => (Sim: data.FindSim(simId)!, Bytes: bytes.GetValueOrDefault(simId) + present.GetValueOrDefault(simId)))
                .Where(one => one.Sim is not null),
        ];
    }

    private IEnumerable<(Sim Sim, long Bytes)> Between(StatsPeriod period, DateTimeOffset start, DateTimeOffset end) =>
        new UsageReader(data, new StatsRange(period, start, end), at).Totals();
}

/// <summary>What SIMs have transferred before the present month, so that it is not added up anew each hour. Not thread-safe.</summary>
internal sealed class EarlierTraffic
{
    private (BillMonth Month, Dictionary<string, long> Bytes)? known;

    /// <summary>The bytes by SIM ID.</summary>
    public Dictionary<string, long> Until(BillMonth month, Func<IEnumerable<(Sim Sim, long Bytes)>> add)
    {
        if (known is not { } sums || sums.Month != month)
        {
            known = sums = (month, add().ToDictionary(one => one.Sim.SimId, one => one.Bytes, StringComparer.Ordinal));
        }

        return sums.Bytes;
    }

    /// <summary>Has it added up anew: somebody has changed the past.</summary>
    public void Forget() => known = null;
}
