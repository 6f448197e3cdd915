using System.Text.Json;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Collecting;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>
/// What a month's bill is made of. Its rows add up to the bill: what the vendor's items and SIMs leave open is a row of its own. A pure function.
/// </summary>
/// <param name="Currency">ISO 4217, of every amount.</param>
/// <param name="Rows">The rows: what there is, the dearest first, then what belongs to none of it, then discounts, taxes and coupons.</param>
public sealed record BillBreakdown(string Currency, IReadOnlyList<BillRow> Rows)
{
    /// <summary>What the rows add up to.</summary>
    public decimal Total => Rows.Sum(row => row.Amount);

    /// <summary>What costs are told by.</summary>
    public BillSplit Split { get; init; }

    /// <summary>Whether the vendor tells what it is made of, or that it is nothing.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Whether the rows add up to the bill with tax; to what is known of it, net, otherwise.</summary>
    public bool IsGross { get; init; } = true;

    /// <summary>Whether the vendor tells its items.</summary>
    public bool HasItems { get; init; } = true;

    /// <summary>Whether items, or SIMs where there are none, are counted up to another time than the bill: what they leave open is not only tax, discounts and rounding.</summary>
    public bool IsOfOtherTime { get; init; }

    /// <summary>Whether SIMs are counted up to another time than items: what they leave of these is not only what other SIMs cost.</summary>
    public bool SimsAreOfOtherTime { get; init; }

    /// <summary>Whether what rows are made of, items or SIMs, is counted up to an earlier time than the bill, or may be: a change of them is none of the whole bill's.</summary>
    public bool IsOld => OldFrom is not null || IsUndated;

    /// <summary>Whether there are rows, and the vendor does not tell up to when the bill is counted: nobody knows then whether they are older.</summary>
    public bool IsUndated { get; init; }

    /// <summary>Up to when what rows are made of is counted, UTC, where that is earlier than the bill; null where it is not.</summary>
    public DateTimeOffset? OldFrom { get; init; }

    /// <summary>Whether items are those of the detailed file, which tells discounts among them; the vendor's summaries do not.</summary>
    public bool ItemsOfFile { get; init; }

    /// <summary>Whether all SIMs that cost something are told: one that is not there cost nothing.</summary>
    public bool HasAllSims { get; init; } = true;

