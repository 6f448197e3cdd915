using Microsoft.AspNetCore.Components;
using Soracom.Portal.Features.Cameras.Page;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>What the timeline shows, as a table: each recording and event with its time, and what else is known of events.</summary>
public sealed partial class PastTable : IDisposable
{
    private const int Step = 25;

    private Loader<EventsRead> details = null!;
    private (CameraPlace Place, Period Window) asked;
    private (Period Window, PastKind? Kind, string Label) question;
    private int shown = Step;

    /// <summary>What is in sight and what is chosen.</summary>
    [Parameter]
    [EditorRequired]
    public required RecordingsView View { get; set; }

    /// <summary>Which camera.</summary>
    [Parameter]
    [EditorRequired]
    public required CameraPlace Place { get; set; }

    /// <summary>The time that is in sight.</summary>
    [Parameter]
    [EditorRequired]
    public Period Window { get; set; }

    /// <summary>IANA time zone of where the camera is.</summary>
    [Parameter]
    [EditorRequired]
    public required string Zone { get; set; }

    /// <summary>What was recorded and noticed then, in the order of time.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<PastItem> Items { get; set; }

    /// <summary>The time.</summary>
    [Parameter]
    [EditorRequired]
    public DateTimeOffset Now { get; set; }

    /// <summary>Whether more is on its way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>The address of a view.</summary>
    [Parameter]
    [EditorRequired]
    public required Func<RecordingsView, string> To { get; set; }

    /// <summary>The tenant.</summary>
    [CascadingParameter]
    public required TenantContext Tenant { get; set; }

    [Inject]
    private CameraEvents Events { get; set; } = null!;

    [Inject]
    private TimeProvider Clocks { get; set; } = null!;

    private EventsRead? Known => details.State is Loadable<EventsRead>.Ready { Value: var read } ? read : null;

    private bool MayPlay => Tenant.May(Permission.CamerasPlay);

    private IReadOnlyList<string> Labels => [.. (Known?.Events ?? [])
        .Where(one => one.At >= Window.From && one.At < Window.To)
        .SelectMany(one => one.Labels)
        .Concat(View.Label.Length > 0 ? [View.Label] : [])
        .Distinct(StringComparer.Ordinal)
        .Order(StringComparer.Ordinal)];

    private IReadOnlyList<PastItem> Found =>
        View.Label.Length > 0 ? [.. Items.Where(item => item.Kind != PastKind.Recording && Known?.Of(item)?.Labels.Contains(View.Label, StringComparer.Ordinal) == true)]
        : View.Kind is { } kind ? [.. Items.Where(item => item.Kind == kind)]
        : Items;

    /// <inheritdoc />
    public void Dispose() => details.Dispose();

    /// <inheritdoc />
    protected override void OnInitialized() => details = new Loader<EventsRead>(Clocks);

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (question != (Window, View.Kind, View.Label))
        {
            (question, shown) = ((Window, View.Kind, View.Label), Step);
        }

        // Looked at more closely, the same events are there still.
        var isKnown = Known is { IsCutOff: false } known && asked.Place == Place && known.Period.From <= Window.From && Window.To <= known.Period.To;
        if (asked != (Place, Window) && !isKnown && Window.From < Now)
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        asked = (Place, Window);
        await details.LoadAsync(token => Events.ReadAsync(Tenant, Place.Coverage, Place.DeviceId, Window, token));
    }

    private string Clock(DateTimeOffset at) => Times.DayOf(at, Zone) == Times.DayOf(Window.From, Zone) ? Times.OfDay(at, Zone) : Times.ToTheSecond(at, Zone);

    private RecordingsView Choosing(PastItem item) => new TimelineMoves(Now, Zone, []).Choosing(View, item.Until(Now));

    private bool Means(PastItem item) => View.Chosen is { } chosen && Choosing(item).Chosen == chosen;
}
