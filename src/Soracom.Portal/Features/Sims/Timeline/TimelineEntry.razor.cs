using Microsoft.AspNetCore.Components;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Audit;
using Soracom.Portal.Shared.Sims;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims.Timeline;

/// <summary>One thing that happened to a SIM.</summary>
public sealed partial class TimelineEntry
{
    /// <summary>What happened.</summary>
    [Parameter]
    [EditorRequired]
    public required TimelineItem Item { get; set; }

    /// <summary>What a group is called.</summary>
    [Parameter]
    [EditorRequired]
    public required Func<string, string> GroupLabel { get; set; }

    private (string Icon, string Kind, string Title) Look() => Item switch
    {
        TimelineItem.Session { Event.Event: SessionEventKind.Created } => ("plug", "good", L["Timeline.SessionCreated"]),
        TimelineItem.Session { Event.Event: SessionEventKind.Deleted } => ("unplug", "quiet", L["Timeline.SessionDeleted"]),
        TimelineItem.Session { Event.Event: SessionEventKind.Modified } => ("radio-tower", "quiet", L["Timeline.SessionModified"]),
        TimelineItem.Session { Event.Event: var other } => ("radio-tower", "quiet", other ?? L["TimelineKind.Session"]),
        TimelineItem.Status { Before: null } => ("layers", "info", L["Timeline.StatusFirst"]),
        TimelineItem.Status => ("layers", "info", L["Timeline.StatusChanged"]),
        TimelineItem.Portal { Entry.Action: var action } => ("users", "accent", L[$"Action.{action}"]),
        _ => throw new InvalidOperationException($"There is no {Item.GetType().Name} in a timeline."),
    };

    private static string? Detail(AuditEntry entry, Func<VendorErrorKind, string> words) =>
        entry.Outcome == AuditOutcome.Failed && Enum.TryParse<VendorErrorKind>(entry.Detail, out var kind) ? words(kind) : entry.Detail?.Replace(" -> ", " → ", StringComparison.Ordinal);

    private string? Detail(AuditEntry entry) =>
        string.Join("; ", new[] { Detail(entry, kind => L[$"Vendor.{kind}.Title"]), entry.Change(), entry.Reason }.OfType<string>()) is { Length: > 0 } told ? told : null;

    // A job's work is shown as that of whoever began it.
    private string Actor(AuditEntry entry) => entry switch
    {
        { ActorId: null, ActorName: AuditEntry.CommandLine } => L["Audit.CommandLine"],
        { ActorId: null, ActorName: AuditEntry.Itself } => L["Audit.Itself"],
        { ActorName: AuditEntry.Itself, SessionId: null, OnBehalfOf: { } person } => person,
        _ => entry.ActorName,
    };

    /// <summary>What changed; of the first entry, what it was to begin with.</summary>
    private IEnumerable<(string Label, string? Before, string After)> Changes(TimelineItem.Status item)
    {
        var (entry, before) = (item.Entry, item.Before);
        return new (string Label, string? Before, string? After)[]
            {
                (L["Sim.Status"], Status(before?.Status), Status(entry.Status)),
                (L["Sim.SpeedClass"], before?.SpeedClass, entry.SpeedClass),
                (L["Sim.Group"], Group(before?.GroupId), Group(entry.GroupId)),
                (L["Sim.Subscription"], before?.Subscription, entry.Subscription),
                (L["Profiles.Bundles"], Listed(before?.Bundles), Listed(entry.Bundles)),
            }
            .Where(change => change.Before != change.After)
            .Select(change => (change.Label, before is null ? null : change.Before ?? "–", change.After ?? "–"));

        string? Status(string? status) => status is null ? null : SimWords.Status(L, status);
        string? Group(string? id) => string.IsNullOrEmpty(id) ? null : GroupLabel(id);
        static string? Listed(IReadOnlyList<string>? bundles) => bundles is { Count: > 0 } ? string.Join(", ", bundles) : null;
    }
}
