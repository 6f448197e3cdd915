using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Errors;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Playback;

/// <summary>
/// Plays the chosen period of a camera, or the newest of it. What it uses of the quota is said before; the player is loaded when it is
/// wanted. Going elsewhere, or choosing another period, stops it.
/// </summary>
public sealed partial class CameraPlayer : IAsyncDisposable
{
    private readonly CancellationTokenSource leaving = new();
    private ElementReference video;
    private ElementReference timeShown;
    private PlayerInBrowser player = null!;
    private OpenPlayback? opened;
    private PlaybackPhase phase;
    private PortalError? problem;
    private CameraQuota? quota;
    private CameraPlace? asked;
    private Period? shown;
    private DateTimeOffset from;
    private Period? requested;
    private bool isAgain;

    /// <summary>Which camera.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraPlace Place { get; set; }

    /// <summary>IANA time zone of where the camera is.</summary>
    [Parameter]
    [EditorRequired]
    public required string Zone { get; set; }

    /// <summary>The chosen period; null for none.</summary>
    [Parameter]
    public Period? Chosen { get; set; }

    /// <summary>What was recorded of the chosen period, as far as that was read, in the order of time.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<Period> Recorded { get; set; }

    /// <summary>Whether all of the chosen period was read.</summary>
    [Parameter]
    public bool IsRead { get; set; }

    /// <summary>Called when some of the quota was used.</summary>
    [Parameter]
    public EventCallback OnUsed { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private CameraPlayback Playback { get; set; } = null!;

    [Inject]
    private PlaybackBook Book { get; set; } = null!;

    [Inject]
    private CameraReader Reader { get; set; } = null!;

    [Inject]
    private PlayerScript Script { get; set; } = null!;

    [Inject]
    private IJSRuntime Browser { get; set; } = null!;

    private PlaybackOffer? Offer => Chosen is { } chosen ? PlaybackOffer.Of(chosen, Recorded, IsRead, from) : null;

    private bool IsUsedUp => quota is { } known && known.Left <= TimeSpan.Zero;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await leaving.CancelAsync();
        leaving.Dispose();
        await EndAsync();
        await player.DisposeAsync();
    }

    /// <summary>Called by the player.</summary>
    /// <param name="what">What happened.</param>
    /// <param name="part">The part that is played, from 0.</param>
    /// <param name="seconds">How far it was played.</param>
    /// <returns>A task that ends when the page says so.</returns>
    [JSInvokable]
    public async Task Told(string what, int part, double seconds)
    {
        if (phase is not (PlaybackPhase.Loading or PlaybackPhase.Playing) || opened is not { } played)
        {
            return;
        }

        if (what == "playing")
        {
            phase = PlaybackPhase.Playing;
        }
        else
        {
            var reached = part >= 0 && part < played.Parts.Count && played.Parts[part].Period is { } period && double.IsFinite(seconds)
                ? period.From + TimeSpan.FromSeconds(Math.Clamp(Math.Floor(seconds), 0, period.Length.TotalSeconds))
                : (DateTimeOffset?)null;
            var isOver = what == "ended";
            await EndAsync();
            (phase, problem) = (isOver ? PlaybackPhase.Ended : PlaybackPhase.Idle, isOver ? null : PlaybackWords.ErrorOf(what, Place.Coverage));
            // Of what was watched to its end the rest comes next; what broke off goes on where it did, and is charged anew.
            from = (isOver ? requested?.To : reached) ?? from;
            isAgain = !isOver && reached is not null;
        }

        StateHasChanged();
    }

    /// <inheritdoc />
    protected override void OnInitialized() => player = new PlayerInBrowser(Browser);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (shown != Chosen || asked is { } before && (before.Coverage, before.DeviceId) != (Place.Coverage, Place.DeviceId))
        {
            shown = Chosen;
            await StopAsync();
            (problem, from, isAgain) = (null, DateTimeOffset.MinValue, false);
        }

        if (asked != Place && Tenant.May(Permission.CamerasPlay) && Script.IsThere)
        {
            asked = Place;
            await ReadQuotaAsync();
        }
    }

    private async Task StartAsync(Period? period, CameraAgreed agreed)
    {
        if (phase is not (PlaybackPhase.Idle or PlaybackPhase.Ended))
        {
            // A second click that was on its way before the button was gone.
            return;
        }

        (phase, problem, requested) = (PlaybackPhase.Starting, null, period);
        var (wanted, left) = ((Place, Chosen), leaving.Token);
        try
        {
            var started = await Playback.StartAsync(Tenant, Place.Coverage, Place.DeviceId, period, agreed, left);
            if (left.IsCancellationRequested || phase != PlaybackPhase.Starting || wanted != (Place, Chosen))
            {
                // Something else is wanted by now. What was charged is charged.
                Book.Close(started.Error is null ? started.Value.Id : "");
                return;
            }

            if (started.Error is { } error)
            {
                (phase, problem) = (PlaybackPhase.Idle, error);
                await ReadQuotaAsync();
                return;
            }

            (opened, phase) = (started.Value, PlaybackPhase.Loading);
            StateHasChanged();
            await ShowAsync(started.Value, left);
            await ReadQuotaAsync();
            await OnUsed.InvokeAsync();
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested || Tenant.Ended.IsCancellationRequested)
        {
            // Nobody watches any more, or may.
        }
        catch (PermissionDeniedException)
        {
            // The gate before the page says so.
        }
        catch (JSDisconnectedException)
        {
            // The browser went away.
        }
        catch (JSException)
        {
            await EndAsync();
            (phase, problem) = (PlaybackPhase.Idle, new PlayerUnusableError());
        }
    }

    private Task ShowAsync(OpenPlayback played, CancellationToken cancellationToken) => player.PlayAsync(
        this,
        (Address("Features/Cameras/Playback/CameraPlayer.razor.js"), Address(PlayerScript.Path)),
        (video, timeShown),
        played.Parts.Select((part, number) => (PortalUrls.Playback(Place.Slug, played.Id, number), part.Period?.From.ToUnixTimeMilliseconds())),
        Zone,
        cancellationToken);

    private string Address(string asset) => $"/{Assets[asset].TrimStart('/')}";

    private async Task StopAsync()
    {
        await EndAsync();
        phase = PlaybackPhase.Idle;
    }

    /// <summary>Has the browser stop, and lets go of the vendor's addresses.</summary>
    private async Task EndAsync()
    {
        if (opened is { } over)
        {
            opened = null;
            Book.Close(over.Id);
        }

        await player.StopAsync();
    }

    private async Task ReadQuotaAsync()
    {
        var (place, read) = (asked, await Reader.QuotaAsync(Tenant, Place.Coverage, Place.DeviceId, CancellationToken.None));
        // Where it can't be told, nothing is said of it: it is read again, and told, before anything is used.
        quota = place == asked && read.Error is null ? read.Value : null;
    }

    private string Consequence(TimeSpan cost) => quota is { } known ? PlaybackWords.Consequence(L, known, cost) : "";

    private string Written(Period period) => $"{Times.OfDay(period.From, Zone)}–{Times.OfDay(period.To, Zone)}";
}
