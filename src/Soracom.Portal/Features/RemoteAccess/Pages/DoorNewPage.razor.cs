using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Data.RemoteAccess;
using Soracom.Portal.Features.RemoteAccess.Doors;
using Soracom.Portal.Features.RemoteAccess.Policies;
using Soracom.Portal.Features.RemoteAccess.Sources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.RemoteAccess.Pages;

/// <summary>Where a door is opened: what the policy says is shown with each choice, and nothing is sent before somebody presses the button.</summary>
public sealed partial class DoorNewPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private readonly DoorForm form = new();
    private CancellationToken left;
    private DoorDraft draft = new();
    private DoorDraft? begun;
    private Loader<DoorSim> sim = null!;
    private (SoracomCoverage Coverage, string SimId)? read;
    private IReadOnlyList<SoracomCoverage>? coverages;
    private IReadOnlyList<RemoteDoor> live = [];
    private RemoteAccessPolicy? policy;
    private RemoteDoor? former;
    private OwnAddress own = OwnAddress.Of(address: null);
    private PortalError? error;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: which SIM it is for is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private DoorOpening Opening { get; set; } = null!;

    [Inject]
    private RemoteDoors Doors { get; set; } = null!;

    [Inject]
    private RemoteAccessPolicies Policies { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private SoracomCoverage Coverage =>
        draft.Coverage is { } chosen && coverages!.Contains(chosen) ? chosen
        : former is not null && SoracomCoverages.TryParseWireName(former.Coverage, out var its) && coverages!.Contains(its) ? its
        : coverages![0];

    private string SimId => draft.SimId.Length > 0 ? draft.SimId : former?.SimId ?? string.Empty;

    /// <summary>The doors to the same port of the same SIM that are there already.</summary>
    private IReadOnlyList<RemoteDoor> There => [.. live.Where(door => door.SimId == SimId && door.DevicePort == form.Port)];

    private bool MayPress =>
        sim.State is Loadable<DoorSim>.Ready { Value: var chosen } && DoorOpening.ObstacleFor(chosen) is null && form.Request(chosen.SimId) is { } request
        && RemoteAccessJudge.Decide(policy!, request, Requester.Of(Tenant), chosen).Outcome == RemoteAccessOutcome.Allow;

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        sim.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => (left, sim) = (gone.Token, new Loader<DoorSim>(Clock));

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        draft = DoorDraft.Parse(Location);
        own = OwnAddress.Of(Tenant.Actor.Address);
        policy ??= await Policies.GetAsync(Tenant, left);
        coverages ??= await Soracom.CoveragesAsync(Tenant, left);
        if (begun is null || begun.Again != draft.Again)
        {
            former = draft.Again is { } again && await Doors.GetAsync(Tenant, again, left) is { Error: null, Value: { } known } ? known : null;
            if (begun is null || former is not null)
            {
                form.Begin(policy, own);
            }

            if (former is not null)
            {
                form.Take(former, former.OpenerId == Tenant.Actor.PersonId);
            }
        }

        begun = draft;
        if (coverages.Count > 0)
        {
            live = (await Doors.ListAsync(Tenant, left)).Live;
            await ReadSimAsync();
        }
    }

    private void PickCoverage(ChangeEventArgs change)
    {
        if (SoracomCoverages.TryParseWireName(change.Value as string ?? string.Empty, out var coverage))
        {
            Navigation.NavigateTo(PortalUrls.NewDoor(Slug, new DoorDraft { Coverage = coverage }), replace: true);
        }
    }

    private async Task ReadSimAsync()
    {
        if (SimId.Length > 0 && (read != (Coverage, SimId) || sim.State is Loadable<DoorSim>.Failed))
        {
            read = (Coverage, SimId);
            var (coverage, simId) = read.Value;
            var loading = sim.LoadAsync(token => Opening.SimAsync(Tenant, coverage, simId, token));
            StateHasChanged();
            await loading;
        }
    }

    private async Task OpenAsync()
    {
        if (busy || sim.State is not Loadable<DoorSim>.Ready { Value: var chosen } || form.Request(chosen.SimId) is not { } request)
        {
            return;
        }

        (busy, error) = (true, null);
        try
        {
            var opened = await Opening.OpenAsync(Tenant, Coverage, request, left);
            if (left.IsCancellationRequested)
            {
                // Who went elsewhere meanwhile is not fetched back: the door is in the list.
                return;
            }

            error = opened.Error;
            if (opened.Error is null)
            {
                Navigation.NavigateTo(PortalUrls.Door(Slug, opened.Value.Id));
                return;
            }

            if (opened.Error is not DoorUnderWayError)
            {
                form.Renew();
            }

            if (opened.Error is DoorRefusedError)
            {
                // The policy has changed since the page was opened: it says why.
                policy = await Policies.GetAsync(Tenant, left);
            }
        }
        finally
        {
            busy = false;
        }
    }
}
