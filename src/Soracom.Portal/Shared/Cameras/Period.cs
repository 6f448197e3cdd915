namespace Soracom.Portal.Shared.Cameras;

/// <summary>A stretch of time: its beginning belongs to it, its end does not.</summary>
/// <param name="From">The beginning, UTC.</param>
/// <param name="To">The end, UTC; never before the beginning.</param>
public readonly record struct Period(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;

    /// <summary>The seconds that the vendor charges for it: every one that has begun.</summary>
    public long Seconds => (Length.Ticks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;

    /// <summary>The seconds that the vendor charges for several stretches at once: what is below a second counts in their sum.</summary>
    /// <param name="parts">The stretches.</param>
    public static long SecondsOf(IEnumerable<Period> parts)
    {
        var (from, length) = (DateTimeOffset.UnixEpoch, parts.Aggregate(TimeSpan.Zero, (sum, part) => sum + part.Length));
        return new Period(from, from + length).Seconds;
    }

    /// <summary>What it has in common with another; empty or turned round where they have nothing.</summary>
    public Period Within(Period other) => new(From > other.From ? From : other.From, To < other.To ? To : other.To);
}
