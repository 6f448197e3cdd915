using System.Buffers;

namespace Soracom.Portal.Features.Sims.Inventory;

/// <summary>
/// Some thousand rows of an index, column by column, which never change: a changed row makes a new block. All text lies in one piece,
/// so that looking through it goes as fast as memory can be read.
/// </summary>
internal sealed class SimBlock
{
    /// <summary>Rows in a full block: few enough to be copied for a change, enough that the steps between blocks cost nothing.</summary>
    public const int Size = 4096;

    /// <summary>Numbers of 64 rows' bits.</summary>
    public const int Words = Size / 64;

    /// <summary>What stands for "none" among times.</summary>
    public const int NoTime = int.MinValue;

    private static readonly DateTimeOffset Zero = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly byte[] text;
    private readonly int[] textEnds;
    private readonly int[] codes;
    private readonly int[] codeEnds;
    private readonly int[][] times;

    private SimBlock(byte[] text, int[] textEnds, int[] codes, int[] codeEnds, int[][] times)
    {
        this.text = text;
        this.textEnds = textEnds;
        this.codes = codes;
        this.codeEnds = codeEnds;
        this.times = times;
    }

    /// <summary>Rows, among them those that are gone.</summary>
    public int Count => textEnds.Length;

    public int TextLength => text.Length;

    public ReadOnlySpan<byte> AllText => text;

    public ReadOnlySpan<byte> Text(int row) => text.AsSpan(TextStart(row)..textEnds[row]);

    /// <summary>The codes of a row's facet values.</summary>
    public ReadOnlySpan<int> Codes(int row) => codes.AsSpan((row == 0 ? 0 : codeEnds[row - 1])..codeEnds[row]);

    /// <summary>Whether a row's SIM has gone; nothing is left of it but its place.</summary>
    public bool IsGone(int row) => TextStart(row) == textEnds[row];

    /// <summary>A time of a row in minutes, or <see cref="NoTime"/>.</summary>
    public int Time(SimTime time, int row) => times[(int)time][row];

    /// <summary>One of <see cref="SearchText.Fields"/> of a row; the last, the tags, has a field end after each.</summary>
    public ReadOnlySpan<byte> Field(int field, int row)
    {
        var rest = Text(row);
        for (var before = 0; before < field; before++)
        {
            rest = rest[(rest.IndexOf(SearchText.FieldEnd) + 1)..];
        }

        return field == SearchText.Fields.Count - 1 ? rest[..^1] : rest[..rest.IndexOf(SearchText.FieldEnd)];
    }

    /// <summary>Sets a bit for each row that there is.</summary>
    public void MarkAll(Span<ulong> rows)
    {
        for (var row = 0; row < Count; row++)
        {
            if (!IsGone(row))
            {
                rows[row >> 6] |= 1ul << row;
            }
        }
    }

    /// <summary>Sets a bit for each row whose text holds a word.</summary>
    public void Find(ReadOnlySpan<byte> word, Span<ulong> rows)
    {
        var (row, position) = (0, 0);
        while (text.AsSpan(position).IndexOf(word) is var step and >= 0)
        {
            row = RowAt(position + step, row);
            if (position + step + word.Length > textEnds[row])
            {
                // A word that begins with a field's end may reach from one row into the next.
                position = textEnds[row];
                continue;
            }

            rows[row >> 6] |= 1ul << row;
            position = textEnds[row];
        }
    }

    /// <summary>This block with rows put in place of others (null: gone) and rows added.</summary>
    public SimBlock With(IReadOnlyDictionary<int, IndexedSim?> changed, ReadOnlySpan<IndexedSim> added, FacetTable facets)
    {
        var builder = new Builder(Count + added.Length, TextLength, facets);
        for (var row = 0; row < Count; row++)
        {
            if (!changed.TryGetValue(row, out var sim))
            {
                builder.Copy(this, row);
            }
            else if (sim is null)
            {
                builder.AddGone();
            }
            else
            {
                builder.Add(sim);
            }
        }

        foreach (var sim in added)
        {
            builder.Add(sim);
        }

        return builder.Build();
    }

    /// <summary>A time as blocks hold it.</summary>
    public static int Minutes(DateTimeOffset? time) => time is { } some ? (int)(some - Zero).TotalMinutes : NoTime;

    public static SimBlock Of(ReadOnlySpan<IndexedSim> sims, FacetTable facets)
    {
        var builder = new Builder(sims.Length, sims.Length * 128, facets);
        foreach (var sim in sims)
        {
            builder.Add(sim);
        }

        return builder.Build();
    }

    private int TextStart(int row) => row == 0 ? 0 : textEnds[row - 1];

    /// <summary>The row at a place in the text, from one on that is not behind it: often that one or the next, so in growing steps.</summary>
    private int RowAt(int place, int from)
    {
        var step = 1;
        var (low, high) = (from, from);
        while (high < Count && textEnds[high] <= place)
        {
            low = high + 1;
            high += step;
            step *= 2;
        }

        high = Math.Min(high, Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = textEnds[middle] <= place ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>Puts a block together.</summary>
    private sealed class Builder(int rows, int textLength, FacetTable facets)
    {
        private readonly ArrayBufferWriter<byte> text = new(Math.Max(textLength, 1));
        private readonly List<int> textEnds = new(rows);
        private readonly List<int> codes = new(rows * 10);
        private readonly List<int> codeEnds = new(rows);
        private readonly List<int>[] times = [new(rows), new(rows), new(rows), new(rows)];

        public void Add(IndexedSim sim)
        {
            SearchText.Write(sim, text);
            facets.NameGroup(sim.GroupId, sim.GroupName);
            foreach (var (facet, value) in sim.FacetValues)
            {
                codes.Add(facets.CodeOf(facet, value));
            }

            EndRow(Minutes(sim.LastHeard), Minutes(sim.Expiry), Minutes(sim.Created), Minutes(sim.Modified));
        }

        public void AddGone() => EndRow(NoTime, NoTime, NoTime, NoTime);

        public void Copy(SimBlock block, int row)
        {
            text.Write(block.Text(row));
            codes.AddRange(block.Codes(row));
            EndRow(block.times[0][row], block.times[1][row], block.times[2][row], block.times[3][row]);
        }

        public SimBlock Build() => new(text.WrittenSpan.ToArray(), [.. textEnds], [.. codes], [.. codeEnds], [.. times.Select(column => column.ToArray())]);

        private void EndRow(int heard, int expiry, int created, int modified)
        {
            textEnds.Add(text.WrittenCount);
            codeEnds.Add(codes.Count);
            times[(int)SimTime.LastHeard].Add(heard);
            times[(int)SimTime.Expiry].Add(expiry);
            times[(int)SimTime.Created].Add(created);
            times[(int)SimTime.Modified].Add(modified);
        }
    }
}

/// <summary>The times that an index keeps, to the minute.</summary>
internal enum SimTime
{
    LastHeard,
    Expiry,
    Created,
    Modified,
}
