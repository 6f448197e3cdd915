using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>What becomes of a view when somebody does something to its timeline.</summary>
/// <param name="Now">The time.</param>
/// <param name="Zone">IANA time zone of where the camera is.</param>
/// <param name="Items">What is in sight.</param>
internal sealed record TimelineMoves(DateTimeOffset Now, string Zone, IReadOnlyList<PastItem> Items)
{
    /// <summary>The view after a gesture; the same view where it leads nowhere.</summary>
    public RecordingsView After(RecordingsView view, TimelineGesture gesture)
    {
        var window = view.Window(Now, Zone);
        return gesture switch
        {
            TimelineGesture.Dragged dragged => Choose(view, dragged.From, dragged.To),
            TimelineGesture.Clicked clicked => Point(view, clicked),
            TimelineGesture.Pulled pulled when view.Chosen is { } chosen => Pull(view, chosen, pulled.IsEnd, pulled.At),
            TimelineGesture.Pressed { Handle: "" } pressed => Press(view, window, pressed.Key),
            TimelineGesture.Pressed pressed when view.Chosen is { } chosen => PressHandle(view, window, chosen, pressed),
            TimelineGesture.Wheeled wheeled => Turn(view, window, wheeled),
            _ => view,
        };
    }

    /// <summary>Whether the browser's way back leads past what came of a gesture: who goes on and on in small steps does not want to go back through each.</summary>
    public static bool Replaces(TimelineGesture gesture) => gesture is TimelineGesture.Pressed or TimelineGesture.Wheeled or TimelineGesture.Pulled;

    /// <summary>The smallest step of a choice made by hand: about a pixel, and a second at least.</summary>
    public static TimeSpan StepOf(TimelineZoom zoom) => zoom switch
    {
        TimelineZoom.Month or TimelineZoom.Day => TimeSpan.FromMinutes(1),
        TimelineZoom.SixHours => TimeSpan.FromSeconds(15),
        TimelineZoom.Hour => TimeSpan.FromSeconds(5),
        _ => TimeSpan.FromSeconds(1),
    };

    /// <summary>A closer or wider view around a moment that stays where it is.</summary>
    public RecordingsView Zoom(RecordingsView view, int steps, DateTimeOffset around)
    {
        var zoom = (TimelineZoom)Math.Clamp((int)view.Zoom + steps, (int)TimelineZoom.Month, (int)TimelineZoom.Minute);
        return zoom == view.Zoom ? view : view.Zoomed(zoom, around, Math.Clamp(TimelineDrawing.Share(view.Window(Now, Zone), around), 0, 1), Zone);
    }

    /// <summary>The moment that matters in a view: what was pointed at or chosen, where it is in sight, and otherwise the middle of what has come.</summary>
    public DateTimeOffset Middle(RecordingsView view)
    {
        var window = view.Window(Now, Zone);
        return view.Moment is { } moment && Holds(window, moment) ? moment
            : view.Chosen is { } chosen && Holds(window, chosen.From + (chosen.Length / 2)) ? chosen.From + (chosen.Length / 2)
            : window.From + ((Now > window.From && Now < window.To ? Now - window.From : window.Length) / 2);
    }

    /// <summary>All of what is in sight that has come, chosen.</summary>
    public RecordingsView ChooseAll(RecordingsView view)
    {
        var window = view.Window(Now, Zone);
        return Chosen(view, window.From, window.To);
    }

    /// <summary>A period, chosen.</summary>
    public RecordingsView Choosing(RecordingsView view, Period period) => Chosen(view, period.From, period.To);

    private static bool Holds(Period window, DateTimeOffset moment) => window.From <= moment && moment < window.To;

    private static DateTimeOffset Floor(DateTimeOffset moment, TimeSpan step) => new(moment.UtcTicks - (moment.UtcTicks % step.Ticks), TimeSpan.Zero);

    private static DateTimeOffset Ceiling(DateTimeOffset moment, TimeSpan step) => Floor(moment + step - TimeSpan.FromTicks(1), step);

    private RecordingsView Choose(RecordingsView view, DateTimeOffset from, DateTimeOffset to)
    {
        var step = StepOf(view.Zoom);
        return Chosen(view, Floor(from + (step / 2), step), Floor(to + (step / 2), step));
    }

