using System.Text;
using Soracom.Portal.Security.OpenId;
using static Soracom.Portal.Tests.Security.OpenId.Support.Refusals;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class StrictJsonTests
{
    private static readonly byte[] OverlongSlash = [0xC0, 0xAF];
    private static readonly byte[] EncodedSurrogate = [0xED, 0xA0, 0x80];
    private static readonly byte[] LoneContinuation = [0x80];
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    [Fact]
    public void ParseObject_BytesThatAreNotUtf8_AreRefusedWhereverTheyStand()
    {
        foreach (var bytes in new[] { OverlongSlash, EncodedSurrogate, LoneContinuation })
        {
            Refused(SignInFailure.Protocol, () => Parse([.. "{\"nobody reads\":\""u8, .. bytes, .. "\"}"u8]));
        }
    }

    [Fact]
    public void ParseObject_ByteOrderMark_IsRefused() => Refused(SignInFailure.Protocol, () => Parse([.. ByteOrderMark, .. "{}"u8]));

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("\"{}\"")]
    [InlineData("{}{}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":1,\"a\":1}")]
    [InlineData("{\"a\":{\"b\":1,\"b\":2}}")]
    [InlineData("{\"a\":1} // comment")]
    public void ParseObject_NotStrictlyAnObject_IsRefusedWithoutQuotingIt(string json)
    {
        var refusal = Assert.Throws<OpenIdSignInException>(() => Parse(Encoding.UTF8.GetBytes(json)));

        Assert.StartsWith("The text is not ", refusal.Message, StringComparison.Ordinal);
        Assert.Null(refusal.InnerException);
    }

    private static void Parse(byte[] json) => StrictJson.ParseObject(json, "The text").Dispose();
}
