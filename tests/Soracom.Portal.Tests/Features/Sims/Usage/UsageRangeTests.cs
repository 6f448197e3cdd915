using System.Globalization;
using Soracom.Portal.Features.Sims.Usage;
using Soracom.Portal.Shared.Usage;

namespace Soracom.Portal.Tests.Features.Sims.Usage;

public sealed class UsageRangeTests
{
    // Already the next day in Tokyo.
    private static readonly DateTimeOffset Now = new(2026, 3, 31, 20, 17, 0, TimeSpan.Zero);

    [Fact]
    public void Months_AreEighteenUpToThePresentOne()
    {
        var range = Of(UsagePeriod.Month);

        Assert.Equal(("2024-10-01", "2026-03-01", 18), (Text(range.Starts[0]), Text(range.Starts[^1]), range.Starts.Count));
        Assert.Equal("2026-04-01", Text(range.End));
    }

    [Theory]
    [InlineData(31, "2026-03-01")]
    [InlineData(548, "2024-09-30")]
    public void Days_EndWithTodayInUtc(int days, string first)
    {
        var range = UsageRange.Of(new UsageQuery { Days = days }, Now, "Asia/Tokyo");

        Assert.Equal((first, "2026-03-31", days), (Text(range.Starts[0]), Text(range.Starts[^1]), range.Starts.Count));
    }

    [Theory]
    [InlineData("Asia/Tokyo", null, "2026-03-31T15:00:00", 288)]
    [InlineData("UTC", null, "2026-03-31T00:00:00", 288)]
    [InlineData("Asia/Tokyo", "2026-03-20", "2026-03-19T15:00:00", 288)]
    // Clocks went forward that day.
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00:00", 276)]
    // Kept for 32 days only, and not told in advance.
    [InlineData("UTC", "2020-01-01", "2026-02-28T00:00:00", 288)]
    [InlineData("UTC", "2030-01-01", "2026-03-31T00:00:00", 288)]
    public void Minutes_AreTheSlotsOfADayInTheZone(string zone, string? day, string start, int slots)
    {
        var query = new UsageQuery { Period = UsagePeriod.Minutes, Day = day is null ? null : DateOnly.Parse(day, CultureInfo.InvariantCulture) };

        var range = UsageRange.Of(query, Now, zone);

        Assert.Equal((start, slots), (range.Starts[0].UtcDateTime.ToString("s", CultureInfo.InvariantCulture), range.Starts.Count));
        Assert.Equal(range.End, range.Starts[^1].AddMinutes(5));
    }

    [Fact]
    public void IndexOf_AMoment_IsThePeriodThatItLiesIn()
    {
        var range = Of(UsagePeriod.Month);

        Assert.Equal(0, range.IndexOf(range.Starts[0]));
        Assert.Equal(16, range.IndexOf(range.Starts[17].AddTicks(-1)));
        Assert.Equal(17, range.IndexOf(Now));
        Assert.Equal(-1, range.IndexOf(range.Starts[0].AddTicks(-1)));
        Assert.Equal(-1, range.IndexOf(range.End));
    }

    private static UsagePeriods Of(UsagePeriod period) => UsageRange.Of(new UsageQuery { Period = period }, Now, "Asia/Tokyo");

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
