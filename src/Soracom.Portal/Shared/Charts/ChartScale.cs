namespace Soracom.Portal.Shared.Charts;

/// <summary>How a chart's height is divided: from nothing to a round figure above the largest value, in few and equal steps.</summary>
/// <param name="Top">The value at the upper edge.</param>
/// <param name="Marks">The values that are written beside it, from below.</param>
public sealed record ChartScale(double Top, IReadOnlyList<double> Marks)
{
    private const int MostSteps = 4;

    /// <summary>The scale for values.</summary>
    /// <param name="largest">The largest value.</param>
    /// <param name="unitStep">How many of a unit make the next: 1,000 or 1,024. Round is what is round within its unit.</param>
    /// <returns>The scale.</returns>
    public static ChartScale Of(double largest, int unitStep)
    {
        if (!double.IsFinite(largest) || largest <= 0)
        {
            return new ChartScale(1, [0]);
        }

        var unit = 1.0;
        while (largest / unit >= unitStep)
        {
            unit *= unitStep;
        }

        var step = Round(largest / unit / MostSteps) * unit;
        var count = (int)Math.Ceiling(largest / step);
        return new ChartScale(count * step, [.. Enumerable.Range(0, count + 1).Select(mark => mark * step)]);
    }

    /// <summary>The least of 1, 2, 2.5, 5 and 10 times a power of ten that is not below a figure.</summary>
    private static double Round(double figure)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(figure)));
        return new[] { 1, 2, 2.5, 5, 10 }.First(round => round * power >= figure * (1 - 1e-9)) * power;
    }
}
