using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.History;

/// <summary>Two revisions of a group side by side.</summary>
public sealed partial class GroupComparison : IDisposable
{
    private Loader<IReadOnlyList<Revision>> state = null!;
    private (GroupPlace Place, int From, int To)? loaded;

    /// <summary>The group.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupPlace Place { get; set; }

    /// <summary>The earlier revision.</summary>
    [Parameter]
    [EditorRequired]
    public int From { get; set; }

    /// <summary>The later revision.</summary>
    [Parameter]
    [EditorRequired]
    public int To { get; set; }

    /// <summary>Whether one may go back to the earlier one.</summary>
    [Parameter]
    public bool MayRollBack { get; set; }

    /// <summary>Goes back to a revision.</summary>
    [Parameter]
    public EventCallback<int> OnRollBack { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupHistory History { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose() => state.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => state = new Loader<IReadOnlyList<Revision>>(Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && loaded != (Place, From, To))
        {
            loaded = (Place, From, To);
            await LoadAsync();
        }
    }

    private Task<bool> LoadAsync() => state.LoadAsync(async token =>
    {
        var between = await History.BetweenAsync(Tenant, Place.Coverage, Place.GroupId, From, To, token);
        return between.Error is null && (between.Value.Count == 0 || between.Value[0].Number != To || between.Value[^1].Number != From) ? new GoneError() : between;
    });

    private static IReadOnlyList<ShownChange> Changes(IReadOnlyList<Revision> between) =>
        ShownChange.Of(SettingsDifference.Between(between[^1].Settings, between[0].Settings));
}
