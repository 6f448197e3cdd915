using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>
/// What a camera recorded and noticed: a month day by day, or a day and less as a timeline and as a table. A period of it is chosen
/// here, for whatever is to be done with it. What is in sight and what is chosen are in the page's address.
/// </summary>
public sealed partial class RecordingsPanel : IDisposable
{
    private PastReading reading = null!;
    private RecordingsView view = new();
    private TimelineDrawing drawing = null!;
    private CameraPlace? loaded;
    private NearestRecordings? nearest;
    private string? viewerZone;
    private CameraQuota? quota;

    // Views on their way to the address and back. Who presses a key again before that starts from the last of them.
    private List<RecordingsView> ahead = [];

    /// <summary>Which camera.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraPlace Place { get; set; }

    /// <summary>The camera.</summary>
    [Parameter]
    [EditorRequired]
    public required SeenCamera Seen { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    /// <summary>The page's whole address.</summary>
    [CascadingParameter(Name = "Location")]
    public required string Location { get; set; }

    [Inject]
    private CameraPast Past { get; set; } = null!;

    [Inject]
    private CameraReader Reader { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    // The vendor tells of no camera in which zone it is: it is taken to be where the tenant is.
    private string Zone => Tenant.Tenant.TimeZone;

    private Period Window => view.Window(reading.AsOf, Zone);

    private TimelineMoves Moves => new(reading.AsOf, Zone, reading.Book.In(Window, reading.AsOf));

    private RecordingsView Latest => ahead is [.., var last] ? last : view;

    private IReadOnlyList<PastItem> Listed => reading.Book.In(Window, reading.AsOf);

    /// <inheritdoc />
    public void Dispose() => reading.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => reading = new PastReading(Past, Clock, Redraw);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var asked = RecordingsView.Parse(Location);
        if (loaded == Place && asked == view)
        {
            return;
        }

        // An address that was not sent from here ends what is on its way.
        ahead = [.. ahead.Skip(ahead.IndexOf(asked) is >= 0 and var place ? place + 1 : ahead.Count)];

        if (loaded != Place)
        {
            reading.Forget();
            quota = null;
        }

        (loaded, view, nearest) = (Place, asked, null);
        drawing = Drawn();
        if (Seen.Licence.Kind != CameraLicenceKind.None)
        {
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        if (!await reading.ReadAsync(Tenant, Place.Coverage, Place.DeviceId, view.Chosen is { } chosen ? [Window, chosen] : [Window]))
        {
            return;
        }

        drawing = Drawn();
        await FindNearestAsync();
        await ReadQuotaAsync();
    }

    /// <summary>What is left of the quota matters once something is chosen. Where it can't be read, nothing is said of it: it is told again before anything is used.</summary>
    private async Task ReadQuotaAsync()
    {
        if ((view.Chosen ?? (object?)view.Moment) is not null && quota is null && reading.Error is null)
        {
            StateHasChanged();
            var (asked, read) = (loaded, await Reader.QuotaAsync(Tenant, Place.Coverage, Place.DeviceId, CancellationToken.None));
            quota = read.Error is null && asked == loaded ? read.Value : quota;
        }
    }

    /// <summary>Where there is nothing, it is said where there is something.</summary>
    private async Task FindNearestAsync()
    {
        var (window, now, asked) = (Window, reading.AsOf, view);
        if (reading.Error is not null || reading.IsCutOff || window.From >= now || reading.Book.Recorded(window, now).Count > 0)
        {
            return;
        }

        StateHasChanged();
        var found = await Past.NearestAsync(Tenant, Place.Coverage, Place.DeviceId, window, now, CancellationToken.None);
        if (asked == view && found.Error is null)
        {
            nearest = found.Value;
        }
    }

    private Task ReadQuotaAnewAsync()
    {
        quota = null;
        return ReadQuotaAsync();
    }

    private void Redraw()
    {
        drawing = Drawn();
        StateHasChanged();
    }

    private TimelineDrawing Drawn() => TimelineDrawing.Of(Window, reading.Book, reading.AsOf);

    private IReadOnlyList<Period> RecordedOf(Period? chosen) => chosen is { } period ? reading.Book.Recorded(period, reading.AsOf) : [];

    private bool IsRead(Period? chosen) => chosen is { } period && reading.Book.Missing(period with { To = period.To < reading.AsOf ? period.To : reading.AsOf }).Count == 0;

    private bool? IsRecorded(DateTimeOffset moment)
    {
        var second = new Period(moment, moment.AddSeconds(1));
        return reading.Book.Missing(second).Count > 0 ? null : reading.Book.Recorded(second, reading.AsOf).Count > 0;
    }

    private string To(RecordingsView other) => PortalUrls.Camera(Place.Slug, Place.Coverage, Place.DeviceId, other);

    private void Go(RecordingsView other, bool replace)
    {
        if (other != Latest)
        {
            ahead.Add(other);
            Navigation.NavigateTo(To(other), replace: replace);
        }
    }

    private void Gesture(TimelineGesture gesture) => Go(Moves.After(Latest, gesture), TimelineMoves.Replaces(gesture));

    private void GoToDay(DateOnly day) => Go(view with { Zoom = view.Zoom == TimelineZoom.Month ? TimelineZoom.Month : TimelineZoom.Day, Day = day, At = null }, replace: false);

    /// <summary>A period that was typed: it comes into sight, too.</summary>
    private void Choose(Period? chosen)
    {
        var other = view with { Chosen = chosen, Moment = null };
        if (chosen is { } period && view.Zoom != TimelineZoom.Month && (period.From >= Window.To || period.To <= Window.From))
        {
            other = other.Zoomed(TimelineZoom.Day, period.From, 0, Zone);
        }

        Go(other, replace: false);
    }

    private void SeenFrom(string zone) => viewerZone = Times.IsZone(zone) ? zone : null;
}
