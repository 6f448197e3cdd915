using Soracom.Api.SoraCam;
using Soracom.Portal.Shared.Cameras;

namespace Soracom.Portal.Tests.Shared.Cameras;

public sealed class FootageTests
{
    private static readonly DateTimeOffset Nine = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly Period Hour = new(Nine, Nine.AddHours(1));

    public static TheoryData<string, string> Recordings => new()
    {
        { "", "" },
        { "10-20", "10-20" },
        { "30-40 10-20", "10-20 30-40" },
        { "10-20 20-30", "10-30" },
        { "10-25 20-30 22-24", "10-30" },
        { "-10-5 50-70", "0-5 50-60" },
        { "-20--10 60-70", "" },
        { "10-10", "" },
    };

    [Theory]
    [MemberData(nameof(Recordings))]
    public void Of_Recordings_IsWhatOfThePeriodWasRecorded(string recordings, string expected) =>
        Assert.Equal(expected, Said(Footage.Of(Parse(recordings).Select(part => new RecordingPeriod { StartTime = part.From, EndTime = part.To }), Hour, Nine.AddDays(1))));

    [Fact]
    public void Of_ARecordingUnderWay_EndsNow() =>
        Assert.Equal("10-25", Said(Footage.Of([new RecordingPeriod { StartTime = Nine.AddMinutes(10) }], Hour, Nine.AddMinutes(25))));

    [Fact]
    public void Of_APeriodThatIsStillToCome_IsNothing() =>
        Assert.Equal("", Said(Footage.Of([new RecordingPeriod { StartTime = Nine.AddMinutes(-10) }], Hour, Nine.AddMinutes(-5))));

    [Theory]
    [InlineData("0-60", "", "0-60")]
    [InlineData("0-60", "10-20", "0-10 20-60")]
    [InlineData("0-60", "50-70 -10-5", "5-50")]
    [InlineData("0-20 30-60", "10-40", "0-10 40-60")]
    [InlineData("0-20 30-60", "20-30", "0-20 30-60")]
    [InlineData("10-20", "0-60", "")]
    public void Without_Others_IsWhatIsLeft(string recorded, string without, string expected) =>
        Assert.Equal(expected, Said(Footage.Without([.. Parse(recorded)], Parse(without))));

    [Fact]
    public void Gaps_AreWhereNothingWasRecorded() => Assert.Equal("0-10 20-30 40-60", Said(Footage.Gaps([.. Parse("10-20 30-40")], Hour)));

    private static IEnumerable<Period> Parse(string said) => said.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        var dash = part.IndexOf('-', 1);
        return new Period(At(part[..dash]), At(part[(dash + 1)..]));
    });

    private static DateTimeOffset At(string minutes) => Nine.AddMinutes(int.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture));

    private static string Said(IEnumerable<Period> periods) => string.Join(' ', periods.Select(part => $"{(part.From - Nine).TotalMinutes}-{(part.To - Nine).TotalMinutes}"));
}