    /// <summary>A period, chosen: in whole seconds, one at least, and only of what has come.</summary>
    private RecordingsView Chosen(RecordingsView view, DateTimeOffset from, DateTimeOffset to)
    {
        var second = TimeSpan.FromSeconds(1);
        var last = Floor(Now, second);
        var (start, end) = (Floor(from, second), Ceiling(to, second));
        end = end > last ? last : end;
        end = end <= start ? start + second : end;
        return end > last ? view : view with { Chosen = new Period(start, end), Moment = null };
    }

    private RecordingsView Point(RecordingsView view, TimelineGesture.Clicked clicked)
    {
        if (clicked.At > Now)
        {
            return view;
        }

        var meant = Items
            .Select(item => (item.Kind, Time: item.Until(Now)))
            .Where(item => item.Time.From - clicked.Near <= clicked.At && clicked.At <= item.Time.To + clicked.Near)
            .OrderBy(item => item.Kind == PastKind.Recording)
            .ThenBy(item => item.Time.Length)
            .Select(item => (Period?)item.Time)
            .FirstOrDefault();
        var chosen = meant is { } time ? Chosen(view, time.From, time.To) : view;
        return chosen with { Moment = Floor(clicked.At, TimeSpan.FromSeconds(1)) };
    }

    private RecordingsView Pull(RecordingsView view, Period chosen, bool isEnd, DateTimeOffset at)
    {
        // Pulled beyond the other end, it becomes that.
        var other = isEnd ? chosen.From : chosen.To;
        return at < other ? Choose(view, at, other) : Choose(view, other, at);
    }

    private RecordingsView Press(RecordingsView view, Period window, string key) => key switch
    {
        "ArrowLeft" or "Shift+ArrowLeft" => view.Moved(-0.25, Now, Zone),
        "ArrowRight" or "Shift+ArrowRight" => view.Moved(0.25, Now, Zone),
        "PageUp" => view.Moved(-1, Now, Zone),
        "PageDown" => view.Moved(1, Now, Zone),
        "+" or "=" => Zoom(view, 1, Middle(view)),
        "-" => Zoom(view, -1, Middle(view)),
        "Enter" or " " => Chosen(view, window.From, window.To),
        _ => view,
    };

    private RecordingsView PressHandle(RecordingsView view, Period window, Period chosen, TimelineGesture.Pressed pressed)
    {
        var isEnd = pressed.Handle == "to";
        var at = isEnd ? chosen.To : chosen.From;
        var step = StepOf(view.Zoom);
        DateTimeOffset? target = pressed.Key switch
        {
            "ArrowLeft" or "ArrowDown" => at - step,
            "ArrowRight" or "ArrowUp" => at + step,
            "Shift+ArrowLeft" or "Shift+ArrowDown" or "PageDown" => at - (10 * step),
            "Shift+ArrowRight" or "Shift+ArrowUp" or "PageUp" => at + (10 * step),
            "Home" => isEnd ? chosen.From : window.From,
            "End" => isEnd ? window.To : chosen.To,
            _ => null,
        };
        if (target is not { } aim)
        {
            return pressed.Key is "+" or "=" ? Zoom(view, 1, at) : pressed.Key == "-" ? Zoom(view, -1, at) : view;
        }

        // A key stops where the strip ends and at the other handle: the handle that has the focus stays in sight, and the one it is.
        aim = aim < window.From ? window.From : aim > window.To ? window.To : aim;
        var second = TimeSpan.FromSeconds(1);
        return isEnd
            ? Chosen(view, chosen.From, aim > chosen.From ? aim : chosen.From + second)
            : Chosen(view, aim < chosen.To ? aim : chosen.To - second, chosen.To);
    }

    private RecordingsView Turn(RecordingsView view, Period window, TimelineGesture.Wheeled wheeled) =>
        wheeled.Zoom != 0 ? Zoom(view, wheeled.Zoom, wheeled.At)
        : view.Zoom is TimelineZoom.Day or TimelineZoom.Month || wheeled.Pan == 0 ? view
        : view.Moved(wheeled.Pan, Now, Zone);
}
