using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims;

/// <summary>Finds SIMs by any id, name or tag, and by filters. What it shows is what its address says.</summary>
public sealed partial class SimsPage : IDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private IReadOnlyList<SoracomCoverage>? coverages;
    private SoracomCoverage coverage;
    private SimQuery query = SimQuery.All;
    private SimQuery? loaded;
    private IReadOnlyList<GroupName> groups = [];
    private Loader<SimHits> page = null!;
    private CancellationToken left;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: all that it shows is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private SimSearch Search { get; set; } = null!;

    [Inject]
    private GroupNames GroupNames { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    /// <inheritdoc />
    public void Dispose()
    {
        page.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        page = new Loader<SimHits>(Clock);
        left = leaving.Token;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        coverages = await Soracom.CoveragesAsync(Tenant, CancellationToken.None);
        query = SimQuery.Parse(Location);
        coverage = query.Coverage ?? (coverages.Count > 0 ? coverages[0] : SoracomCoverage.Japan);

        // The first, static rendering shows the frame; the circuit asks the vendor, once.
        if (RendererInfo.IsInteractive && coverages.Count > 0 && loaded != query)
        {
            await LoadAsync();
        }
    }

    private void Go(SimQuery changed) => Navigation.NavigateTo(PortalUrls.Sims(Slug, changed with { After = null }), replace: true);

    private async Task LoadAsync()
    {
        loaded = query;
        var groupNames = LoadGroupsAsync();
        var asked = query;
        var answer = page.LoadAsync(token => Search.SearchAsync(Tenant, coverage, asked, token), found => found.Sims.Count == 0 && found.NextKey is null, asked.IsFiltered);
        StateHasChanged();
        await answer;
        StateHasChanged();
        await groupNames;
    }

    private async Task LoadGroupsAsync()
    {
        if (Tenant.May(Permission.GroupsRead) && await GroupNames.ListAsync(Tenant, coverage, left) is { Error: null, Value: var names })
        {
            groups = names;
        }
    }

    // Without the names (not permitted, or not answered) the id has to do.
    private string GroupLabel(string groupId) => groups.FirstOrDefault(group => group.Id == groupId)?.Label ?? groupId;
}
