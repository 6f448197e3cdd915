using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>What dragging, clicking, keys and the wheel make of a view.</summary>
public sealed class TimelineMovesTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 15, 0, 0, TimeSpan.Zero);
    private static readonly RecordingsView Day = new() { Day = new DateOnly(2026, 11, 21) };
    private static readonly TimelineMoves Moves = new(
        Start.AddHours(20),
        "Asia/Tokyo",
        [new PastItem(PastKind.Recording, Start, Start.AddHours(2)), new PastItem(PastKind.Motion, Start.AddHours(1), Start.AddHours(1).AddMilliseconds(20_400)), new PastItem(PastKind.Recording, Start.AddHours(19), To: null)]);

    [Fact]
    public void Drag_OverADay_ChoosesWholeMinutes()
    {
        var view = Moves.After(Day, new TimelineGesture.Dragged(Start.AddSeconds(3617), Start.AddSeconds(7190)));

        Assert.Equal(new Period(Start.AddHours(1), Start.AddHours(2)), view.Chosen);
    }

    [Fact]
    public void Drag_IntoWhatHasNotCome_EndsNow()
    {
        Assert.Equal(Start.AddHours(20), Moves.After(Day, new TimelineGesture.Dragged(Start.AddHours(19), Start.AddHours(22))).Chosen!.Value.To);
        Assert.Equal(Day, Moves.After(Day, new TimelineGesture.Dragged(Start.AddHours(21), Start.AddHours(22))));
    }

    [Fact]
    public void Click_OnAnEventWithinARecording_ChoosesTheEvent_InWholeSeconds()
    {
        var view = Moves.After(Day, new TimelineGesture.Clicked(Start.AddHours(1).AddSeconds(30), TimeSpan.FromMinutes(1)));

        Assert.Equal(new Period(Start.AddHours(1), Start.AddHours(1).AddSeconds(21)), view.Chosen);
        Assert.Equal(Start.AddHours(1).AddSeconds(30), view.Moment);
    }

    [Fact]
    public void Click_OnARecording_ChoosesIt_AsFarAsItHasCome()
    {
        Assert.Equal(new Period(Start, Start.AddHours(2)), Moves.After(Day, new TimelineGesture.Clicked(Start.AddMinutes(10), TimeSpan.Zero)).Chosen);
        Assert.Equal(new Period(Start.AddHours(19), Start.AddHours(20)), Moves.After(Day, new TimelineGesture.Clicked(Start.AddHours(19.5), TimeSpan.Zero)).Chosen);
    }

    [Fact]
    public void Click_WhereNothingIs_PointsAtTheMoment_AndKeepsWhatIsChosen()
    {
        var chosen = Day with { Chosen = new Period(Start, Start.AddHours(1)) };

        var view = Moves.After(chosen, new TimelineGesture.Clicked(Start.AddHours(5), TimeSpan.FromMinutes(1)));

        Assert.Equal(chosen with { Moment = Start.AddHours(5) }, view);
        Assert.Equal(chosen, Moves.After(chosen, new TimelineGesture.Clicked(Start.AddHours(21), TimeSpan.FromMinutes(1))));
    }

    [Theory]
    [InlineData("from", "ArrowRight", 61, 120)]
    [InlineData("from", "Shift+ArrowLeft", 50, 120)]
    [InlineData("from", "Home", 0, 120)]
    [InlineData("to", "ArrowDown", 60, 119)]
    [InlineData("to", "PageUp", 60, 130)]
    [InlineData("to", "End", 60, 1200)]
    public void Key_AtAHandle_MovesThatEnd(string handle, string key, int from, int to)
    {
        var view = Moves.After(Day with { Chosen = new Period(Start.AddHours(1), Start.AddHours(2)) }, new TimelineGesture.Pressed(handle, key));

        Assert.Equal(new Period(Start.AddMinutes(from), Start.AddMinutes(to)), view.Chosen);
    }

    [Fact]
    public void Key_AtAHandleThatMeetsTheOther_StopsASecondBeforeIt()
    {
        var view = Day with { Chosen = new Period(Start, Start.AddSeconds(30)) };

        Assert.Equal(new Period(Start.AddSeconds(29), Start.AddSeconds(30)), Moves.After(view, new TimelineGesture.Pressed("from", "ArrowRight")).Chosen);
        Assert.Equal(new Period(Start, Start.AddSeconds(1)), Moves.After(view, new TimelineGesture.Pressed("to", "Home")).Chosen);
    }

    [Fact]
    public void Pull_BeyondTheOtherEnd_TurnsThemRound()
    {
        var view = Day with { Chosen = new Period(Start.AddHours(1), Start.AddHours(2)) };

        Assert.Equal(new Period(Start.AddHours(2), Start.AddHours(3)), Moves.After(view, new TimelineGesture.Pulled(IsEnd: false, Start.AddHours(3))).Chosen);
        Assert.Equal(new Period(Start, Start.AddHours(1)), Moves.After(view, new TimelineGesture.Pulled(IsEnd: true, Start)).Chosen);
    }

    [Fact]
    public void Keys_AtTheStrip_MoveZoomAndChooseWhatIsInSight()
    {
        var hour = new RecordingsView { Zoom = TimelineZoom.Hour, At = Start };

        Assert.Equal(Start.AddMinutes(15), Moves.After(hour, new TimelineGesture.Pressed("", "ArrowRight")).At);
        Assert.Equal(TimelineZoom.TenMinutes, Moves.After(hour, new TimelineGesture.Pressed("", "+")).Zoom);
        Assert.Equal(TimelineZoom.SixHours, Moves.After(hour, new TimelineGesture.Pressed("", "-")).Zoom);
        Assert.Equal(new Period(Start, Start.AddHours(1)), Moves.After(hour, new TimelineGesture.Pressed("", "Enter")).Chosen);
        Assert.Equal(hour, Moves.After(hour, new TimelineGesture.Pressed("", "F5")));
        Assert.Equal(hour, Moves.After(hour, new TimelineGesture.Pressed("from", "ArrowLeft")));
    }

    [Fact]
    public void Wheel_ZoomsAroundThePointer_AndStopsAtBothEnds()
    {
        var at = Start.AddHours(12);
        var view = Moves.After(Day, new TimelineGesture.Wheeled(1, 0, at));

        Assert.Equal(TimelineZoom.SixHours, view.Zoom);
        Assert.InRange(TimelineDrawing.Share(view.Window(Moves.Now, Moves.Zone), at), 0.49, 0.52);
        var minute = new RecordingsView { Zoom = TimelineZoom.Minute, At = Start };
        Assert.Same(minute, Moves.After(minute, new TimelineGesture.Wheeled(1, 0, at)));
        Assert.Equal(Start.AddSeconds(30), Moves.After(minute, new TimelineGesture.Wheeled(0, 0.5, at)).At);
    }
}
