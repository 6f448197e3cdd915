using System.Globalization;
using Soracom.Sandbox.Billing;
using Soracom.Sandbox.Sims;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.EventHandlers;

/// <summary>
/// The event handlers of a coverage, and what they do. What happens to SIMs is told by <see cref="SimLife"/> as it happens; traffic and charges are
/// looked at from time to time. Actions are done at their moments and not within the call that has set them off, as on the service.
/// </summary>
internal sealed class EventHandlerPart() : Part<EventHandlerState>(EventHandlerStateJson.Default.EventHandlerState)
{
    /// <summary>So many handlers may set off each other at one moment; the service's own limit is not public.</summary>
    public const int LongestChain = 8;

    private const long Mebi = 1024 * 1024;

    /// <summary>Traffic is counted by the hour, and adding it up takes the longer the more SIMs there are.</summary>
    private const int SimsOfAnHour = 1_000;

    private readonly KeyedList<EventHandler> handlers = new(handler => handler.HandlerId);
    private readonly EventPlan plan = new();
    private readonly EventSilence silence = new();
    private readonly EarlierTraffic earlier = new();
    private List<EventHandler> active = [];
    private bool sums;
    private DateTimeOffset looked;
    private DateTimeOffset? hurry;
    private long number;
    private int depth;

    /// <summary>What handlers have done.</summary>
    public TimeLog<EventRecord> Log { get; } = new(record => record.Time);

    /// <inheritdoc/>
    public override DateTimeOffset? NextDue
    {
        get
        {
            DateTimeOffset? look = sums ? hurry ?? NextLook() : null;
            return plan.NextDue is { } due && !(look < due) ? due : look;
        }
    }

    private CoverageData Data => Home.Account.Data(Home.Coverage ?? throw new InvalidOperationException("Event handlers are of a coverage."));

    public EventHandler? Find(string handlerId) => handlers.Find(handlerId);

    public List<EventHandler> FindAll(Func<EventHandler, bool> matches) => handlers.FindAll(matches);

    /// <summary>Adds or replaces a handler. One that is replaced begins anew: what it had planned and when it may fire again is forgotten.</summary>
    public void Put(EventHandler handler, DateTimeOffset at)
    {
        Forget(handler.HandlerId);
        handlers.Put(handler);
        Sort();
        looked = at > looked ? at : looked;
        if (EventRules.SumOf(handler.Rule) is { IsFirst: true })
        {
            // Their first traffic was before.
            foreach (var (sim, _) in new TrafficSums(Data, earlier, at).Of(EventSum.Ever).Where(one => handler.Watches(one.Sim)))
            {
                silence.Set(handler.HandlerId, sim.SimId, DateTimeOffset.MaxValue);
            }
        }
    }

    /// <summary>Changes whom a handler leaves alone, and nothing else of it.</summary>
    public void Ignore(EventHandler handler, IReadOnlyList<string> imsis)
    {
        handlers.Put(handler with { Ignored = imsis });
        Sort();
    }

    public void Remove(string handlerId)
    {
        Forget(handlerId);
        handlers.Remove(handlerId);
        Sort();
    }

    /// <summary>Lets the handlers that are for a SIM know what has happened to it.</summary>
    public void Hear(SimNews news, DateTimeOffset at)
    {
        foreach (var handler in active)
        {
            if (handler.Watches(news.Sim) && EventRules.Holds(handler.Rule, news, handler.ImsiOf(news.Sim), Data))
            {
                Fire(handler, news.Sim.SimId, news.Values(handler.ImsiOf(news.Sim)), at);
            }
        }
    }

    /// <summary>Has traffic looked at soon: somebody has put some in.</summary>
    public void HearOfTraffic(DateTimeOffset at)
    {
        earlier.Forget();
        hurry = sums ? at : null;
    }

    /// <inheritdoc/>
    public override void Happen(DateTimeOffset at)
    {
        if (plan.TryTake(at, out var action))
        {
            Do(action, at);
        }
        else
        {
            hurry = null;
            looked = at;
            Look(at);
        }
    }

    public override void Seed()
    {
        foreach (var handler in EventHandlerSeeds.Of(Home, Data))
        {
            handlers.Put(handler);
        }

        Sort();
        looked = Home.Origin.Start;
    }

    protected override EventHandlerState Save() => new(
        handlers.FindAll(_ => true), new EventMemory([.. plan.All], silence.ToSaved(looked), [.. Log.Entries], looked, hurry, number));

