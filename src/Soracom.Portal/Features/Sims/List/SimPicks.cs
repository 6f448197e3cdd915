using Soracom.Portal.Features.Sims.Inventory;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>What is selected in a list, row by row and from one row to another.</summary>
/// <param name="at">The SIM of a row; null where it is not there.</param>
/// <param name="read">The SIMs of rows that are not there, from the first on.</param>
internal sealed class SimPicks(Func<int, SimKey?> at, Func<int, int, Task<IReadOnlyList<SimKey>>> read)
{
    /// <summary>The most rows from one to another: longer stretches are selected by a view.</summary>
    public const int MostInRange = SimList.MostIds;

    private Range? range;

    /// <summary>What is selected.</summary>
    public SimSelection Selection { get; private set; } = SimSelection.None;

    /// <summary>Whether the other row was too far away, so that nothing was selected.</summary>
    public bool IsTooFar { get; private set; }

    /// <summary>Selects something else.</summary>
    public void Choose(SimSelection selection)
    {
        Selection = selection;
        Forget();
    }

    /// <summary>Forgets from where on is selected: the rows are others now.</summary>
    public void Forget() => (range, IsTooFar) = (null, false);

    /// <summary>Selects a row, or gives it up.</summary>
    public void Toggle(int row)
    {
        if (at(row) is { } sim)
        {
            Choose(Selection.Toggle(sim));
            Begin(row, sim, Selection.Contains(sim));
        }
    }

    /// <summary>
    /// Selects all rows from one to another; where that one was just given up, gives them all up. As long as it goes on from the same
    /// row, the stretch grows and shrinks.
    /// </summary>
    /// <param name="to">The other row.</param>
    /// <param name="from">The row that the keyboard comes from; null for the one that was selected last.</param>
    public async Task ExtendAsync(int to, int? from)
    {
        if (from is { } start && range?.End != start && at(start) is { } sim)
        {
            Begin(start, sim, selects: true);
        }

        if (range is null)
        {
            Toggle(to);
            return;
        }

        var mine = range = range with { End = to };
        var (first, count) = (Math.Min(mine.Start, to), Math.Abs(mine.Start - to) + 1);
        IsTooFar = count > MostInRange;
        if (IsTooFar)
        {
            return;
        }

        var sims = Known(first, count) ?? await read(first, count);
        if (!ReferenceEquals(mine, range))
        {
            // Another row was meant meanwhile.
            return;
        }

        if (sims.Contains(mine.Sim))
        {
            Selection = mine.Before.With(sims, mine.Selects);
        }
        else
        {
            // The list was read anew meanwhile and its rows have moved: what lies between is not what was seen.
            Forget();
            Toggle(to);
        }
    }

    private void Begin(int row, SimKey sim, bool selects) => range = new Range(row, sim, selects, Selection, row);

    private List<SimKey>? Known(int first, int count)
    {
        var sims = new List<SimKey>();
        for (var row = first; row < first + count; row++)
        {
            if (at(row) is not { } sim)
            {
                return null;
            }

            sims.Add(sim);
        }

        return sims;
    }

    /// <summary>A stretch of rows.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="Sim">The SIM there.</param>
    /// <param name="Selects">Whether its rows are selected, or given up.</param>
    /// <param name="Before">What was selected before it.</param>
    /// <param name="End">Where it ends now, on either side of the beginning.</param>
    private sealed record Range(int Start, SimKey Sim, bool Selects, SimSelection Before, int End);
}
