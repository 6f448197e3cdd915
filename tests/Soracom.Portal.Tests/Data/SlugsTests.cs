using Soracom.Portal.Data.Tenants;

namespace Soracom.Portal.Tests.Data;

public sealed class SlugsTests
{
    [Theory]
    [InlineData("aoba")]
    [InlineData("a1")]
    [InlineData("aoba-logistics-2")]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456789-01234567")]
    public void Valid(string text) => Assert.True(Slugs.IsValid(text));

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("Aoba")]
    [InlineData("aoba_logistics")]
    [InlineData("aoba\n")]
    [InlineData("青葉")]
    [InlineData("a/b")]
    [InlineData("0123456789-0123456789-0123456789-0123456789-0123456789-012345678")]
    public void NotValid(string text) => Assert.False(Slugs.IsValid(text));
}
