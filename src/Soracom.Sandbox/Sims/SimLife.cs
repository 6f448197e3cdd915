using System.Text.Json.Serialization;
using Soracom.Sandbox.EventHandlers;
using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.Http;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// What happens to the SIMs of a coverage, by calls and by itself, and the record of it. Every change of a SIM goes through
/// <see cref="Put"/>. It is there as soon as its coverage is: time goes on for SIMs that nobody has asked for.
/// </summary>
internal sealed class SimLife() : Part<SimLifeState>(SimLifeJson.Default.SimLifeState)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WholeRound = TimeSpan.FromHours(12);

    /// <summary>What happens at a date that the SIM itself has.</summary>
    private static readonly (SimMomentKind Kind, Func<Sim, DateTimeOffset?> DateOf)[] Dates =
        [(SimMomentKind.Expiry, ExpiryOf), (SimMomentKind.TestEnd, TestEndOf)];

    private readonly Agenda<SimMoment> agenda = new();
    private readonly Dictionary<SimMoment, DateTimeOffset> planned = [];
    private readonly Dictionary<string, SimLog> logs = new(StringComparer.Ordinal);
    private DateTimeOffset? nextStir;
    private DateTimeOffset latest = DateTimeOffset.MinValue;
    private bool knowsDates;
    private long chances;

    /// <summary>The next planned moment, or the next time that some SIM comes or goes.</summary>
    public override DateTimeOffset? NextDue
    {
        get
        {
            ReadDates();
            DateTimeOffset? stir = Data.SimCount == 0 ? null : nextStir ??= Home.Origin.Start + Pause;
            return agenda.NextDue is { } due && !(stir < due) ? due : stir;
        }
    }

    public Coverage Coverage => Home.Coverage ?? throw new InvalidOperationException("SIMs are of a coverage.");

    /// <summary>The coverage's SIMs.</summary>
    public CoverageData Data => Home.Account.Data(Coverage);

    /// <summary>Half a day for each SIM to be looked at once, but no more than one a minute.</summary>
    private TimeSpan Pause => TimeSpan.FromTicks(Math.Max(ShortestPause.Ticks, WholeRound.Ticks / Math.Max(1, Data.SimCount)));

    /// <inheritdoc/>
    public override void Happen(DateTimeOffset at)
    {
        latest = at;
        if (agenda.TryTake(at, out var moment))
        {
            planned.Remove(moment);
            SimMoments.Happen(this, moment, at);
            return;
        }

        nextStir = at + Pause;
        SimMoments.Stir(this, at);
    }

    /// <summary>Chance for one thing; the next one is another.</summary>
    public SeededRandom Chance() => Home.Random(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"sim life {chances++}"));

    /// <summary>Puts a changed or new SIM in the old one's place, and on record what that means.</summary>
    /// <param name="changed">As it is from now on.</param>
    /// <param name="at">Now.</param>
    /// <param name="indexLag">When search learns of it.</param>
    /// <param name="modifies">Whether it counts as modified; what its device does is none of that.</param>
    public Sim Put(Sim changed, DateTimeOffset at, TimeSpan indexLag = default, bool modifies = true)
    {
        var saved = modifies ? changed with { LastModifiedTime = at.ToUnixTimeMilliseconds() } : changed;
        var before = Data.FindSim(saved.SimId);
        if (before is not null)
        {
            Begin(before).Add(before, saved, at);
        }

        // What has a date of its own happens once, whatever becomes of the SIM afterwards.
        foreach (var (kind, dateOf) in Dates)
        {
            if (before is null || dateOf(before) != dateOf(saved))
            {
                agenda.Set(new SimMoment(kind, saved.SimId), dateOf(saved));
            }
        }

        latest = at;
        Data.Put(saved, at + indexLag);
        if (before is not null)
        {
            Tell(new SimNews(SimNewsKind.Changed, before, saved), at);
        }

        return saved;
    }

    /// <summary>Lets the account's event handlers know what has happened to a SIM; of changes <see cref="Put"/> does so.</summary>
    public void Tell(SimNews news, DateTimeOffset at) => Data.Part<EventHandlerPart>().Hear(news, at);

    /// <summary>Gives a SIM another status, which it may have.</summary>
    public Sim Become(Sim sim, string status, DateTimeOffset at)
    {
        var changed = Put(StatusMachine.Become(sim, status, at), at);
        Reconnect(changed, at);
        return changed;
    }

    /// <summary>Lets the device of an active SIM come back that has lost its session: such devices keep trying.</summary>
    public void Reconnect(Sim sim, DateTimeOffset at)
    {
        if (sim is { Status: StatusMachine.Active, Online: false, Session: not null })
        {
            Plan(new SimMoment(SimMomentKind.Connect, sim.SimId), at + SimMoments.Reconnection);
        }
    }

    /// <summary>Takes a SIM away, with all that was to happen to it; search learns of it with the same lag.</summary>
    public void Remove(string simId, DateTimeOffset at, TimeSpan indexLag)
    {
        foreach (var moment in planned.Keys.Where(moment => moment.SimId == simId).Concat(Dates.Select(date => new SimMoment(date.Kind, simId))).ToList())
        {
            Plan(moment, due: null);
        }

        logs.Remove(simId);
        latest = at;
        Data.RemoveSim(simId, at + indexLag);
    }

    /// <summary>Sets when something happens, instead of what was set before; null takes it off.</summary>
    public void Plan(SimMoment moment, DateTimeOffset? due)
    {
        planned.Remove(moment);
        if (due is { } time)
        {
            planned.Add(moment, time);
        }

        agenda.Set(moment, due);
    }

    /// <summary>When something is going to happen; null when it is not.</summary>
    public DateTimeOffset? Planned(SimMoment moment) => planned.TryGetValue(moment, out var due) ? due : null;

    /// <summary>What has happened to a SIM since the start; null for nothing.</summary>
    public SimLog? LogOf(string simId) => logs.GetValueOrDefault(simId);

    /// <summary>All session events of a SIM, the oldest first.</summary>
    public IEnumerable<SessionEvent> Sessions(Sim sim) => logs.TryGetValue(sim.SimId, out var log)
        ? new SimPast(Home).Sessions(log.Before).Concat(log.Sessions)
        : new SimPast(Home).Sessions(sim);

    /// <summary>The whole status history of a SIM, the oldest first.</summary>
    public IEnumerable<StatusEntry> Statuses(Sim sim) => logs.TryGetValue(sim.SimId, out var log)
        ? new SimPast(Home).Statuses(log.Before).Concat(log.Statuses)
        : new SimPast(Home).Statuses(sim);

    protected override SimLifeState Save() =>
        new(logs, [.. planned.Select(one => new SavedMoment(one.Key, one.Value)).OrderBy(one => one.Moment)], nextStir, latest, chances);

    protected override void Load(SimLifeState saved)
    {
        foreach (var (simId, log) in saved.Logs)
        {
            logs.Add(simId, log);
        }

        saved.Planned.ForEach(one => Plan(one.Moment, one.Due));
        nextStir = saved.NextStir;
        latest = saved.Latest;
        chances = saved.Chances;
    }

    private SimLog Begin(Sim before)
    {
        if (!logs.TryGetValue(before.SimId, out var log))
        {
            logs.Add(before.SimId, log = new SimLog(before, [], []));
        }

        return log;
    }

    /// <summary>Once the coverage is filled, and anew after each start: these dates are the SIMs' own.</summary>
    private void ReadDates()
    {
        if (knowsDates)
        {
            return;
        }

        knowsDates = true;
        for (var i = 0; i < Data.SimCount; i++)
        {
            var sim = Data.SimAt(i);
            foreach (var (kind, dateOf) in Dates)
            {
                if (dateOf(sim) is { } date && date > latest)
                {
                    agenda.Set(new SimMoment(kind, sim.SimId), date);
                }
            }
        }
    }

    private static DateTimeOffset? ExpiryOf(Sim sim) => sim.ExpiryTime is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;

    private static DateTimeOffset? TestEndOf(Sim sim) => sim is { Status: StatusMachine.Testing, Details.Test: { } test }
        ? DateTimeOffset.FromUnixTimeMilliseconds(test.StartedTime).AddDays(test.Days)
        : null;
}

/// <param name="Logs">By SIM ID.</param>
/// <param name="Planned">What will happen, but for what SIMs have dates of.</param>
/// <param name="NextStir">When some SIM comes or goes next.</param>
/// <param name="Latest">Until when everything has happened.</param>
/// <param name="Chances">How often chance was asked for.</param>
internal sealed record SimLifeState(Dictionary<string, SimLog> Logs, List<SavedMoment> Planned, DateTimeOffset? NextStir, DateTimeOffset Latest, long Chances);

internal sealed record SavedMoment(SimMoment Moment, DateTimeOffset Due);

[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata,
    IgnoreReadOnlyProperties = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SimLifeState))]
internal sealed partial class SimLifeJson : JsonSerializerContext;
