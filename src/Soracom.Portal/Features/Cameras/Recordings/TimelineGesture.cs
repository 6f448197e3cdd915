namespace Soracom.Portal.Features.Cameras.Recordings;

/// <summary>What somebody did to a timeline.</summary>
public abstract record TimelineGesture
{
    private TimelineGesture()
    {
    }

    /// <summary>Dragged over a stretch of it.</summary>
    /// <param name="From">Its beginning.</param>
    /// <param name="To">Its end.</param>
    public sealed record Dragged(DateTimeOffset From, DateTimeOffset To) : TimelineGesture;

    /// <summary>Clicked a moment.</summary>
    /// <param name="At">The moment.</param>
    /// <param name="Near">How far beside something a click still means it.</param>
    public sealed record Clicked(DateTimeOffset At, TimeSpan Near) : TimelineGesture;

    /// <summary>Pulled one end of the chosen period.</summary>
    /// <param name="IsEnd">Whether it is the end; else the beginning.</param>
    /// <param name="At">To where.</param>
    public sealed record Pulled(bool IsEnd, DateTimeOffset At) : TimelineGesture;

    /// <summary>Pressed a key.</summary>
    /// <param name="Handle">At the handle <c>from</c> or <c>to</c>; empty for the strip itself.</param>
    /// <param name="Key">The key, with Shift+ ahead of it where it is held down.</param>
    public sealed record Pressed(string Handle, string Key) : TimelineGesture;

    /// <summary>Turned the wheel.</summary>
    /// <param name="Zoom">Steps closer.</param>
    /// <param name="Pan">How much of what is in sight later.</param>
    /// <param name="At">The moment under the pointer.</param>
    public sealed record Wheeled(int Zoom, double Pan, DateTimeOffset At) : TimelineGesture;
}
