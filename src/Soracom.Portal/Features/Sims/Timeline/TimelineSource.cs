using System.Collections.Immutable;
using Soracom.Api.Sims;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Timeline;

/// <summary>How far one source of a timeline was read.</summary>
/// <param name="Kind">What comes from it.</param>
internal sealed record TimelineSource(TimelineKind Kind)
{
    /// <summary>What was read and not shown yet, the newest first.</summary>
    public ImmutableList<TimelineItem> Waiting { get; init; } = [];

    /// <summary>Status entries whose predecessor is not read yet, so that nobody knows what changed.</summary>
    public ImmutableList<SimStatusEntry> Held { get; init; } = [];

    /// <summary>The key of the page that follows; null at the first.</summary>
    public string? NextKey { get; init; }

    /// <summary>Whether there is nothing more to read.</summary>
    public bool HasEnded { get; init; }

    /// <summary>Why it could not be read on; then it has ended as well.</summary>
    public PortalError? Error { get; init; }

    /// <summary>Takes in a page of status entries: each becomes an item once it is known what was before it.</summary>
    public TimelineSource WithStatuses(IReadOnlyList<SimStatusEntry> page, string? nextKey)
    {
        var entries = Held.AddRange(page.Where(entry => entry.ApplyTime is not null));
        var items = new List<TimelineItem>();
        var at = 0;
        for (; at < entries.Count; at++)
        {
            var entry = entries[at];
            var before = entries.Skip(at + 1).FirstOrDefault(older => older.Imsi == entry.Imsi);
            if (before is null && nextKey is not null)
            {
                break;
            }

            items.Add(new TimelineItem.Status(entry.ApplyTime!.Value, entry, before));
        }

        return this with { Waiting = Waiting.AddRange(items), Held = entries.RemoveRange(0, at), NextKey = nextKey, HasEnded = nextKey is null };
    }

    /// <summary>Takes in a page of items.</summary>
    public TimelineSource With(IEnumerable<TimelineItem> items, string? nextKey) =>
        this with { Waiting = Waiting.AddRange(items), NextKey = nextKey, HasEnded = nextKey is null };
}
