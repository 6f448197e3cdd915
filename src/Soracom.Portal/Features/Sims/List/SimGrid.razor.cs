using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims.List;

/// <summary>The rows of a SIM list, any number of them.</summary>
public sealed partial class SimGrid
{
    private IReadOnlyList<string> terms = [];
    private HashSet<SimColumn> shown = [];
    private VirtualRows rows = null!;

    /// <summary>What is listed.</summary>
    [Parameter]
    [EditorRequired]
    public required SimListModel Model { get; set; }

    /// <summary>The columns to show.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<SimListColumn> Columns { get; set; }

    /// <summary>Whether rows say of which coverage they are.</summary>
    [Parameter]
    public bool ShowCoverage { get; set; }

    /// <summary>Whether rows say whose they are.</summary>
    [Parameter]
    public bool ShowTenant { get; set; }

    /// <summary>Called with the view to show instead.</summary>
    [Parameter]
    public EventCallback<SimQuery> OnChange { get; set; }

    /// <summary>Called when the selection has changed.</summary>
    [Parameter]
    public EventCallback OnSelected { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private IReadOnlyList<string> Terms => terms;

    private HashSet<SimColumn> Shown => shown;

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        terms = Folding.Words(Model.Query.Text);
        shown = [.. Columns.Select(column => column.Column)];
    }

    private static string Key(SimColumn column) => $"of-{column.ToString().ToLowerInvariant()}";

    private static string Link(ListedSim sim) => PortalUrls.Sim(sim.Tenant.Slug, sim.Coverage.ToWireName(), sim.Sim.SimId);

    private static string NameOf(ListedSim sim) => Names.IsBlank(sim.Sim.Name) ? sim.Sim.SimId : Names.InText(sim.Sim.Name);

    private string Order(SimColumn column) => Model.Query.SortBy != column ? "none" : Model.Query.Descending ? "descending" : "ascending";

    private async Task DrawAsync((int First, int Count) rows) => await Model.DrawAsync(rows.First, rows.Count);

    private void OpenAsync(int row)
    {
        if (Model.At(row) is { } sim)
        {
            Navigation.NavigateTo(Link(sim));
        }
    }

    private Task PickAsync(int row)
    {
        Model.Toggle(row);
        return OnSelected.InvokeAsync();
    }

    private async Task ExtendAsync((int? From, int To) stretch)
    {
        await Model.ExtendAsync(stretch.To, stretch.From);
        await OnSelected.InvokeAsync();
    }

    private Task ClickAsync(int row, bool extends)
    {
        rows.StandOn(row);
        return extends ? ExtendAsync((null, row)) : PickAsync(row);
    }

    private Task ToggleAllAsync()
    {
        if (Model.Selection.IsEmpty)
        {
            Model.SelectAll();
        }
        else
        {
            Model.SelectNone();
        }

        return OnSelected.InvokeAsync();
    }
}
