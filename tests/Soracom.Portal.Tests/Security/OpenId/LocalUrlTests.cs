using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class LocalUrlTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/t/contoso/sims?q=0001&page=2#row")]
    [InlineData("/a?back=https://example.test/")]
    [InlineData("/日本")]
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

    [Fact]
    public void OrRoot_MoreThan1024Characters_IsTheRoot()
    {
        Assert.Equal(1024, LocalUrl.OrRoot("/" + new string('a', 1023)).Length);
        Assert.Equal("/", LocalUrl.OrRoot("/" + new string('a', 1024)));
    }
}
