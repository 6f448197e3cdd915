using Soracom.Api;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Billing.Reading;

/// <summary>A month of an account as the portal knows it.</summary>
public sealed record BillView
{
    /// <summary>How many SIMs are shown one by one.</summary>
    public const int MostSims = 500;

    /// <summary>When it was looked at, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>All months that there are, newest first; empty before anything was collected.</summary>
    public required IReadOnlyList<BillMonth> Months { get; init; }

    /// <summary>The month; null where there is none of it.</summary>
    public required BillMonth? Month { get; init; }

    /// <summary>The month that it is held against; null where there is none of it.</summary>
    public required BillMonth? Against { get; init; }

    /// <summary>The month before; null where there is none of it.</summary>
    public required BillMonth? Before { get; init; }

    /// <summary>The same month a year before; null where there is none of it.</summary>
    public required BillMonth? YearBefore { get; init; }

    /// <summary>Its days, as far as the vendor told them, in their order.</summary>
    public required IReadOnlyList<BillDay> Days { get; init; }

    /// <summary>Its lines, and those of the month that it is held against.</summary>
    public required IReadOnlyList<BillLine> Lines { get; init; }

    /// <summary>Whether its detailed file was read: then all of its SIMs are known.</summary>
    public required bool HasFile { get; init; }

    /// <summary>Of these months all SIMs that cost something are told; of others the dearest alone.</summary>
    public required IReadOnlySet<int> WithAllSims { get; init; }

    /// <summary>The amounts that it has had since it became final, oldest first.</summary>
    public required IReadOnlyList<BillRevision> Revisions { get; init; }

    /// <summary>What it will come to; null for one that is over, or where too little is known.</summary>
    public required BillOutlook? Outlook { get; init; }

    /// <summary>Whether it is under way, and held against one that is over: then what it has come to is no whole month's.</summary>
    public bool IsSoFar => Month is not null && Against is not null && IsUnderWay(Month) && !IsUnderWay(Against);

    /// <summary>Whether it is over, and its bill is not final.</summary>
    public bool IsOver => Month is { Stage: BillStage.Preliminary } && !IsUnderWay(Month);

    /// <summary>Whether changes are told: of a month whose bill is final, or that is under way, where they are said to be of so far; against one whose bill is final.</summary>
    public bool TellsChanges => Month is not null && Against is { Stage: BillStage.Final } && (Month.Stage == BillStage.Final || IsSoFar);

    /// <summary>What its whole days cost so far, and the same days of the month that it is held against; null where not all of them are known.</summary>
    public required BillAlike? Alike { get; init; }

    /// <summary>Its days as far as they are counted, and beyond them those that were told all the same; null for one that the vendor left out.</summary>
    public IReadOnlyList<(DateOnly Day, decimal? Amount)> CountedDays
    {
        get
        {
            if (Month is null || Days.Count == 0)
            {
                return [];
            }

            var (month, told) = (BillMonths.Of(Month.Month), Days.ToDictionary(day => day.Day, day => day.Amount));
            var last = BillDays.LastCounted(month, Days[^1].Day, Month.AsOf, At);
            return [.. Enumerable.Range(0, last.DayNumber - month.FirstDay.DayNumber + 1).Select(month.FirstDay.AddDays).Select(day => (day, told.TryGetValue(day, out var amount) ? amount : (decimal?)null))];
        }
    }

    /// <summary>Whether a day was told before it was over, and not since: what is told is not the whole of it.</summary>
    /// <param name="day">One that was told.</param>
    public bool IsPart(DateOnly day) => day == Month?.PartDay() || Days.Any(told => told.Day == day && told.IsPart);

    /// <summary>Its rows, held against the other month's.</summary>
    /// <param name="query">What they are told by.</param>
    /// <returns>The rows; empty without a month.</returns>
    public IReadOnlyList<ComparedRow> Rows(BillQuery query) => Compared(query).Rows;

    /// <summary>Its rows, held against the other month's, with the age of both.</summary>
    /// <param name="query">What they are told by.</param>
    /// <returns>The rows; none without a month.</returns>
    public ComparedBills Compared(BillQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (Month is null)
        {
            return new ComparedBills([], null, null);
        }

        var (now, before) = (Breakdown(Month, query), Against is null ? null : Breakdown(Against, query));
        return new ComparedBills(BillComparison.Shorten(BillComparison.Of(now, before), MostSims), now.OldFrom, before?.OldFrom) { AreUndated = now.IsUndated || before?.IsUndated == true };
    }

