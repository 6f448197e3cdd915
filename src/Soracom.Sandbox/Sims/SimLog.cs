using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Sims;

/// <summary>A session's beginning, change or end.</summary>
/// <param name="Kind">Created, Modified or Deleted.</param>
/// <param name="Time">Unix milliseconds; no two events of a SIM share one.</param>
/// <param name="SessionId">The session's id, which holds its beginning.</param>
/// <param name="Imei">Null for a virtual SIM.</param>
/// <param name="Address">The device's.</param>
/// <param name="Cell">Null for a virtual SIM.</param>
internal sealed record SessionEvent(string Kind, long Time, UInt128 SessionId, string? Imei, uint Address, Cell? Cell)
{
    public const string Created = "Created";
    public const string Modified = "Modified";
    public const string Deleted = "Deleted";
}

/// <summary>What a subscription was like from a moment on.</summary>
/// <param name="Time">Unix milliseconds.</param>
/// <param name="Imsi">Of the subscription.</param>
/// <param name="Status">Its status.</param>
/// <param name="SpeedClass">The SIM's.</param>
/// <param name="GroupId">The SIM's.</param>
/// <param name="Bundles">The subscription's.</param>
internal sealed record StatusEntry(long Time, string Imsi, string Status, string SpeedClass, string? GroupId, IReadOnlyList<string> Bundles);

/// <summary>
/// What has happened to a SIM since the sandbox started. What was before follows from the SIM as it was then, see
/// <see cref="SimPast"/>: of a hundred thousand SIMs few have a log.
/// </summary>
/// <param name="Before">The SIM as it was.</param>
/// <param name="Sessions">The oldest first.</param>
/// <param name="Statuses">The oldest first.</param>
internal sealed record SimLog(Sim Before, List<SessionEvent> Sessions, List<StatusEntry> Statuses)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(32);

    /// <summary>Takes down what a change means.</summary>
    public void Add(Sim before, Sim after, DateTimeOffset at)
    {
        AddSessions(before, after, at.ToUnixTimeMilliseconds());
        AddStatuses(before, after, at.ToUnixTimeMilliseconds());
        Sessions.RemoveAll(one => one.Time < (at - Kept).ToUnixTimeMilliseconds());
    }

    private void AddSessions(Sim before, Sim after, long time)
    {
        var (old, present) = (Open(before), Open(after));
        if (old is not null && old.Id != present?.Id)
        {
            Sessions.Add(EventOf(SessionEvent.Deleted, time, old));
        }

        if (present is not null && present.Id != old?.Id)
        {
            // A session may follow another at once; events are told apart by their times.
            Sessions.Add(EventOf(SessionEvent.Created, old is null ? time : time + 1, present));
        }
        else if (present is not null && present.Cell != old!.Cell)
        {
            Sessions.Add(EventOf(SessionEvent.Modified, time, present));
        }
    }

    private void AddStatuses(Sim before, Sim after, long time)
    {
        var simChanged = before.Status != after.Status || before.SpeedClass != after.SpeedClass || before.GroupId != after.GroupId;
        foreach (var subscriber in after.Profiles.SelectMany(profile => profile.Subscribers))
        {
            var old = before.Profiles.SelectMany(profile => profile.Subscribers).FirstOrDefault(one => one.Imsi == subscriber.Imsi);
            var isPrimary = subscriber.Imsi == after.PrimarySubscriber.Imsi;
            if ((isPrimary && simChanged) || old is null || old.Status != subscriber.Status || !old.Bundles.SequenceEqual(subscriber.Bundles, StringComparer.Ordinal))
            {
                Statuses.Add(new StatusEntry(time, subscriber.Imsi, subscriber.Status ?? after.Status, after.SpeedClass, after.GroupId, subscriber.Bundles));
            }
        }
    }

    private static SimSession? Open(Sim sim) => sim.Online ? sim.Session : null;

    private static SessionEvent EventOf(string kind, long time, SimSession session) =>
        new(kind, time, session.Id, session.Imei, session.Address, session.Cell);
}
