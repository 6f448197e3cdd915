using Soracom.Sandbox.EventHandlers;
using Soracom.Sandbox.Query;
using Soracom.Sandbox.Saving;
using Soracom.Sandbox.Sims;

namespace Soracom.Sandbox.State;

/// <summary>
/// What an account holds on one coverage. Sims and groups are immutable; a change puts a changed copy in the old one's place,
/// so whatever a handler has picked can be written out after the account's lock is gone.
/// </summary>
internal sealed class CoverageData
{
    private readonly KeyedList<Sim> sims = new(sim => sim.SimId);
    private readonly KeyedList<Group> groups = new(group => group.GroupId);
    private readonly Queue<(DateTimeOffset Due, string SimId, Sim? Sim)> unindexed = new();
    private readonly SimIndex index;
    private readonly HashSet<string> changedSims = new(StringComparer.Ordinal);
    private readonly HashSet<string> changedGroups = new(StringComparer.Ordinal);
    private Parts? parts;
    private Dictionary<string, string>? simIdByImsi;
    private List<string>? imsis;

    public CoverageData() => index = new SimIndex(groups.Find);

    /// <summary>What an area keeps of this coverage.</summary>
    public T Part<T>()
        where T : Part, new() => (parts ?? throw new InvalidOperationException("A coverage has no parts while it is being filled.")).Get<T>();

    /// <summary>The part in which something is due first.</summary>
    public Part? NextPart() => parts?.Next();

    public int SimCount => sims.Count;

    /// <summary>The SIM at a place in the order of SIM IDs.</summary>
    public Sim SimAt(int index) => sims[index];

    /// <summary>The IMSIs in their order, those of subscriptions included that were taken back since.</summary>
    public List<string> Imsis()
    {
        if (imsis is null)
        {
            imsis = [.. SimIdByImsi().Keys];
            imsis.Sort(StringComparer.Ordinal);
        }

        return imsis;
    }

    /// <summary>The SIM that has a subscription of that IMSI, additional ones included.</summary>
    public Sim? FindSimByImsi(string imsi)
    {
        // A subscription may have been taken back since.
        return SimIdByImsi().TryGetValue(imsi, out var simId) && FindSim(simId) is { } sim && sim.FindSubscriber(imsi) is not null ? sim : null;
    }

    public Sim? FindSim(string simId) => sims.Find(simId);

    public Group? FindGroup(string groupId) => groups.Find(groupId);

    public Page<Sim> Sims(string? after, int limit) => sims.PageAfter(after, limit);

    /// <summary>All SIMs that match, in the order of their ids.</summary>
    public List<Sim> Sims(Func<Sim, bool> matches) => sims.FindAll(matches);

    public Page<Group> Groups(string? after, int limit, Func<Group, bool>? matches) => groups.PageAfter(after, limit, matches);

    /// <summary>The SIMs that a search finds, as far as the index knows them at this moment.</summary>
    public Page<Sim> Search(SimSearch search, string? after, int limit, DateTimeOffset now)
    {
        while (unindexed.TryPeek(out var next) && next.Due <= now)
        {
            unindexed.Dequeue();
            if (next.Sim is { } sim)
            {
                index.Put(sim);
            }
            else
            {
                index.Remove(next.SimId);
            }
        }

        return index.Search(search, after, limit);
    }

    /// <summary>Adds or replaces a group.</summary>
    public void Put(Group group)
    {
        groups.Put(group);
        changedGroups.Add(group.GroupId);
        index.ForgetGroupNames();
    }

    /// <summary>Takes a group away. What its SIMs make of that is the caller's business.</summary>
    public void RemoveGroup(string groupId)
    {
        groups.Remove(groupId);
        changedGroups.Add(groupId);
        index.ForgetGroupNames();
    }

    /// <summary>Adds or replaces a SIM; search learns of it at <paramref name="indexed"/>.</summary>
    public void Put(Sim sim, DateTimeOffset indexed)
    {
        sims.Put(sim);
        changedSims.Add(sim.SimId);
        RememberImsis(sim);
        unindexed.Enqueue((indexed, sim.SimId, sim));
    }

    /// <summary>Takes a SIM away; search learns of it at <paramref name="indexed"/>.</summary>
    public void RemoveSim(string simId, DateTimeOffset indexed)
    {
        sims.Remove(simId);
        changedSims.Add(simId);
        unindexed.Enqueue((indexed, simId, Sim: null));
    }

    /// <summary>Adds a SIM that has been there all along: search knows it at once.</summary>
    public void Seed(Sim sim)
    {
        sims.Put(sim);
        index.Put(sim);
    }

    /// <summary>Ends the filling: what is put from now on is a change, and what was changed in an earlier run comes back.</summary>
    public void Settle(PartHome home, SavedCoverage? saved)
    {
        changedSims.Clear();
        changedGroups.Clear();
        parts = new Parts(home, saved?.Parts);
        if (saved is not null)
        {
            Restore(saved);
        }
    }

    /// <summary>Makes the parts that something may be due in, as soon as the coverage is there: they may ask for it.</summary>
    public void Begin()
    {
        parts!.Restore();

        // Time goes on for SIMs that nobody asks for, and handlers hear of all that happens to them.
        Part<EventHandlerPart>();
        Part<SimLife>();
    }

    private void Restore(SavedCoverage saved)
    {
        saved.RemovedGroups.ForEach(RemoveGroup);
        saved.Groups.ForEach(group => Put(SavedCoverage.InOrder(group)));
        foreach (var simId in saved.RemovedSims ?? [])
        {
            RemoveSim(simId, DateTimeOffset.MinValue);
        }

        foreach (var sim in saved.Sims)
        {
            Seed(sim);
            changedSims.Add(sim.SimId);
        }
    }

    /// <summary>What differs from the seeds; null when nothing does.</summary>
    public SavedCoverage? ToSaved()
    {
        var states = parts?.ToSaved() ?? [];
        return states.Count == 0 && changedSims.Count == 0 && changedGroups.Count == 0
            ? null
            : new SavedCoverage(
                [.. changedSims.Order(StringComparer.Ordinal).Select(sims.Find).OfType<Sim>()],
                [.. changedGroups.Order(StringComparer.Ordinal).Select(groups.Find).OfType<Group>()],
                [.. changedGroups.Order(StringComparer.Ordinal).Where(groupId => groups.Find(groupId) is null)],
                states,
                [.. changedSims.Order(StringComparer.Ordinal).Where(simId => sims.Find(simId) is null)]);
    }

    private Dictionary<string, string> SimIdByImsi()
    {
        if (simIdByImsi is null)
        {
            simIdByImsi = new(sims.Count, StringComparer.Ordinal);
            for (var i = 0; i < sims.Count; i++)
            {
                RememberImsis(sims[i]);
            }
        }

        return simIdByImsi;
    }

    private void RememberImsis(Sim sim)
    {
        foreach (var subscriber in simIdByImsi is null ? [] : sim.Profiles.SelectMany(profile => profile.Subscribers))
        {
            if (!simIdByImsi!.ContainsKey(subscriber.Imsi))
            {
                imsis = null;
            }

            simIdByImsi[subscriber.Imsi] = sim.SimId;
        }
    }
}
