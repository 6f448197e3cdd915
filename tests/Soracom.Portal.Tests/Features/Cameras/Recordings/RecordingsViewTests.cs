using Soracom.Api;
using Soracom.Portal.Features.Cameras.Recordings;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>What is in sight of a camera's past, and its address.</summary>
public sealed class RecordingsViewTests
{
    private const string Tokyo = "Asia/Tokyo";
    private const string Berlin = "Europe/Berlin";

    private static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Address_OfEveryPart_ReadsBackAsItWas()
    {
        var view = new RecordingsView
        {
            Zoom = TimelineZoom.Hour,
            At = Now,
            Chosen = new Period(Now, Now.AddSeconds(90)),
            Moment = Now.AddSeconds(3),
            Kind = PastKind.Motion,
            Label = "person",
        };

        Assert.Equal(view, RecordingsView.Parse(PortalUrls.Camera("aoba", SoracomCoverage.Japan, "02CA", view)));
        var day = new RecordingsView { Day = new DateOnly(2026, 11, 21) };
        Assert.Equal(day, RecordingsView.Parse(PortalUrls.Camera("aoba", SoracomCoverage.Japan, "02CA", day)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?zoom=year&day=yesterday&at=now&moment=12&kind=9&from=1&to=2")]
    [InlineData("?day=1999-12-31&at=0001-01-01T00:00:00Z&moment=9999-12-31T23:59:59Z&from=0001-01-01T00:00:00Z&to=9999-12-31T23:59:59Z")]
    public void Address_OfNonsense_IsToday(string query)
    {
        Assert.Equal(new RecordingsView(), RecordingsView.Parse($"/t/aoba/cameras/02CA{query}"));
        Assert.Equal("/t/aoba/cameras/02CA?coverage=jp", PortalUrls.Camera("aoba", SoracomCoverage.Japan, "02CA", new RecordingsView()));
    }

    [Theory]
    [InlineData("2026-11-22", Tokyo, 24)]
    [InlineData("2026-03-29", Berlin, 23)]
    [InlineData("2026-10-25", Berlin, 25)]
    public void Window_OfADay_HasTheHoursOfThatDay(string day, string zone, int hours)
    {
        var window = new RecordingsView { Day = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture) }.Window(Now, zone);

        Assert.Equal(TimeSpan.FromHours(hours), window.Length);
        Assert.Equal(TimeSpan.Zero, window.From.Offset);
    }

    [Fact]
    public void Window_OfNothingAsked_IsTodayWhereTheCameraIs() =>
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 15, 0, 0, TimeSpan.Zero), new RecordingsView().Window(Now, Tokyo).From);

    [Fact]
    public void Window_OfAMonth_IsFromItsFirstToTheNextOnesFirst()
    {
        var window = new RecordingsView { Zoom = TimelineZoom.Month, Day = new DateOnly(2026, 3, 31) }.Window(Now, Berlin);

        Assert.Equal(new DateTimeOffset(2026, 2, 28, 23, 0, 0, TimeSpan.Zero), window.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 22, 0, 0, TimeSpan.Zero), window.To);
    }

    [Fact]
    public void Window_OfAnHourOfNowhere_IsTheLastThatHasCome()
    {
        var window = new RecordingsView { Zoom = TimelineZoom.Hour }.Window(Now, Tokyo);

        Assert.Equal(TimeSpan.FromHours(1), window.Length);
        Assert.InRange(window.To, Now.AddMinutes(-1), Now);
    }

    [Fact]
    public void Moved_FromTheThirtyFirst_IsTheMonthBefore()
    {
        var march = new RecordingsView { Zoom = TimelineZoom.Month, Day = new DateOnly(2026, 3, 31) };

        Assert.Equal(new DateOnly(2026, 2, 1), march.Moved(-1, Now, Tokyo).Day);
        Assert.Equal(new DateOnly(2026, 4, 1), march.Moved(1, Now, Tokyo).Day);
    }

    [Fact]
    public void Moved_OverTheEndsOfTheCalendar_StaysWhereItIs()
    {
        var first = new RecordingsView { Day = new DateOnly(2000, 1, 1) };
        var last = new RecordingsView { Day = new DateOnly(2099, 12, 31) };

        Assert.Same(first, first.Moved(-1, Now, Tokyo));
        Assert.Same(last, last.Moved(1, Now, Tokyo));
    }

    [Fact]
    public void Moved_OfAnHour_GoesByThePartThatIsAsked()
    {
        var hour = new RecordingsView { Zoom = TimelineZoom.Hour, At = Now };

        Assert.Equal(Now.AddMinutes(15), hour.Moved(0.25, Now, Tokyo).At);
        Assert.Equal(Now.AddHours(-1), hour.Moved(-1, Now, Tokyo).At);
    }

    [Fact]
    public void Zoomed_AroundAMoment_KeepsItWhereItIs()
    {
        var hour = new RecordingsView { Day = new DateOnly(2026, 11, 21) }.Zoomed(TimelineZoom.Hour, Now, 0.25, Tokyo);

        Assert.InRange(TimelineDrawing.Share(hour.Window(Now, Tokyo), Now), 0.25, 0.27);
        Assert.Equal(new DateOnly(2026, 11, 22), hour.Zoomed(TimelineZoom.Day, Now, 0.5, Tokyo).Day);
    }
}
