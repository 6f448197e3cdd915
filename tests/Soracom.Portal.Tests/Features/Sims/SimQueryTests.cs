using Soracom.Api;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class SimQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?coverage=g")]
    [InlineData("?q=%E5%86%B7%E8%94%B5,%E5%80%89%E5%BA%AB")]
    [InlineData("?coverage=jp&q=a%26b%3Dc%23d%2B%25&status=active&status=ready&session=offline&group=g-1&subscription=plan-D&module=nano&after=8942")]
    public void ToQueryString_OfWhatWasRead_ReadsTheSame(string address)
    {
        var query = SimQuery.Parse(address);
        Assert.Equal(query, SimQuery.Parse(query.ToQueryString()));
        Assert.Equal(address.Length > 0, query.ToQueryString().Length > 0);
    }

    [Fact]
    public void Parse_EveryParameter_IsRead()
    {
        var query = SimQuery.Parse("https://portal.example.test/t/aoba/sims?coverage=g&q=+4242+&status=ready&status=active&status=active&session=online&group=g-1&subscription=planX3&module=nano&after=89#top");

        Assert.Equal(SoracomCoverage.Global, query.Coverage);
        Assert.Equal("4242", query.Text);
        Assert.Equal(["active", "ready"], query.Statuses);
        Assert.Equal(["online"], query.Sessions);
        Assert.Equal(["g-1"], query.Groups);
        Assert.Equal(["planX3"], query.Subscriptions);
        Assert.Equal(["nano"], query.ModuleTypes);
        Assert.StartsWith("89", query.After, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?after=")]
    [InlineData("?after")]
    [InlineData("?coverage=mars&coverage=g")]
    [InlineData("?session=asleep")]
    [InlineData("?status=&status=%20&status=,")]
    [InlineData("?q=%20%20")]
    [InlineData("?nothing=known&=&&&?")]
    [InlineData("?%")]
    [InlineData("?q=%00%ZZ")]
    public void Parse_EmptyOrUnknownValues_AreLeftOutOrHarmless(string address)
    {
        var query = SimQuery.Parse(address);

        Assert.Null(query.After);
        Assert.Null(query.Coverage);
        Assert.Equal(0, query.FilterCount);
    }

    [Fact]
    public void Parse_CommaInAFilter_SeparatesValues() => Assert.Equal(["active", "ready"], SimQuery.Parse("?status=ready,active,,").Statuses);

    [Theory]
    [InlineData("", "")]
    [InlineData(",", "")]
    [InlineData(" , ,", "")]
    [InlineData("4242", "4242")]
    [InlineData(" ab ,cd,, ef ", "ab|cd|ef")]
    public void Terms_CommasSeparateAlternatives(string text, string terms) => Assert.Equal(terms, string.Join('|', (SimQuery.All with { Text = text }).Terms));

    [Fact]
    public void FilterValues_AreEqualWhateverTheOrder()
    {
        Assert.Equal(FilterValues.Of(["b", "a"]), FilterValues.Of(["a", "b", "a", " "]));
        Assert.Equal(FilterValues.Of(["b", "a"]).GetHashCode(), FilterValues.Of(["a", "b"]).GetHashCode());
        Assert.Equal(FilterValues.None, FilterValues.Of(["a"]).Toggle("a"));
        Assert.Equal(FilterValues.Of(["a", "b"]), FilterValues.Of(["a"]).Toggle("b"));
        Assert.True(FilterValues.None.Allows(null));
        Assert.False(FilterValues.Of(["a"]).Allows(null));
    }
}
