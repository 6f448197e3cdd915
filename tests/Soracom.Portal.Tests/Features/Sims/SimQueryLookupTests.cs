using Soracom.Api.Sims;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Tests.Features.Sims.Inventory;

namespace Soracom.Portal.Tests.Features.Sims;

/// <summary>A view finds what it says, over a small fleet in memory.</summary>
public sealed class SimQueryLookupTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private static readonly SimIndex Fleet = FleetIndex.Of(
    [
        new IndexedSim
        {
            SimId = "1", Name = "Pump north", Status = "active", Session = SessionStatusFilter.Online, GroupId = "g-1", GroupName = "Pumps", Subscriptions = ["plan01s"], ModuleType = "nano",
            SpeedClass = "s1.fast", Tags = Tags(("site", "Tokyo"), ("rev", "2")), LastHeard = Now.AddHours(-1), Expiry = Now.AddDays(5),
        },
        new IndexedSim
        {
            SimId = "2", Name = "Pump south", Status = "suspended", Session = SessionStatusFilter.Offline, Subscriptions = ["plan01s", "planP1"], ModuleType = "mini",
            Tags = Tags(("site", "Tokyo east")), LastHeard = Now.AddDays(-8), Expiry = Now.AddDays(-1),
        },
        new IndexedSim { SimId = "3", Name = "site=Tokyo", Status = "active", Session = SessionStatusFilter.Offline, GroupId = "g-1", GroupName = "Pumps", Tags = Tags(("rev", "22")), Expiry = Now.AddDays(40) },
        new IndexedSim { SimId = "4", Name = "Gate", Status = "ready", Session = SessionStatusFilter.Offline, Tags = Tags(("site", "Tokyo")) },
    ]);

    [Theory]
    [InlineData("", "1 2 3 4")]
    [InlineData("?q=pump", "1 2 3")]
    [InlineData("?q=pump+north", "1")]
    [InlineData("?q=%22pump+south%22", "2")]
    [InlineData("?status=active", "1 3")]
    [InlineData("?status=active&status=ready", "1 3 4")]
    [InlineData("?session=online", "1")]
    [InlineData("?session=online&session=offline", "1 2 3 4")]
    [InlineData("?group=g-1", "1 3")]
    [InlineData("?group=-", "2 4")]
    [InlineData("?subscription=planP1", "2")]
    [InlineData("?module=nano&module=-", "1 3 4")]
    [InlineData("?speed=s1.fast", "1")]
    [InlineData("?tag=site", "1 2 4")]
    [InlineData("?tag=site&tag=rev", "1 2 3 4")]
    [InlineData("?tag=site%3DTokyo", "1 4")]
    [InlineData("?tag=site%3DTokyo&tag=rev%3D2", "1")]
    [InlineData("?tag=rev%3D2", "1")]
    [InlineData("?expiry=expired", "2")]
    [InlineData("?expiry=7", "1")]
    [InlineData("?expiry=90", "1 3")]
    [InlineData("?expiry=none", "4")]
    [InlineData("?silent=1", "2 3 4")]
    [InlineData("?silent=30", "3 4")]
    [InlineData("?q=pump&status=active&tag=rev&silent=1", "3")]
    public void Lookup_FindsExactlyWhatTheViewSays(string address, string expected)
    {
        var lookup = SimQuery.Parse(address).Lookup(Now) with { SortBy = SimColumn.SimId };

        Assert.Equal(expected, string.Join(' ', IndexSearch.Run([Fleet], lookup).Rows.Select(row => row.SimId)));
    }

    [Fact]
    public void Lookup_SortsByTheColumnAndTheWayRoundThatTheViewSays()
    {
        var lookup = SimQuery.Parse("?sort=expiry&order=desc&expiry=90").Lookup(Now);

        Assert.Equal(["3", "1"], IndexSearch.Run([Fleet], lookup).Rows.Select(row => row.SimId));
    }

    private static Dictionary<string, string> Tags(params (string Key, string Value)[] tags) => tags.ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal);
}
