using System.Globalization;

namespace Soracom.Sandbox.State;

/// <summary>
/// Entries in the order of their times, each at a millisecond of its own: the vendor's lists of this kind go on from the time of the last entry.
/// The oldest are forgotten. Not thread-safe.
/// </summary>
/// <param name="timeOf">An entry's time in Unix milliseconds.</param>
internal sealed class TimeLog<T>(Func<T, long> timeOf)
{
    private const int MostKept = 10_000;

    private readonly List<T> entries = [];

    /// <summary>The oldest first.</summary>
    public IReadOnlyList<T> Entries => entries;

    /// <summary>The time of an entry that is to be added now.</summary>
    public long TimeAt(DateTimeOffset now) => entries.Count == 0
        ? now.ToUnixTimeMilliseconds()
        : Math.Max(now.ToUnixTimeMilliseconds(), timeOf(entries[^1]) + 1);

    /// <summary>Adds an entry, whose time is from <see cref="TimeAt"/>.</summary>
    public void Add(T entry)
    {
        entries.Add(entry);
        if (entries.Count > MostKept + (MostKept / 10))
        {
            entries.RemoveRange(0, entries.Count - MostKept);
        }
    }

    /// <summary>A page of what matches, the newest first.</summary>
    /// <param name="from">The earliest time, or null.</param>
    /// <param name="to">The latest time, or null.</param>
    /// <param name="before">Goes on with what is older than this; null for the first page.</param>
    /// <param name="limit">The most entries.</param>
    /// <param name="matches">The filter.</param>
    public Page<T> Newest(long? from, long? to, long? before, int limit, Func<T, bool> matches)
    {
        var found = Enumerable.Reverse(entries)
            .SkipWhile(entry => timeOf(entry) > (to ?? long.MaxValue) || timeOf(entry) >= (before ?? long.MaxValue))
            .TakeWhile(entry => timeOf(entry) >= (from ?? 0))
            .Where(matches)
            .Take(limit + 1)
            .ToList();
        return Page<T>.Of(found, limit, entry => timeOf(entry).ToString(CultureInfo.InvariantCulture));
    }
}
