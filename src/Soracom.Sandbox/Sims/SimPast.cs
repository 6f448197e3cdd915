using Soracom.Sandbox.Fleets;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>
/// What happened to a demo SIM before the sandbox started: made up when it is asked for, from the SIM as it was at the start, and
/// the same each time.
/// </summary>
internal sealed class SimPast(PartHome home)
{
    private const long Minute = 60_000;
    private const long Hour = 60 * Minute;
    private const long Day = 24 * Hour;
    private const int DaysOfSessions = 32;

    /// <summary>The oldest first; none for a SIM that was made later.</summary>
    public IReadOnlyList<SessionEvent> Sessions(Sim sim)
    {
        if (home.Origin.Fleet is null || sim.Session is not { } session || sim.CreatedTime > home.Origin.Start.ToUnixTimeMilliseconds())
        {
            return [];
        }

        // Written down backwards, from what is known of the last sessions.
        var events = new List<SessionEvent>();
        var chance = home.Random($"sessions of {sim.SimId}");
        var oldest = Math.Max(sim.CreatedTime, home.Origin.Start.ToUnixTimeMilliseconds() - (DaysOfSessions * Day));
        var before = Latest(sim, session, events);
        if (sim.PreviousSession is { } previous && previous.DeletedTime < before)
        {
            events.Add(new SessionEvent(SessionEvent.Deleted, previous.DeletedTime, previous.Id, previous.Imei, previous.Address, previous.Cell));
            events.Add(new SessionEvent(SessionEvent.Created, previous.CreatedTime, previous.Id, previous.Imei, previous.Address, previous.Cell));
            before = previous.CreatedTime;
        }

        for (var end = before - Gap(chance); end > oldest;)
        {
            var start = Math.Max(oldest, end - chance.Next(1, 60) * Hour - chance.Next(1, (int)Hour));
            AddWhole(events, session, start, end, chance);
            end = start - Gap(chance);
        }

        events.RemoveAll(one => one.Time < oldest);
        events.Reverse();
        return events;
    }

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<StatusEntry> Statuses(Sim sim)
    {
        if (home.Origin.Fleet is null || sim.CreatedTime > home.Origin.Start.ToUnixTimeMilliseconds())
        {
            return [EntryOf(sim, sim.CreatedTime, sim.Status)];
        }

        var chance = home.Random($"statuses of {sim.SimId}");
        var entries = new List<StatusEntry> { EntryOf(sim, sim.CreatedTime, sim.IsVirtual ? StatusMachine.Active : StatusMachine.Ready) };
        var time = sim.CreatedTime + (chance.Next(1, 20) * Day) + chance.Next((int)Day);
        if (sim.Status is not (StatusMachine.Ready or StatusMachine.Testing) && !sim.IsVirtual)
        {
            entries.Add(EntryOf(sim, time, StatusMachine.Active));
        }

        if (sim.Status is not (StatusMachine.Ready or StatusMachine.Active))
        {
            entries.Add(EntryOf(sim, Math.Max(time + Hour, sim.LastModifiedTime), sim.Status));
        }

        entries.AddRange(sim.Profiles.SelectMany(profile => profile.Subscribers).Skip(1)
            .Select(added => new StatusEntry(time + (2 * Day), added.Imsi, added.Status ?? sim.Status, sim.SpeedClass, sim.GroupId, added.Bundles)));
        return [.. entries.OrderBy(entry => entry.Time)];
    }

    /// <summary>The session that the SIM has, or had last; answers when it began.</summary>
    private static long Latest(Sim sim, SimSession session, List<SessionEvent> events)
    {
        var began = SimSessions.Began(session);
        if (!sim.Online)
        {
            events.Add(new SessionEvent(SessionEvent.Deleted, session.LastUpdatedAt, session.Id, session.Imei, session.Address, session.Cell));
            began = Math.Min(began, session.LastUpdatedAt - 1);
        }

        events.Add(new SessionEvent(SessionEvent.Created, began, session.Id, session.Imei, session.Address, session.Cell));
        return began;
    }

    private static void AddWhole(List<SessionEvent> events, SimSession like, long start, long end, SeededRandom chance)
    {
        var id = Ulid.Create(start, chance.Next());
        var cell = like.Cell is { } known ? SimSessions.Neighbour(known, chance) : null;
        events.Add(new SessionEvent(SessionEvent.Deleted, end, id, like.Imei, like.Address, cell));
        if (cell is not null && end - start > 4 * Hour && chance.Chance(40))
        {
            events.Add(new SessionEvent(SessionEvent.Modified, start + ((end - start) / 2), id, like.Imei, like.Address, cell));
            cell = SimSessions.Neighbour(cell, chance);
        }

        events.Add(new SessionEvent(SessionEvent.Created, start, id, like.Imei, like.Address, cell));
    }

    private static long Gap(SeededRandom chance) => chance.Chance(75) ? chance.Next(2_000, 120_000) : chance.Next(10, 600) * Minute;

    private static StatusEntry EntryOf(Sim sim, long time, string status) =>
        new(time, sim.PrimarySubscriber.Imsi, status, sim.SpeedClass, sim.GroupId, sim.PrimarySubscriber.Bundles);
}
