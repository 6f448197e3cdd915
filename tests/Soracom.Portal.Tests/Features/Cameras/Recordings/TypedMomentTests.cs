using System.Globalization;
using Soracom.Portal.Features.Cameras.Recordings;

namespace Soracom.Portal.Tests.Features.Cameras.Recordings;

/// <summary>Times as people type them.</summary>
public sealed class TypedMomentTests
{
    private const string Tokyo = "Asia/Tokyo";
    private const string Berlin = "Europe/Berlin";

    private static readonly DateOnly Day = new(2026, 11, 22);

    [Theory]
    [InlineData("9:05", "2026-11-22T00:05:00Z")]
    [InlineData(" 09:05:30 ", "2026-11-22T00:05:30Z")]
    [InlineData("2026-11-21 23:59:59", "2026-11-21T14:59:59Z")]
    [InlineData("2026/1/5 9:05", "2026-01-05T00:05:00Z")]
    [InlineData("2026-11-21T09:05", "2026-11-21T00:05:00Z")]
    [InlineData("２０２６－１１－２１　０９：０５", "2026-11-21T00:05:00Z")]
    [InlineData("24:00", "2026-11-22T15:00:00Z")]
    [InlineData("2026-11-21 09:05Z", "2026-11-21T09:05:00Z")]
    [InlineData("2026-11-21 09:05:00 +01:00", "2026-11-21T08:05:00Z")]
    public void Read_ATime_IsTheMomentByTheClocksOfThePlace(string text, string expected)
    {
        var read = TypedMoment.Read(text, Day, Tokyo);

        Assert.Null(read.Fault);
        Assert.Equal(DateTimeOffset.Parse(expected, CultureInfo.InvariantCulture), read.At);
        Assert.Equal(TimeSpan.Zero, read.At!.Value.Offset);
    }

    [Theory]
    [InlineData(null, "Missing")]
    [InlineData("  ", "Missing")]
    [InlineData("noon", "Unreadable")]
    [InlineData("25:00", "Unreadable")]
    [InlineData("9", "Unreadable")]
    [InlineData("2026-02-30 09:05", "Unreadable")]
    [InlineData("0001-01-01 00:00", "Unreadable")]
    [InlineData("2026-11-21 09:05 +99:99", "Unreadable")]
    [InlineData("2026-11-21", "Unreadable")]
    public void Read_WhatIsNoTime_SaysWhatIsWrong(string? text, string fault) => Assert.Equal(fault, TypedMoment.Read(text, Day, Tokyo).Fault.ToString());

    [Fact]
    public void Read_ATimeThatClocksLeaveOut_SaysSo() => Assert.Equal(TypedFault.LeftOut, TypedMoment.Read("2:30", new DateOnly(2026, 3, 29), Berlin).Fault);

    [Fact]
    public void Read_ATimeThatClocksShowTwice_IsTheFirst_AndTheSecondIsWrittenWithItsOffset()
    {
        var first = TypedMoment.Read("2:30", new DateOnly(2026, 10, 25), Berlin);
        var second = first.At!.Value.AddHours(1);

        Assert.Equal(new DateTimeOffset(2026, 10, 25, 0, 30, 0, TimeSpan.Zero), first.At);
        Assert.Equal("2026-10-25 02:30:00", TypedMoment.Written(first.At.Value, Berlin));
        Assert.Equal("2026-10-25 02:30:00+01:00", TypedMoment.Written(second, Berlin));
        Assert.Equal(second, TypedMoment.Read(TypedMoment.Written(second, Berlin), Day, Berlin).At);
    }
}
