using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims.Actions;
using Soracom.Portal.Features.Sims.Reading;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Sims;

/// <summary>
/// One SIM: a head with what it is and how it is, and sections below it, one at a time, each of which reads for itself. The SIM is
/// read from the vendor when the page is opened; until it answers, or when it does not, the head shows what the portal remembers.
/// </summary>
public sealed partial class SimPage : IDisposable
{
    private const int LongestId = 32;

    private readonly CancellationTokenSource leaving = new();
    private Loader<Sim> sim = null!;
    private CancellationToken left;
    private SimPlace place = null!;
    private SimTab tab;
    private SimPlace? loaded;
    private SimGlance? remembered;
    private string? groupLabel;
    private RemoteProtocol? command;

    // Each one may tell more of why the SIM is offline.
    private int diagnosed;

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
    private RememberedSims Memory { get; set; } = null!;

    [Inject]
    private GroupNames GroupNames { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private SimGlance? Glance => sim.State is Loadable<Sim>.Ready { Value: var live } ? SimGlance.Of(live) : remembered;

    // A SIM that the vendor does not know has no sections, one that it can't be asked about may.
    private bool IsThere => sim.State is not Loadable<Sim>.Failed { Error: VendorError { Kind: VendorErrorKind.NotFound } };

    // Of an address anything may be asked; a SIM id has 19 characters.
    private string Title => Glance is { Name: var name } && !Names.IsBlank(name) ? name
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
        tab = SimView.TabOf(Location);
        var coverage = SimQuery.Parse(Location).Coverage ?? SoracomCoverage.Japan;
        if (place is null || (place.Slug, place.SimId, place.Coverage) != (Slug, SimId, coverage))
        {
            place = new SimPlace(Slug, coverage, SimId);
            command = Enum.TryParse<RemoteProtocol>(new QueryReader(Location).Text(PortalUrls.CommandParameter), ignoreCase: true, out var protocol) && Enum.IsDefined(protocol) ? protocol : null;
        }

        if (RendererInfo.IsInteractive && loaded != place)
        {
            await LoadAsync();
        }
    }

    private async Task RefreshAsync()
    {
        place = place with { Reading = place.Reading + 1 };
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var asked = place;
        if (loaded is null || loaded with { Reading = asked.Reading } != asked)
        {
            (remembered, groupLabel) = (null, null);
        }
        else if (sim.State is Loadable<Sim>.Ready { Value: var live, At: var at })
        {
            // The same SIM again: its head stays until the answer is there.
            remembered = SimGlance.Of(live) with { ReadAt = at };
        }

        loaded = asked;
        await Task.WhenAll(RememberAsync(asked), ReadAsync(asked));
    }

    private async Task RememberAsync(SimPlace asked)
    {
        var known = await Memory.FindAsync(Tenant, asked.Coverage, asked.SimId, left);
        if (asked == place)
        {
            remembered = known ?? remembered;
            StateHasChanged();
        }
    }

    private async Task ReadAsync(SimPlace asked)
    {
        if (!await sim.LoadAsync(token => Search.GetAsync(Tenant, asked.Coverage, asked.SimId, token)))
        {
            return;
        }

        StateHasChanged();
        if (sim.State is Loadable<Sim>.Ready { Value.GroupId: { } groupId }
            && Tenant.May(Permission.GroupsRead)
            && await GroupNames.ListAsync(Tenant, asked.Coverage, left) is { Error: null, Value: var names }
            && asked == place)
        {
            groupLabel = names.FirstOrDefault(group => group.Id == groupId)?.Label;
        }
    }
}
