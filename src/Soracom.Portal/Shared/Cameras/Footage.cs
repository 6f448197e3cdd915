using Soracom.Api.SoraCam;

namespace Soracom.Portal.Shared.Cameras;

/// <summary>What a camera recorded, as stretches of time without anything recorded between them.</summary>
internal static class Footage
{
    /// <summary>What was recorded of a period.</summary>
    /// <param name="recordings">The recordings as the vendor tells them, in any order; one without an end is under way.</param>
    /// <param name="wanted">The period.</param>
    /// <param name="now">The time: nothing is recorded yet of what comes.</param>
    /// <returns>Stretches in the order of time, which neither touch nor overlap.</returns>
    public static IReadOnlyList<Period> Of(IEnumerable<RecordingPeriod> recordings, Period wanted, DateTimeOffset now) => Joined(recordings
        .Where(recording => recording.StartTime is not null)
        .Select(recording => new Period(recording.StartTime!.Value, recording.EndTime ?? now).Within(wanted).Within(new Period(DateTimeOffset.MinValue, now))));

    /// <summary>Stretches with those made one that touch or overlap.</summary>
    /// <param name="parts">Stretches in any order; what is empty is left out.</param>
    /// <returns>Stretches in the order of time, which neither touch nor overlap.</returns>
    public static IReadOnlyList<Period> Joined(IEnumerable<Period> parts)
    {
        var found = new List<Period>();
        foreach (var part in parts.Where(part => part.From < part.To).OrderBy(part => part.From))
        {
            if (found is [.., var last] && part.From <= last.To)
            {
                found[^1] = last with { To = Later(last.To, part.To) };
            }
            else
            {
                found.Add(part);
            }
        }

        return found;
    }

    /// <summary>What is left of stretches without others.</summary>
    /// <param name="recorded">The stretches, in the order of time.</param>
    /// <param name="without">What is taken out, in any order.</param>
    /// <returns>What is left, in the order of time.</returns>
    public static IReadOnlyList<Period> Without(IReadOnlyList<Period> recorded, IEnumerable<Period> without)
    {
        var left = recorded;
        foreach (var hole in Joined(without))
        {
            left = [.. left.SelectMany(part => (Period[])[part with { To = Earlier(part.To, hole.From) }, part with { From = Later(part.From, hole.To) }]).Where(part => part.From < part.To)];
        }

        return left;
    }

    /// <summary>The gaps of a period in which nothing was recorded.</summary>
    /// <param name="recorded">What was recorded of it, in the order of time.</param>
    /// <param name="wanted">The period.</param>
    /// <returns>The gaps in the order of time.</returns>
    public static IReadOnlyList<Period> Gaps(IReadOnlyList<Period> recorded, Period wanted)
    {
        var gaps = new List<Period>();
        var end = wanted.From;
        foreach (var part in recorded)
        {
            if (part.From > end)
            {
                gaps.Add(new Period(end, Earlier(part.From, wanted.To)));
            }

            end = Later(end, part.To);
        }

        if (end < wanted.To)
        {
            gaps.Add(new Period(end, wanted.To));
        }

        return gaps;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