    /// <summary>By how much its bill was corrected since it was closed first, coupons not taken off; null where it was not, or in another currency.</summary>
    public decimal? Corrected => Revisions is [var first, _, ..] && first.Currency == Revisions[^1].Currency ? Revisions[^1].Amount + Revisions[^1].CouponAmount - first.Amount - first.CouponAmount : null;

    /// <summary>Whether a SIM may be missing from what it is held against, or from itself, though it cost something.</summary>
    public bool LacksSims => Month is not null && Against is not null && !(WithAllSims.Contains(Month.Month) && WithAllSims.Contains(Against.Month));

    /// <summary>Whether its SIMs are told by the detailed file.</summary>
    public bool SimsOfFile => Month is not null && LinesOf(Month).Any(line => line is { Kind: BillLineKind.Sim, Source: BillLineSource.File });

    /// <summary>Whether its items are told by the detailed file, as the vendor's summaries do not reach as far back.</summary>
    public bool ItemsOfFile => Month is not null && LinesOf(Month).Any(line => line is { Kind: BillLineKind.Item, Source: BillLineSource.File });

    /// <summary>The keys of tags that its SIMs have.</summary>
    public IReadOnlyList<string> TagKeys => Month is null ? [] : BillBreakdown.TagKeys(LinesOf(Month));

    /// <summary>Whether a month is not over, and not final.</summary>
    /// <param name="month">One of those that are looked at.</param>
    public bool IsUnderWay(BillMonth month)
    {
        ArgumentNullException.ThrowIfNull(month);
        return BillMonths.IsUnderWay(month, At);
    }

    private BillBreakdown Breakdown(BillMonth month, BillQuery query) => BillBreakdown.Of(month, LinesOf(month), query.Split, query.Tag, WithAllSims.Contains(month.Month));

    private IEnumerable<BillLine> LinesOf(BillMonth month) => Lines.Where(line => line.Month == month.Month);
}

/// <summary>What a month will come to.</summary>
/// <param name="Amount">The likeliest, gross, coupons not taken off.</param>
/// <param name="Low">The lower end of the range that about two of three bills lie in.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Days">How many days it was learnt from.</param>
/// <param name="Ahead">What days that are left will cost, net.</param>
public sealed record BillOutlook(Money Amount, Money Low, Money High, int Days, IReadOnlyDictionary<DateOnly, decimal> Ahead);

/// <summary>The first days of two months beside each other, net, without what is charged by the month.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Now">What they cost.</param>
/// <param name="Before">What they cost in the other month.</param>
public sealed record BillAlike(int Days, decimal Now, decimal Before);

/// <summary>How fresh bills are.</summary>
/// <param name="Coverage">Of which coverage.</param>
/// <param name="ReadAt">When they were last read as a whole; null when never.</param>
/// <param name="Failure">Why they could not be read the last time; null when they could.</param>
public sealed record BillStanding(SoracomCoverage Coverage, DateTimeOffset? ReadAt, VendorError? Failure)
{
    /// <summary>When the newest month was last read; null where there is none. Later than <see cref="ReadAt"/> where only some of it could be read since.</summary>
    public DateTimeOffset? FiguresAt { get; init; }

    /// <summary>When the last whole reading was done, which <see cref="ReadAt"/> is the beginning of; null when never.</summary>
    public DateTimeOffset? WholeAt { get; init; }

    /// <summary>When some of it was read, later than all of it; null where nothing was since.</summary>
    public DateTimeOffset? PartlyAt => (Failure is not null || ReadAt is null) && !(FiguresAt <= (WholeAt ?? ReadAt)) ? FiguresAt : null;

    /// <summary>The vendor's operations that the credential was refused the last time; see <see cref="Collecting.BillingOperations"/>.</summary>
    public IReadOnlyList<string> Denied { get; init; } = [];

    /// <summary>Whether somebody reads them just now.</summary>
    public bool IsBeingRead { get; init; }
}
