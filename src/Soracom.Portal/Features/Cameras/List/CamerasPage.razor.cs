using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Soracom.Api;
using Soracom.Portal.Features.Cameras.Stills;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Vendor;

namespace Soracom.Portal.Features.Cameras.List;

/// <summary>
/// A tenant's cameras. What the page shows is what its address says. The vendor's list is shown as soon as it is there; what only a call
/// for each camera tells comes after it, camera by camera.
/// </summary>
public sealed partial class CamerasPage : IAsyncDisposable
{
    /// <summary>For how many cameras is asked at once.</summary>
    private const int AtOnce = 4;

    /// <summary>How often what has come is shown: a list of thousands is put in order anew each time.</summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private IReadOnlyList<SoracomCoverage>? coverages;
    private IReadOnlyList<SoracomCoverage> loaded = [];
    private CameraQuery query = CameraQuery.All;
    private Loader<IReadOnlyList<CameraListing>> loader = null!;
    private IReadOnlyList<CameraListing>? listings;
    private IReadOnlyList<ListedCamera> cameras = [];
    private IReadOnlyList<ListedCamera> found = [];
    private readonly CancellationTokenSource leaving = new();
    private readonly Dictionary<(SoracomCoverage Coverage, string DeviceId), ShownStill> stills = [];
    private CancellationTokenSource filling = new();
    private bool busy;

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
    private CameraList List { get; set; } = null!;

    [Inject]
    private CameraStills Stills { get; set; } = null!;

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    [Inject]
    private TenantSoracom Soracom { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<SoracomCoverage> Searched => [.. (coverages ?? []).Where(coverage => query.Coverage is null || query.Coverage == coverage)];

    private List<CameraListing> Failing => [.. (listings ?? []).Where(listing => listing.Failure is not null)];

    private DateTimeOffset? ReadAt => listings?.Min(listing => listing.ReadAt);

    /// <summary>Of how many cameras not all is known yet.</summary>
    private int Reading => cameras.Count(camera => camera.More is null);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
        await filling.CancelAsync();
        filling.Dispose();
        loader.Dispose();
        string[] addresses = [.. stills.Values.Select(still => still.Address).OfType<string>()];
        if (addresses.Length > 0)
        {
            try
            {
                await Script.InvokeVoidAsync("portal.pictures.drop", [addresses]);
            }
            catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
            {
                // The browser went away, and its pictures with it.
            }
        }
    }

    /// <inheritdoc />
    protected override void OnInitialized() => loader = new Loader<IReadOnlyList<CameraListing>>(Clock);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        query = CameraQuery.Parse(Location);
        coverages ??= await Soracom.CoveragesAsync(Tenant, CancellationToken.None);
        // The first, static rendering shows the frame; the circuit asks, once.
        if (RendererInfo.IsInteractive && Searched.Count > 0 && !loaded.SequenceEqual(Searched))
        {
            loaded = Searched;
            await LoadAsync();
        }
        else
        {
            found = CameraSearch.Find(cameras, query);
        }
    }

    private void Go(CameraQuery changed) => Navigation.NavigateTo(PortalUrls.Cameras(Slug, changed), replace: true);

    private ShownStill StillOf(ListedCamera camera) => stills.GetValueOrDefault((camera.Coverage, camera.DeviceId), ShownStill.None);

    private async Task TakeAsync(ListedCamera camera)
    {
        var key = (camera.Coverage, camera.DeviceId);
        var before = StillOf(camera);
        if (before.Taking)
        {
            // A second click that was on its way before the button could be switched off.
            return;
        }

        stills[key] = before with { Taking = true, Error = null };
        var left = leaving.Token;
        try
        {
            var taken = await Stills.TakeAsync(Tenant, camera.Coverage, camera.DeviceId, before.Ahead ?? before.Agreed(camera.Known?.Quota), left);
            if (taken.Error is { } error)
            {
                stills[key] = before with { Taking = false, Error = error };
                return;
            }

            using var content = new DotNetStreamReference(new MemoryStream(taken.Value.Content.ToArray(), writable: false));
            stills[key] = new ShownStill(Taking: false, await Script.InvokeAsync<string>("portal.pictures.keep", left, content), taken.Value.At);
        }
        catch (OperationCanceledException) when (left.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more.
        }
        catch (JSDisconnectedException)
        {
            // The browser went away meanwhile.
        }
        finally
        {
            if (stills[key].Taking)
            {
                stills[key] = before;
            }
        }
    }

    private async Task LoadAsync()
    {
        busy = true;
        StateHasChanged();
        var asked = loaded;
        if (!await loader.LoadAsync(async token =>
        {
            var read = new List<CameraListing>();
            foreach (var coverage in asked)
            {
                read.Add(await List.ReadAsync(Tenant, coverage, token));
            }

            return read;
        }))
        {
            return;
        }

        busy = false;
        listings = ((Loadable<IReadOnlyList<CameraListing>>.Ready)loader.State).Value;
        // What was known of a camera stays until it is read anew: nothing flickers.
        var before = cameras.ToDictionary(camera => (camera.Coverage, camera.DeviceId), camera => camera.More);
        cameras = [.. listings.SelectMany(listing => listing.Cameras).Select(camera => camera with { More = before.GetValueOrDefault((camera.Coverage, camera.DeviceId)) })];
        found = CameraSearch.Find(cameras, query);
        StateHasChanged();
        await FillAsync();
    }

    private async Task FillAsync()
    {
        var earlier = filling;
        var mine = filling = new CancellationTokenSource();
        await earlier.CancelAsync();
        earlier.Dispose();
        using var gate = new SemaphoreSlim(AtOnce);
        var token = mine.Token;
        try
        {
            // Those that are seen come first.
            var come = new Dictionary<(SoracomCoverage Coverage, string DeviceId), Result<CameraMore>>();
            var reading = Task.WhenAll([.. found.Concat(cameras.Except(found)).Select(camera => ReadMoreAsync(camera, come, gate, token))]);
            using var tick = new PeriodicTimer(Tick, Clock);
            while (!token.IsCancellationRequested && await Task.WhenAny(reading, tick.WaitForNextTickAsync(token).AsTask()) != reading)
            {
                Show(come);
            }

            await reading;
            Show(come);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody looks any more, or the list was read anew.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
    }

    /// <summary>Puts what has come beside the cameras, all of it at once.</summary>
    private void Show(Dictionary<(SoracomCoverage Coverage, string DeviceId), Result<CameraMore>> come)
    {
        if (come.Count > 0)
        {
            cameras = [.. cameras.Select(camera => come.TryGetValue((camera.Coverage, camera.DeviceId), out var more) ? camera with { More = more } : camera)];
            found = CameraSearch.Find(cameras, query);
            come.Clear();
            StateHasChanged();
        }
    }

    private async Task ReadMoreAsync(
        ListedCamera camera, Dictionary<(SoracomCoverage Coverage, string DeviceId), Result<CameraMore>> come, SemaphoreSlim gate, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            var more = await List.MoreAsync(Tenant, camera.Coverage, camera.DeviceId, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            come[(camera.Coverage, camera.DeviceId)] = more;
        }
        finally
        {
            gate.Release();
        }
    }
}
