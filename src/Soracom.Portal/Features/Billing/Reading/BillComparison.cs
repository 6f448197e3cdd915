namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>Two months' rows beside each other: what changed, and by how much.</summary>
internal static class BillComparison
{
    /// <summary>Holds one breakdown against another of the same kind.</summary>
    /// <param name="now">What is shown.</param>
    /// <param name="before">What it is held against; null where there is nothing.</param>
    /// <returns>The rows of both, in the order of the first; those that are gone last in their kind. What is not told of one month is held against nothing.</returns>
    public static IReadOnlyList<ComparedRow> Of(BillBreakdown now, BillBreakdown? before)
    {
        ArgumentNullException.ThrowIfNull(now);
        if (before is null || before.Currency != now.Currency || !now.IsKnown || !before.IsKnown)
        {
            return [.. now.Rows.Select(Alone)];
        }

        var (old, known) = (before.Rows.ToDictionary(row => (row.Kind, row.Key)), now.Rows.Select(row => (row.Kind, row.Key)).ToHashSet());
        var rows = now.Rows.Select(row => !Compares(row.Kind, now, before) ? Alone(row)
            : old.GetValueOrDefault((row.Kind, row.Key)) is { } was ? new ComparedRow(row, was.Amount) { Parts = Parts(row.Parts, was.Parts) }
            // One that is not among the dearest SIMs need not have cost nothing.
            : row.Kind == BillRowKind.Sim && !before.HasAllSims ? Alone(row)
            : new ComparedRow(row, 0) { Parts = Parts(row.Parts, []) });
        var gone = before.Rows.Where(row => Compares(row.Kind, now, before) && !known.Contains((row.Kind, row.Key)))
            .Select(row => new ComparedRow(row with { Amount = 0, Parts = [], Sims = 0 }, row.Amount) { Parts = Parts([], row.Parts), IsTold = row.Kind != BillRowKind.Sim || now.HasAllSims });
        return [.. rows.Concat(gone).OrderBy(row => row.Row.Kind)];
    }

    /// <summary>Leaves those SIMs beside each other that cost most, and puts the others together: a detailed file tells all of a large fleet.</summary>
    /// <param name="rows">The rows, in their order.</param>
    /// <param name="most">How many SIMs are rows of their own.</param>
    public static IReadOnlyList<ComparedRow> Shorten(IReadOnlyList<ComparedRow> rows, int most)
    {
        var others = rows.Where(row => row.Row.Kind == BillRowKind.Sim).Skip(most).ToList();
        var put = new BillRow(BillRowKind.OtherSims, "", "", others.Sum(row => row.Row.Amount)) { Sims = others.Count };
        return others.Count == 0 ? rows :
        [
            .. rows.Where(row => row.Row.Kind < BillRowKind.Sim),
            .. rows.Where(row => row.Row.Kind == BillRowKind.Sim).Take(most),
            new ComparedRow(put, others.Exists(row => row.Before is null || !row.IsTold) ? null : others.Sum(row => row.Before)),
            .. rows.Where(row => row.Row.Kind > BillRowKind.Sim),
        ];
    }

    /// <summary>Whether rows of a kind tell of the same in both months.</summary>
    private static bool Compares(BillRowKind kind, BillBreakdown now, BillBreakdown before)
    {
        var (sims, items) = (now.HasAllSims && before.HasAllSims, now.HasItems == before.HasItems && now.ItemsOfFile == before.ItemsOfFile);
        return kind switch
        {
            BillRowKind.Service or BillRowKind.Item or BillRowKind.Sim => true,
            BillRowKind.Discount => items,
            BillRowKind.Difference => now.IsGross && before.IsGross && !now.IsOfOtherTime && !before.IsOfOtherTime && items && (now.HasItems || sims),
            // How much of it has not been broken down is not known.
            BillRowKind.NotYet or BillRowKind.Ahead => false,
            BillRowKind.Coupons => now.IsGross && before.IsGross,
            BillRowKind.NoSim or BillRowKind.Rounding => sims && items,
            // Groups and tags are sums of SIMs: those of the dearest alone are no sums of the same.
            _ => sims,
        };
    }

    private static ComparedRow Alone(BillRow row) => new(row, null) { Parts = [.. row.Parts.Select(Alone)] };

    private static IReadOnlyList<ComparedRow> Parts(IReadOnlyList<BillRow> now, IReadOnlyList<BillRow> before)
    {
        var (old, known) = (before.ToDictionary(part => part.Key, part => part.Amount, StringComparer.Ordinal), now.Select(part => part.Key).ToHashSet(StringComparer.Ordinal));
        return [.. now.Select(part => new ComparedRow(part, old.GetValueOrDefault(part.Key))), .. before.Where(part => !known.Contains(part.Key)).Select(part => new ComparedRow(part with { Amount = 0 }, part.Amount))];
    }
}

/// <summary>A row of a month, and what it was in another.</summary>
/// <param name="Row">The row; one that is gone costs nothing.</param>
/// <param name="Before">What it cost in the other month; null where that is not known.</param>
public sealed record ComparedRow(BillRow Row, decimal? Before)
{
    /// <summary>What it is made of.</summary>
    public IReadOnlyList<ComparedRow> Parts { get; init; } = [];

    /// <summary>Whether what it costs is told: not of a SIM that was among the dearest, and is so no more.</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>By how much it changed; null where that is not known.</summary>
    public decimal? Change => IsTold ? Row.Amount - Before : null;
}
