using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;

namespace Soracom.Portal.Features.Billing;

/// <summary>Billing months as the database has them: numbers such as 202604.</summary>
internal static class BillMonths
{
    /// <summary>The vendor counts a total, items and SIMs each by itself: times that are no further apart are the same.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>Whether one time of counting is earlier than another, by more than what is taken for the same. What is not known is not earlier.</summary>
    public static bool IsBefore(this DateTimeOffset? one, DateTimeOffset? other) => one < other - Apart;

    /// <summary>A month's number.</summary>
    public static int Number(this YearMonth month) => (month.Year * 100) + month.Month;

    /// <summary>The month of a number.</summary>
    public static YearMonth Of(int number) => new(number / 100, number % 100);

    /// <summary>When a month begins, UTC.</summary>
    public static DateTimeOffset Start(this YearMonth month) => new(month.FirstDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>When a day begins, UTC.</summary>
    public static DateTimeOffset Start(this DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>When a month ends, UTC.</summary>
    public static DateTimeOffset End(this YearMonth month) => month.AddMonths(1).Start();

    /// <summary>Whether its items are counted up to an earlier time than its total: what they leave of it has not been broken down yet, and is no tax.</summary>
    public static bool HasOldItems(this BillMonth month) => month.ItemsAsOf.IsBefore(month.AsOf);

    /// <summary>What its items leave of its total: where they are of another time, that is not only tax, discounts and rounding. So it is once a month is over, whose total is told no more until it is closed.</summary>
    public static BillRowKind Remainder(this BillMonth month) => month.Remainder(month.ItemsAsOf);

    /// <summary>The same of what rows leave that are counted up to some time.</summary>
    public static BillRowKind Remainder(this BillMonth month, DateTimeOffset? countedTo) => countedTo is not null && month.IsUndated() ? BillRowKind.Undated
        : countedTo.IsBefore(month.AsOf) ? BillRowKind.NotYet
        : month.AsOf.IsBefore(countedTo) ? BillRowKind.Ahead
        : BillRowKind.Difference;

    /// <summary>Whether it has a total of which the vendor does not tell up to when it is counted: whether items or SIMs are older nobody knows then.</summary>
    public static bool IsUndated(this BillMonth month) => month is { Amount: not null, AsOf: null };

    /// <summary>Whether its days are counted up to another time than its total.</summary>
    public static bool HasOtherDays(this BillMonth month) => month.DaysAsOf.IsBefore(month.AsOf) || month.AsOf.IsBefore(month.DaysAsOf);

    /// <summary>Whether its SIMs are counted up to an earlier time than its total, or than its items, or may be: one that has cost something since is not among them.</summary>
    public static bool HasOldSims(this BillMonth month) => month.IsUndated() || month.SimsAsOf.IsBefore(month.AsOf) || month.SimsAsOf.IsBefore(month.ItemsAsOf);

    /// <summary>What it will come to; null once it is over, closed or not: then there is nothing to come.</summary>
    public static decimal? ForecastAt(this BillMonth month, DateTimeOffset now) => month.IsUnderWay(now) ? month.Forecast : null;

    /// <summary>Whether it is not over, and not final.</summary>
    public static bool IsUnderWay(this BillMonth month, DateTimeOffset now) => month.Stage == BillStage.Preliminary && now < Of(month.Month).End();

    /// <summary>Whether it is closed, and cost nothing: then the vendor has no bill of it, and no file.</summary>
    public static bool IsNothing(this BillMonth month) => month.Stage == BillStage.Final && month.Amount + month.CouponAmount == 0;

    /// <summary>Up to when its days are counted; as far as its total where that is not known of them.</summary>
    public static DateTimeOffset? DaysUntil(this BillMonth month) => month.DaysAsOf ?? month.AsOf;

    /// <summary>The day of it that was told before it was over: what is told is not the whole of it. Null where there is none, as all of them are over.</summary>
    public static DateOnly? PartDay(this BillMonth month) => month.DaysUntil() is { } until && until < Of(month.Month).End() ? DateOnly.FromDateTime(until.UtcDateTime) : null;

    /// <summary>How many days it has.</summary>
    public static int Days(this YearMonth month) => month.LastDay.Day;
}
