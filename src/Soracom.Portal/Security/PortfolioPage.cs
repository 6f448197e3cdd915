using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Security;

/// <summary>
/// What pages over several tenants have in common: the circuit opens the tenants, once; when a right in one of them ends, what is on the
/// screen goes first, then the page opens anew with the tenants that are left.
/// </summary>
public abstract class PortfolioPage : ComponentBase, IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<IDisposable> watches = [];
    private bool disposed;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>The way to other pages.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Says who may enter which tenant.</summary>
    [Inject]
    protected TenantAccess Access { get; set; } = null!;

    /// <summary>The permission that the page needs in a tenant; null for a page that asks for one at each thing that it shows.</summary>
    protected abstract Permission? Needs { get; }

    /// <summary>The tenants; null before they are opened.</summary>
    protected Portfolio? Portfolio { get; private set; }

    /// <summary>Whether a right has ended: nothing is to be shown any more.</summary>
    protected bool IsOver { get; private set; }

    /// <summary>Cancelled when the page is left.</summary>
    protected CancellationToken Left { get; private set; }

    [Inject]
    private AccessWatch Watch { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc cref="Dispose()" />
    protected virtual void Dispose(bool disposing)
    {
        if (!disposing || disposed)
        {
            return;
        }

        disposed = true;
        leaving.Cancel();
        leaving.Dispose();
        foreach (var watch in watches)
        {
            watch.Dispose();
        }

        Portfolio?.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Left = leaving.Token;

    /// <summary>Opens the tenants where that has not happened yet. The first, static rendering shows the frame: it opens nothing.</summary>
    /// <returns>The tenants; null where there is nothing to ask, or nobody to ask for.</returns>
    protected async Task<Portfolio?> OpenAsync()
    {
        if (!RendererInfo.IsInteractive || Person is not { } person || disposed)
        {
            return null;
        }

        if (Portfolio is not null)
        {
            return Portfolio;
        }

        var opened = await Access.OpenAllAsync(person, Needs, Left);
        if (disposed || Portfolio is not null)
        {
            opened.Dispose();
            return disposed ? null : Portfolio;
        }

        watches = [.. opened.Tenants.Select(tenant => Watch.Watch(person, tenant, CloseAsync, () => Task.CompletedTask))];
        return Portfolio = opened;
    }

    private Task CloseAsync() => InvokeAsync(() =>
    {
        if (!IsOver && !disposed)
        {
            IsOver = true;
            StateHasChanged();
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }
    });
}