    /// <summary>Breaks a bill down.</summary>
    /// <param name="month">The bill; where it has no amount yet, the rows add up to what is known of it, net.</param>
    /// <param name="lines">Its lines; those of other currencies are left out.</param>
    /// <param name="split">What costs are told by.</param>
    /// <param name="tag">The key of the tags that they are told by.</param>
    /// <param name="hasAllSims">Whether the lines are of all SIMs that cost something, and not of the dearest alone.</param>
    /// <returns>The rows.</returns>
    public static BillBreakdown Of(BillMonth month, IEnumerable<BillLine> lines, BillSplit split, string tag, bool hasAllSims)
    {
        ArgumentNullException.ThrowIfNull(month);
        ArgumentNullException.ThrowIfNull(lines);
        var own = lines.Where(line => line.Currency == month.Currency).ToLookup(line => line.Kind);
        var discounts = own[BillLineKind.Item].Where(IsDiscount).ToList();
        var (items, sims) = (own[BillLineKind.Item].Where(line => !IsDiscount(line)).ToList(), own[BillLineKind.Sim].ToList());
        List<BillRow> rows = split switch
        {
            BillSplit.Service => Services(items),
            BillSplit.Sim => [.. sims.Select(OfSim)],
            BillSplit.Group => Assigned(sims, BillRowKind.Group, BillRowKind.NoGroup, line => line.GroupId, line => line.GroupName.Length > 0 ? line.GroupName : line.GroupId),
            _ => Assigned(sims, BillRowKind.Tag, BillRowKind.NoTag, line => TagOf(line, tag), line => TagOf(line, tag)),
        };
        var (itemsUntil, simsUntil) = (Until(items.Concat(discounts), month.ItemsAsOf, month), Until(sims, month.SimsAsOf, month));
        var simsAreOfOtherTime = split != BillSplit.Service && items.Count + discounts.Count > 0 && sims.Count > 0 && (simsUntil.IsBefore(itemsUntil) || itemsUntil.IsBefore(simsUntil));
        var sorted = rows.OrderBy(row => row.Kind).ThenByDescending(row => row.Amount).ThenBy(row => row.Key, StringComparer.Ordinal).ToList();
        if (split != BillSplit.Service && items.Count + discounts.Count > 0)
        {
            // Each row is rounded up: of many SIMs that makes something of its own, which is none that belongs to other SIMs.
            var left = items.Sum(Told) - sorted.Sum(row => row.Amount);
            var others = sims.Exists(line => line.Source == BillLineSource.File) ? BillAmounts.RoundedUp(items.Sum(Told) - sims.Sum(line => line.Amount), month.Currency) : left;
            Add(sorted, simsAreOfOtherTime ? BillRowKind.OtherTime : BillRowKind.NoSim, others);
            Add(sorted, BillRowKind.Rounding, left - others);
        }

        sorted.AddRange(discounts.OrderBy(line => line.Amount).ThenBy(line => line.Key, StringComparer.Ordinal).Select(line => new BillRow(BillRowKind.Discount, line.Key, line.Key, Told(line))).Where(row => row.Amount != 0));
        var isNothing = month.Amount + month.CouponAmount == 0;
        var isKnown = sorted.Count > 0 || isNothing;
        var hasItems = items.Count + discounts.Count > 0;
        var rowsUntil = split == BillSplit.Service ? itemsUntil : simsUntil;
        var remainder = hasItems ? month.Remainder(itemsUntil) : split != BillSplit.Service ? month.Remainder(simsUntil) : BillRowKind.Difference;
        if (month.Amount is { } amount)
        {
            Add(sorted, sorted.Count == 0 ? BillRowKind.Unknown : remainder, amount + month.CouponAmount - sorted.Sum(row => row.Amount));
            Add(sorted, BillRowKind.Coupons, -month.CouponAmount);
        }

        return new BillBreakdown(month.Currency, sorted)
        {
            Split = split,
            IsKnown = isKnown,
            IsGross = month.Amount is not null,
            HasItems = hasItems,
            IsOfOtherTime = remainder != BillRowKind.Difference,
            SimsAreOfOtherTime = simsAreOfOtherTime,
            OldFrom = rowsUntil.IsBefore(month.AsOf) ? rowsUntil : null,
            IsUndated = rowsUntil is not null && month.IsUndated(),
            ItemsOfFile = own[BillLineKind.Item].Any(line => line.Source == BillLineSource.File),
            HasAllSims = hasAllSims || (isNothing && sims.Count == 0),
        };
    }

