using Microsoft.AspNetCore.Components;
using Soracom.Api;
using Soracom.Portal.Data.Exports;
using Soracom.Portal.Features.Exports.Keeping;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Exports.Pages;

/// <summary>Where an export is planned: what it would come to is shown with each choice, and nothing is begun before somebody says so.</summary>
public sealed partial class ExportNewPage : IDisposable
{
    private readonly CancellationTokenSource gone = new();
    private CancellationToken left;
    private readonly List<string> going = [];
    private ExportDraft draft = new();
    private ExportDraft? planned;
    private Loader<ExportPlan> plan = null!;
    private IReadOnlyList<SoracomCoverage>? coverages;
    private IReadOnlyList<CameraName>? cameras;
    private SoracomCoverage camerasOf;
    private FootageRules? rules;
    private PortalError? camerasError;
    private PortalError? error;
    private string reason = string.Empty;
    private bool asked;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address: what is chosen is in it.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private FootageRequests Requests { get; set; } = null!;

    [Inject]
    private ExportRules Rules { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private SoracomCoverage Coverage => draft.Coverage is { } chosen && coverages!.Contains(chosen) ? chosen : coverages![0];

    /// <summary>A camera that the address names is shown even before, or where, the account's are not known.</summary>
    private IEnumerable<CameraName> Choices => draft.Camera.Length == 0 || (cameras?.Any(camera => camera.DeviceId == draft.Camera) ?? false)
        ? cameras ?? []
        : [new CameraName(draft.Camera, string.Empty), .. cameras ?? []];

    /// <inheritdoc />
    public void Dispose()
    {
        gone.Cancel();
        gone.Dispose();
        plan.Dispose();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => (left, plan) = (gone.Token, new Loader<ExportPlan>(Clock));

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        Follow();
        rules ??= await Rules.GetAsync(Tenant, left);
        coverages ??= await Soracom.CoveragesAsync(Tenant, left);
        if (coverages.Count == 0)
        {
            return;
        }

        if (cameras is null || camerasOf != Coverage)
        {
            await CamerasAsync();
        }

        if (planned != draft)
        {
            await PlanAsync();
        }
    }

    private async Task CamerasAsync()
    {
        camerasOf = Coverage;
        var read = await Requests.CamerasAsync(Tenant, camerasOf, left);
        cameras = read.Error is null ? read.Value : null;
        camerasError = read.Error;
    }

    private static string Text(ChangeEventArgs change) => change.Value as string ?? string.Empty;

    /// <summary>Takes over what the address says, unless the page itself has led there: meanwhile more may have been chosen.</summary>
    private void Follow()
    {
        if (going.FindIndex(address => Location.EndsWith(address, StringComparison.Ordinal)) is >= 0 and var reached)
        {
            going.RemoveRange(0, reached + 1);
            return;
        }

        going.Clear();
        draft = ExportDraft.Parse(Location);
    }

    private async Task PlanAsync()
    {
        planned = draft;
        error = null;
        asked = draft.Request(reason) is not null;
        if (asked)
        {
            var request = draft.Request(string.Empty)!;
            var loading = plan.LoadAsync(token => Requests.PlanAsync(Tenant, Coverage, request, token));
            StateHasChanged();
            await loading;
        }
    }

    private void PickCoverage(ChangeEventArgs change)
    {
        if (SoracomCoverages.TryParseWireName(Text(change), out var coverage))
        {
            Change(draft with { Coverage = coverage, Camera = string.Empty });
        }
    }

    private void Change(ExportDraft next)
    {
        draft = next;
        var address = PortalUrls.NewExport(Slug, next);
        going.Add(address);
        Navigation.NavigateTo(address, replace: true);
    }

    /// <summary>Ends the period where it fits into one export; the rest is offered once that is begun.</summary>
    private void Fit(DateTimeOffset until) => Change(draft with { To = until, Rest = draft.Rest ?? draft.To });

    private async Task BeginAsync()
    {
        if (busy || planned != draft || draft.Request(reason) is not { } request || plan.State is not Loadable<ExportPlan>.Ready { Value: { } shown })
        {
            // What is shown is not what is chosen any more: the plan comes first.
            return;
        }

        (busy, error) = (true, null);
        try
        {
            // What was shown is begun, and no more: a camera that records has recorded more meanwhile.
            var begun = await Requests.BeginAsync(Tenant, Coverage, request with { To = shown.End, Agreed = shown.Shown }, left);
            if (begun.Error is ExportPlanMovedError)
            {
                await PlanAsync();
            }

            error = begun.Error;
            if (begun.Error is null)
            {
                Navigation.NavigateTo(draft.RestOf(begun.Value.Id) is { } rest ? PortalUrls.NewExport(Slug, rest) : PortalUrls.Export(Slug, begun.Value.Id));
            }
        }
        finally
        {
            busy = false;
        }
    }
}
