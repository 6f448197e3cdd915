using Microsoft.AspNetCore.Components;
using Radzen;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Features.Sims.Views;

/// <summary>Asks how a view is to be called and who is to see it, and saves it; deletes it, when asked twice. What fails leaves what was typed.</summary>
public sealed partial class ViewForm
{
    private string name = "";
    private bool shared;
    private bool deleting;
    private bool focused;
    private bool busy;
    private PortalError? problem;
    private ElementReference keep;

    /// <summary>The tenant.</summary>
    [Parameter]
    [EditorRequired]
    public required TenantContext Tenant { get; set; }

    /// <summary>What a new view holds.</summary>
    [Parameter]
    [EditorRequired]
    public required SimQuery Query { get; set; }

    /// <summary>The view to change; null to save a new one.</summary>
    [Parameter]
    public ViewSummary? View { get; set; }

    [Inject]
    private SavedViews Saved { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    private bool MayShare => Tenant.May(Permission.ViewsShare);

    /// <inheritdoc />
    protected override void OnInitialized() => (name, shared) = (View?.Name ?? "", View?.IsShared ?? false);

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (deleting && !focused)
        {
            focused = true;
            await keep.FocusAsync();
        }
    }

    private Task SaveAsync() => RunAsync(() => View is { } view
        ? Saved.RenameAsync(Tenant, view.Id, view.Version, name, shared, CancellationToken.None)
        : Saved.AddAsync(Tenant, name, Query, shared, CancellationToken.None));

    private Task DeleteAsync() => RunAsync(() => Saved.DeleteAsync(Tenant, View!.Id, View.Version, CancellationToken.None));

    private async Task RunAsync(Func<Task<Result<ViewSummary>>> act)
    {
        if (busy)
        {
            return;
        }

        busy = true;
        try
        {
            var done = await act();
            problem = done.Error;
            if (done.Error is null)
            {
                Dialogs.Close(done.Value);
            }
        }
        finally
        {
            busy = false;
        }
    }
}
