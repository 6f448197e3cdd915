using System.Diagnostics;
using System.Globalization;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>What is kept of a camera's past, and what is drawn of it.</summary>
public sealed class PastBookTests
{
    private const string Berlin = "Europe/Berlin";

    private static readonly DateTimeOffset Start = new(2026, 10, 24, 22, 0, 0, TimeSpan.Zero);

    // The day on which clocks are put back in Berlin.
    private static readonly Period Day = new(Start, Start.AddHours(25));

    private readonly PastBook book = new();

    [Fact]
    public void Missing_AfterAPartWithMoreToCome_IsWhatLiesBeforeItsOldest()
    {
        book.Add(Day, new PastPart([Recording(10, 11)], [Motion(9.5, 9.6)], "key"));

        Assert.Equal([new Period(Start, Start.AddHours(9.5))], book.Missing(Day));
        book.Add(Day, new PastPart([Recording(8, 9)], [], NextKey: null));
        Assert.Empty(book.Missing(Day));
    }

    [Fact]
    public void Missing_AfterAnEmptyPartWithMoreToCome_IsAllOfIt()
    {
        book.Add(Day, new PastPart([], [], "key"));

        Assert.Equal([Day], book.Missing(Day));
    }

    [Fact]
    public void Add_WhatWentOnAndIsOver_IsThereOnce()
    {
        book.Add(Day, new PastPart([new PastItem(PastKind.Recording, Start, To: null)], [], NextKey: null));
        book.Add(Day, new PastPart([Recording(0, 1)], [], NextKey: null));

        Assert.Equal(Recording(0, 1), Assert.Single(book.In(Day, Start.AddHours(5))));
        Assert.Equal([new Period(Start, Start.AddHours(1))], book.Recorded(Day, Start.AddHours(5)));
    }

    [Fact]
    public void Drawing_OfADayOf25Hours_PutsEachHourInItsPlace()
    {
        book.Add(Day, new PastPart([Recording(0, 5), Recording(5, 10)], [Motion(20, 20.001)], NextKey: null));

        var drawing = TimelineDrawing.Of(Day, book, Start.AddHours(25));

        Assert.Equal($"M0 0H{TimelineDrawing.Columns * 10 / 25}V1H0Z", drawing.Recorded);
        Assert.Equal($"M{TimelineDrawing.Columns * 10 / 25} 0H{TimelineDrawing.Columns}V1H{TimelineDrawing.Columns * 10 / 25}Z", drawing.Gaps);
        Assert.Equal("M1152 0H1153V1H1152Z", drawing.Events[PastKind.Motion]);
        Assert.Equal(1, drawing.Now);
    }

    [Fact]
    public void Drawing_OfAnUnreadDay_HasNoGaps()
    {
        var drawing = TimelineDrawing.Of(Day, book, Start.AddHours(10));

        Assert.Equal("", drawing.Gaps);
        Assert.Equal([new Period(Start, Start.AddHours(10))], drawing.Unread);
        Assert.Equal(0.4, drawing.Now);
    }

    [Fact]
    public void Drawing_OfAFutureDay_IsEmpty()
    {
        var drawing = TimelineDrawing.Of(Day, book, Start.AddHours(-1));

        Assert.Equal(("", "", 0, 0), (drawing.Recorded, drawing.Gaps, drawing.Unread.Count, drawing.Now));
    }

