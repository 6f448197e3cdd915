using Soracom.Api;
using Soracom.Portal.Features.Groups.List;

namespace Soracom.Portal.Tests.Features.Groups.List;

public sealed class GroupQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?coverage=g")]
    [InlineData("?q=%E5%86%B7%E8%94%B5%20%22%E5%80%89%20%E5%BA%AB%22")]
    [InlineData("?coverage=jp&q=a%26b%3Dc%23d%2B%25&tag=a,b&tag=site%3Dx,%20y&namespace=SoracomAir&namespace=SoracomBeam&sims=none&sort=written&order=desc")]
    [InlineData("?sort=sims")]
    public void ToQueryString_OfWhatWasRead_ReadsTheSame(string address)
    {
        var query = GroupQuery.Parse(address);

        Assert.Equal(query, GroupQuery.Parse(query.ToQueryString()));
        Assert.Equal(address.Length > 0, query.ToQueryString().Length > 0);
    }

    [Fact]
    public void Parse_EveryParameter_IsRead()
    {
        var query = GroupQuery.Parse("https://portal.example.test/t/aoba/groups?coverage=g&q=+trailers+&tag=site&tag=a%3Db,c&namespace=SoracomFunk&namespace=SoracomAir&sims=none&sort=modified&order=desc#top");

        Assert.Equal((SoracomCoverage.Global, "trailers", true), (query.Coverage, query.Text, query.WithoutSims));
        Assert.Equal(["a=b,c", "site"], query.Tags);
        Assert.Equal(["SoracomAir", "SoracomFunk"], query.Namespaces);
        Assert.Equal((GroupColumn.Modified, true), (query.SortBy, query.Descending));
        Assert.Equal(3, query.FilterCount);
    }

    [Theory]
    [InlineData("?coverage=mars&sims=some&sort=colour&order=sideways")]
    [InlineData("?q=&tag=&namespace=")]
    public void Parse_WhatMakesNoSense_IsLeftOut(string address) => Assert.Equal(GroupQuery.All, GroupQuery.Parse(address));

    [Fact]
    public void Parse_VeryLongText_IsCut() => Assert.Equal(GroupQuery.MostCharacters, GroupQuery.Parse("?q=" + new string('x', 500)).Text.Length);

    [Fact]
    public void SortedBy_TheSameColumn_TurnsTheOrderAround()
    {
        var once = GroupQuery.All.SortedBy(GroupColumn.Sims);

        Assert.Equal((GroupColumn.Sims, false), (once.SortBy, once.Descending));
        Assert.True(once.SortedBy(GroupColumn.Sims).Descending);
        Assert.False(once.SortedBy(GroupColumn.Sims).SortedBy(GroupColumn.Tags).Descending);
    }

    [Fact]
    public void Cleared_KeepsCoverageAndOrder_AndFiltersNothing()
    {
        var cleared = GroupQuery.Parse("?coverage=g&q=x&tag=a&namespace=b&sims=none&sort=tags&order=desc").Cleared;

        Assert.Equal("?coverage=g&sort=tags&order=desc", cleared.ToQueryString());
        Assert.False(cleared.IsFiltered);
    }
}
