using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims;

/// <summary>A section of a SIM's page: reads what it shows by itself, so that none waits for another or falls with it.</summary>
/// <typeparam name="TView">What of it to show: a part of the address.</typeparam>
/// <typeparam name="T">What it shows.</typeparam>
public abstract class SimSection<TView, T> : ComponentBase, IDisposable
    where TView : class
{
    private readonly CancellationTokenSource leaving = new();
    private Loader<T>? loader;
    private (SimPlace Place, TView View)? loaded;

    /// <summary>Which SIM.</summary>
    [Parameter]
    [EditorRequired]
    public required SimPlace Place { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    /// <summary>The clock.</summary>
    [Inject]
    protected TimeProvider Clock { get; set; } = null!;

    /// <summary>Goes to another view.</summary>
    [Inject]
    protected NavigationManager Navigation { get; set; } = null!;

    /// <summary>What of it to show.</summary>
    protected TView View { get; private set; } = null!;

    /// <summary>What there is to show.</summary>
    protected Loadable<T> State => Loader.State;

    /// <summary>Cancelled when the section is left.</summary>
    protected CancellationToken Left { get; private set; }

    private Loader<T> Loader => loader ??= new Loader<T>(Clock);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what is under way.</summary>
    /// <param name="disposing">Whether it is left on purpose.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            loader?.Dispose();
            leaving.Cancel();
            leaving.Dispose();
        }
    }

    /// <summary>What an address asks for.</summary>
    /// <param name="uri">The address.</param>
    /// <returns>The view; equal views show the same.</returns>
    protected abstract TView Parse(string uri);

    /// <summary>Reads what there is to show.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What there is, or why there is nothing.</returns>
    protected abstract Task<Result<T>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is nothing in what was read.</summary>
    /// <param name="value">What was read.</param>
    /// <returns>True when it is empty.</returns>
    protected virtual bool IsEmpty(T value) => false;

    /// <summary>Called when what is shown is another SIM's or another view's, before it is read.</summary>
    protected virtual void OnMoved()
    {
    }

    /// <summary>Reads anew.</summary>
    /// <returns>A task that ends when it is there.</returns>
    protected async Task LoadAsync()
    {
        loaded = (Place, View);
        await Loader.LoadAsync(ReadAsync, IsEmpty);
    }

    /// <inheritdoc />
    protected override void OnInitialized() => Left = leaving.Token;

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        View = Parse(Location);
        // By value: each look at the address makes another view.
        if (RendererInfo.IsInteractive && !Equals(loaded, (Place, View)))
        {
            OnMoved();
            await LoadAsync();
        }
    }
}
