using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Stats;

/// <summary>Reads what SIMs have used, for rows of statistics. Under the account's lock.</summary>
internal sealed class UsageReader
{
    private readonly CoverageData data;
    private readonly BillingPart billing;
    private readonly DateTimeOffset evaluated;
    private readonly StatsRange range;

    /// <param name="data">Whose SIMs.</param>
    /// <param name="range">Which periods.</param>
    /// <param name="now">Hours count that are over by then.</param>
    public UsageReader(CoverageData data, StatsRange range, DateTimeOffset now)
    {
        this.data = data;
        this.range = range;
        billing = data.Part<BillingPart>();
        evaluated = BillingPart.EvaluatedAt(now);
    }

    /// <summary>A SIM's traffic by period and speed class, the class that it had at the time. Periods without any are left out.</summary>
    public SortedDictionary<DateTimeOffset, SortedDictionary<string, Counters>> Traffic(Sim sim)
    {
        var rows = new SortedDictionary<DateTimeOffset, SortedDictionary<string, Counters>>();
        var classes = new SpeedClasses(data.Part<SimLife>(), sim);
        foreach (var (start, use, weight) in Hours(sim))
        {
            var speedClass = classes.At(start);
            foreach (var (time, traffic) in Split(use, use.Hour(weight), start))
            {
                AddTo(rows, time, speedClass, traffic);
            }
        }

        foreach (var (time, speedClass, traffic) in data.Part<InsertedStatsPart>().Air(sim).Where(one => Holds(one.Time)))
        {
            AddTo(rows, range.PeriodOf(time), speedClass, traffic);
        }

        return rows;
    }

    /// <summary>How often a SIM used a service, by period and name.</summary>
    public SortedDictionary<DateTimeOffset, SortedDictionary<string, long>> Counts(Sim sim, StatsService service)
    {
        var rows = new SortedDictionary<DateTimeOffset, SortedDictionary<string, long>>();
        foreach (var (start, use, _) in Hours(sim))
        {
            foreach (var (name, count) in use.Counts(service, data))
            {
                foreach (var (time, part) in Split(use, new Counters(count, 0, 0, 0), start))
                {
                    AddTo(rows, time, name, part.UpBytes);
                }
            }
        }

        foreach (var (time, name, count) in (service.Name == "beam" ? data.Part<InsertedStatsPart>().Beam(sim) : []).Where(one => Holds(one.Time)))
        {
            AddTo(rows, range.PeriodOf(time), name, count);
        }

        return rows;
    }

    /// <summary>The bytes of many SIMs together, by period: not hour by hour, as there may be a hundred thousand of them.</summary>
    public SortedDictionary<DateTimeOffset, Counters> Sum(Func<Sim, bool> counts)
    {
        var rows = new SortedDictionary<DateTimeOffset, Counters>();
        foreach (var month in range.Months)
        {
            var days = billing.Days(month, evaluated);
            foreach (var (day, units) in Units(UsesIn(month, counts), days.Count))
            {
                var start = month.Start.AddDays(day);
                if (Holds(start) && !units.IsZero)
                {
                    rows[range.PeriodOf(start)] = rows.GetValueOrDefault(range.PeriodOf(start)) + (units * days.Weight(day));
                }
            }
        }

        foreach (var sim in data.Sims(after: null, int.MaxValue).Items.Where(counts))
        {
            foreach (var (time, _, traffic) in data.Part<InsertedStatsPart>().Air(sim).Where(one => Holds(one.Time)))
            {
                rows[range.PeriodOf(time)] = rows.GetValueOrDefault(range.PeriodOf(time)) + traffic;
            }
        }

        return rows;
    }

    /// <summary>The bytes of each SIM in the hours that begin within the range; SIMs without any, and terminated ones, are left out.</summary>
    public IEnumerable<(Sim Sim, long Bytes)> Totals()
    {
        var bytes = new Dictionary<Sim, long>(ReferenceEqualityComparer.Instance);
        foreach (var month in range.Months)
        {
            // What all hours of the range before a day weigh, so that a SIM costs two look-ups a month.
            var before = WeightsBefore(month);
            foreach (var use in UsesIn(month, sim => sim.Status != StatusMachine.Terminated))
            {
                var (first, last) = (Math.Max(use.FirstDay, 0), Math.Min(use.LastDay, before.Length - 2));
                if (first <= last)
                {
                    bytes[use.Sim] = bytes.GetValueOrDefault(use.Sim) + ((use.UpUnits + use.DownUnits) * (before[last + 1] - before[first]));
                }
            }
        }

        var inserted = data.Part<InsertedStatsPart>();
        foreach (var sim in inserted.HasAir ? data.Sims(sim => sim.Status != StatusMachine.Terminated) : [])
        {
            foreach (var (_, _, traffic) in inserted.Air(sim).Where(one => Holds(one.Time)))
            {
                bytes[sim] = bytes.GetValueOrDefault(sim) + traffic.UpBytes + traffic.DownBytes;
            }
        }

        return bytes.Where(one => one.Value > 0).Select(one => (one.Key, one.Value));
    }

