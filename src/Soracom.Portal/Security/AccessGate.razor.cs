using System.Reflection;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace Soracom.Portal.Security;

/// <summary>
/// Stands before every page: opens the tenant that the address names, checks the permission that the page asks for, and
/// closes again when the right ends while the page is open.
/// </summary>
public sealed partial class AccessGate : IDisposable
{
    private GateState state = GateState.Opening;
    private SignedIn? person;
    private TenantContext? tenant;
    private SuspendedTenant? suspended;
    private IDisposable? watch;
    private bool disposed;

    /// <summary>The page and its route values.</summary>
    [Parameter]
    [EditorRequired]
    public required RouteData Route { get; set; }

    /// <summary>The page.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    /// <summary>Network address of the browser.</summary>
    [CascadingParameter(Name = "Address")]
    public string? Address { get; set; }

    /// <summary>Who is signed in.</summary>
    [CascadingParameter]
    public required Task<AuthenticationState> Authentication { get; set; }

    /// <summary>The request that the page is rendered for before there is a circuit; null in the circuit.</summary>
    [CascadingParameter]
    public HttpContext? Request { get; set; }

    [Inject]
    private TenantAccess Access { get; set; } = null!;

    [Inject]
    private AccessWatch Watch { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        disposed = true;
        watch?.Dispose();
        tenant?.Dispose();
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (state == GateState.Ended)
        {
            return;
        }

        person ??= SignedIn.From((await Authentication).User, Address);
        var slug = Route.RouteValues.GetValueOrDefault("Slug") as string;
        if (person is null || slug is null)
        {
            Hold(null);
            state = GateState.Open;
            return;
        }

        if (tenant?.Slug != slug)
        {
            state = GateState.Opening;
            var opened = await Access.OpenAsync(person, slug, CancellationToken.None);
            if (disposed || Route.RouteValues.GetValueOrDefault("Slug") as string != slug)
            {
                // The circuit is gone, or somebody went on to another page meanwhile, which has been opened or is being opened.
                opened?.Dispose();
                return;
            }

            Hold(opened);
        }

        if (tenant is null)
        {
            var told = (await Access.SuspendedAsync(person, slug, CancellationToken.None)).SingleOrDefault();
            if (disposed || Route.RouteValues.GetValueOrDefault("Slug") as string != slug || state == GateState.Ended)
            {
                return;
            }

            suspended = told;
            if (suspended is null)
            {
                Navigation.NotFound();
                return;
            }

            state = GateState.Suspended;
            Refuse();
            return;
        }

        await DecideAsync(tenant, Route);
        if (state == GateState.Denied)
        {
            Refuse();
        }
    }

    private void Refuse()
    {
        if (Request is { Response: { HasStarted: false } answer })
        {
            answer.StatusCode = StatusCodes.Status403Forbidden;
        }
    }

    private async Task DecideAsync(TenantContext opened, RouteData route)
    {
        if (route.PageType.GetCustomAttribute<RequirePermissionAttribute>() is not { } needed)
        {
            state = Attribute.IsDefined(route.PageType, typeof(AnyMemberAttribute)) ? GateState.Open : GateState.Denied;
            return;
        }

        // Decided before anything is awaited: the page is rendered meanwhile.
        state = opened.May(needed.Permission) ? GateState.Open : GateState.Denied;
        try
        {
            await opened.RequireAsync(needed.Permission, CancellationToken.None);
        }
        catch (PermissionDeniedException)
        {
            // Unless another page was asked for meanwhile, or the watch was faster.
            state = route == Route && state != GateState.Ended ? GateState.Denied : state;
        }
    }

    private void Hold(TenantContext? opened)
    {
        if (opened is null && tenant is null && watch is not null)
        {
            return;
        }

        watch?.Dispose();
        tenant?.Dispose();
        tenant = opened;
        watch = person is not null && RendererInfo.IsInteractive ? Watch.Watch(person, opened, CloseAsync, StopAsync) : null;
    }

    // Called by the watch: what is on the screen goes first, then the browser asks the server anew, which answers as it
    // answers anybody without the right.
    private Task CloseAsync() => InvokeAsync(() =>
    {
        state = GateState.Ended;
        StateHasChanged();
        Navigation.NavigateTo(Navigation.Uri, forceLoad: true);
    });

    // The page goes, and with it what it waits for. Nobody sees that: the connection is cut already, and the browser keeps what it shows.
    private Task StopAsync() => InvokeAsync(() =>
    {
        state = GateState.Opening;
        StateHasChanged();
    });

    private enum GateState
    {
        Opening,
        Open,
        Denied,
        Ended,
        Suspended,
    }
}
