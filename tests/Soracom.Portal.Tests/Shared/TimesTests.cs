using System.Globalization;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Shared;

public sealed class TimesTests
{
    [Theory]
    [InlineData("Asia/Tokyo", "2026-04-01", "2026-03-31T15:00:00")]
    [InlineData("UTC", "2026-04-01", "2026-04-01T00:00:00")]
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00")]
    [InlineData("Europe/Berlin", "2026-03-30", "2026-03-29T22:00:00")]
    [InlineData("nowhere", "2026-04-01", "2026-04-01T00:00:00")]
    // Clocks went from 24:00 to 01:00 that night.
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00")]
    public void StartOf_ADay_IsItsFirstInstantInTheZone(string zone, string day, string utc) =>
        Assert.Equal(utc, Times.StartOf(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), zone).UtcDateTime.ToString("s", System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    // New York puts its clocks back on 1 November 2026 at 6:00 UTC: 1:00 to 2:00 is shown twice.
    [InlineData("2026-11-01T05:30:00Z", "01:30-04:00 01:30-05:00")]
    [InlineData("2026-11-01T06:30:00Z", "01:30-04:00 01:30-05:00")]
    [InlineData("2026-11-01T07:30:00Z", null)]
    [InlineData("2026-11-01T04:59:59Z", null)]
    public void Both_AreTheInstantsAtWhichTheClocksShowTheSame(string instant, string? both) =>
        Assert.Equal(both, Times.Both(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), "America/New_York") is { } two
            ? string.Create(CultureInfo.InvariantCulture, $"{two.First:HH:mmzzz} {two.Second:HH:mmzzz}") : null);

    [Theory]
    [InlineData("2026-03-08T01:59:59", true)]
    [InlineData("2026-03-08T02:00:00", false)]
    [InlineData("2026-03-08T02:59:59", false)]
    [InlineData("2026-03-08T03:00:00", true)]
    public void IsShown_IsFalseForWhatTheClocksLeaveOut(string shown, bool isShown) =>
        Assert.Equal(isShown, Times.IsShown(DateTime.Parse(shown, CultureInfo.InvariantCulture), "America/New_York"));

    [Theory]
    [InlineData("2026-11-01T01:30:00", "2026-11-01T05:30:00Z")]
    [InlineData("2026-03-08T02:15:00", "2026-03-08T07:15:00Z")]
    [InlineData("2026-07-01T12:00:00", "2026-07-01T16:00:00Z")]
    public void InZone_TakesTheFirstOfTwo_AndTheNextOfNone(string shown, string instant) =>
        Assert.Equal(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture), Times.InZone(DateTime.Parse(shown, CultureInfo.InvariantCulture), "America/New_York"));
}
