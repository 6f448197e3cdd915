using System.Buffers.Binary;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>The order of SIMs by a column: blanks last, in whichever direction, and SIMs that are alike by their SIM id.</summary>
internal static class SimSorting
{
    private static readonly int SimIdField = IndexOfField(SimColumn.SimId);

    /// <summary>Compares two rows, of one index or of two.</summary>
    public static int Compare(SimColumn column, SimIndex left, int leftSlot, SimIndex right, int rightSlot)
    {
        var (a, b) = (left.Block(leftSlot), right.Block(rightSlot));
        var (i, j) = (leftSlot % SimBlock.Size, rightSlot % SimBlock.Size);
        var first = TimeOf(column) is { } time ? TimeKey(a, i, time).CompareTo(TimeKey(b, j, time))
            : FacetOf(column) is { } facet ? CompareFacets(facet, left, a.Codes(i), right, b.Codes(j))
            : CompareText(a.Field(IndexOfField(column), i), b.Field(IndexOfField(column), j));
        return first != 0 || column == SimColumn.SimId ? first : a.Field(SimIdField, i).SequenceCompareTo(b.Field(SimIdField, j));
    }

    /// <summary>Whether a row has nothing in a column.</summary>
    public static bool IsBlank(SimColumn column, SimIndex index, int slot)
    {
        var (block, row) = (index.Block(slot), slot % SimBlock.Size);
        return TimeOf(column) is { } time ? TimeKey(block, row, time) == uint.MaxValue
            : FacetOf(column) is { } facet ? FirstCode(facet, index, block.Codes(row)) < 0
            : block.Field(IndexOfField(column), row).IsEmpty;
    }

    /// <summary>Where a SIM id stands in an index: its slot, or null.</summary>
    public static int? Find(SimIndex index, ReadOnlySpan<byte> simId)
    {
        var order = index.Order(SimColumn.SimId);
        var (low, high) = (0, order.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var slot = order[middle];
            switch (index.Block(slot).Field(SimIdField, slot % SimBlock.Size).SequenceCompareTo(simId))
            {
                case 0:
                    return slot;
                case < 0:
                    low = middle + 1;
                    break;
                default:
                    high = middle - 1;
                    break;
            }
        }

        return null;
    }

    /// <summary>Sorts slots of an index by SIM id.</summary>
    public static void SortBySimId(SimIndex index, Span<int> slots) => SortText(index, SimIdField, slots, bytesDone: 0, new ulong[slots.Length], ranks: null);

    /// <summary>Sorts all rows of an index.</summary>
    public static int[] Sort(SimIndex index, SimColumn column)
    {
        var bySimId = index.Order(SimColumn.SimId);
        var slots = bySimId.ToArray();
        var keys = new ulong[slots.Length];
        if (TimeOf(column) is { } time)
        {
            for (var rank = 0; rank < slots.Length; rank++)
            {
                keys[rank] = ((ulong)TimeKey(index.Block(slots[rank]), slots[rank] % SimBlock.Size, time) << 32) | (uint)rank;
            }

            Array.Sort(keys, slots);
        }
        else if (FacetOf(column) is { } facet)
        {
            var places = PlacesOfValues(index.Facets, facet);
            for (var rank = 0; rank < slots.Length; rank++)
            {
                var code = FirstCode(facet, index, index.Block(slots[rank]).Codes(slots[rank] % SimBlock.Size));
                keys[rank] = ((ulong)(code < 0 ? uint.MaxValue : places[code]) << 32) | (uint)rank;
            }

            Array.Sort(keys, slots);
        }
        else
        {
            var ranks = new int[index.SlotCount];
            for (var rank = 0; rank < slots.Length; rank++)
            {
                ranks[slots[rank]] = rank;
            }

            SortText(index, IndexOfField(column), slots, bytesDone: 0, keys, ranks);
        }

        return slots;
    }

