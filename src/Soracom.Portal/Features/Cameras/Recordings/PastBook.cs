using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>
/// What was read of a camera's past, so that looking closer or further asks the vendor for nothing twice. The past stays what it is;
/// what goes on is read on from where it was read to.
/// </summary>
public sealed class PastBook
{
    private readonly Dictionary<(PastKind Kind, DateTimeOffset From), PastItem> items = [];
    private IReadOnlyList<Period> read = [];

    /// <summary>What was read, in the order of time.</summary>
    public IReadOnlyList<Period> Read => read;

    /// <summary>What of a period was not read.</summary>
    /// <param name="wanted">The period.</param>
    /// <returns>Its parts in the order of time.</returns>
    public IReadOnlyList<Period> Missing(Period wanted) => wanted.Length > TimeSpan.Zero ? Footage.Without([wanted], read) : [];

    /// <summary>Takes in what was read of a period, the newest first.</summary>
    /// <param name="wanted">The period that was asked for.</param>
    /// <param name="part">What came.</param>
    /// <returns>What of the period was read by that.</returns>
    internal Period Add(Period wanted, PastPart part)
    {
        foreach (var item in part.Recordings.Concat(part.Events))
        {
            items[(item.Kind, item.From)] = item;
        }

        // Where there is more to come, nothing is known of the time before the oldest that came.
        var from = part.NextKey is not null ? part.Oldest ?? wanted.To : wanted.From;
        var whole = new Period(from > wanted.From ? from : wanted.From, wanted.To);
        if (whole.Length > TimeSpan.Zero)
        {
            read = Merged([.. read, whole]);
        }

        return whole;
    }

    /// <summary>What was recorded of a period, in the order of time, without overlaps.</summary>
    /// <param name="wanted">The period.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<Period> Recorded(Period wanted, DateTimeOffset now) =>
        Merged([.. items.Values.Where(item => item.Kind == PastKind.Recording).Select(item => item.Until(now).Within(wanted)).Where(part => part.Length > TimeSpan.Zero)]);

    /// <summary>What there is in a period, in the order of time.</summary>
    /// <param name="wanted">The period.</param>
    /// <param name="now">The time.</param>
    public IReadOnlyList<PastItem> In(Period wanted, DateTimeOffset now) =>
        [.. items.Values.Where(item => item.From < wanted.To && item.Until(now).To >= wanted.From).OrderBy(item => item.From).ThenBy(item => item.Kind)];

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        items.Clear();
        read = [];
    }

    private static List<Period> Merged(IReadOnlyList<Period> periods)
    {
        var merged = new List<Period>();
        foreach (var part in periods.OrderBy(part => part.From))
        {
            if (merged is [.., var last] && part.From <= last.To)
            {
                merged[^1] = last with { To = part.To > last.To ? part.To : last.To };
            }
            else
            {
                merged.Add(part);
            }
        }

        return merged;
    }
}
