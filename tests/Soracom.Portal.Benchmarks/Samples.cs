namespace Soracom.Portal.Benchmarks;

/// <summary>Durations in milliseconds, and what to say of them.</summary>
internal sealed class Samples(int capacity)
{
    private readonly List<double> milliseconds = new(capacity);

    /// <summary>How many there are.</summary>
    public int Count => milliseconds.Count;

    public void Add(TimeSpan duration) => milliseconds.Add(duration.TotalMilliseconds);

    /// <summary>The duration that this share of all stays below or at.</summary>
    public double Percentile(double share)
    {
        var sorted = milliseconds.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)];
    }
}
