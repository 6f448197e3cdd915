using System.Numerics;
using System.Text;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Looks through indexes: each block's text for the words, then the codes of the rows found for the filters and the counts, then the
/// window out of the rows in their order.
/// </summary>
internal static class IndexSearch
{
    /// <summary>Below so many blocks, other threads cost more than they bring.</summary>
    private const int FewBlocks = 4;

    public static SimsFound Run(IReadOnlyList<SimIndex> indexes, SimLookup lookup) => Run([.. indexes.Select(index => new SearchedIndex(index))], lookup);

    public static SimsFound Run(IReadOnlyList<SearchedIndex> indexes, SimLookup lookup)
    {
        var words = lookup.Words.OrderByDescending(word => word.Length).Select(Encoding.UTF8.GetBytes).ToArray();
        var searches = indexes.Select(index => new OneIndex(index, lookup, words)).ToArray();
        var blocks = searches.SelectMany(search => Enumerable.Range(0, search.Index.Blocks.Count).Select(block => (search, block))).ToArray();
        if (blocks.Length < FewBlocks)
        {
            foreach (var (search, block) in blocks)
            {
                search.Look(block);
            }
        }
        else
        {
            Parallel.For(0, blocks.Length, i => blocks[i].search.Look(blocks[i].block));
        }

        var total = searches.Sum(search => search.Found);
        return new SimsFound(total, IndexWindow.Of(searches, lookup, total), Counts(searches)) { InEach = [.. searches.Select(search => search.Counted)] };
    }

    private static Dictionary<(SimFacet Facet, string Value), int> Counts(OneIndex[] searches)
    {
        var counts = new Dictionary<(SimFacet Facet, string Value), int>();
        foreach (var search in searches.Where(search => !search.IsLeftOut))
        {
            for (var code = 0; code < search.Counts.Length; code++)
            {
                if (search.Counts[code] > 0)
                {
                    var (facet, value) = search.Index.Facets[code];
                    counts[(facet, value)] = counts.GetValueOrDefault((facet, value)) + search.Counts[code];
                }
            }
        }

        return counts;
    }

    /// <summary>A search of one index: filled block by block, by any thread.</summary>
    internal sealed class OneIndex
    {
        private readonly byte[][] words;
        private readonly SimTimeSpan[] times;

        /// <summary>For each code, the bit of the filter that it satisfies; 0 for none.</summary>
        private readonly ushort[] satisfies;

        /// <summary>For each code, the bit of its facet, whether filtered by or not.</summary>
        private readonly ushort[] facetBits;
        private readonly ushort required;
        private readonly ulong[] found;
        private int foundCount;

        public OneIndex(SearchedIndex searched, SimLookup lookup, byte[][] words)
        {
            var index = Index = searched.Index;
            (Place, IsLeftOut) = (searched.Place, searched.IsLeftOut);
            this.words = words;
            times = [.. lookup.Times];
            Counts = new int[index.Facets.Count];
            facetBits = new ushort[Counts.Length];
            satisfies = new ushort[Counts.Length];
            for (var code = 0; code < Counts.Length; code++)
            {
                var (facet, value) = index.Facets[code];
                facetBits[code] = Bit(facet);
                satisfies[code] = lookup.Facets.TryGetValue(facet, out var wanted) && wanted.Contains(value, StringComparer.Ordinal) ? Bit(facet) : (ushort)0;
            }

            foreach (var (facet, wanted) in lookup.Facets)
            {
                required |= wanted.Count > 0 ? Bit(facet) : (ushort)0;
            }

            found = new ulong[index.Blocks.Count * SimBlock.Words];
        }

        public SimIndex Index { get; }

        /// <summary>The place of its tenant among the others.</summary>
        public int Place { get; }

        /// <summary>Whether its rows are only counted.</summary>
        public bool IsLeftOut { get; }

        /// <summary>How many rows it brings.</summary>
        public int Found => IsLeftOut ? 0 : foundCount;

        /// <summary>How many rows it brings, or would.</summary>
        public int Counted => foundCount;

        /// <summary>By code, how many rows have it that fail no other facet's filter.</summary>
        public int[] Counts { get; }

        public bool Has(int slot) => (found[slot >> 6] & (1ul << slot)) != 0;

        public void Look(int number)
        {
            var block = Index.Blocks[number];
            Span<ulong> rows = stackalloc ulong[SimBlock.Words];
            rows.Clear();
            if (words.Length == 0)
            {
                block.MarkAll(rows);
            }
            else
            {
                block.Find(words[0], rows);
            }

            Span<int> counts = Counts.Length <= 256 ? stackalloc int[Counts.Length] : new int[Counts.Length];
            counts.Clear();
            var passed = 0;
            for (var word = 0; word < rows.Length; word++)
            {
                for (var left = rows[word]; left != 0; left &= left - 1)
                {
                    var row = (word << 6) + BitOperations.TrailingZeroCount(left);
                    if (HoldsAll(block, row) && InTime(block, row) && Passes(block.Codes(row), counts))
                    {
                        passed++;
                    }
                    else
                    {
                        rows[word] &= ~(1ul << row);
                    }
                }
            }

            rows.CopyTo(found.AsSpan(number * SimBlock.Words));
            Interlocked.Add(ref foundCount, passed);
            for (var code = 0; code < counts.Length; code++)
            {
                if (counts[code] > 0)
                {
                    Interlocked.Add(ref Counts[code], counts[code]);
                }
            }
        }

        private static ushort Bit(SimFacet facet) => (ushort)(1 << (int)facet);

        private bool HoldsAll(SimBlock block, int row)
        {
            for (var i = 1; i < words.Length; i++)
            {
                if (block.Text(row).IndexOf(words[i]) < 0)
                {
                    return false;
                }
            }

            return true;
        }

        private bool InTime(SimBlock block, int row)
        {
            foreach (var span in times)
            {
                if (block.Time(span.Time, row) is var time && (time < span.From || time > span.To))
                {
                    return false;
                }
            }

            return true;
        }

        /// <summary>Whether a row passes every facet's filter. Counts its values where it fails none, or only that of the value's own facet.</summary>
        private bool Passes(ReadOnlySpan<int> codes, Span<int> counts)
        {
            var failed = (int)required;
            foreach (var code in codes)
            {
                // Codes newer than this search belong to no row of its blocks.
                failed &= ~satisfies[code];
            }

            if (failed == 0)
            {
                foreach (var code in codes)
                {
                    counts[code]++;
                }

                return true;
            }

            if (BitOperations.IsPow2(failed))
            {
                foreach (var code in codes)
                {
                    if (facetBits[code] == failed)
                    {
                        counts[code]++;
                    }
                }
            }

            return false;
        }
    }
}