    [Fact]
    public void Drawing_OfAHundredThousandEvents_IsSmall_AndSoon()
    {
        var events = Enumerable.Range(0, 100_000).Select(number => Motion(number * 25.0 / 100_000, (number + 0.5) * 25 / 100_000)).ToList();
        var recordings = Enumerable.Range(0, 20_000).Select(number => Recording(number * 25.0 / 20_000, (number + 0.5) * 25 / 20_000)).ToList();
        book.Add(Day, new PastPart(recordings, events, NextKey: null));
        var watch = Stopwatch.StartNew();

        var drawing = TimelineDrawing.Of(Day, book, Start.AddHours(25));

        Assert.InRange(drawing.Recorded.Length + drawing.Gaps.Length + drawing.Events[PastKind.Motion].Length, 1, 3 * 20 * TimelineDrawing.Columns);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Days_OfAMonthWithAChangeOfClocks_HaveTheirOwnLengths()
    {
        var month = new RecordingsView { Zoom = TimelineZoom.Month, Day = new DateOnly(2026, 10, 1) }.Window(Start, Berlin);
        book.Add(month, new PastPart([Recording(-2, 26), Recording(30, 31)], [Motion(-0.1, 0.1), Motion(3, 3.1)], NextKey: null));

        var days = DayShare.Of(month, book, Start.AddDays(3), Berlin);

        Assert.Equal(31, days.Count);
        Assert.Equal([2.0, 25, 2, 0], days.Skip(23).Take(4).Select(day => day.Recorded.TotalHours));
        Assert.Equal([1, 1, 0, 0], days.Skip(23).Take(4).Select(day => day.Events));
        Assert.Equal(25, days[24].Period.Length.TotalHours);
        Assert.Equal(1, days[24].Share);
        Assert.All(days, day => Assert.True(day.IsRead));
    }

    [Fact]
    public void Days_OfAMonthReadInPart_SayWhichAreNot()
    {
        var month = new RecordingsView { Zoom = TimelineZoom.Month, Day = new DateOnly(2026, 10, 1) }.Window(Start, Berlin);
        book.Add(month with { To = Start.AddDays(2) }, new PastPart([Recording(10, 11)], [], "key"));

        var days = DayShare.Of(month, book, Start.AddDays(2), Berlin);

        Assert.Equal("25 not 26 27 28 29 30 31", string.Join(' ', days.Skip(24).Select(day => day.IsRead ? day.Day.Day.ToString(CultureInfo.InvariantCulture) : $"{day.Day.Day} not")));
        Assert.All(days.Take(24), day => Assert.False(day.IsRead));
    }

    [Fact]
    public void Marks_OfADayWithAChangeOfClocks_ShowTheHourTwiceOrLeaveItOut()
    {
        var back = TimelineMark.Of(Day, TimelineZoom.Day, Berlin);
        var forward = TimelineMark.Of(new RecordingsView { Day = new DateOnly(2026, 3, 29) }.Window(Start, Berlin), TimelineZoom.Day, Berlin);

        Assert.Equal(["00:00", "02:00", "02:00", "04:00"], back.Take(4).Select(mark => mark.Text));
        Assert.Equal([0, 2 / 25.0, 3 / 25.0, 5 / 25.0], back.Take(4).Select(mark => mark.Share));
        Assert.Equal(["00:00", "04:00", "06:00"], forward.Take(3).Select(mark => mark.Text));
        Assert.Equal(3 / 23.0, forward[1].Share, 9);
    }

    [Theory]
    [InlineData(TimelineZoom.SixHours, "Asia/Kathmandu", 12, ":00", ":30")]
    [InlineData(TimelineZoom.Hour, "Asia/Tokyo", 12, ":00", ":05")]
    [InlineData(TimelineZoom.TenMinutes, "Asia/Tokyo", 10, ":00", ":01")]
    [InlineData(TimelineZoom.Minute, "Asia/Tokyo", 12, ":00", ":05")]
    public void Marks_OfLessThanADay_StandAtWholeStepsOfThatZone(TimelineZoom zoom, string zone, int count, string first, string second)
    {
        var marks = TimelineMark.Of(new Period(Start, Start + RecordingsView.SpanOf(zoom)), zoom, zone);

        Assert.Equal(count, marks.Count);
        Assert.Contains(marks, mark => mark.Text.EndsWith(first, StringComparison.Ordinal));
        Assert.Contains(marks, mark => mark.Text.EndsWith(second, StringComparison.Ordinal));
    }

    private static PastItem Recording(double from, double to) => new(PastKind.Recording, Start.AddHours(from), Start.AddHours(to));

    private static PastItem Motion(double from, double to) => new(PastKind.Motion, Start.AddHours(from), Start.AddHours(to));
}
