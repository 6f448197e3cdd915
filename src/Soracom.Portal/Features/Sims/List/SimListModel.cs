using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>
/// What a list of SIMs shows: a view, the rows around those in sight, and how fresh they are. The answer to an earlier question never
/// takes the place of a later one's.
/// </summary>
public sealed class SimListModel : IDisposable
{
    /// <summary>Rows asked for beyond each end of those that are drawn, so that scrolling a little asks for nothing.</summary>
    private const int Beyond = 60;

    /// <summary>How often is looked for what has changed while the vendor is being read.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Func<SimLookup, CancellationToken, Task<SimListing>> find;
    private readonly TimeProvider clock;
    private readonly SimPicks picks;
    private CancellationTokenSource current = new();
    private (int First, int Count) drawn = (0, 40);
    private int firstRow;
    private SimQuery? answered;
    private bool disposed;

    /// <param name="find">Finds SIMs.</param>
    /// <param name="findIds">Finds the ids of SIMs, more of them at a time.</param>
    /// <param name="clock">The clock.</param>
    internal SimListModel(Func<SimLookup, CancellationToken, Task<SimListing>> find, Func<SimLookup, CancellationToken, Task<IReadOnlyList<FoundSim>>> findIds, TimeProvider clock)
    {
        this.find = find;
        this.clock = clock;
        picks = new SimPicks(
            row => At(row) is { } sim ? SimKey.Of(sim) : null,
            async (first, count) => [.. (await findIds(Query.Lookup(clock.GetUtcNow()) with { Skip = first, Take = count }, CancellationToken.None)).Select(SimKey.Of)]);
    }

    /// <summary>The view.</summary>
    internal SimQuery Query { get; private set; } = SimQuery.All;

    /// <summary>What was found; null before the first answer.</summary>
    internal SimListing? Listing { get; private set; }

    /// <summary>What is selected.</summary>
    internal SimSelection Selection => picks.Selection;

    /// <summary>Whether somebody wanted to select from one row to another that is too far away.</summary>
    internal bool IsTooFar => picks.IsTooFar;

    /// <summary>Whether a selection of all that an earlier view found has ended with that view, and nothing was selected since.</summary>
    internal bool HasSelectionEnded { get; private set; }

    /// <summary>Whether what is shown is the answer to an earlier view.</summary>
    internal bool IsBehind => answered != Query;

    /// <summary>Whether an account is being read, so that more or other SIMs are to be expected.</summary>
    internal bool IsWalked => Listing?.Accounts.Any(account => account.IsWalked) == true;

    /// <summary>Whether a refresh can be asked for: this instance of the portal reads accounts, as far as is known.</summary>
    internal bool IsReadHere => Listing?.Accounts.Any(account => !account.IsReadHere) != true;

    /// <summary>Whether other SIMs may come without anybody's doing: an account is being read, or another instance is about to.</summary>
    private bool IsExpecting => IsWalked || Listing?.Accounts.Any(account => account is { CompleteAsOf: null, IsReadHere: false }) == true;

    /// <summary>How many SIMs the view finds.</summary>
    internal int Total => Listing?.Total ?? 0;

    /// <summary>A row; null where it is not there yet.</summary>
    internal ListedSim? At(int row) => Listing is { } listing && row >= firstRow && row < firstRow + listing.Rows.Count ? listing.Rows[row - firstRow] : null;

    /// <summary>Shows a view from its beginning. A selection of all that another one found ends.</summary>
    /// <returns>True when it is there; false when another was asked for meanwhile.</returns>
    internal Task<bool> ShowAsync(SimQuery query)
    {
        picks.Forget();
        if (query with { SortBy = Query.SortBy, Descending = Query.Descending } != Query && Selection is SimSelection.Matching)
        {
            SelectNone();
            HasSelectionEnded = true;
        }

        (Query, drawn) = (query, (0, drawn.Count));
        return AskAsync();
    }

    /// <summary>Makes sure that the rows are there that are about to be drawn.</summary>
    /// <returns>True when they are; false when something else was asked for meanwhile.</returns>
    internal Task<bool> DrawAsync(int first, int count)
    {
        drawn = (first, count);
        var end = Math.Min(first + count, Total);
        // Before the first view there is nothing to draw.
        return Listing is not { } listing || (!IsBehind && (end <= first || (first >= firstRow && end <= firstRow + listing.Rows.Count))) ? Task.FromResult(true) : AskAsync();
    }

    /// <summary>Asks once more.</summary>
    /// <returns>True when the answer is there; false when something else was asked for meanwhile.</returns>
    internal async Task<bool> AskAsync()
    {
        if (disposed)
        {
            return false;
        }

        var before = current;
        var mine = current = new CancellationTokenSource();
        var token = mine.Token;
        await before.CancelAsync();
        // What the earlier question was for may have gone with it, the whole page for one.
        if (mine != current || disposed)
        {
            return false;
        }

        var query = Query;
        var first = Math.Max(0, drawn.First - Beyond);
        var lookup = query.Lookup(clock.GetUtcNow()) with { Skip = first, Take = Math.Min(SimList.MostRows, drawn.Count + (2 * Beyond)) };
        try
        {
            var found = await find(lookup, token);
            if (mine != current || disposed)
            {
                return false;
            }

            (Listing, firstRow, answered) = (found, first, query);
            return true;
        }
        catch (OperationCanceledException) when (mine != current || disposed)
        {
            return false;
        }
    }

    /// <summary>Asks again and again while an account is being read.</summary>
    /// <param name="changed">Called with each answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task FollowAsync(Action changed, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pace, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (IsExpecting && !IsBehind && await AskAsync())
                {
                    changed();
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is left.
        }
        catch (PermissionDeniedException)
        {
            // The right has ended, and what watches over it takes the page away: nobody did anything here.
        }
    }

    /// <summary>Selects a row, or gives it up.</summary>
    internal void Toggle(int row)
    {
        HasSelectionEnded = false;
        picks.Toggle(row);
    }

    /// <summary>Selects all rows from one to another; see <see cref="SimPicks.ExtendAsync"/>.</summary>
    internal Task ExtendAsync(int to, int? from = null)
    {
        HasSelectionEnded = false;
        return picks.ExtendAsync(to, from);
    }

    /// <summary>Selects all that the view finds.</summary>
    internal void SelectAll() => Choose(new SimSelection.Matching(Query, Total, []));

    /// <summary>Gives the selection up.</summary>
    internal void SelectNone() => Choose(SimSelection.None);

    private void Choose(SimSelection selection)
    {
        HasSelectionEnded = false;
        picks.Choose(selection);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        disposed = true;
        current.Cancel();
        current.Dispose();
    }
}
