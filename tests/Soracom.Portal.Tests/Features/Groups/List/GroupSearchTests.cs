using Soracom.Api;
using Soracom.Portal.Features.Groups.List;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Sims;

namespace Soracom.Portal.Tests.Features.Groups.List;

public sealed class GroupSearchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly ListedGroup[] Groups =
    [
        Of("11111111-aaaa", "Trailers North", 12, ["SoracomAir", "SoracomBeam"], Now.AddDays(-2), ("site", "横浜"), ("team", "Blue")),
        Of("22222222-bbbb", "冷蔵トラック", 0, ["SoracomAir"], Now.AddDays(-1), ("site", "ｵｵｻｶ")),
        Of("33333333-cccc", "", 3, [], null),
        Of("44444444-dddd", "trailers south", null, ["UnifiedEndpoint"], Now),
    ];

    [Theory]
    [InlineData("TRAILERS", "1,4")]
    [InlineData("ﾄﾗｯｸ", "2")]
    [InlineData("オオサカ", "2")]
    [InlineData("ＴＥＡＭ＝ｂｌｕｅ", "1")]
    [InlineData("soracomair", "1,2")]
    [InlineData("cccc", "3")]
    [InlineData("trailers beam", "1")]
    [InlineData("\"trailers south\"", "4")]
    [InlineData("north 横浜", "1")]
    [InlineData("nothing has this", "")]
    [InlineData("northsite", "")]
    public void Find_Words_EachIsSomewhereInNameIdTagsOrNamespaces(string typed, string expected) =>
        Assert.Equal(expected, Found(GroupQuery.All with { Text = typed }));

    [Fact]
    public void Find_Filters_EachNarrows_AndOfItsValuesOneIsEnough()
    {
        Assert.Equal("1,2", Found(GroupQuery.All with { Tags = FilterValues.Of(["site"]) }));
        Assert.Equal("1", Found(GroupQuery.All with { Tags = FilterValues.Of(["site=横浜"]) }));
        Assert.Equal("1,2", Found(GroupQuery.All with { Tags = FilterValues.Of(["site=横浜", "site=ｵｵｻｶ"]) }));
        Assert.Equal("1,4", Found(GroupQuery.All with { Namespaces = FilterValues.Of(["SoracomBeam", "UnifiedEndpoint"]) }));
        Assert.Equal("1", Found(GroupQuery.All with { Namespaces = FilterValues.Of(["SoracomAir"]), Tags = FilterValues.Of(["team"]) }));
    }

    [Fact]
    public void Find_WithoutSims_LeavesOutThoseOfWhichItIsNotKnown() => Assert.Equal("2", Found(GroupQuery.All with { WithoutSims = true }));

    [Theory]
    [InlineData(GroupColumn.Name, "1,4,2,3", "2,4,1,3")]
    [InlineData(GroupColumn.Sims, "2,3,1,4", "1,3,2,4")]
    [InlineData(GroupColumn.Namespaces, "2,1,4,3", "4,1,2,3")]
    // Half width is as full; those without a tag are in the order of their names, those without a name last.
    [InlineData(GroupColumn.Tags, "2,1,4,3", "1,2,4,3")]
    [InlineData(GroupColumn.Modified, "1,2,4,3", "4,2,1,3")]
    public void Find_SortedByAColumn_ThoseWithNothingInItComeLastEitherWay(GroupColumn column, string ascending, string descending)
    {
        Assert.Equal(ascending, InOrder(GroupQuery.All with { SortBy = column }));
        Assert.Equal(descending, InOrder(GroupQuery.All with { SortBy = column, Descending = true }));
    }

    [Fact]
    public void Options_CountWhatEachWouldLeave_WhateverIsChosenInTheSameFilter()
    {
        var query = GroupQuery.All with { Namespaces = FilterValues.Of(["SoracomBeam", "SoracomFlux"]), Text = "site" };

        Assert.Equal(
            [("Air", 2), ("Beam", 1), ("Flux", 0), ("Unified Endpoint", 0)],
            GroupSearch.Namespaces(Groups, query).Select(option => (option.Label, option.Count!.Value)));
        Assert.Equal(1, GroupSearch.Tags(Groups, query).Single(option => option.Value == "site").Count);
        Assert.Equal(1, GroupSearch.Tags(Groups, query).Single(option => option.Value == "team=Blue").Count);
    }

    [Theory]
    [InlineData("SoracomHarvestFiles", "Harvest Files")]
    [InlineData("UnifiedEndpoint", "Unified Endpoint")]
    [InlineData("Soracom", "Soracom")]
    [InlineData("SomethingNew", "Something New")]
    public void Namespace_IsCalledAsTheServiceIs(string name, string expected) => Assert.Equal(expected, NamespaceNames.Short(name));

    private static ListedGroup Of(string id, string name, int? sims, string[] namespaces, DateTimeOffset? modified, params (string Key, string Value)[] tags) => new()
    {
        Coverage = SoracomCoverage.Japan,
        GroupId = id,
        Name = name,
        Tags = tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal),
        Namespaces = namespaces,
        ModifiedAt = modified,
        Sims = sims is { } count ? new StatusCounts(new Dictionary<string, int> { ["active"] = count }) : null,
    };

    private static string Found(GroupQuery query) => string.Join(',', GroupSearch.Find(Groups, query).Select(group => group.GroupId[0]).Order());

    private static string InOrder(GroupQuery query) => string.Join(',', GroupSearch.Find(Groups, query).Select(group => group.GroupId[0]));
}