    /// <summary>Sorts by eight bytes of the field at a time, and only those again that are alike so far.</summary>
    private static void SortText(SimIndex index, int field, Span<int> slots, int bytesDone, Span<ulong> keys, int[]? ranks)
    {
        for (var i = 0; i < slots.Length; i++)
        {
            keys[i] = TextKey(index.Block(slots[i]).Field(field, slots[i] % SimBlock.Size), bytesDone);
        }

        keys.Sort(slots);
        for (var from = 0; from < slots.Length;)
        {
            var key = keys[from];
            var to = from + 1;
            while (to < slots.Length && keys[to] == key)
            {
                to++;
            }

            // The last byte of a key is zero where the field has ended: text holds no zero byte.
            if (to - from > 1 && ((byte)key == 0 || key == ulong.MaxValue))
            {
                SortByRank(slots[from..to], keys[from..to], ranks);
            }
            else if (to - from > 1)
            {
                SortText(index, field, slots[from..to], bytesDone + sizeof(ulong), keys[from..to], ranks);
            }

            from = to;
        }
    }

    private static void SortByRank(Span<int> slots, Span<ulong> keys, int[]? ranks)
    {
        if (ranks is null)
        {
            return;
        }

        for (var i = 0; i < slots.Length; i++)
        {
            keys[i] = (uint)ranks[slots[i]];
        }

        keys.Sort(slots);
    }

    private static ulong TextKey(ReadOnlySpan<byte> field, int bytesDone)
    {
        // A blank field comes last; no UTF-8 text begins with this byte.
        if (field.IsEmpty)
        {
            return ulong.MaxValue;
        }

        Span<byte> key = stackalloc byte[sizeof(ulong)];
        field = field[Math.Min(bytesDone, field.Length)..];
        field[..Math.Min(field.Length, key.Length)].CopyTo(key);
        return BinaryPrimitives.ReadUInt64BigEndian(key);
    }

    private static int CompareText(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) =>
        left.IsEmpty || right.IsEmpty ? left.IsEmpty.CompareTo(right.IsEmpty) : left.SequenceCompareTo(right);

    private static int CompareFacets(SimFacet facet, SimIndex left, ReadOnlySpan<int> leftCodes, SimIndex right, ReadOnlySpan<int> rightCodes)
    {
        var (a, b) = (FirstCode(facet, left, leftCodes), FirstCode(facet, right, rightCodes));
        return a < 0 || b < 0 ? (a < 0).CompareTo(b < 0) : string.CompareOrdinal(left.Facets[a].Value, right.Facets[b].Value);
    }

    /// <summary>The code of a row's first value of a facet; -1 when it has none or a blank one.</summary>
    private static int FirstCode(SimFacet facet, SimIndex index, ReadOnlySpan<int> codes)
    {
        foreach (var code in codes)
        {
            if (index.Facets[code].Facet == facet)
            {
                return index.Facets[code].Value.Length == 0 ? -1 : code;
            }
        }

        return -1;
    }

    /// <summary>For each code of a facet, its place among them in the order of values.</summary>
    private static uint[] PlacesOfValues(FacetTable facets, SimFacet facet)
    {
        var codes = Enumerable.Range(0, facets.Count).Where(code => facets[code].Facet == facet).ToArray();
        var places = new uint[facets.Count];
        uint place = 0;
        foreach (var code in codes.OrderBy(code => facets[code].Value, StringComparer.Ordinal))
        {
            places[code] = place++;
        }

        return places;
    }

    private static uint TimeKey(SimBlock block, int row, SimTime time) =>
        block.Time(time, row) is var minutes and not SimBlock.NoTime ? unchecked((uint)minutes + 0x8000_0000) : uint.MaxValue;

    private static SimTime? TimeOf(SimColumn column) => column switch
    {
        SimColumn.LastHeard => SimTime.LastHeard,
        SimColumn.Expiry => SimTime.Expiry,
        SimColumn.Created => SimTime.Created,
        SimColumn.Modified => SimTime.Modified,
        _ => null,
    };

    private static SimFacet? FacetOf(SimColumn column) => column switch
    {
        SimColumn.Status => SimFacet.Status,
        SimColumn.Session => SimFacet.Session,
        SimColumn.Subscription => SimFacet.Subscription,
        SimColumn.ModuleType => SimFacet.ModuleType,
        SimColumn.SpeedClass => SimFacet.SpeedClass,
        _ => null,
    };

    private static int IndexOfField(SimColumn column)
    {
        for (var i = 0; i < SearchText.Fields.Count; i++)
        {
            if (SearchText.Fields[i] == column)
            {
                return i;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(column), column, "Not a field of the text.");
    }
}
