using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;

namespace Soracom.Portal.Features.Billing.Collecting;

/// <summary>What bill items or SIMs cost in a month, as the vendor tells it.</summary>
/// <param name="Month">The month.</param>
/// <param name="Kind">Items or SIMs.</param>
/// <param name="Currency">ISO 4217; null where the vendor does not say.</param>
/// <param name="UpdatedAt">Up to when it is counted, UTC; null where the vendor does not say.</param>
/// <param name="Lines">The lines, each key once.</param>
internal sealed record BillLines(YearMonth Month, BillLineKind Kind, string? Currency, DateTimeOffset? UpdatedAt, IReadOnlyList<BillLineTold> Lines)
{
    /// <summary>By bill item; null where the vendor does not name the month.</summary>
    public static BillLines? Of(BillItemSummary summary) => summary.YearMonth is not { } month ? null : new BillLines(
        month,
        BillLineKind.Item,
        summary.Currency,
        summary.UpdatedTime,
        // What has no name that can be kept is an item without one: it is part of the bill, and no tax.
        Merged(summary.CostBreakdownList.Select(cost => ((string?)NameOf(cost.BillItemName), Category: BillAmounts.Word(cost.BillItemCategory), cost.Amount))));

    /// <summary>By SIM; null where the vendor does not name the month.</summary>
    public static BillLines? Of(SimCostSummary summary) => summary.YearMonth is not { } month ? null : new BillLines(
        month,
        BillLineKind.Sim,
        summary.Currency,
        summary.UpdatedTime,
        Merged(summary.CostBreakdownList.Where(cost => cost.SimId is { Length: > 0 }).Select(cost => (cost.SimId, Category: "", cost.Amount))));

    /// <summary>What a bill item is called as far as it can be kept; empty where it has no such name.</summary>
    public static string NameOf(string? told) => told is { Length: <= BillLine.KeyLength } name ? name : "";

    /// <summary>Each key once: what is told twice is added up.</summary>
    private static IReadOnlyList<BillLineTold> Merged(IEnumerable<(string? Key, string Category, decimal? Amount)> costs) =>
    [
        .. costs
            .Where(cost => cost.Key is { Length: <= BillLine.KeyLength } && BillAmounts.Kept(cost.Amount) is not null)
            .GroupBy(cost => cost.Key!, StringComparer.Ordinal)
            .Select(one => new BillLineTold(one.Key, one.First().Category, one.Sum(cost => BillAmounts.Kept(cost.Amount)!.Value))),
    ];
}

/// <summary>What one bill item or SIM costs.</summary>
/// <param name="Key">The item's name or the SIM id.</param>
/// <param name="Category">The item's category; empty of a SIM.</param>
/// <param name="Amount">Net.</param>
internal sealed record BillLineTold(string Key, string Category, decimal Amount);
