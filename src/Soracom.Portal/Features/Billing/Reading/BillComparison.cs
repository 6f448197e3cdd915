namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>Two months' rows beside each other: what changed, and by how much.</summary>
internal static class BillComparison
{
    /// <summary>Holds one breakdown against another of the same kind.</summary>
    /// <param name="now">What is shown.</param>
    /// <param name="before">What it is held against; null where there is nothing.</param>
    /// <returns>
    /// The rows of both, in the order of the first; those that are gone last in their kind. Each month's figures add up to what is told of it; what is not
    /// told of one month has no figure there, and what does not tell of the same makes no change.
    /// </returns>
    public static IReadOnlyList<ComparedRow> Of(BillBreakdown now, BillBreakdown? before)
    {
        ArgumentNullException.ThrowIfNull(now);
        return before is null || before.Currency != now.Currency || !now.IsKnown || !before.IsKnown ? [.. now.Rows.Select(Alone)]
            : [.. Beside(now.Rows, before.Rows, now, before).OrderBy(row => row.Row.Kind)];
    }

    /// <summary>Leaves those SIMs beside each other that cost most, and puts the others together: a detailed file tells all of a large fleet. Those that one month tells are put together by themselves.</summary>
    /// <param name="rows">The rows, in their order.</param>
    /// <param name="most">How many SIMs are rows of their own.</param>
    public static IReadOnlyList<ComparedRow> Shorten(IReadOnlyList<ComparedRow> rows, int most)
    {
        var others = rows.Where(row => row.Row.Kind == BillRowKind.Sim).Skip(most).ToLookup(row => (row.IsTold, HasBefore: row.Before is not null, row.IsCompared));
        return others.Count == 0 ? rows :
        [
            .. rows.Where(row => row.Row.Kind < BillRowKind.Sim),
            .. rows.Where(row => row.Row.Kind == BillRowKind.Sim).Take(most),
            .. others.Select(put => new ComparedRow(new BillRow(BillRowKind.OtherSims, "", "", put.Sum(row => row.Row.Amount)) { Sims = put.Count() }, put.Key.HasBefore ? put.Sum(row => row.Before) : null)
            {
                IsTold = put.Key.IsTold,
                IsCompared = put.Key.IsCompared,
            }),
            .. rows.Where(row => row.Row.Kind > BillRowKind.Sim),
        ];
    }

    private static IEnumerable<ComparedRow> Beside(IReadOnlyList<BillRow> rows, IReadOnlyList<BillRow> others, BillBreakdown now, BillBreakdown before)
    {
        var (old, known) = (others.ToDictionary(row => (row.Kind, row.Key)), rows.Select(row => (row.Kind, row.Key)).ToHashSet());
        var gone = others.Where(row => !known.Contains((row.Kind, row.Key)) && Stands(row.Kind, now, before));
        return rows.Select(row => Held(row, old.GetValueOrDefault((row.Kind, row.Key)))).Concat(gone.Select(row => Held(null, row)));

        ComparedRow Held(BillRow? row, BillRow? was)
        {
            var kind = (row ?? was)!.Kind;
            var compares = Compares(kind, now, before);
            return new ComparedRow(row ?? was! with { Amount = 0, Parts = [], Sims = 0 }, Stands(kind, now, before) ? was?.Amount ?? (TellsAll(kind, before, compares) ? 0 : null) : null)
            {
                Parts = [.. Beside(row?.Parts ?? [], was?.Parts ?? [], now, before)],
                IsTold = row is not null || TellsAll(kind, now, compares),
                IsCompared = compares,
            };
        }
    }

    /// <summary>Whether rows of a kind tell of the same in both months.</summary>
    private static bool Compares(BillRowKind kind, BillBreakdown now, BillBreakdown before)
    {
        var isOld = now.IsOld || before.IsOld;
        var (sims, items) = (now.HasAllSims && before.HasAllSims && !isOld, now.HasItems == before.HasItems && now.ItemsOfFile == before.ItemsOfFile);
        return kind switch
        {
            BillRowKind.Service or BillRowKind.Item or BillRowKind.Sim => !isOld,
            BillRowKind.Discount => items,
            BillRowKind.Difference => now.IsGross && before.IsGross && !now.IsOfOtherTime && !before.IsOfOtherTime && items && (now.HasItems || sims),
            // How much of it has not been broken down is not known.
            BillRowKind.NotYet or BillRowKind.Ahead or BillRowKind.Undated or BillRowKind.OtherTime => false,
            BillRowKind.Coupons => now.IsGross && before.IsGross,
            BillRowKind.NoSim or BillRowKind.Rounding => sims && items && !now.SimsAreOfOtherTime && !before.SimsAreOfOtherTime,
            // Groups and tags are sums of SIMs: those of the dearest alone are no sums of the same.
            _ => sims,
        };
    }

    /// <summary>Whether a month tells all rows of a kind that cost something: one that is not there cost nothing then. Of rows older than the bill, and of the dearest SIMs, that is not known.</summary>
    private static bool TellsAll(BillRowKind kind, BillBreakdown month, bool compares) => kind switch
    {
        BillRowKind.Service or BillRowKind.Item => !month.IsOld,
        BillRowKind.Sim => !month.IsOld && month.HasAllSims,
        _ => compares,
    };

    /// <summary>Whether what a row of a kind is in the other month is shown: what is beside net amounts is nothing to a bill that has no tax yet.</summary>
    private static bool Stands(BillRowKind kind, BillBreakdown now, BillBreakdown before) => kind < BillRowKind.Difference || (now.IsGross && before.IsGross);

    private static ComparedRow Alone(BillRow row) => new(row, null) { Parts = [.. row.Parts.Select(Alone)] };
}

/// <summary>Two months' rows, and how old they are.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="OldFrom">Up to when what the month's rows are made of is counted, UTC, where that is earlier than its bill; null where it is not.</param>
/// <param name="AgainstOldFrom">The same of the month that it is held against.</param>
public sealed record ComparedBills(IReadOnlyList<ComparedRow> Rows, DateTimeOffset? OldFrom, DateTimeOffset? AgainstOldFrom)
{
    /// <summary>Whether rows of either month are older than its bill, or may be: changes of them are none of the whole bills'.</summary>
    public bool AreOld => OldFrom is not null || AgainstOldFrom is not null || AreUndated;

    /// <summary>Whether the vendor does not tell up to when either bill is counted: nobody knows then whether its rows are older.</summary>
    public bool AreUndated { get; init; }
}

/// <summary>A row of a month, and what it was in another.</summary>
/// <param name="Row">The row; one that is gone costs nothing.</param>
/// <param name="Before">What it cost in the other month; null where that is not known.</param>
public sealed record ComparedRow(BillRow Row, decimal? Before)
{
    /// <summary>What it is made of.</summary>
    public IReadOnlyList<ComparedRow> Parts { get; init; } = [];

    /// <summary>Whether what it costs is told: not of a SIM that was among the dearest, and is so no more, nor of what rows older than the bill need not tell.</summary>
    public bool IsTold { get; init; } = true;

    /// <summary>Whether both months' figures tell of the same.</summary>
    public bool IsCompared { get; init; } = true;

    /// <summary>By how much it changed; null where that is not known.</summary>
    public decimal? Change => IsTold && IsCompared ? Row.Amount - Before : null;
}
