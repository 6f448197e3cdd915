using Soracom.Sandbox.Fleets;

namespace Soracom.Sandbox.Billing;

/// <summary>The days of a month up to a moment: on working days more is transferred, and no two days are alike.</summary>
internal sealed class MonthDays
{
    /// <summary>The weight of an average whole day.</summary>
    public const int FullDay = 24 * Average;

    private const int Average = 100;

    private readonly int[] weights;
    private readonly int totalHours;

    /// <param name="month">The month.</param>
    /// <param name="evaluated">The hour up to which usage is counted.</param>
    /// <param name="random">The account's own chance for that month.</param>
    public MonthDays(BillMonth month, DateTimeOffset evaluated, SeededRandom random)
    {
        var hours = (int)Math.Clamp((evaluated - month.Start).TotalHours, 0, month.Days * 24);
        totalHours = hours;
        weights = new int[(hours + 23) / 24];
        for (var day = 0; day < month.Days; day++)
        {
            var weight = random.Next(92, 109) * (month.Start.AddDays(day).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 70 : 110) / 100;
            if (day < weights.Length)
            {
                weights[day] = weight * Math.Min(24, hours - (day * 24));
            }
        }
    }

    /// <summary>Days that have begun.</summary>
    public int Count => weights.Length;

    /// <summary>How much a day weighs, so far as it is over.</summary>
    public int Weight(int day) => weights[day];

    /// <summary>How many hours of a day are over; each weighs the same.</summary>
    public int Hours(int day) => Math.Min(24, totalHours - (day * 24));
}
