using Microsoft.AspNetCore.Components;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Cameras.Page;

/// <summary>A section of a camera's page: reads what it shows when it is opened, and anew when the page says so.</summary>
/// <typeparam name="T">What it shows.</typeparam>
public abstract class CameraSection<T> : ComponentBase, IDisposable
{
    private Loader<T>? loader;
    private CameraPlace? loaded;

    /// <summary>Which camera.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraPlace Place { get; set; }

    /// <summary>Whether a change is under way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Called with what is to be done.</summary>
    [Parameter]
    public EventCallback<CameraAct> OnAct { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <summary>What there is to show; what was shown stays while it is read anew.</summary>
    protected Loadable<T> State { get; private set; } = new Loadable<T>.Loading();

    /// <summary>Whether the person may change the camera.</summary>
    protected bool MayManage => Tenant.May(Permission.CamerasManage);

    /// <inheritdoc />
    public void Dispose()
    {
        loader?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Reads what the section shows.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What it shows, or why not.</returns>
    protected abstract Task<Result<T>> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Called when it was read.</summary>
    /// <param name="value">What was read.</param>
    protected virtual void OnRead(T value)
    {
    }

    /// <summary>Reads it.</summary>
    /// <returns>A task that ends when it is there.</returns>
    protected async Task LoadAsync()
    {
        loader ??= new Loader<T>(Clock);
        if (await loader.LoadAsync(ReadAsync))
        {
            State = loader.State;
            if (State is Loadable<T>.Ready { Value: var value })
            {
                OnRead(value);
            }
        }
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (loaded != Place)
        {
            loaded = Place;
            await LoadAsync();
        }
    }
}
