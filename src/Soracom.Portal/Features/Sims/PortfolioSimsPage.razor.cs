using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Sims;

/// <summary>One list over the SIMs of all tenants that somebody may see, in both coverages. What it shows is what its address says.</summary>
public sealed partial class PortfolioSimsPage : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private Portfolio? portfolio;
    private SimQuery query = SimQuery.All;
    private SimQuery? shown;
    private SimListModel model = null!;
    private IReadOnlyList<IDisposable> watches = [];
    private bool ended;
    private bool disposed;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private SimList List { get; set; } = null!;

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    [Inject]
    private AccessWatch Watch { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        disposed = true;
        leaving.Cancel();
        leaving.Dispose();
        model.Dispose();
        foreach (var watch in watches)
        {
            watch.Dispose();
        }

        portfolio?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => model = new SimListModel(
        (lookup, token) => List.FindAsync(portfolio!, query.Coverage, lookup, token), (lookup, token) => List.IdsAsync(portfolio!, query.Coverage, lookup, token), Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = SimQuery.Parse(Location);

        // The first, static rendering shows the frame; the circuit asks, once.
        if (!RendererInfo.IsInteractive || Person is null || shown == query)
        {
            return;
        }

        shown = query;
        if (portfolio is null)
        {
            var opened = await Access.OpenAllAsync(Person, Permission.SimsRead, leaving.Token);
            if (disposed)
            {
                opened.Dispose();
                return;
            }

            portfolio = opened;
            watches = [.. opened.Tenants.Select(tenant => Watch.Watch(Person, tenant, CloseAsync, () => Task.CompletedTask))];
        }

        await model.ShowAsync(query);
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await model.FollowAsync(StateHasChanged, leaving.Token);
        }
    }

    // Called by the watch when a right in one of the tenants has ended or is another one: what is on the screen goes first, then the page
    // opens anew, with the tenants that are left.
    private Task CloseAsync() => InvokeAsync(() =>
    {
        if (!ended && !disposed)
        {
            ended = true;
            StateHasChanged();
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }
    });

    private void Go(SimQuery changed) => Navigation.NavigateTo(PortalUrls.PortfolioSims(changed), replace: true);

    private async Task RefreshAsync()
    {
        if (portfolio is not null)
        {
            await List.RefreshAsync(portfolio, query.Coverage, leaving.Token);
            await model.AskAsync();
        }
    }
}
