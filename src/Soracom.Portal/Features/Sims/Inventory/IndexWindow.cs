namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>The wanted window out of what was found in several indexes, without sorting what is not in it.</summary>
internal static class IndexWindow
{
    public static IReadOnlyList<(int Index, string SimId)> Of(IndexSearch.OneIndex[] searches, SimLookup lookup, int total)
    {
        var take = Math.Min(lookup.Take, total - lookup.Skip);
        if (take <= 0)
        {
            return [];
        }

        // Whatever is within the first rows of the whole is within as many of its own index.
        var lists = new int[searches.Length][];
        var most = lookup.Skip + take;
        if (total < 10_000)
        {
            for (var i = 0; i < lists.Length; i++)
            {
                lists[i] = InOrder(searches[i], lookup, most);
            }
        }
        else
        {
            Parallel.For(0, lists.Length, i => lists[i] = InOrder(searches[i], lookup, most));
        }

        var starts = searches.Length == 1 ? [lookup.Skip] : StartsAfter(searches, lists, lookup);
        return Merged(searches, lists, starts, lookup, take);
    }

    /// <summary>The first slots found of one index, in the order that is wanted.</summary>
    private static int[] InOrder(IndexSearch.OneIndex search, SimLookup lookup, int most)
    {
        var list = new int[Math.Min(most, search.Found)];
        if (list.Length == 0)
        {
            return list;
        }

        var order = search.Index.Order(lookup.RowOrder);
        var blanks = lookup.Descending ? FirstBlank(search.Index, lookup.RowOrder, order) : 0;
        var taken = 0;
        for (var i = 0; taken < list.Length; i++)
        {
            // Backwards, the blanks stay behind the rest.
            var slot = order[!lookup.Descending ? i : i < blanks ? blanks - 1 - i : order.Length - 1 - (i - blanks)];
            if (search.Has(slot))
            {
                list[taken++] = slot;
            }
        }

        return list;
    }

    /// <summary>Where the blanks begin, which an order has at its end.</summary>
    private static int FirstBlank(SimIndex index, SimColumn column, ReadOnlySpan<int> order)
    {
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = SimSorting.IsBlank(column, index, order[middle]) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    /// <summary>
    /// For each list, how many of its rows come before the window: halves what is open between the lists' ends until as many rows as are
    /// to be passed over lie before, so that a window deep down costs little more than the first.
    /// </summary>
    private static int[] StartsAfter(IndexSearch.OneIndex[] searches, int[][] lists, SimLookup lookup)
    {
        var low = new int[lists.Length];
        var high = lists.Select(list => list.Length).ToArray();
        var cut = new int[lists.Length];
        while (true)
        {
            var widest = WidestOpen(low, high);
            if (widest < 0)
            {
                return low;
            }

            // All that come before the pivot are counted; then either the pivot and what follows, or all before it and itself, are settled.
            var middle = (low[widest] + high[widest]) / 2;
            var before = 0;
            for (var i = 0; i < lists.Length; i++)
            {
                cut[i] = i == widest ? middle : PlaceOf(searches, lists, i, low[i], high[i], widest, lists[widest][middle], lookup);
                before += cut[i];
            }

            if (before < lookup.Skip)
            {
                cut.CopyTo(low, 0);
                low[widest] = middle + 1;
            }
            else
            {
                cut.CopyTo(high, 0);
            }
        }
    }

    private static int WidestOpen(int[] low, int[] high)
    {
        var widest = -1;
        var width = 0;
        for (var i = 0; i < low.Length; i++)
        {
            if (high[i] - low[i] > width)
            {
                (widest, width) = (i, high[i] - low[i]);
            }
        }

        return widest;
    }

    /// <summary>How many rows of a list come before a row of another one.</summary>
    private static int PlaceOf(IndexSearch.OneIndex[] searches, int[][] lists, int list, int low, int high, int other, int slot, SimLookup lookup)
    {
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Compare(searches, lookup, list, lists[list][middle], other, slot) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static List<(int Index, string SimId)> Merged(IndexSearch.OneIndex[] searches, int[][] lists, int[] starts, SimLookup lookup, int take)
    {
        var next = (int[])starts.Clone();
        var queue = new PriorityQueue<int, int>(Comparer<int>.Create((left, right) => Compare(searches, lookup, left, lists[left][next[left]], right, lists[right][next[right]])));
        for (var i = 0; i < lists.Length; i++)
        {
            if (next[i] < lists[i].Length)
            {
                queue.Enqueue(i, i);
            }
        }

        var rows = new List<(int Index, string SimId)>(take);
        while (rows.Count < take)
        {
            var list = queue.Dequeue();
            rows.Add((list, searches[list].Index.SimId(lists[list][next[list]])));
            next[list]++;
            if (next[list] < lists[list].Length)
            {
                queue.Enqueue(list, list);
            }
        }

        return rows;
    }

    private static int Compare(IndexSearch.OneIndex[] searches, SimLookup lookup, int left, int leftSlot, int right, int rightSlot)
    {
        if (lookup.SortBy == SimColumn.Tenant && searches[left].Place.CompareTo(searches[right].Place) is var tenants and not 0)
        {
            return lookup.Descending ? -tenants : tenants;
        }

        var order = SimSorting.Compare(lookup.RowOrder, searches[left].Index, leftSlot, searches[right].Index, rightSlot);
        order = order != 0 ? order : left.CompareTo(right);
        if (!lookup.Descending)
        {
            return order;
        }

        var blanks = SimSorting.IsBlank(lookup.RowOrder, searches[left].Index, leftSlot).CompareTo(SimSorting.IsBlank(lookup.RowOrder, searches[right].Index, rightSlot));
        return blanks != 0 ? blanks : -order;
    }
}
