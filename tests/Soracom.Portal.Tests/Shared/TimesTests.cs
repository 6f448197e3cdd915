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
}
