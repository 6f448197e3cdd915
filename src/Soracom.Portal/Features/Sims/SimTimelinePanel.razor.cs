using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Sims.Timeline;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims;

/// <summary>What happened to a SIM: sessions, changes of its status, and what people did through the portal.</summary>
public sealed partial class SimTimelinePanel
{
    private readonly List<TimelinePage> more = [];
    private Dictionary<string, string> groups = new(StringComparer.Ordinal);
    private bool isLoadingMore;

    [Inject]
    private SimTimeline Timeline { get; set; } = null!;

    [Inject]
    private GroupNames GroupNames { get; set; } = null!;

    /// <inheritdoc />
    protected override TimelineQuery Parse(string uri) => TimelineQuery.Parse(uri);

    /// <inheritdoc />
    protected override async Task<Result<TimelinePage>> ReadAsync(CancellationToken cancellationToken)
    {
        more.Clear();
        isLoadingMore = false;
        if (groups.Count == 0 && Tenant.May(Permission.GroupsRead) && await GroupNames.ListAsync(Tenant, Place.Coverage, cancellationToken) is { Error: null, Value: var names })
        {
            groups = names.ToDictionary(group => group.Id, group => group.Label, StringComparer.Ordinal);
        }

        return await Timeline.ReadAsync(Tenant, Place.Coverage, Place.SimId, View, mark: null, cancellationToken);
    }

    private TimelineMark? Next(TimelinePage first) => more.Count == 0 ? first.Next : more[^1].Next;

    private List<TimelineItem> Items(TimelinePage first) => [.. first.Items, .. more.SelectMany(page => page.Items)];

    private IReadOnlyDictionary<TimelineKind, PortalError> Missing(TimelinePage first) => more.Count == 0 ? first.Missing : more[^1].Missing;

    private string GroupLabel(string id) => groups.GetValueOrDefault(id, id);

    private static string DayName(DateOnly day) => $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {day.ToString("ddd", CultureInfo.CurrentCulture)}";

    private async Task MoreAsync(TimelinePage first)
    {
        if (isLoadingMore || Next(first) is not { } mark)
        {
            return;
        }

        isLoadingMore = true;
        var read = await Timeline.ReadAsync(Tenant, Place.Coverage, Place.SimId, View, mark, Left);
        // Unless another view was asked for meanwhile, or the same one anew.
        if (State is Loadable<TimelinePage>.Ready { Value: var still } && still == first)
        {
            isLoadingMore = false;
            more.Add(read.Value);
        }
    }
}
