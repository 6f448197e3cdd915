using System.Numerics;
using Soracom.Sandbox.State;

namespace Soracom.Sandbox.Query;

/// <summary>
/// Up to a thousand neighbours in the order of SIM IDs, with a column for each field that was searched for. A change
/// only costs its chunk's columns, which are made again when next needed.
/// </summary>
internal sealed class IndexChunk(List<Sim> sims)
{
    public const int Capacity = 1024;

    private static readonly Func<Sim, string> KeyOf = sim => sim.SimId;

    private readonly SearchColumn?[] columns = new SearchColumn?[SearchFields.All.Count];

    public string First => sims[0].SimId;

    public string Last => sims[^1].SimId;

    /// <summary>Adds or replaces; the other half where the chunk had to be split.</summary>
    public IndexChunk? Put(Sim sim)
    {
        Array.Clear(columns);
        var index = sims.IndexOfKey(KeyOf, sim.SimId);
        if (index >= 0)
        {
            sims[index] = sim;
            return null;
        }

        sims.Insert(~index, sim);
        if (sims.Count <= Capacity)
        {
            return null;
        }

        // A chunk that grew at its end, as when an account is filled in order, stays full.
        var kept = ~index == sims.Count - 1 ? Capacity : Capacity / 2;
        var rest = sims.GetRange(kept, sims.Count - kept);
        sims.RemoveRange(kept, sims.Count - kept);
        return new IndexChunk(rest);
    }

    /// <summary>Takes a SIM away, if it is there; tells whether nothing is left.</summary>
    public bool Remove(string simId)
    {
        var index = sims.IndexOfKey(KeyOf, simId);
        if (index >= 0)
        {
            Array.Clear(columns);
            sims.RemoveAt(index);
        }

        return sims.Count == 0;
    }

    public void Forget(SearchField field) => columns[field.Number] = null;

    /// <summary>Adds the chunk's matches after a key to <paramref name="found"/>, until that holds <paramref name="limit"/>.</summary>
    public void Search(SimSearch search, Func<Sim, Group?> groupOf, string? key, int limit, List<Sim> found)
    {
        Span<ulong> hits = stackalloc ulong[Capacity / 64];
        search.Match(field => Column(field, groupOf), hits, sims.Count);
        var from = sims.IndexAfterKey(KeyOf, key);
        for (var word = from / 64; word < hits.Length; word++)
        {
            var bits = word == from / 64 ? hits[word] & (ulong.MaxValue << (from % 64)) : hits[word];
            for (; bits != 0 && found.Count < limit; bits &= bits - 1)
            {
                found.Add(sims[(word * 64) + BitOperations.TrailingZeroCount(bits)]);
            }
        }
    }

    private SearchColumn Column(SearchField field, Func<Sim, Group?> groupOf) =>
        columns[field.Number] ??= new SearchColumn([.. sims.Select(sim => field.Values(sim, groupOf(sim)))]);
}
