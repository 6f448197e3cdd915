using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Security;

namespace Soracom.Portal.Features.RemoteAccess.Board;

/// <summary>One list over the open doors of all tenants that somebody may see, in both coverages.</summary>
public sealed partial class PortfolioDoorsPage : IDisposable
{
    /// <summary>How often the list is read anew: doors come and go, and the time that is left does.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource leaving = new();
    private CancellationToken left;
    private Portfolio? portfolio;
    private IReadOnlyList<IDisposable> watches = [];
    private PortfolioDoorsContent? shown;
    private ForeignDoorBoard? elsewhere;
    private DateTimeOffset shownAt;
    private bool ended;
    private bool disposed;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    [Inject]
    private PortfolioDoors Board { get; set; } = null!;

    [Inject]
    private KillSwitch Kill { get; set; } = null!;

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    [Inject]
    private AccessWatch Watch { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private bool MayClose => !ended && portfolio is { } tenants && tenants.Tenants.Any(tenant => tenant.May(Permission.RemoteAccessClose));

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
        // The first, static rendering shows the frame; the circuit asks, once.
        if (!RendererInfo.IsInteractive || Person is null || portfolio is not null)
        {
            return;
        }

        var opened = await Access.OpenAllAsync(Person, Permission.RemoteAccessRead, left);
        if (disposed)
        {
            opened.Dispose();
            return;
        }

        portfolio = opened;
        watches = [.. opened.Tenants.Select(tenant => Watch.Watch(Person, tenant, CloseAsync, () => Task.CompletedTask))];
        await LoadAsync();
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
            while (await timer.WaitForNextTickAsync(left))
            {
                await LoadAsync();
                StateHasChanged();
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

    private async Task<KillReport> CloseAllAsync(bool others)
    {
        var report = await Kill.CloseEverywhereAsync(portfolio!, others, left);
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
        if (portfolio is { } tenants && !disposed)
        {
            shown = await Board.ListAsync(tenants, left);
            shownAt = Clock.GetUtcNow();
        }
    }
}
