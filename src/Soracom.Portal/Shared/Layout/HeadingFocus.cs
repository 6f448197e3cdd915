using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using RouteData = Microsoft.AspNetCore.Components.RouteData;

namespace Soracom.Portal.Shared.Layout;

/// <summary>
/// Leads the focus to the heading of each new page, so that a keyboard or a screen reader begins there. When a page is
/// loaded from the server it leaves a focus alone that somebody has already put elsewhere: the framework's own
/// component takes it away from under the hands of whoever types into a page that is just coming alive.
/// </summary>
public sealed class HeadingFocus : ComponentBase
{
    private string? shown;

    /// <summary>The page; each navigation brings another.</summary>
    [Parameter]
    [EditorRequired]
    public required RouteData Route { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // Another query on the same page, such as a letter more to search for, is not another page.
        var path = new Uri(Navigation.Uri).AbsolutePath;
        if (path == shown)
        {
            return;
        }

        shown = path;
        try
        {
            await Script.InvokeVoidAsync("portal.focusHeading", firstRender);
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser went away meanwhile, and its focus with it.
        }
    }
}
