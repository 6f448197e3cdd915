using Soracom.Portal.Security.OpenId;

namespace Soracom.Portal.Tests.Security.OpenId;

public sealed class LogTextTests
{
    [Theory]
    [InlineData("AADSTS50105: not assigned. Trace ID: 6f1b2c8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f", "AADSTS50105: not assigned. Trace ID: 6f1b2c8e-1a2b-4c3d-8e9f-0a1b2c3d4e5f")]
    [InlineData("two\r\nlines\u2028and \u001b[31mcolour", "two??lines?and ?[31mcolour")]
    [InlineData("", "(none)")]
    [InlineData(null, "(none)")]
    [InlineData("code 0123456789012345678901234567890123456789 used", "code [removed] used")]
    public void Clean_TextFromOutside_IsPrintableAndWithoutTokens(string? text, string expected) =>
        Assert.Equal(expected, LogText.Clean(text));

    [Fact]
    public void Clean_KnownSecret_IsRemovedHoweverShort() =>
        Assert.Equal("bad secret [removed] for [removed]", LogText.Clean("bad secret s3cret for c0de", "s3cret", null, "", "c0de"));

    [Fact]
    public void Clean_LongText_IsCutAfterSecretsWereRemoved()
    {
        var text = LogText.Clean(string.Concat(Enumerable.Repeat("word ", 55)) + new string('A', 5000));

        Assert.InRange(text.Length, 200, 303);
        Assert.DoesNotContain("AAA", text, StringComparison.Ordinal);
    }
}
