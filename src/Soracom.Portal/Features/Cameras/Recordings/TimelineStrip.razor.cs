using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using Soracom.Portal.Shared.Cameras;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>
/// A day of a camera's past, or less: what was recorded and noticed, by the clocks where the camera is and by the viewer's, and the chosen
/// period with a handle at each end. It is chosen by dragging, by a click on something, and by keys.
/// </summary>
public sealed partial class TimelineStrip : IAsyncDisposable
{
    /// <summary>The kinds of events, in the order of their lanes.</summary>
    private static readonly PastKind[] Lanes = [PastKind.Motion, PastKind.Sound, PastKind.Other];

    private ElementReference track;
    private DotNetObjectReference<TimelineStrip>? self;
    private IJSObjectReference? script;

    /// <summary>What is in sight.</summary>
    [Parameter]
    [EditorRequired]
    public Period Window { get; set; }

    /// <summary>How much that is.</summary>
    [Parameter]
    [EditorRequired]
    public TimelineZoom Zoom { get; set; }

    /// <summary>IANA time zone of where the camera is.</summary>
    [Parameter]
    [EditorRequired]
    public required string Zone { get; set; }

    /// <summary>IANA time zone of whoever looks; null while it is not known.</summary>
    [Parameter]
    public string? ViewerZone { get; set; }

    /// <summary>What the strip is, in words.</summary>
    [Parameter]
    [EditorRequired]
    public required string Label { get; set; }

    /// <summary>The chosen period.</summary>
    [Parameter]
    public Period? Chosen { get; set; }

    /// <summary>The moment that was pointed at.</summary>
    [Parameter]
    public DateTimeOffset? Moment { get; set; }

    /// <summary>Whether more is on its way.</summary>
    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Called with what was done to it.</summary>
    [Parameter]
    public EventCallback<TimelineGesture> OnGesture { get; set; }

    /// <summary>Called with the time zone of the viewer's browser.</summary>
    [Parameter]
    public EventCallback<string> OnViewer { get; set; }

    /// <summary>What is drawn.</summary>
    [Parameter]
    [EditorRequired]
    public required TimelineDrawing Drawing { get; set; }

    [Inject]
    private IJSRuntime Script { get; set; } = null!;

    private IReadOnlyList<TimelineMark> Ours => TimelineMark.Of(Window, Zoom, Zone);

    /// <summary>The viewer's clocks, where they show something else.</summary>
    private IReadOnlyList<TimelineMark>? Theirs =>
        ViewerZone is { } zone && Times.Local(Window.From, zone).Offset != Times.Local(Window.From, Zone).Offset ? TimelineMark.Of(Window, Zoom, zone) : null;

    /// <summary>Called by the browser when a stretch was dragged over.</summary>
    /// <param name="from">Its beginning, Unix milliseconds.</param>
    /// <param name="to">Its end, later.</param>
    /// <returns>A task that ends when it is chosen.</returns>
    [JSInvokable]
    public Task DraggedAsync(double from, double to) => ToldAsync(new TimelineGesture.Dragged(At(from), At(to)));

    /// <summary>Called by the browser when a moment was clicked.</summary>
    /// <param name="at">The moment, Unix milliseconds.</param>
    /// <param name="near">How far beside something a click still means it, in milliseconds.</param>
    /// <returns>A task that ends when it has had its effect.</returns>
    [JSInvokable]
    public Task ClickedAsync(double at, double near) => ToldAsync(new TimelineGesture.Clicked(At(at), TimeSpan.FromMilliseconds(Math.Clamp(near, 0, 3_600_000))));

    /// <summary>Called by the browser when a handle was moved by the pointer.</summary>
    /// <param name="isEnd">Whether it is the end's.</param>
    /// <param name="at">To where, Unix milliseconds.</param>
    /// <returns>A task that ends when it has had its effect.</returns>
    [JSInvokable]
    public Task PulledAsync(bool isEnd, double at) => ToldAsync(new TimelineGesture.Pulled(isEnd, At(at)));

    /// <summary>Called by the browser when a key was pressed that means something.</summary>
    /// <param name="handle">The handle that has the focus: from, to, or empty for the strip.</param>
    /// <param name="key">The key, with Shift+ ahead of it where it is held down.</param>
    /// <returns>A task that ends when it has had its effect.</returns>
    [JSInvokable]
    public Task PressedAsync(string handle, string key) => ToldAsync(new TimelineGesture.Pressed(handle, key));

    /// <summary>Called by the browser when the wheel asked for more or less, or to go on.</summary>
    /// <param name="zoom">By how many steps closer; further where it is below 0.</param>
    /// <param name="pan">By how much of what is in sight later; earlier where it is below 0.</param>
    /// <param name="at">The moment under the pointer, Unix milliseconds.</param>
    /// <returns>A task that ends when it has had its effect.</returns>
    [JSInvokable]
    public Task WheeledAsync(int zoom, double pan, double at) => ToldAsync(new TimelineGesture.Wheeled(Math.Clamp(zoom, -1, 1), Math.Clamp(pan, -1, 1), At(at)));

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        self?.Dispose();
        if (script is not null)
        {
            try
            {
                await script.DisposeAsync();
            }
            catch (JSDisconnectedException)
            {
                // The browser went away first.
            }
        }
    }

    /// <inheritdoc />
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        self = DotNetObjectReference.Create(this);
        try
        {
            script = await Script.InvokeAsync<IJSObjectReference>("import", $"./{Assets["timeline.js"]}");
            if (script is not null && await script.InvokeAsync<string?>("watch", track, self) is { Length: > 0 and < 64 } zone)
            {
                await OnViewer.InvokeAsync(zone);
            }
        }
        catch (Exception gone) when (gone is JSDisconnectedException or OperationCanceledException)
        {
            // The browser went away meanwhile.
        }
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(share, 0, 1):0.####%}");

    private string Over(Period part)
    {
        var (from, to) = (Math.Clamp(TimelineDrawing.Share(Window, part.From), 0, 1), Math.Clamp(TimelineDrawing.Share(Window, part.To), 0, 1));
        return $"inset-inline-start: {Percent(from)}; inline-size: {Percent(to - from)}";
    }

    /// <summary>A moment that the browser told, which is one of those in sight.</summary>
    private DateTimeOffset At(double milliseconds) =>
        double.IsFinite(milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds((long)Math.Clamp(milliseconds, Window.From.ToUnixTimeMilliseconds(), Window.To.ToUnixTimeMilliseconds())) : Window.From;

    /// <summary>What fails on a call from the browser would be told to its console; here it reaches the page's error boundary.</summary>
    private async Task ToldAsync(TimelineGesture gesture)
    {
        try
        {
            await OnGesture.InvokeAsync(gesture);
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    }
}
