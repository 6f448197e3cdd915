using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims;

/// <summary>One list over the SIMs of all tenants that somebody may see, in both coverages. What it shows is what its address says.</summary>
public sealed partial class PortfolioSimsPage
{
    private SimQuery query = SimQuery.All;
    private SimQuery? shown;
    private SimListModel model = null!;

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    /// <inheritdoc />
    protected override Permission? Needs => Permission.SimsRead;

    [Inject]
    private SimList List { get; set; } = null!;

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            model.Dispose();
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        base.OnInitialized();
        model = new SimListModel(
            (lookup, token) => List.FindAsync(Portfolio!, query.Coverage, lookup, token), (lookup, token) => List.IdsAsync(Portfolio!, query.Coverage, lookup, token), Clock);
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = SimQuery.Parse(Location);
        if (shown == query)
        {
            return;
        }

        try
        {
            if (await OpenAsync() is null)
            {
                return;
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody looks any more.
            return;
        }

        shown = query;
        await model.ShowAsync(query);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await model.FollowAsync(StateHasChanged, Left);
        }
    }

    private void Go(SimQuery changed) => Navigation.NavigateTo(PortalUrls.PortfolioSims(changed), replace: true);

    private async Task RefreshAsync()
    {
        if (Portfolio is { } portfolio)
        {
            await List.RefreshAsync(portfolio, query.Coverage, Left);
            await model.AskAsync();
        }
    }
}
