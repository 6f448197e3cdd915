using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Portal.Features.Groups.Configuration;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;

namespace Soracom.Portal.Features.Groups.History;

/// <summary>The configurations that a group has had: what each changed, any two side by side, and the way back to one.</summary>
public sealed partial class GroupHistoryPanel : IDisposable
{
    /// <summary>The most places that a line names.</summary>
    private const int MostPlaces = 4;

    private readonly CancellationTokenSource leaving = new();
    private readonly List<Revision> revisions = [];
    private Loader<IReadOnlyList<Revision>> state = null!;
    private (GroupPlace Place, int? Number)? loaded;
    private int? next;
    private int? earlier;
    private int? later;
    private PortalError? problem;
    private bool busy;

    /// <summary>The group.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupPlace Place { get; set; }

    /// <summary>What of its history to show.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>What is done to the group; null before it was read, or when it can't be.</summary>
    [Parameter]
    public GroupDesk? Desk { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupHistory History { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool MayRollBack => Desk is { MayEdit: true, Now: not null };

    private bool IsPair => earlier is not null && later is not null && earlier != later;

    /// <summary>The revisions with the one before each; the last of a page knows its own from the next page.</summary>
    private IEnumerable<(Revision Revision, Revision? Before)> Rows
    {
        get
        {
            var count = next is null ? revisions.Count : revisions.Count - 1;
            return Enumerable.Range(0, count).Select(index => (revisions[index], index + 1 < revisions.Count ? revisions[index + 1] : null));
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        state.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => state = new Loader<IReadOnlyList<Revision>>(Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        // What was just read may be a new revision.
        var asked = (Place, Desk?.Now?.Number);
        if (RendererInfo.IsInteractive && View is { From: null, At: null } && loaded != asked)
        {
            loaded = asked;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        if (await state.LoadAsync(token => History.ListAsync(Tenant, Place.Coverage, Place.GroupId, before: null, token), found => found.Count == 0)
            && state.State is Loadable<IReadOnlyList<Revision>>.Ready { Value: var found })
        {
            revisions.Clear();
            Take(found);
            (earlier, later) = (revisions.Count > 1 ? revisions[1].Number : null, revisions[0].Number);
        }
    }

    private async Task MoreAsync()
    {
        var more = await History.ListAsync(Tenant, Place.Coverage, Place.GroupId, next, leaving.Token);
        problem = more.Error;
        if (more.Error is null)
        {
            revisions.RemoveAt(revisions.Count - 1);
            Take(more.Value);
        }
    }

    /// <summary>Takes a page in; one more than a page says that there are others.</summary>
    private void Take(IReadOnlyList<Revision> page)
    {
        revisions.AddRange(page);
        next = page.Count > GroupHistory.PageSize ? page[^1].Number + 1 : null;
    }

    private string Summary(Revision revision, Revision? before)
    {
        if (before is null)
        {
            return Words["GroupHistory.First", revision.Settings.All.Count()];
        }

        var places = SettingsDifference.Between(before.Settings, revision.Settings).Select(change => $"{change.Setting.Namespace} › {change.Setting.Key}").ToList();
        var named = string.Join(", ", places.Take(MostPlaces));
        return places.Count <= MostPlaces ? named : Words["GroupHistory.AndMore", named, places.Count - MostPlaces];
    }

    private async Task RollBackAsync(int number)
    {
        if (Desk is not { } desk || busy || (desk.Changes.Count > 0
            && !await Confirm.AskAsync(Words["GroupDraft.Replace"], Words["GroupDraft.Replace.What", desk.Changes.Count, desk.Now!.Group.Name], Words["GroupDraft.Replace"], danger: true)))
        {
            return;
        }

        busy = true;
        try
        {
            problem = await desk.FillAsync((filling, version) => filling.RollBackAsync(Tenant, Place.Coverage, Place.GroupId, number, version, CancellationToken.None), CancellationToken.None);
        }
        finally
        {
            busy = false;
        }

        if (problem is null)
        {
            Navigation.NavigateTo(Place.To(new GroupView { Step = GroupStep.Review }));
        }
    }
}
