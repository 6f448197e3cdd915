using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Sims;

/// <summary>One SIM, read from the vendor when the page is opened.</summary>
public sealed partial class SimPage : IDisposable
{
    private const int LongestId = 32;

    private readonly CancellationTokenSource leaving = new();
    private Loader<Sim> sim = null!;
    private CancellationToken left;
    private SoracomCoverage coverage;
    private (string SimId, SoracomCoverage Coverage)? loaded;
    private string? groupLabel;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The SIM id.</summary>
    [Parameter]
    public required string SimId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private SimSearch Search { get; set; } = null!;

    [Inject]
    private GroupNames GroupNames { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    // Of an address anything may be asked; a SIM id has 19 characters.
    private string Title => sim.State is Loadable<Sim>.Ready { Value.Name: var name } && !Names.IsBlank(name) ? name
        : SimId.Length <= LongestId ? SimId
        : string.Concat(SimId.AsSpan(0, LongestId), "…");

    /// <inheritdoc />
    public void Dispose()
    {
        sim.Dispose();
        leaving.Cancel();
        leaving.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        sim = new Loader<Sim>(Clock);
        left = leaving.Token;
    }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        coverage = SimQuery.Parse(Location).Coverage ?? SoracomCoverage.Japan;
        if (RendererInfo.IsInteractive && loaded != (SimId, coverage))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        loaded = (SimId, coverage);
        groupLabel = null;
        if (await sim.LoadAsync(token => Search.GetAsync(Tenant, coverage, SimId, token))
            && sim.State is Loadable<Sim>.Ready { Value.GroupId: { } groupId }
            && Tenant.May(Permission.GroupsRead)
            && await GroupNames.ListAsync(Tenant, coverage, left) is { Error: null, Value: var names })
        {
            groupLabel = names.FirstOrDefault(group => group.Id == groupId)?.Label;
        }
    }
}
