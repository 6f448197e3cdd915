namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>Two months' rows beside each other: what changed, and by how much.</summary>
internal static class BillComparison
{
    /// <summary>Holds one breakdown against another of the same kind.</summary>
    /// <param name="now">What is shown.</param>
    /// <param name="before">What it is held against; null where there is nothing, or in another currency.</param>
    /// <returns>The rows of both, in the order of the first; those that are gone last in their kind.</returns>
    public static IReadOnlyList<ComparedRow> Of(BillBreakdown now, BillBreakdown? before) => Of(now.Rows, before?.Currency == now.Currency ? before.Rows : null);

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
            new ComparedRow(put, others.Exists(row => row.Before is null) ? null : others.Sum(row => row.Before)),
            .. rows.Where(row => row.Row.Kind > BillRowKind.Sim),
        ];
    }

    private static IReadOnlyList<ComparedRow> Of(IReadOnlyList<BillRow> now, IReadOnlyList<BillRow>? before)
    {
        // What is not told of one month can't be held against the other.
        if (before is not null && (before.Any(row => row.Kind == BillRowKind.Unknown) || now.Any(row => row.Kind == BillRowKind.Unknown)))
        {
            before = null;
        }

        var old = before?.ToDictionary(row => (row.Kind, row.Key));
        var rows = now.Select(row => new ComparedRow(row, old is null ? null : old.GetValueOrDefault((row.Kind, row.Key))?.Amount ?? 0)
        {
            Parts = Of(row.Parts, old is null ? null : old.GetValueOrDefault((row.Kind, row.Key))?.Parts ?? []),
        });
        var known = now.Select(row => (row.Kind, row.Key)).ToHashSet();
        var gone = (before ?? []).Where(row => !known.Contains((row.Kind, row.Key)))
            .Select(row => new ComparedRow(row with { Amount = 0, Parts = [], Sims = 0 }, row.Amount) { Parts = [.. row.Parts.Select(part => new ComparedRow(part with { Amount = 0 }, part.Amount))] });
        return [.. rows.Concat(gone).OrderBy(row => row.Row.Kind)];
    }
}

/// <summary>A row of a month, and what it was in another.</summary>
/// <param name="Row">The row; one that is gone costs nothing.</param>
/// <param name="Before">What it cost in the other month; null where that is not known.</param>
public sealed record ComparedRow(BillRow Row, decimal? Before)
{
    /// <summary>What it is made of.</summary>
    public IReadOnlyList<ComparedRow> Parts { get; init; } = [];

    /// <summary>By how much it changed; null where that is not known.</summary>
    public decimal? Change => Row.Amount - Before;
}
