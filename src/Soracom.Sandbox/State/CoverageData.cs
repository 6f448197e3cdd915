using Soracom.Sandbox.Query;

namespace Soracom.Sandbox.State;

/// <summary>
/// What an account holds on one coverage. Sims and groups are immutable; a change puts a changed copy in the old one's place,
/// so whatever a handler has picked can be written out after the account's lock is gone.
/// </summary>
internal sealed class CoverageData
{
    private readonly KeyedList<Sim> sims = new(sim => sim.SimId);
    private readonly KeyedList<Group> groups = new(group => group.GroupId);
    private readonly Queue<(DateTimeOffset Due, Sim Sim)> unindexed = new();
    private readonly SimIndex index;

    public CoverageData() => index = new SimIndex(groups.Find);

    public Sim? FindSim(string simId) => sims.Find(simId);

    public Group? FindGroup(string groupId) => groups.Find(groupId);

    public Page<Sim> Sims(string? after, int limit) => sims.PageAfter(after, limit);

    public Page<Group> Groups(string? after, int limit, Func<Group, bool>? matches) => groups.PageAfter(after, limit, matches);

    /// <summary>The SIMs that a search finds, as far as the index knows them at this moment.</summary>
    public Page<Sim> Search(SimSearch search, string? after, int limit, DateTimeOffset now)
    {
        while (unindexed.TryPeek(out var next) && next.Due <= now)
        {
            index.Put(unindexed.Dequeue().Sim);
        }

        return index.Search(search, after, limit);
    }

    /// <summary>Adds or replaces a group.</summary>
    public void Put(Group group)
    {
        groups.Put(group);
        index.ForgetGroupNames();
    }

    /// <summary>Adds or replaces a SIM; search learns of it at <paramref name="indexed"/>.</summary>
    public void Put(Sim sim, DateTimeOffset indexed)
    {
        sims.Put(sim);
        unindexed.Enqueue((indexed, sim));
    }

    /// <summary>Adds a SIM that has been there all along: search knows it at once.</summary>
    public void Seed(Sim sim)
    {
        sims.Put(sim);
        index.Put(sim);
    }
}
