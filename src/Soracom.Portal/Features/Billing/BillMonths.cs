using Soracom.Api.Billing;
using Soracom.Portal.Data.Billing;
using Soracom.Portal.Features.Billing.Reading;

namespace Soracom.Portal.Features.Billing;

/// <summary>Billing months as the database has them: numbers such as 202604.</summary>
internal static class BillMonths
{
    /// <summary>The vendor counts a total, items and SIMs each by itself: times that are no further apart are the same.</summary>
    private static readonly TimeSpan Apart = TimeSpan.FromHours(1);

    /// <summary>A month's number.</summary>
    public static int Number(this YearMonth month) => (month.Year * 100) + month.Month;

    /// <summary>The month of a number.</summary>
    public static YearMonth Of(int number) => new(number / 100, number % 100);

    /// <summary>When a month begins, UTC.</summary>
    public static DateTimeOffset Start(this YearMonth month) => new(month.FirstDay.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    /// <summary>When a month ends, UTC.</summary>
    public static DateTimeOffset End(this YearMonth month) => month.AddMonths(1).Start();

    /// <summary>Whether its items are counted up to an earlier time than its total: what they leave of it has not been broken down yet, and is no tax.</summary>
    public static bool HasOldItems(this BillMonth month) => month.ItemsAsOf < month.AsOf - Apart;

    /// <summary>What its items leave of its total: where they are of another time, that is not only tax, discounts and rounding. So it is once a month is over, whose total is told no more until it is closed.</summary>
    public static BillRowKind Remainder(this BillMonth month) => month.HasOldItems() ? BillRowKind.NotYet
        : month.ItemsAsOf > month.AsOf + Apart ? BillRowKind.Ahead
        : BillRowKind.Difference;

    /// <summary>Whether its days are counted up to another time than its total.</summary>
    public static bool HasOtherDays(this BillMonth month) => month.DaysAsOf < month.AsOf - Apart || month.DaysAsOf > month.AsOf + Apart;

    /// <summary>Whether its SIMs are counted up to an earlier time than its total.</summary>
    public static bool HasOldSims(this BillMonth month) => month.SimsAsOf < month.AsOf - Apart;

    /// <summary>Whether it is closed, and cost nothing: then the vendor has no bill of it, and no file.</summary>
    public static bool IsNothing(this BillMonth month) => month.Stage == BillStage.Final && month.Amount + month.CouponAmount == 0;

    /// <summary>Up to when its days are counted; as far as its total where that is not known of them.</summary>
    public static DateTimeOffset? DaysUntil(this BillMonth month) => month.DaysAsOf ?? month.AsOf;

    /// <summary>The day of it that was told before it was over: what is told is not the whole of it. Null where there is none, as all of them are over.</summary>
    public static DateOnly? PartDay(this BillMonth month) => month.DaysUntil() is { } until && until < Of(month.Month).End() ? DateOnly.FromDateTime(until.UtcDateTime) : null;

    /// <summary>How many days it has.</summary>
    public static int Days(this YearMonth month) => month.LastDay.Day;
}
