using Soracom.Api;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Data;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class SimQueryTests
{
    [Theory]
    [InlineData("")]
    [InlineData("?coverage=g")]
    [InlineData("?q=%E5%86%B7%E8%94%B5%20%22%E5%80%89%20%E5%BA%AB%22")]
    [InlineData("?coverage=jp&q=a%26b%3Dc%23d%2B%25&status=active&status=ready&session=offline&group=-&group=g-1&subscription=plan-D&module=nano&speed=s1.fast&tag=a,b&tag=site%3Dx,%20y&expiry=30&silent=7&sort=lastHeard&order=desc")]
    [InlineData("?tenant=aoba&tenant=nagisa&sort=tenant&order=desc")]
    [InlineData("?expiry=none")]
    [InlineData("?expiry=expired&order=desc")]
    [InlineData("?sort=simId")]
    public void ToQueryString_OfWhatWasRead_ReadsTheSame(string address)
    {
        var query = SimQuery.Parse(address);
        Assert.Equal(query, SimQuery.Parse(query.ToQueryString()));
        Assert.Equal(address.Length > 0, query.ToQueryString().Length > 0);
    }

    [Fact]
    public void Parse_EveryParameter_IsRead()
    {
        var query = SimQuery.Parse(
            "https://portal.example.test/t/aoba/sims?coverage=g&q=+4242+&status=ready&status=active&status=active&session=online&group=g-1&subscription=planX3&module=nano&speed=s1.slow&tag=site&tag=a%3Db,c&expiry=90&silent=30&sort=expiry&order=desc#top");

        Assert.Equal(SoracomCoverage.Global, query.Coverage);
        Assert.Equal("4242", query.Text);
        Assert.Equal(["active", "ready"], query.Statuses);
        Assert.Equal(["online"], query.Sessions);
        Assert.Equal(["g-1"], query.Groups);
        Assert.Equal(["planX3"], query.Subscriptions);
        Assert.Equal(["nano"], query.ModuleTypes);
        Assert.Equal(["s1.slow"], query.SpeedClasses);
        Assert.Equal(["a=b,c", "site"], query.Tags);
        Assert.Equal((SimExpiry.Within(90), 30), (query.Expiry, query.SilentDays));
        Assert.Equal((SimColumn.Expiry, true), (query.SortBy, query.Descending));
        Assert.Equal(9, query.FilterCount);
    }

    [Fact]
    public void OfOneTenant_LeavesOutWhatConcernsSeveral()
    {
        Assert.Equal(SimQuery.Parse("?q=pump&status=active&order=desc"), SimQuery.Parse("?q=pump&status=active&tenant=aoba&tenant=nagisa&sort=tenant&order=desc").OfOneTenant);
        Assert.Equal(SimQuery.Parse("?sort=imsi"), SimQuery.Parse("?sort=imsi").OfOneTenant);
    }

    [Fact]
    public void ToldToOneTenant_HasNoValueThatMayBeAnothers() => Assert.Equal(
        SimQuery.Parse("?q=pump&status=active&tag=site%3Dx"),
        SimQuery.Parse("?q=pump&status=active&tenant=aoba&tenant=nagisa&group=g-1&group=g-2&tag=theirs&tag=site%3Dx&sort=tenant").ToldToOneTenant);

    [Theory]
    [InlineData("?coverage=mars&coverage=g")]
    [InlineData("?session=asleep")]
    [InlineData("?status=&status=%20&status=,")]
    [InlineData("?q=%20%20")]
    [InlineData("?tag=&tag=%20")]
    [InlineData("?expiry=0")]
    [InlineData("?expiry=-3")]
    [InlineData("?expiry=99999")]
    [InlineData("?expiry=soon")]
    [InlineData("?silent=0")]
    [InlineData("?silent=1e3")]
    [InlineData("?sort=3&order=up")]
    [InlineData("?sort=Name")]
    [InlineData("?sort=nothing&after=8942")]
    [InlineData("?nothing=known&=&&&?")]
    [InlineData("?%")]
    public void Parse_WhatMakesNoSense_IsLeftOut(string address) => Assert.Equal(SimQuery.All, SimQuery.Parse(address));

    [Fact]
    public void Parse_LongerTextThanIsSearchedFor_IsCut() => Assert.Equal(SimQuery.MostCharacters, SimQuery.Parse("?q=" + new string('a', 4_000)).Text.Length);

    [Fact]
    public void Parse_CommaInAFilter_SeparatesValues() => Assert.Equal(["active", "ready"], SimQuery.Parse("?status=ready,active,,").Statuses);

    [Fact]
    public void SortedBy_TheSameColumnAgain_TurnsTheOrderRound()
    {
        var byName = SimQuery.All.SortedBy(SimColumn.Name);
        Assert.Equal((SimColumn.Name, true), (byName.SortBy, byName.Descending));
        var byStatus = byName.SortedBy(SimColumn.Status);
        Assert.Equal((SimColumn.Status, false), (byStatus.SortBy, byStatus.Descending));
    }

    [Fact]
    public void Cleared_KeepsCoverageAndOrderAlone()
    {
        var query = SimQuery.Parse("?coverage=g&q=x&status=active&tag=a&expiry=none&silent=3&sort=imsi&order=desc");

        Assert.Equal(SimQuery.Parse("?coverage=g&sort=imsi&order=desc"), query.Cleared);
        Assert.True(query.IsFiltered);
        Assert.False(query.Cleared.IsFiltered);
    }

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
