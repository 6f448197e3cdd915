using Soracom.Portal.Features.RemoteAccess.Sources;

namespace Soracom.Portal.Tests.Features.RemoteAccess;

/// <summary>Who is let in, as people write it.</summary>
public sealed class SourceRangesTests
{
    [Theory]
    [InlineData("203.0.113.5", "203.0.113.5/32")]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("203.0.113.5/32,198.51.100.0/24", "198.51.100.0/24 203.0.113.5/32")]
    [InlineData("203.0.113.5\r\n203.0.113.5/32  203.0.113.5", "203.0.113.5/32")]
    [InlineData("203.0.113.5、198.51.100.7", "198.51.100.7/32 203.0.113.5/32")]
    [InlineData("0.0.0.0/0", "0.0.0.0/0")]
    [InlineData("128.0.0.0/1", "128.0.0.0/1")]
    [InlineData("", "")]
    public void Parse_WhatCanBeUsed_IsInOrderAndOnce(string text, string expected)
    {
        var ranges = SourceRanges.Parse(text, out var problems);

        Assert.Empty(problems);
        Assert.Equal(expected, ranges!.ToString());
        Assert.Equal(expected, SourceRanges.Known(expected).ToString());
    }

    [Theory]
    [InlineData("", 0, false)]
    [InlineData("203.0.113.5", 1, false)]
    [InlineData("203.0.113.0/24 203.0.113.5 203.0.113.128/25", 256, false)]
    [InlineData("126.0.0.0/8 133.0.0.0/9 133.128.0.0/10 133.192.0.0/11 133.224.0.0/12 133.240.0.0/13 133.248.0.0/14", 33292288, false)]
    [InlineData("126.0.0.0/8 133.0.0.0/8", 33554432, true)]
    [InlineData("126.0.0.0/7", 33554432, true)]
    [InlineData("0.0.0.0/0 203.0.113.5", 4294967296, true)]
    public void Addresses_AreCountedOnce_AndManyAreAnywhere(string text, long addresses, bool anywhere)
    {
        var ranges = SourceRanges.Parse(text, out _)!;

        Assert.Equal((addresses, anywhere), (ranges.Addresses, ranges.IsAnywhere));
        Assert.Equal(addresses, SourceRanges.Known($"{ranges} {ranges}").Addresses);
    }

    [Theory]
    [InlineData("203.0.113.5/24 203.0.113.5/242", "203.0.113.0/24 203.0.113.5/242")]
    [InlineData("1203.0.113.5/24,203.0.113.5/24\n203.0.113.5/24、", "1203.0.113.5/24,203.0.113.0/24\n203.0.113.0/24、")]
    [InlineData("  203.0.113.5/24", "  203.0.113.0/24")]
    public void Correct_ChangesTheRangeThatIsMeant_AndNothingThatBeginsAlike(string text, string expected) =>
        Assert.Equal(expected, SourceRanges.Correct(text, "203.0.113.5/24", "203.0.113.0/24"));

    [Theory]
    [InlineData("203.0.113.5/24", RangeFault.HostBits, "203.0.113.0/24")]
    [InlineData("203.0.113.129/25", RangeFault.HostBits, "203.0.113.128/25")]
    [InlineData("1.2.3.4/0", RangeFault.HostBits, "0.0.0.0/0")]
    [InlineData("2001:db8::7", RangeFault.Ipv6, null)]
    [InlineData("2001:db8::/32", RangeFault.Ipv6, null)]
    [InlineData("::ffff:203.0.113.5", RangeFault.Ipv6, null)]
    [InlineData("10.1.2.3", RangeFault.Unreachable, null)]
    [InlineData("10.0.0.0/8", RangeFault.Unreachable, null)]
    [InlineData("172.16.0.1", RangeFault.Unreachable, null)]
    [InlineData("192.168.1.0/24", RangeFault.Unreachable, null)]
    [InlineData("127.0.0.1", RangeFault.Unreachable, null)]
    [InlineData("169.254.1.1", RangeFault.Unreachable, null)]
    [InlineData("100.64.0.0/10", RangeFault.Unreachable, null)]
    [InlineData("224.0.0.1", RangeFault.Unreachable, null)]
    [InlineData("255.255.255.255", RangeFault.Unreachable, null)]
    [InlineData("203.0.113.5/33", RangeFault.NoRange, null)]
    [InlineData("203.0.113.5/-1", RangeFault.NoRange, null)]
    [InlineData("203.0.113.5/", RangeFault.NoRange, null)]
    [InlineData("203.0.113.5/024", RangeFault.NoRange, null)]
    [InlineData("203.0.113", RangeFault.NoRange, null)]
    [InlineData("203.0.113.256", RangeFault.NoRange, null)]
    [InlineData("0203.0.113.5", RangeFault.NoRange, null)]
    [InlineData("203.0.113.05", RangeFault.NoRange, null)]
    [InlineData("3405803781", RangeFault.NoRange, null)]
    [InlineData("office.example.test", RangeFault.NoRange, null)]
    public void Parse_WhatCanNotBeUsed_SaysWhyAndWhatWasMeant(string text, RangeFault fault, string? instead)
    {
        Assert.Null(SourceRanges.Parse($"198.51.100.7 {text}", out var problems));

        var problem = Assert.Single(problems);
        Assert.Equal((fault, text, instead), (problem.Fault, problem.Text, problem.Instead));
    }

    [Fact]
    public void Parse_MoreThanADoorMayHave_IsTooMany()
    {
        Assert.NotNull(SourceRanges.Parse(string.Join(' ', Enumerable.Range(1, SourceRanges.Most).Select(i => $"203.0.113.{i}")), out _));
        Assert.Null(SourceRanges.Parse(string.Join(' ', Enumerable.Range(1, SourceRanges.Most + 1).Select(i => $"203.0.113.{i}")), out var problems));
        Assert.Equal(RangeFault.TooMany, Assert.Single(problems).Fault);
    }

    [Theory]
    [InlineData("203.0.113.7", OwnAddressKind.Usable, "203.0.113.7/32")]
    [InlineData("::ffff:203.0.113.7", OwnAddressKind.Usable, "203.0.113.7/32")]
    [InlineData("2001:db8::7", OwnAddressKind.Ipv6, null)]
    [InlineData("192.168.1.7", OwnAddressKind.NotPublic, null)]
    [InlineData("127.0.0.1", OwnAddressKind.NotPublic, null)]
    [InlineData("::1", OwnAddressKind.NotPublic, null)]
    [InlineData("::ffff:10.0.0.1", OwnAddressKind.NotPublic, null)]
    [InlineData(null, OwnAddressKind.Unknown, null)]
    [InlineData("unix", OwnAddressKind.Unknown, null)]
    public void OwnAddress_OfARequester_IsASourceOrSaysWhyNot(string? address, OwnAddressKind kind, string? range)
    {
        var own = OwnAddress.Of(address);

        Assert.Equal((kind, range), (own.Kind, own.Range));
    }
}
