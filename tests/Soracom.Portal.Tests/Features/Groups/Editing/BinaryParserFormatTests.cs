using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Groups.Editing;

namespace Soracom.Portal.Tests.Features.Groups.Editing;

/// <summary>Formats of the binary parser, and what they make of a payload.</summary>
public sealed class BinaryParserFormatTests
{
    [Fact]
    public void Read_ThePublishedExample() => Assert.Equal(
        "flag=true temp=25.5 humid=0.95 lat=35.669918060302734 long=139.74423217773438",
        Read("flag:0:bool:7 temp:1:int:13:/10 humid:3:uint:8:/100 lat::float:32 long:float:32", "80 07 f8 5f 42 0e ad ff 43 0b be 86"));

    [Theory]
    [InlineData("a::uint:8 b::uint:8", "12 34", "a=18 b=52")]
    [InlineData("a::int:6 b::int:8", "fc 80", "a=-1 b=-128")]
    [InlineData("a:0:uint:4 b:0:uint:4:3", "5a", "a=5 b=10")]
    [InlineData("a:0:uint:12:3", "0f ff", "a=4095")]
    [InlineData("a::int:16:little-endian:/100", "39 ff", "a=-1.99")]
    [InlineData("a::uint:16:big-endian:*2:+3:-1", "00 0a", "a=22")]
    [InlineData("a::uint:64", "ffffffffffffffff", "a=18446744073709551615")]
    [InlineData("a::int:64", "8000000000000000", "a=-9223372036854775808")]
    [InlineData("a::float:64:little-endian", "000000000000f83f", "a=1.5")]
    [InlineData("a::char:2 b::uint:8", "4f 4b 07", "a=\"OK\" b=7")]
    [InlineData("a:1:bool:0 b::uint:8", "00 01 09", "a=true b=9")]
    [InlineData("a::uint:16", "01", "a=SampleTooShort")]
    [InlineData("a::char:1", "ff", "a=NotAscii")]
    [InlineData("a::float:32", "7fc00000", "a=NotFinite")]
    [InlineData("a::uint:12:little-endian", "0102", "a=Undocumented")]
    [InlineData("a::uint:8:/3", "01", "a=0.3333333333333333333333333333")]
    public void Read_GivesEachValueOrWhyNot(string format, string payload, string values) => Assert.Equal(values, Read(format, payload));

    [Theory]
    [InlineData("", BinaryFault.Empty)]
    [InlineData("temp", BinaryFault.TooShort)]
    [InlineData("temp:0", BinaryFault.TooShort)]
    [InlineData("temp:0:int", BinaryFault.TooShort)]
    [InlineData("te.mp:0:int:8", BinaryFault.Name)]
    [InlineData(":0:int:8", BinaryFault.Name)]
    [InlineData("a::int:8 a::int:8", BinaryFault.SameName)]
    [InlineData("a:-1:int:8", BinaryFault.Index)]
    [InlineData("a:x:int:8", BinaryFault.Index)]
    [InlineData("a::string:8", BinaryFault.Type)]
    [InlineData("a::int:65", BinaryFault.Length)]
    [InlineData("a::int:0", BinaryFault.Length)]
    [InlineData("a::float:16", BinaryFault.Length)]
    [InlineData("a::bool:8", BinaryFault.Length)]
    [InlineData("a::bool:7:/10", BinaryFault.Option)]
    [InlineData("a::int:8:%2", BinaryFault.Option)]
    [InlineData("a::int:8:/10:little-endian", BinaryFault.Option)]
    [InlineData("a::int:8:/0", BinaryFault.Zero)]
    [InlineData("@button a::int:8", BinaryFault.BesideName)]
    [InlineData("@", BinaryFault.Name)]
    public void Parse_WhatIsNoFormat_IsRefusedWithTheReason(string format, BinaryFault fault) => Assert.Equal([fault], BinaryParserFormat.Parse(format).Problems.Select(problem => problem.Fault));

    [Fact]
    public void Parse_WithSeveralFaults_TellsAllOfThem() => Assert.Equal(
        [new BinaryProblem(BinaryFault.Type, "a::string:8"), new BinaryProblem(BinaryFault.Length, "c::int:65"), new BinaryProblem(BinaryFault.SameName, "b")],
        BinaryParserFormat.Parse("a::string:8 b::int:8 c::int:65 b::uint:8").Problems);

    [Fact]
    public void Parse_AFormatThatTheVendorKnows_IsOne_AndSaysNothingOfValues()
    {
        var format = BinaryParserFormat.Parse(" @soracom.button ").Format!;

        Assert.Equal("@soracom.button", format.Known);
        Assert.Empty(format.Read([1, 2]));
    }

    [Fact]
    public void Read_WholeNumbersOfEveryLengthAndPlace_GiveWhatWasPutThere() => Prop.ForAll(
        (from length in Gen.Choose(1, 64) from bit in Gen.Choose(0, 7) from number in ArbMap.Default.GeneratorFor<ulong>() from noise in Gen.Elements((byte)0, (byte)0xff) select (length, bit, number, noise)).ToArbitrary(),
        one =>
        {
            var number = one.length == 64 ? one.number : one.number & ((1UL << one.length) - 1);
            var payload = Enumerable.Repeat(one.noise, 10).ToArray();
            for (var i = 0; i < one.length; i++)
            {
                var at = 7 - one.bit + i;
                var mask = (byte)(0x80 >> (at % 8));
                payload[at / 8] = (number >> (one.length - 1 - i) & 1) == 1 ? (byte)(payload[at / 8] | mask) : (byte)(payload[at / 8] & ~mask);
            }

            var reading = Assert.Single(BinaryParserFormat.Parse($"a:0:uint:{one.length}:{one.bit}").Format!.Read(payload));

            Assert.Equal(number.ToString(System.Globalization.CultureInfo.InvariantCulture), reading.Value!.ToJsonString());
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Theory]
    [InlineData("80 07:f8,0x5F\n", SampleEncoding.Hex, "8007F85F")]
    [InlineData("8", SampleEncoding.Hex, null)]
    [InlineData("zz", SampleEncoding.Hex, null)]
    [InlineData("gAf4Xw==", SampleEncoding.Base64, "8007F85F")]
    [InlineData("gAf4X", SampleEncoding.Base64, null)]
    public void Sample_IsHexOrBase64(string text, SampleEncoding encoding, string? bytes) =>
        Assert.Equal(bytes, SamplePayload.Bytes(text, encoding) is { } read ? Convert.ToHexString(read) : null);

    private static string Read(string format, string payload) => string.Join(
        ' ', BinaryParserFormat.Parse(format).Format!.Read(SamplePayload.Bytes(payload, SampleEncoding.Hex)!).Select(reading => $"{reading.Field.Name}={reading.Fault?.ToString() ?? reading.Value!.ToJsonString()}"));
}
