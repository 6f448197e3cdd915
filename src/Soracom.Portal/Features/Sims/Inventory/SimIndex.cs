using System.Collections.Concurrent;
using System.Text;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// All SIMs of one account in memory, as far as a list can be searched, narrowed and sorted by. It never changes: a change makes a new
/// index that shares with this one what has stayed the same, so that a search always sees one moment.
/// </summary>
internal sealed class SimIndex
{
    private readonly SimBlock[] blocks;
    private readonly ConcurrentDictionary<SimColumn, int[]> orders = new();

    private SimIndex(SimBlock[] blocks, FacetTable facets)
    {
        this.blocks = blocks;
        Facets = facets;
    }

    public FacetTable Facets { get; }

    /// <summary>How many SIMs it holds.</summary>
    public int Count => orders[SimColumn.SimId].Length;

    public IReadOnlyList<SimBlock> Blocks => blocks;

    /// <summary>Places for SIMs, among them those of SIMs that are gone.</summary>
    public int SlotCount => blocks.Length == 0 ? 0 : ((blocks.Length - 1) * SimBlock.Size) + blocks[^1].Count;

    public SimBlock Block(int slot) => blocks[slot / SimBlock.Size];

    public string SimId(int slot) => Encoding.UTF8.GetString(Block(slot).Field(1, slot % SimBlock.Size));

    /// <summary>The slots of all SIMs in the order of a column, made when it is first asked for.</summary>
    public ReadOnlySpan<int> Order(SimColumn column) => orders.TryGetValue(column, out var known) ? known : orders.GetOrAdd(column, Sorted);

    /// <summary>An index of SIMs as they come, each once: what has come is taken in while the next are read.</summary>
    public static async Task<SimIndex> OfAsync(IAsyncEnumerable<IndexedSim> sims, CancellationToken cancellationToken)
    {
        var facets = new FacetTable();
        var making = new List<Task<SimBlock>>();
        var count = 0;
        await foreach (var chunk in sims.Chunk(SimBlock.Size).WithCancellation(cancellationToken))
        {
            count += chunk.Length;
            making.Add(Task.Run(() => SimBlock.Of(chunk, facets), cancellationToken));
        }

        var index = new SimIndex(await Task.WhenAll(making), facets);
        var slots = Enumerable.Range(0, count).ToArray();
        SimSorting.SortBySimId(index, slots);
        index.orders[SimColumn.SimId] = slots;
        return index;
    }

    /// <summary>This index after a change.</summary>
    /// <param name="put">SIMs as they are now; new ones are added. Each at most once.</param>
    /// <param name="gone">Ids of SIMs that are no longer there; those that it does not know are passed over.</param>
    public SimIndex With(IReadOnlyCollection<IndexedSim> put, IReadOnlyCollection<string> gone)
    {
        var changed = new Dictionary<int, Dictionary<int, IndexedSim?>>();
        var added = new List<IndexedSim>();
        foreach (var simId in gone)
        {
            if (Find(simId) is { } slot)
            {
                Change(slot, null);
            }
        }

        foreach (var sim in put)
        {
            if (Find(sim.SimId) is { } slot)
            {
                Change(slot, sim);
            }
            else
            {
                added.Add(sim);
            }
        }

        var next = new SimIndex(Rebuilt(changed, added), Facets);
        var moved = changed.SelectMany(block => block.Value.Keys.Select(row => (block.Key * SimBlock.Size) + row)).ToHashSet();
        var placed = changed.SelectMany(block => block.Value.Where(row => row.Value is not null).Select(row => (block.Key * SimBlock.Size) + row.Key))
            .Concat(Enumerable.Range(SlotCount, added.Count))
            .ToArray();
        next.orders[SimColumn.SimId] = next.Merged(SimColumn.SimId, orders[SimColumn.SimId], moved, placed);
        foreach (var (column, order) in orders)
        {
            if (column != SimColumn.SimId && placed.Length + moved.Count < order.Length / 8)
            {
                next.orders[column] = next.Merged(column, order, moved, placed);
            }
        }

        return next;

        void Change(int slot, IndexedSim? sim)
        {
            if (!changed.TryGetValue(slot / SimBlock.Size, out var rows))
            {
                changed[slot / SimBlock.Size] = rows = [];
            }

            rows[slot % SimBlock.Size] = sim;
        }
    }

    private int? Find(string simId) => SimSorting.Find(this, Encoding.UTF8.GetBytes(Folding.Fold(simId)));

    private int[] Sorted(SimColumn column) => SimSorting.Sort(this, column);

    private SimBlock[] Rebuilt(Dictionary<int, Dictionary<int, IndexedSim?>> changed, List<IndexedSim> added)
    {
        var next = new List<SimBlock>(blocks);
        foreach (var (block, rows) in changed)
        {
            next[block] = next[block].With(rows, [], Facets);
        }

        var toAdd = added.ToArray().AsSpan();
        if (next.Count > 0 && next[^1].Count < SimBlock.Size && !toAdd.IsEmpty)
        {
            var fitting = Math.Min(toAdd.Length, SimBlock.Size - next[^1].Count);
            next[^1] = next[^1].With(new Dictionary<int, IndexedSim?>(), toAdd[..fitting], Facets);
            toAdd = toAdd[fitting..];
        }

        for (; !toAdd.IsEmpty; toAdd = toAdd[Math.Min(SimBlock.Size, toAdd.Length)..])
        {
            next.Add(SimBlock.Of(toAdd[..Math.Min(SimBlock.Size, toAdd.Length)], Facets));
        }

        return [.. next];
    }

    /// <summary>An order of an earlier index, without some slots and with others put where they belong.</summary>
    private int[] Merged(SimColumn column, int[] earlier, HashSet<int> without, int[] with)
    {
        var placed = with.ToArray();
        Array.Sort(placed, (left, right) => SimSorting.Compare(column, this, left, this, right));
        var kept = without.Count == 0 ? earlier : Array.FindAll(earlier, slot => !without.Contains(slot));
        var merged = new int[kept.Length + placed.Length];
        var from = 0;
        for (var i = 0; i < placed.Length; i++)
        {
            var to = Place(column, kept, from, placed[i]);
            kept.AsSpan(from..to).CopyTo(merged.AsSpan(from + i));
            merged[to + i] = placed[i];
            from = to;
        }

        kept.AsSpan(from).CopyTo(merged.AsSpan(from + placed.Length));
        return merged;
    }

    /// <summary>The first place, from one on, whose slot comes after another.</summary>
    private int Place(SimColumn column, int[] order, int from, int slot)
    {
        var (low, high) = (from, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = SimSorting.Compare(column, this, order[middle], this, slot) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
