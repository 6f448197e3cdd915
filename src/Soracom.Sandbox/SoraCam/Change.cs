namespace Soracom.Sandbox.SoraCam;

/// <summary>From a time on, until the next change. Before the first change everything is 0.</summary>
/// <param name="Since">Unix milliseconds.</param>
/// <param name="Value">A number; what it stands for is the timeline's business.</param>
internal readonly record struct Change(long Since, int Value);

/// <summary>A time, in Unix milliseconds, the end excluded.</summary>
internal readonly record struct Span(long Start, long End);

/// <summary>What something was when: changes in the order of their times.</summary>
internal static class Timeline
{
    public static int At(this IReadOnlyList<Change> changes, long time)
    {
        var value = 0;
        foreach (var change in changes.TakeWhile(change => change.Since <= time))
        {
            value = change.Value;
        }

        return value;
    }

    /// <summary>The same with a value from a time on that is not before the last change.</summary>
    public static IReadOnlyList<Change> With(this IReadOnlyList<Change> changes, long time, int value) =>
        changes.At(time) == value ? changes : [.. changes.Where(change => change.Since < time), new Change(time, value)];

    /// <summary>The parts of a time, each with its value.</summary>
    public static IEnumerable<(Span Span, int Value)> Between(this IReadOnlyList<Change> changes, long start, long end)
    {
        for (var i = -1; i < changes.Count; i++)
        {
            var since = Math.Max(start, i < 0 ? long.MinValue : changes[i].Since);
            var until = Math.Min(end, i + 1 < changes.Count ? changes[i + 1].Since : long.MaxValue);
            if (since < until)
            {
                yield return (new Span(since, until), i < 0 ? 0 : changes[i].Value);
            }
        }
    }
}
