using System.Globalization;
using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Overview;

/// <summary>The tenants that one may enter, and how they are. What it shows is what its address says.</summary>
public sealed partial class TenantsPage
{
    /// <summary>How often the figures are read anew, from the portal's own store.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private PortfolioQuery query = PortfolioQuery.All;
    private IReadOnlyList<TenantFigures>? tenants;
    private IReadOnlyList<TenantFigures> shown = [];
    private IReadOnlyList<SuspendedTenant> suspended = [];
    private DateTimeOffset shownAt;
    private bool isReseller;

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    /// <inheritdoc />
    protected override Permission? Needs => null;

    [Inject]
    private PortfolioOverview Overview { get; set; } = null!;

    [Inject]
    private ResellerAccess Resellers { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = PortfolioQuery.Parse(Location);
        if (tenants is null)
        {
            await LoadAsync();
        }
        else
        {
            shown = query.Of(tenants);
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        using var timer = new PeriodicTimer(Interval, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(Left))
            {
                await LoadAsync();
                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private static string Number(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    private void Go(PortfolioQuery changed) => Navigation.NavigateTo(PortalUrls.Tenants(changed), replace: true);

    private async Task LoadAsync()
    {
        try
        {
            if (await OpenAsync() is { } portfolio)
            {
                isReseller = (await Resellers.OpenAllAsync(Person!, Left)).Count > 0;
                suspended = await Access.SuspendedAsync(Person!, slug: null, Left);
                tenants = await Overview.ListAsync(portfolio, Left);
                shown = query.Of(tenants);
                shownAt = Clock.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }
}