    private long[] WeightsBefore(BillMonth month)
    {
        var days = billing.Days(month, evaluated);
        var before = new long[days.Count + 1];
        for (var day = 0; day < days.Count; day++)
        {
            var hours = Enumerable.Range(0, days.Hours(day)).Count(hour => Holds(month.Start.AddDays(day).AddHours(hour)));
            before[day + 1] = before[day] + ((long)hours * (days.Weight(day) / days.Hours(day)));
        }

        return before;
    }

    /// <summary>Each day's units: noted only where a SIM's service begins and where it has ended, and summed up then.</summary>
    private static IEnumerable<(int Day, Counters Units)> Units(IEnumerable<SimUse> uses, int days)
    {
        var changes = new Counters[days + 1];
        foreach (var use in uses)
        {
            var last = Math.Min(use.LastDay, days - 1);
            if (use.FirstDay <= last)
            {
                var units = new Counters(use.UpUnits, use.DownUnits, 0, 0);
                changes[use.FirstDay] += units;
                changes[last + 1] -= units;
            }
        }

        var sum = default(Counters);
        for (var day = 0; day < days; day++)
        {
            yield return (day, sum += changes[day]);
        }
    }

    private static void AddTo(SortedDictionary<DateTimeOffset, SortedDictionary<string, Counters>> rows, DateTimeOffset time, string key, Counters traffic)
    {
        if (!traffic.IsZero)
        {
            var row = RowOf(rows, time);
            row[key] = row.GetValueOrDefault(key) + traffic;
        }
    }

    private static void AddTo(SortedDictionary<DateTimeOffset, SortedDictionary<string, long>> rows, DateTimeOffset time, string key, long count)
    {
        if (count > 0)
        {
            var row = RowOf(rows, time);
            row[key] = row.GetValueOrDefault(key) + count;
        }
    }

    private static SortedDictionary<string, T> RowOf<T>(SortedDictionary<DateTimeOffset, SortedDictionary<string, T>> rows, DateTimeOffset time)
    {
        if (!rows.TryGetValue(time, out var row))
        {
            rows.Add(time, row = new(StringComparer.Ordinal));
        }

        return row;
    }

    private IEnumerable<SimUse> UsesIn(BillMonth month, Func<Sim, bool> counts) => billing.Sims(month, counts).Select(used => new SimUse(used.Sim, used));

    private bool Holds(DateTimeOffset time) => time >= range.Start && time < range.End;

    /// <summary>The hours of the range, as far as they are over, in which the SIM was in service.</summary>
    private IEnumerable<(DateTimeOffset Start, SimUse Use, int Weight)> Hours(Sim sim)
    {
        foreach (var month in range.Months)
        {
            if (billing.SimIn(sim, month) is not { } simMonth)
            {
                continue;
            }

            var use = new SimUse(sim, simMonth);
            var days = billing.Days(month, evaluated);
            for (var day = Math.Max(use.FirstDay, 0); day <= use.LastDay && day < days.Count; day++)
            {
                for (var hour = 0; hour < days.Hours(day); hour++)
                {
                    var start = month.Start.AddDays(day).AddHours(hour);
                    if (start.AddHours(1) > range.Start && start < range.End)
                    {
                        yield return (start, use, days.Weight(day) / days.Hours(day));
                    }
                }
            }
        }
    }

    /// <summary>An hour lies in one day and month, but holds several slots.</summary>
    private IEnumerable<(DateTimeOffset Time, Counters Traffic)> Split(SimUse use, Counters hour, DateTimeOffset start)
    {
        if (range.Period != StatsPeriod.Minutes)
        {
            yield return (range.PeriodOf(start), hour);
            yield break;
        }

        for (var slot = 0; slot < StatsRange.SlotsOfAnHour; slot++)
        {
            var time = start.AddMinutes(slot * StatsRange.SlotMinutes);
            if (Holds(time))
            {
                yield return (time, use.Slot(hour, start, slot));
            }
        }
    }
}
