using System.Collections.Frozen;

namespace Soracom.Sandbox.Billing;

/// <summary>All charges of a month up to a moment, net and in billionths: by item, by day, and of the dearest SIMs.</summary>
internal sealed class MonthCharges
{
    public const int MostSims = 100;

    /// <summary>There is one object for each item: hashing their names for every SIM would cost more than all the rest.</summary>
    private readonly Dictionary<BillItem, long> items = new(ReferenceEqualityComparer.Instance);
    private readonly long[] flat;
    private readonly long[] traffic;
    private readonly MonthDays days;
    private readonly PriorityQueue<string, (long Amount, string SimId)> dearest = new(Comparer<(long Amount, string SimId)>.Create(
        (x, y) => x.Amount != y.Amount ? x.Amount.CompareTo(y.Amount) : string.CompareOrdinal(y.SimId, x.SimId)));

    public MonthCharges(MonthDays days, ServicePrices prices, IEnumerable<SimMonth> sims, IEnumerable<CameraCharge> cameras)
    {
        this.days = days;
        flat = new long[days.Count + 1];
        traffic = new long[days.Count + 1];
        var weightUpTo = new long[days.Count + 1];
        for (var day = 0; day < days.Count; day++)
        {
            weightUpTo[day + 1] = weightUpTo[day] + days.Weight(day);
        }

        foreach (var sim in sims)
        {
            Add(sim, prices, weightUpTo);
        }

        foreach (var camera in days.Count > 0 ? cameras : [])
        {
            Charge(camera.Item, camera.UnitPrice * camera.Quantity);
        }

        Items = items.ToFrozenDictionary();
        Total = items.Values.Sum();
        Dearest = [.. dearest.UnorderedItems.OrderByDescending(one => one.Priority.Amount).ThenBy(one => one.Element, StringComparer.Ordinal).Select(one => (one.Element, one.Priority.Amount))];
        ByDay = [.. Running(flat).Zip(Running(traffic), (daily, units) => (daily, units)).Take(days.Count).Select((day, index) => day.daily + (day.units * days.Weight(index)))];
    }

    public FrozenDictionary<BillItem, long> Items { get; }

    public long Total { get; }

    /// <summary>The dearest first.</summary>
    public IReadOnlyList<(string SimId, long Amount)> Dearest { get; }

    /// <summary>What is charged by the day; in the order of the days.</summary>
    public IReadOnlyList<long> ByDay { get; }

    /// <summary>Days of basic charge times SIMs that are on a plan with a daily one: what long term discounts are for.</summary>
    public long DailyBasicSimDays { get; private set; }

    private void Add(SimMonth sim, ServicePrices prices, long[] weightUpTo)
    {
        var last = Math.Min(sim.LastDay, days.Count - 1);
        var count = last - sim.FirstDay + 1;
        if (count <= 0)
        {
            return;
        }

        var beam = sim.BeamRequests * prices.BeamRequest;
        var harvest = sim.StoresData ? prices.HarvestDay : 0;
        var trafficPerWeight = sim.TrafficUnits * sim.Tariff.PerByte;
        var amount = Charge(BillItem.DailyBasic, sim.Daily * count)
            + Charge(BillItem.MonthlyBasic, sim.Tariff.Monthly)
            + Charge(BillItem.DataTraffic, trafficPerWeight * (weightUpTo[last + 1] - weightUpTo[sim.FirstDay]))
            + Charge(BillItem.Beam, beam * count)
            + Charge(BillItem.Harvest, harvest * count)
            + Charge(BillItem.Napter, sim.UsesNapter ? prices.NapterMonth : 0);
        DailyBasicSimDays += sim.Daily > 0 ? count : 0;
        Spread(flat, sim.Daily + beam + harvest, sim.FirstDay, last);
        Spread(traffic, trafficPerWeight, sim.FirstDay, last);
        if (amount > 0)
        {
            if (dearest.Count < MostSims)
            {
                dearest.Enqueue(sim.Sim.SimId, (amount, sim.Sim.SimId));
            }
            else
            {
                dearest.EnqueueDequeue(sim.Sim.SimId, (amount, sim.Sim.SimId));
            }
        }
    }

    private long Charge(BillItem item, long amount)
    {
        if (amount > 0)
        {
            items[item] = items.GetValueOrDefault(item) + amount;
        }

        return amount;
    }

    /// <summary>Notes only where something begins and where it has ended; the sums come later.</summary>
    private static void Spread(long[] changes, long amount, int first, int last)
    {
        changes[first] += amount;
        changes[last + 1] -= amount;
    }

    private static IEnumerable<long> Running(long[] changes)
    {
        long sum = 0;
        foreach (var change in changes)
        {
            yield return sum += change;
        }
    }
}
