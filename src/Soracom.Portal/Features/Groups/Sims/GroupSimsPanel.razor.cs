using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Features.Groups.Sims;

/// <summary>The SIMs of a group: how many of which status, the first of them, and the ways to add and remove some.</summary>
public sealed partial class GroupSimsPanel : IDisposable
{
    /// <summary>How often is looked whether the SIMs are known, as long as they are not.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource leaving = new();
    private Loader<SimsOfGroup>? loader;
    private (SoracomCoverage Coverage, string GroupId)? loaded;

    /// <summary>The tenant's name in addresses.</summary>
    [Parameter]
    [EditorRequired]
    public required string Slug { get; set; }

    /// <summary>The coverage.</summary>
    [Parameter]
    [EditorRequired]
    public SoracomCoverage Coverage { get; set; }

    /// <summary>The group id.</summary>
    [Parameter]
    [EditorRequired]
    public required string GroupId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private GroupSims Sims { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private Loadable<SimsOfGroup> State => Loader.State;

    private Loader<SimsOfGroup> Loader => loader ??= new Loader<SimsOfGroup>(Clock);

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        loader?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (RendererInfo.IsInteractive && loaded != (Coverage, GroupId))
        {
            await LoadAsync();
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        var left = leaving.Token;
        await PageWatch.RunAsync(
            Clock,
            Interval,
            Tenant,
            async () =>
            {
                if (State is Loadable<SimsOfGroup>.Ready { Value.AsOf: null } && await Sims.ReadAsync(Tenant, Coverage, GroupId, left) is { Value.AsOf: not null })
                {
                    await LoadAsync();
                    StateHasChanged();
                }
            },
            left);
    }

    private async Task LoadAsync()
    {
        loaded = (Coverage, GroupId);
        await Loader.LoadAsync(token => Sims.ReadAsync(Tenant, Coverage, GroupId, token), sims => sims is { AsOf: not null, Counts.Total: 0 });
    }
}
