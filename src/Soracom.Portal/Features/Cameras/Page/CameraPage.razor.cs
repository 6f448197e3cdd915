using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Soracom.Api;
using Soracom.Portal.Features.Cameras.Changes;
using Soracom.Portal.Resources;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Layout;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Page;

/// <summary>One camera: how it is, and sections below it, each of which reads for itself. All changes of it are made here.</summary>
public sealed partial class CameraPage : IDisposable
{
    private const int LongestId = 32;

    private Loader<SeenCamera> state = null!;
    private CameraPlace place = null!;
    private CameraPlace? loaded;
    private CameraTab tab;
    private SeenCamera? seen;
    private PortalError? problem;
    private string? said;
    private bool busy;

    /// <summary>The tenant's name in the address.</summary>
    [Parameter]
    public required string Slug { get; set; }

    /// <summary>The camera.</summary>
    [Parameter]
    public required string DeviceId { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private CameraReader Reader { get; set; } = null!;

    [Inject]
    private CameraChanges Changes { get; set; } = null!;

    [Inject]
    private Confirm Confirm { get; set; } = null!;

    [Inject]
    private IStringLocalizer<Strings> Words { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    // Of an address anything may be asked; a camera's id has 12 characters.
    private string Title => seen is { Camera.Name: { } name } && !Names.IsBlank(name) ? name
        : DeviceId.Length <= LongestId ? DeviceId
        : string.Concat(DeviceId.AsSpan(0, LongestId), "…");

    /// <inheritdoc />
    public void Dispose() => state.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => state = new Loader<SeenCamera>(Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var asked = CameraPlace.TabOf(Location);
        if (asked != tab)
        {
            // What was said of a change belongs to the section that it was made in.
            (tab, problem, said) = (asked, null, null);
        }

        var coverage = SoracomCoverages.TryParseWireName(new QueryReader(Location).Text("coverage"), out var named) ? named : SoracomCoverage.Japan;
        if (place is null || (place.Slug, place.Coverage, place.DeviceId) != (Slug, coverage, DeviceId))
        {
            place = new CameraPlace(Slug, coverage, DeviceId);
            (seen, problem, said) = (null, null, null);
        }

        if (RendererInfo.IsInteractive && loaded != place)
        {
            await LoadAsync();
        }
    }

    private Task RefreshAsync()
    {
        (problem, said) = (null, null);
        return ReadAnewAsync();
    }

    private Task ReadAnewAsync()
    {
        place = place with { Reading = place.Reading + 1 };
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        loaded = place;
        if (await state.LoadAsync(token => Reader.GetAsync(Tenant, place.Coverage, place.DeviceId, token)))
        {
            // A camera that was there a moment ago stays in sight with what went wrong above it.
            (seen, problem) = state.State switch
            {
                Loadable<SeenCamera>.Ready { Value: var now } => (now, problem),
                Loadable<SeenCamera>.Failed { Error: var error } when seen is not null => (seen, problem ?? error),
                _ => (seen, problem),
            };
        }
    }

    private async Task ActAsync(CameraAct act)
    {
        if (busy)
        {
            // A second click that was on its way before the button could be switched off.
            return;
        }

        (problem, said, busy) = (null, null, true);
        try
        {
            if (act.Title is not null && !await Confirm.AskAsync(act.Title, act.Question, act.Yes, act.Danger))
            {
                return;
            }

            var done = await Changes.ApplyAsync(Tenant, place.Coverage, place.DeviceId, act.Change, CancellationToken.None);
            problem = done.Error;
            said = done.Error is not null ? null : Words[done.Value ? "CameraChange.Done" : "CameraChange.Already"].Value;
        }
        finally
        {
            busy = false;
        }

        // Whatever came of it: what the camera is now is at the vendor.
        await ReadAnewAsync();
    }
}
