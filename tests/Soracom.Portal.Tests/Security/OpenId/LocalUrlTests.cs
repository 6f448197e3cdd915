using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/t/contoso/sims?q=0001&page=2#row")]
    [InlineData("/a?back=https://example.test/")]
    [InlineData("/%E6%97%A5")]
    public void OrRoot_PathOfThisSite_IsKept(string url) => Assert.Equal(url, LocalUrl.OrRoot(url));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" /")]
    [InlineData("sims")]
    [InlineData("~/sims")]
    [InlineData("https://evil.example.test/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("//evil.example.test")]
    [InlineData("///evil.example.test")]
    [InlineData("/\\evil.example.test")]
    [InlineData("\\\\evil.example.test")]
    [InlineData("/sims\\..\\..")]
    [InlineData("/\t/evil.example.test")]
    [InlineData("/\r\nLocation: https://evil.example.test")]
    [InlineData("/\u0085")]
    public void OrRoot_AnythingElse_IsTheRoot(string? url) => Assert.Equal("/", LocalUrl.OrRoot(url));

    [Theory]
    [InlineData("/t/aoba/sims?q=冷蔵 1号&a=%20", "/t/aoba/sims?q=%E5%86%B7%E8%94%B5 1%E5%8F%B7&a=%20")]
    [InlineData("/é\U0001F69A", "/%C3%A9%F0%9F%9A%9A")]
    public void OrRoot_InAnotherScript_IsEncodedAsHeadersNeedIt(string url, string encoded) => Assert.Equal(encoded, LocalUrl.OrRoot(url));

    [Fact]
    public void OrRoot_MoreThan1024Characters_IsTheRoot()
    {
        Assert.Equal(1024, LocalUrl.OrRoot("/" + new string('a', 1023)).Length);
        Assert.Equal("/", LocalUrl.OrRoot("/" + new string('a', 1024)));
    }
}
