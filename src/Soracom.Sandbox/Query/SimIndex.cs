using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Query;

/// <summary>The SIMs of an account as search knows them, in chunks in the order of SIM IDs. Not thread-safe.</summary>
internal sealed class SimIndex(Func<string, Group?> findGroup)
{
    private readonly List<IndexChunk> chunks = [];

    /// <summary>Adds or replaces a SIM.</summary>
    public void Put(Sim sim)
    {
        if (chunks.Count == 0)
        {
            chunks.Add(new IndexChunk([sim]));
            return;
        }

        var index = Math.Max(0, chunks.IndexAfterKey(chunk => chunk.First, sim.SimId) - 1);
        if (chunks[index].Put(sim) is { } split)
        {
            chunks.Insert(index + 1, split);
        }
    }

    /// <summary>Takes a SIM away, if it is there.</summary>
    public void Remove(string simId)
    {
        var index = chunks.IndexAfterKey(chunk => chunk.First, simId) - 1;
        if (index >= 0 && chunks[index].Remove(simId))
        {
            chunks.RemoveAt(index);
        }
    }

    /// <summary>To be called when a group changes: SIMs are searched by their group's name.</summary>
    public void ForgetGroupNames() => chunks.ForEach(chunk => chunk.Forget(SearchFields.Group));

    public Page<Sim> Search(SimSearch search, string? after, int limit)
    {
        var found = new List<Sim>();
        for (var i = chunks.FindIndex(chunk => after is null || string.CompareOrdinal(chunk.Last, after) > 0); i >= 0 && i < chunks.Count && found.Count <= limit; i++)
        {
            chunks[i].Search(search, GroupOf, after, limit + 1, found);
        }

        return Page<Sim>.Of(found, limit, sim => sim.SimId);
    }

    private Group? GroupOf(Sim sim) => sim.GroupId is { } id ? findGroup(id) : null;
}
