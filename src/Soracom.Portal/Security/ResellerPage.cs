using Microsoft.AspNetCore.Components;

namespace Soracom.Portal.Security;

/// <summary>
/// What pages of a reseller have in common: when the right to act for it ends, or a customer that is on the screen has ended the delegation,
/// what is on the screen goes first, then the page opens anew with what is left.
/// </summary>
public abstract class ResellerPage : ComponentBase, IDisposable
{
    private IReadOnlyList<IDisposable> watches = [];
    private bool disposed;

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public SignedIn? Person { get; set; }

    /// <summary>The way to other pages.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>Whether a right has ended: nothing is to be shown any more but that.</summary>
    protected bool IsOver { get; private set; }

    [Inject]
    private ResellerAccess Access { get; set; } = null!;

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
        if (disposing)
        {
            disposed = true;
            Leave();
        }
    }

    /// <summary>The resellers that the person may act for, by name.</summary>
    /// <returns>The right to act for each; empty where there is none.</returns>
    protected async Task<IReadOnlyList<ResellerContext>> OpenAsync() => Person is null ? [] : await Access.OpenAllAsync(Person, CancellationToken.None);

    /// <summary>Watches from now on over what is on the screen, instead of what was until now.</summary>
    /// <param name="shown">The resellers, and the tenants of the customers that are shown of each.</param>
    protected void WatchOver(IEnumerable<(ResellerContext Reseller, IReadOnlyCollection<Guid> Customers)> shown)
    {
        Leave();
        if (RendererInfo.IsInteractive && !disposed)
        {
            watches = [.. shown.Select(one => Watch.Watch(one.Reseller.Actor, one.Reseller.ResellerId, one.Customers, () => InvokeAsync(Close)))];
        }
    }

    /// <summary>Does something for a reseller; where the right to that has ended by then, the page says so and opens anew.</summary>
    /// <param name="act">What is done.</param>
    /// <returns>A task that ends when it was done, or refused.</returns>
    protected async Task ActAsync(Func<Task> act)
    {
        ArgumentNullException.ThrowIfNull(act);
        try
        {
            await act();
        }
        catch (PermissionDeniedException)
        {
            Close();
        }
    }

    private void Close()
    {
        if (!IsOver && !disposed)
        {
            IsOver = true;
            Leave();
            StateHasChanged();
            Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
        }
    }

    private void Leave()
    {
        foreach (var watch in watches)
        {
            watch.Dispose();
        }

        watches = [];
    }
}
