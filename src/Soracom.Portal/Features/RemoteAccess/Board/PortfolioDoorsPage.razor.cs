using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Board;

/// <summary>One list over the open doors of all tenants that somebody may see, in both coverages.</summary>
public sealed partial class PortfolioDoorsPage
{
    /// <summary>How often the list is read anew: doors come and go, and the time that is left does.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private PortfolioDoorsContent? shown;
    private ForeignDoorBoard? elsewhere;
    private DateTimeOffset shownAt;

    /// <inheritdoc />
    protected override Permission? Needs => Permission.RemoteAccessRead;

    [Inject]
    private PortfolioDoors Board { get; set; } = null!;

    [Inject]
    private KillSwitch Kill { get; set; } = null!;

    private bool MayClose => !IsOver && Portfolio is { } tenants && tenants.Tenants.Any(tenant => tenant.May(Permission.RemoteAccessClose));

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (shown is null)
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

    private async Task<KillReport> CloseAllAsync(bool others)
    {
        var report = await Kill.CloseEverywhereAsync(Portfolio!, others, Left);
        await RefreshAsync();
        // The switch asks, not a button of this page.
        StateHasChanged();
        return report;
    }

    private async Task RefreshAsync()
    {
        await LoadAsync();
        await (elsewhere?.RefreshAsync() ?? Task.CompletedTask);
    }

    private async Task LoadAsync()
    {
        try
        {
            if (await OpenAsync() is { } portfolio)
            {
                shown = await Board.ListAsync(portfolio, Left);
                shownAt = Clock.GetUtcNow();
            }
        }
        catch (OperationCanceledException) when (Left.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
    }
}
