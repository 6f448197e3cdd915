using Soracom.Sandbox.Billing;
using Soracom.Sandbox.State;
using Soracom.Sandbox.Stats;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>What SIMs have transferred until a moment: each sum is made at most once, as it takes a look at every SIM. Under the account's lock.</summary>
/// <param name="data">Whose SIMs.</param>
/// <param name="at">Until when. What a moment at the end of a day or month is about is the one that ends there.</param>
internal sealed class TrafficSums(CoverageData data, DateTimeOffset at)
{
    private readonly Dictionary<EventSum, List<(Sim Sim, long Bytes)>> known = [];

    /// <summary>The SIMs that have transferred something, with their bytes.</summary>
    public List<(Sim Sim, long Bytes)> Of(EventSum sum)
    {
        if (!known.TryGetValue(sum, out var totals))
        {
            var range = new StatsRange(sum == EventSum.Day ? StatsPeriod.Day : StatsPeriod.Month, StartOf(sum), at);
            known.Add(sum, totals = [.. new UsageReader(data, range, at).Totals()]);
        }

        return totals;
    }

    private DateTimeOffset StartOf(EventSum sum)
    {
        var last = at.AddTicks(-1);
        return sum switch
        {
            EventSum.Day => new DateTimeOffset(last.UtcDateTime.Date, TimeSpan.Zero),
            EventSum.Month => BillMonth.Of(last).Start,
            EventSum.Ever => BillMonth.Of(last).Plus(-BillingPart.MonthsKept).Start,
            _ => throw new InvalidOperationException($"{sum} is no traffic."),
        };
    }
}
