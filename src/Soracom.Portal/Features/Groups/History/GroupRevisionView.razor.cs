using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Groups.Settings;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Groups.History;

/// <summary>One configuration that a group has had, to look at.</summary>
public sealed partial class GroupRevisionView : IDisposable
{
    private Loader<Revision> state = null!;
    private (GroupPlace Place, int Number)? loaded;
    private GroupSettings masked = GroupSettings.None;

    /// <summary>The group.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupPlace Place { get; set; }

    /// <summary>What of it to show.</summary>
    [Parameter]
    [EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>The revision.</summary>
    [Parameter]
    [EditorRequired]
    public int Number { get; set; }

    /// <summary>Whether one may go back to it.</summary>
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
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose() => state.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => state = new Loader<Revision>(Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && loaded != (Place, Number))
        {
            loaded = (Place, Number);
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        if (await state.LoadAsync(ReadAsync) && state.State is Loadable<Revision>.Ready { Value: var revision })
        {
            masked = revision.Settings.Masked();
        }
    }

    private async Task<Result<Revision>> ReadAsync(CancellationToken cancellationToken)
    {
        var read = await History.BetweenAsync(Tenant, Place.Coverage, Place.GroupId, Number, Number, cancellationToken);
        return read.Error is { } error ? error : read.Value is [var revision] ? revision : new GoneError();
    }

    private void Open(string space) => Navigation.NavigateTo(Place.To(View with { Space = space }), replace: true);
}