    protected override void Load(EventHandlerState saved)
    {
        saved.Handlers.ForEach(handlers.Put);
        Sort();
        looked = saved.Memory?.Looked ?? Home.Origin.Start;
        hurry = saved.Memory?.Hurry;
        number = saved.Memory?.Number ?? 0;
        saved.Memory?.Planned.ForEach(plan.Add);
        saved.Memory?.Log.ForEach(Log.Add);
        silence.Load(saved.Memory?.Silent ?? []);
    }

    /// <summary>When sums are looked at next: on the hour, and in any case when the day is over.</summary>
    private DateTimeOffset NextLook()
    {
        var hours = Math.Clamp((Data.SimCount + SimsOfAnHour - 1) / SimsOfAnHour, 1, 24);
        var day = new DateTimeOffset(looked.UtcDateTime.Date, TimeSpan.Zero);
        var next = day.AddHours(((looked.UtcDateTime.Hour / hours) + 1) * hours);
        return next < day.AddDays(1) ? next : day.AddDays(1);
    }

    private void Look(DateTimeOffset at)
    {
        var traffic = new TrafficSums(Data, earlier, at);
        foreach (var handler in active)
        {
            switch (EventRules.SumOf(handler.Rule))
            {
                case { IsForEachSim: true } rule:
                    var least = rule.IsFirst ? 1 : LimitOf(handler, "limitTotalTrafficMegaByte") * Mebi;
                    foreach (var (sim, _) in traffic.Of(rule.Sum).Where(one => one.Bytes >= least && handler.Watches(one.Sim)))
                    {
                        Fire(handler, sim.SimId, new SimNews(SimNewsKind.Changed, sim, sim).Values(handler.ImsiOf(sim)), at);
                    }

                    break;
                case { } rule when rule.Sum == EventSum.Charges ? ChargesReach(handler, at) : TrafficReaches(handler, traffic.Of(rule.Sum)):
                    Fire(handler, simId: null, [], at);
                    break;
            }
        }
    }

    private static bool TrafficReaches(EventHandler handler, List<(Sim Sim, long Bytes)> traffic) =>
        traffic.Where(one => handler.Watches(one.Sim)).Sum(one => one.Bytes) >= LimitOf(handler, "limitTotalTrafficMegaByte") * Mebi;

    /// <summary>Looked at when a day is over: adding up a month costs more than traffic does.</summary>
    private bool ChargesReach(EventHandler handler, DateTimeOffset at) =>
        at.TimeOfDay == TimeSpan.Zero && Data.Part<BillingPart>().Bill(BillMonth.Of(at.AddTicks(-1)), at).Amount >= LimitOf(handler, "limitTotalAmount");

    private static long LimitOf(EventHandler handler, string name) => long.Parse(handler.Rule.Text(name)!, CultureInfo.InvariantCulture);

    /// <summary>Plans what a handler does, unless it is not to be looked at again yet: for the same SIM, or for any where it says so.</summary>
    private void Fire(EventHandler handler, string? simId, Dictionary<string, string> values, DateTimeOffset at)
    {
        var subject = handler.Rule.Text("runOnceAmongTarget") == "true" ? EventSilence.All : simId ?? EventSilence.All;
        if (silence.Holds(handler.HandlerId, subject, at))
        {
            return;
        }

        Changed = true;
        silence.Set(handler.HandlerId, subject, EventRules.NotBefore(handler.Rule, at));
        foreach (var action in handler.Actions)
        {
            if (EventMoments.After(action, "executionDateTimeConst", "executionOffsetMinutes", at) is not { } due)
            {
                continue;
            }

            if (due <= at && depth == LongestChain)
            {
                Log.Add(new EventRecord(Log.TimeAt(at), handler.HandlerId, action.Type, simId, "refused", "Too many handlers have set off each other."));
                continue;
            }

            plan.Add(new PlannedAction(++number, due, handler.HandlerId, action, simId, values, due > at ? 0 : depth + 1));
        }
    }

    private void Do(PlannedAction action, DateTimeOffset at)
    {
        // A handler takes what it has planned with it.
        var handler = handlers.Find(action.HandlerId) ?? throw new InvalidOperationException("An action without a handler is planned.");
        depth = action.Depth;
        try
        {
            foreach (var (simId, outcome) in EventActions.Do(Home, Data.Part<SimLife>(), handler, action, at))
            {
                Log.Add(new EventRecord(Log.TimeAt(at), handler.HandlerId, action.Action.Type, simId, outcome.Word, outcome.Detail));
            }
        }
        finally
        {
            depth = 0;
        }
    }

    private void Forget(string handlerId)
    {
        silence.Forget(handlerId);
        plan.Forget(handlerId);
    }

    private void Sort()
    {
        active = handlers.FindAll(handler => handler.IsActive);
        sums = active.Exists(handler => EventRules.SumOf(handler.Rule) is not null);
    }
}
