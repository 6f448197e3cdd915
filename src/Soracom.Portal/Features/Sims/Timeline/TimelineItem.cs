using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Timeline;

/// <summary>Something that happened to a SIM.</summary>
/// <param name="At">When.</param>
public abstract record TimelineItem(DateTimeOffset At)
{
    /// <summary>A session began, moved or ended.</summary>
    /// <param name="At">When.</param>
    /// <param name="Event">The vendor's words for it.</param>
    public sealed record Session(DateTimeOffset At, SessionEvent Event) : TimelineItem(At);

    /// <summary>Status, speed class, group or bundles changed.</summary>
    /// <param name="At">When.</param>
    /// <param name="Entry">What it was from then on.</param>
    /// <param name="Before">What it was before; null at the beginning.</param>
    public sealed record Status(DateTimeOffset At, SimStatusEntry Entry, SimStatusEntry? Before) : TimelineItem(At);

    /// <summary>Somebody did something through the portal.</summary>
    /// <param name="At">When.</param>
    /// <param name="Entry">The entry of the audit trail.</param>
    public sealed record Portal(DateTimeOffset At, AuditEntry Entry) : TimelineItem(At);
}

/// <summary>A stretch of a timeline.</summary>
/// <param name="Items">What happened, the newest first.</param>
/// <param name="Next">Where it goes on; null at its end.</param>
/// <param name="Missing">Sorts that could not be read, and why.</param>
/// <param name="IsPortalLeftOut">Whether the portal's own entries are missing because the reader may not see the audit trail.</param>
public sealed record TimelinePage(
    IReadOnlyList<TimelineItem> Items, TimelineMark? Next, IReadOnlyDictionary<TimelineKind, PortalError> Missing, bool IsPortalLeftOut);

/// <summary>Where a timeline goes on: how far each source was read, and what was read of it but not shown yet. Opaque to pages.</summary>
public sealed class TimelineMark
{
    internal TimelineMark(IReadOnlyList<TimelineSource> sources) => Sources = sources;

    internal IReadOnlyList<TimelineSource> Sources { get; }
}
