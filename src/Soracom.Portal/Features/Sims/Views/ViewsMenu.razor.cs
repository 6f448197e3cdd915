using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Radzen;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.Views;

/// <summary>The saved views of the SIM list.</summary>
public sealed partial class ViewsMenu
{
    /// <summary>More views than this are searched.</summary>
    private const int SearchFrom = 12;

    private IReadOnlyList<ViewSummary>? read;
    private PortalError? problem;
    private string text = "";
    private string? said;
    private bool busy;

    /// <summary>The view that is on the screen.</summary>
    [Parameter]
    [EditorRequired]
    public required SimQuery Query { get; set; }

    /// <summary>The saved view that the address says was opened; one that nobody here knows is none.</summary>
    [Parameter]
    public Guid? Opened { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private SavedViews Views { get; set; } = null!;

    [Inject]
    private DialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    /// <summary>Whether the views are known.</summary>
    internal bool IsRead => read is not null;

    private IReadOnlyList<ViewSummary> Saved => read ?? [];

    /// <summary>The view that was opened; without its being said, the one that shows just this.</summary>
    private ViewSummary? Current =>
        Saved.FirstOrDefault(view => view.Id == Opened) ?? (Opened is null ? Saved.OrderBy(view => view.IsShared).FirstOrDefault(view => view.Query == Query) : null);

    private bool IsChanged => Current is { } current && current.Query != Query;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (RendererInfo.IsInteractive)
        {
            await ReadAsync();
        }
    }

    // Also whenever the menu is unfolded: others save views meanwhile.
    private async Task ReadAsync() => read = await Views.ListAsync(Tenant, CancellationToken.None);

    private async Task AddAsync()
    {
        if (await AskAsync(Words["Views.Add"], view: null) is { } added)
        {
            await ReadAsync();
            said = Words["Views.Saved", Names.InText(added.Name)];
            Navigation.NavigateTo(PortalUrls.Sims(Tenant.Slug, added.Query, added.Id), replace: true);
        }
    }

    private async Task EditAsync(ViewSummary view)
    {
        await AskAsync(Words["Views.Edit", Names.InText(view.Name)], view);
        await ReadAsync();
        if (view.Id == Opened && Saved.All(other => other.Id != Opened))
        {
            Navigation.NavigateTo(PortalUrls.Sims(Tenant.Slug, Query), replace: true);
        }
    }

    private async Task ReplaceAsync(ViewSummary view)
    {
        if (busy)
        {
            return;
        }

        busy = true;
        try
        {
            var replaced = await Views.ReplaceAsync(Tenant, view.Id, view.Version, Query, CancellationToken.None);
            problem = replaced.Error;
            said = replaced.Error is null ? Words["Views.Saved", Names.InText(view.Name)].Value : null;
            await ReadAsync();
        }
        finally
        {
            busy = false;
        }
    }

    private async Task<ViewSummary?> AskAsync(string title, ViewSummary? view)
    {
        (problem, said) = (null, null);
        return await Dialogs.OpenAsync<ViewForm>(
            title,
            new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                [nameof(ViewForm.Tenant)] = Tenant,
                [nameof(ViewForm.Query)] = Query,
                [nameof(ViewForm.View)] = view,
            },
            new DialogOptions { Width = "min(30rem, calc(100vw - 2rem))", CloseDialogOnEsc = true, AutoFocusFirstElement = true }) as ViewSummary;
    }
}
