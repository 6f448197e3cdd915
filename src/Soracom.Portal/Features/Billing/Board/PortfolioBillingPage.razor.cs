using Microsoft.AspNetCore.Components;
using Soracom.Api.Billing;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.Billing.Board;

/// <summary>What the accounts of all tenants cost that somebody may see, by currency.</summary>
public sealed partial class PortfolioBillingPage
{
    /// <summary>How often what was read meanwhile is shown: there may be hundreds of accounts.</summary>
    private static readonly TimeSpan ShownEvery = TimeSpan.FromSeconds(2);

    private readonly TaskCompletionSource loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private PortfolioBillQuery query = PortfolioBillQuery.Usual;
    private PortfolioBillContent? shown;
    private DateTimeOffset shownAt;
    private PortfolioProgress? progress;
    private int broken;

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    /// <inheritdoc />
    protected override Permission? Needs => Permission.BillingRead;

    [Inject]
    private PortfolioBills Bills { get; set; } = null!;

    [Inject]
    private PortfolioBillCollecting Collecting { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = PortfolioBillQuery.Parse(Location);

        await LoadAsync();

        // The first, static rendering shows the frame; the circuit asks.
        if (Portfolio is not null)
        {
            loaded.TrySetResult();
        }
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
        using var timer = new PeriodicTimer(BillingOptions.LookEvery, Clock);
        try
        {
            while (await timer.WaitForNextTickAsync(Left))
            {
                await LoadAsync();
                StateHasChanged();
                await CollectAsync(evenIfFresh: false);
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }

    private void PickMonth(ChangeEventArgs change)
    {
        if (YearMonth.TryParse((string?)change.Value, out var month))
        {
            Navigation.NavigateTo(PortalUrls.PortfolioBilling(query with { Month = month }), replace: true);
        }
    }

    private async Task CollectAsync(bool evenIfFresh)
    {
        if (Portfolio is not { } tenants || progress is not null || Left.IsCancellationRequested || IsOver)
        {
            return;
        }

        try
        {
            broken = 0;
            await foreach (var step in Collecting.CollectAsync(tenants, evenIfFresh, Left))
            {
                (progress, broken) = (step, step.Broken);
                if (Clock.GetUtcNow() - shownAt >= ShownEvery)
                {
                    await LoadAsync();
                }

                StateHasChanged();
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
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
        try
        {
            if (await OpenAsync() is { } portfolio)
            {
                shown = await Bills.ListAsync(portfolio, query, Left);
                shownAt = Clock.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }
}