    /// <summary>The keys of tags that SIMs have, in their order.</summary>
    /// <param name="lines">A month's lines.</param>
    /// <returns>The keys.</returns>
    public static IReadOnlyList<string> TagKeys(IEnumerable<BillLine> lines) =>
        [.. lines.Where(line => line.Kind == BillLineKind.Sim && line.Tags.Length > 2).SelectMany(line => Tags(line).Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Up to when lines are counted: those of a detailed file, which tells a closed month, to its end.</summary>
    private static DateTimeOffset? Until(IEnumerable<BillLine> lines, DateTimeOffset? told, BillMonth month) => lines.Any(line => line.Source == BillLineSource.File) ? BillMonths.Of(month.Month).End() : told;

    private static void Add(List<BillRow> rows, BillRowKind kind, decimal amount)
    {
        if (amount != 0)
        {
            rows.Add(new BillRow(kind, "", "", amount));
        }
    }

    private static List<BillRow> Services(IEnumerable<BillLine> items) =>
    [
        .. items.GroupBy(line => line.Category, StringComparer.Ordinal).Select(service => new BillRow(BillRowKind.Service, service.Key, service.Key, service.Sum(Told))
        {
            Parts = [.. service.OrderByDescending(line => line.Amount).ThenBy(line => line.Key, StringComparer.Ordinal).Select(line => new BillRow(BillRowKind.Item, line.Key, line.Key, Told(line)))],
        }),
    ];

    /// <summary>A detailed file tells discounts among the items; the vendor's summaries leave them to what is beside them.</summary>
    private static bool IsDiscount(BillLine line) => line is { Source: BillLineSource.File, Amount: < 0 };

    /// <summary>A detailed file tells fractions of a yen or a cent, the vendor's summaries tell each amount rounded up.</summary>
    private static decimal Told(BillLine line) => Told([line]);

    /// <summary>What several lines come to, rounded up once.</summary>
    private static decimal Told(IReadOnlyCollection<BillLine> lines) =>
        lines.Any(line => line.Source == BillLineSource.File) ? BillAmounts.RoundedUp(lines.Sum(line => line.Amount), lines.First().Currency) : lines.Sum(line => line.Amount);

    private static BillRow OfSim(BillLine line) => new(BillRowKind.Sim, line.Key, line.Name, Told(line))
    {
        Group = line.GroupName.Length > 0 ? line.GroupName : line.GroupId,
        HasPage = line.IsKnown || line.Source == BillLineSource.Summary,
    };

    /// <summary>SIMs put together by what they have in common; those without it, and those that the portal does not know, are rows of their own.</summary>
    private static List<BillRow> Assigned(IEnumerable<BillLine> sims, BillRowKind kind, BillRowKind without, Func<BillLine, string> key, Func<BillLine, string> name)
    {
        var rows = new List<BillRow>();
        foreach (var group in sims.GroupBy(line => line.IsKnown ? key(line) : null, StringComparer.Ordinal))
        {
            var (rowKind, first) = (group.Key is null ? BillRowKind.UnknownSims : group.Key.Length == 0 ? without : kind, group.First());
            rows.Add(new BillRow(rowKind, rowKind == kind ? group.Key! : "", rowKind == kind ? name(first) : "", Told([.. group])) { Sims = group.Count() });
        }

        return rows;
    }

    private static string TagOf(BillLine line, string tag) => tag.Length > 0 && Tags(line).TryGetValue(tag, out var value) ? value : "";

    private static Dictionary<string, string> Tags(BillLine line) => JsonSerializer.Deserialize<Dictionary<string, string>>(line.Tags) ?? [];
}

/// <summary>A row of a bill.</summary>
/// <param name="Kind">What it is of.</param>
/// <param name="Key">What tells it from others of its kind; empty where there is one.</param>
/// <param name="Name">What people call it; empty where it has no name.</param>
/// <param name="Amount">Net, but for what its kind says.</param>
public sealed record BillRow(BillRowKind Kind, string Key, string Name, decimal Amount)
{
    /// <summary>What it is made of; they add up to it.</summary>
    public IReadOnlyList<BillRow> Parts { get; init; } = [];

    /// <summary>How many SIMs it is of; 0 where that is not told.</summary>
    public int Sims { get; init; }

    /// <summary>Whether there may be a page of it: none of a SIM that a file names by an IMSI that nobody knows.</summary>
    public bool HasPage { get; init; } = true;

    /// <summary>The group of a SIM.</summary>
    public string Group { get; init; } = "";
}

/// <summary>What a row of a bill is of, in the order of rows.</summary>
public enum BillRowKind
{
    /// <summary>A service: several bill items.</summary>
    Service,

    /// <summary>A bill item.</summary>
    Item,

    /// <summary>A SIM.</summary>
    Sim,

    /// <summary>SIMs that cost less than those that are rows of their own.</summary>
    OtherSims,

    /// <summary>The SIMs of a group.</summary>
    Group,

    /// <summary>The SIMs with a tag of a value.</summary>
    Tag,

    /// <summary>SIMs in no group.</summary>
    NoGroup,

    /// <summary>SIMs without the tag.</summary>
    NoTag,

    /// <summary>SIMs that the portal did not know.</summary>
    UnknownSims,

    /// <summary>SIMs beyond those that the vendor tells, and what belongs to no SIM.</summary>
    NoSim,

    /// <summary>The same where SIMs are counted up to another time than items: what has been charged between these is in it.</summary>
    OtherTime,

    /// <summary>What rounding makes of the rows before it.</summary>
    Rounding,

    /// <summary>All of it: the vendor does not tell what it is made of.</summary>
    Unknown,

    /// <summary>A discount that the detailed file tells.</summary>
    Discount,

    /// <summary>Taxes, discounts and corrections that are in none of the rows, and what the vendor's rounding makes.</summary>
    Difference,

    /// <summary>The same where the rows are older than the bill: what has not been broken down yet is in it.</summary>
    NotYet,

    /// <summary>The same where the rows are counted further than the bill: what they are ahead is taken off it.</summary>
    Ahead,

    /// <summary>The same where the vendor does not tell up to when the bill is counted: what was counted at another time may be in it.</summary>
    Undated,

    /// <summary>What coupons took off.</summary>
    Coupons,
}
