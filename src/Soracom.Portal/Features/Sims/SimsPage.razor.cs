using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims;

/// <summary>A tenant's SIMs out of the inventory. What the page shows is what its address says.</summary>
public sealed partial class SimsPage : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<SoracomCoverage>? coverages;
    private SimQuery query = SimQuery.All;
    private SimQuery? shown;
    private Guid? view;
    private string? into;
    private SimListModel model = null!;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private SimList List { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<SoracomCoverage> Searched => [.. (coverages ?? []).Where(coverage => query.Coverage is null || query.Coverage == coverage)];

    /// <summary>What the group is called that the SIMs go into, where a SIM in sight is in it already or its name is offered as a filter.</summary>
    private string? IntoName => into is null ? null : Names.InText(new SimFacets(model.Listing).GroupLabel(into));

    /// <inheritdoc />
    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        model.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => model = new SimListModel(
        (lookup, token) => List.FindAsync(Tenant, Searched, lookup, token), (lookup, token) => List.IdsAsync(Tenant, Searched, lookup, token), Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = SimQuery.Parse(Location).OfOneTenant;
        view = Guid.TryParse(new QueryReader(Location).Text(PortalUrls.ViewParameter), out var opened) ? opened : null;
        into = Tenant.May(Permission.SimsEdit) && new QueryReader(Location).Text(PortalUrls.IntoParameter) is { Length: > 0 } group ? group : null;
        coverages = await Soracom.CoveragesAsync(Tenant, CancellationToken.None);

        // The first, static rendering shows the frame; the circuit asks, once.
        if (RendererInfo.IsInteractive && Searched.Count > 0 && shown != query)
        {
            shown = query;
            await model.ShowAsync(query);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await model.FollowAsync(StateHasChanged, leaving.Token);
        }
    }

    private void Go(SimQuery changed) => Navigation.NavigateTo(PortalUrls.Into(PortalUrls.Sims(Slug, changed, view), into), replace: true);

    private async Task RefreshAsync()
    {
        foreach (var coverage in Searched)
        {
            await List.RefreshAsync(Tenant, coverage, leaving.Token);
        }

        await model.AskAsync();
    }
}
