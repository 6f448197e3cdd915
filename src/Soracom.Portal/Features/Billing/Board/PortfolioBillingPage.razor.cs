using Microsoft.AspNetCore.Components;
using Soracom.Api.Billing;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What the accounts of all tenants cost that somebody may see, by currency.</summary>
public sealed partial class PortfolioBillingPage : IDisposable
{
    /// <summary>How often is looked, while the page is open, whether figures have become old.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    /// <summary>How often what was read meanwhile is shown: there may be hundreds of accounts.</summary>
    private static readonly TimeSpan ShownEvery = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource leaving = new();
    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationToken left;
    private Portfolio? portfolio;
    private IReadOnlyList<IDisposable> watches = [];
    private PortfolioBillQuery query = PortfolioBillQuery.Usual;
    private PortfolioBillContent? shown;
    private DateTimeOffset shownAt;
    private PortfolioProgress? progress;
    private bool ended;
    private bool disposed;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private PortfolioBills Bills { get; set; } = null!;

    [Inject]
    private PortfolioBillCollecting Collecting { get; set; } = null!;

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
        foreach (var watch in watches)
        {
            watch.Dispose();
        }

        portfolio?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => left = leaving.Token;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = PortfolioBillQuery.Parse(Location);

        // The first, static rendering shows the frame; the circuit asks.
        if (!RendererInfo.IsInteractive || Person is null)
        {
            return;
        }

        if (portfolio is null)
        {
            var opened = await Access.OpenAllAsync(Person, Permission.BillingRead, left);
            if (disposed)
            {
                opened.Dispose();
                return;
            }

            portfolio = opened;
            watches = [.. opened.Tenants.Select(tenant => Watch.Watch(Person, tenant, CloseAsync, () => Task.CompletedTask))];
        }

        await LoadAsync();
        loaded.TrySetResult();
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        // What the portal has is there already; what is new comes after it.
        await loaded.Task;
        await CollectAsync(evenIfFresh: false);
        using var timer = new PeriodicTimer(Interval, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(left))
            {
                await LoadAsync();
                StateHasChanged();
                await CollectAsync(evenIfFresh: false);
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            // Nobody looks any more.
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

    private void PickMonth(ChangeEventArgs change)
    {
        if (YearMonth.TryParse((string?)change.Value, out var month))
        {
            Navigation.NavigateTo(PortalUrls.PortfolioBilling(query with { Month = month }), replace: true);
        }
    }

    private async Task CollectAsync(bool evenIfFresh)
    {
        if (portfolio is not { } tenants || progress is not null || disposed || ended)
        {
            return;
        }

        try
        {
            await foreach (var step in Collecting.CollectAsync(tenants, evenIfFresh, left))
            {
                progress = step;
                if (Clock.GetUtcNow() - shownAt >= ShownEvery)
                {
                    await LoadAsync();
                }

                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            progress = null;
        }

        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        if (portfolio is { } tenants && !disposed)
        {
            try
            {
                shown = await Bills.ListAsync(tenants, query, left);
                shownAt = Clock.GetUtcNow();
            }
            catch (OperationCanceledException) when (left.IsCancellationRequested)
            {
                // Nobody looks any more.
            }
        }
    }
}
