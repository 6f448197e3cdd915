using Soracom.Api.DataEntries;
using Soracom.Portal.Features.Sims.HarvestData;

namespace Soracom.Portal.Tests.Features.Sims.HarvestData;

/// <summary>What devices send, for people to read.</summary>
public sealed class HarvestContentTests
{
    [Fact]
    public void Of_Json_IsALineAMember_WithItsOwnLetters()
    {
        var content = Of("""{"temperature":21.5,"場所":"倉庫 <b>"}""", "application/json");

        Assert.Equal((HarvestKind.Json, true), (content.Kind, content.IsLonger));
        Assert.Equal("{\n  \"temperature\": 21.5,\n  \"場所\": \"倉庫 \\u003Cb\\u003E\"\n}", content.Full.ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData("plain words", HarvestKind.Text)]
    [InlineData("", HarvestKind.Text)]
    [InlineData("{broken", HarvestKind.Text)]
    [InlineData("21.5", HarvestKind.Json)]
    public void Of_Other_IsWhatItIs(string text, HarvestKind kind)
    {
        var content = Of(text, contentType: null);

        Assert.Equal((kind, text, text), (content.Kind, content.Brief, content.Full));
        Assert.False(content.IsLonger);
    }

    [Fact]
    public void Of_Base64_IsBytesInHexAndLetters()
    {
        var content = Of("""{"payload":"AAFTb3JhY29tAP8gMDEyMzQ1"}""", "application/octet-stream");

        Assert.Equal((HarvestKind.Binary, 18), (content.Kind, content.Length));
        Assert.Equal("0001536f7261636f6d00ff2030313233…", content.Brief);
        Assert.Equal("0000  00 01 53 6f 72 61 63 6f 6d 00 ff 20 30 31 32 33  ..Soracom.. 0123\n0010  34 35                                            45", content.Full);
    }

    [Theory]
    [InlineData("""{"payload":"AAFT"}""", "application/json")]
    [InlineData("""{"payload":"not base64!"}""", "application/octet-stream")]
    [InlineData("""{"payload":"AAFT","more":1}""", "application/octet-stream")]
    [InlineData("""{"payload":7}""", "application/octet-stream")]
    public void Of_WhatOnlyLooksLikeBytes_IsJson(string text, string type) => Assert.Equal(HarvestKind.Json, Of(text, type).Kind);

    [Fact]
    public void Of_EndlessContent_IsCut()
    {
        Assert.Equal(20_001, Of(new string('x', 100_000), contentType: null).Full.Length);
        var bytes = Of($$"""{"payload":"{{Convert.ToBase64String(new byte[100_000])}}"}""", "application/octet-stream");
        Assert.Equal((100_000, 65), (bytes.Length, bytes.Full.Split('\n').Length));
        Assert.EndsWith("…", bytes.Full, StringComparison.Ordinal);
        Assert.Equal(HarvestKind.Text, Of(new string('[', 100_000), contentType: null).Kind);
    }

    [Fact]
    public void Of_TextWithControlCharactersAndTurnedWriting_StaysInItsLine() =>
        Assert.Equal("a b c", Of("a\nb\u202E\tc", contentType: null).Brief);

    private static HarvestContent Of(string content, string? contentType) => HarvestContent.Of(new DataEntry { Content = content, ContentType = contentType });
}
