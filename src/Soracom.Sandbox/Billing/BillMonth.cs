using System.Globalization;

namespace Soracom.Sandbox.Billing;

/// <summary>A billing month, in UTC. Numbers follow each other from month to month.</summary>
internal readonly record struct BillMonth(int Number)
{
    private const string Wire = "yyyyMM";

    public DateTimeOffset Start => new(Number / 12, (Number % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    public DateTimeOffset End => new BillMonth(Number + 1).Start;

    public int Days => DateTime.DaysInMonth(Number / 12, (Number % 12) + 1);

    /// <summary>When its bill becomes final: early on the second business day of the next month. Public holidays are not known here.</summary>
    public DateTimeOffset Close
    {
        get
        {
            var day = End;
            for (var businessDays = IsBusinessDay(day) ? 1 : 0; businessDays < 2;)
            {
                day = day.AddDays(1);
                businessDays += IsBusinessDay(day) ? 1 : 0;
            }

            return day.AddHours(3);
        }
    }

    /// <summary>When a final bill is paid for.</summary>
    public DateTimeOffset Payment => Close.AddDays(7);

    public static BillMonth Of(DateTimeOffset time) => new((time.UtcDateTime.Year * 12) + time.UtcDateTime.Month - 1);

    public static BillMonth? Parse(string text) =>
        DateTime.TryParseExact(text, Wire, CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            ? Of(new DateTimeOffset(start, TimeSpan.Zero))
            : null;

    public static bool operator <(BillMonth left, BillMonth right) => left.Number < right.Number;

    public static bool operator >(BillMonth left, BillMonth right) => left.Number > right.Number;

    public static bool operator <=(BillMonth left, BillMonth right) => left.Number <= right.Number;

    public static bool operator >=(BillMonth left, BillMonth right) => left.Number >= right.Number;

    public BillMonth Plus(int months) => new(Number + months);

    public override string ToString() => Start.ToString(Wire, CultureInfo.InvariantCulture);

    private static bool IsBusinessDay(DateTimeOffset day) => day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
}
