using Soracom.Api;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Usage;

namespace Soracom.Portal.Tests.Features.Sims.Usage;

public sealed class UsageQueryTests
{
    private const string Start = "/t/aoba/sims/8942?coverage=jp&tab=usage";

    private static readonly SimPlace Place = new("aoba", SoracomCoverage.Japan, "8942");

    public static TheoryData<string> Addresses =>
    [
        Start,
        $"{Start}&by=month",
        $"{Start}&days=548&split=class",
        $"{Start}&by=minutes&day=2026-11-20&view=table",
    ];

    [Theory]
    [MemberData(nameof(Addresses))]
    public void Address_OfAView_LeadsBackToIt(string address) => Assert.Equal(address, Place.To(UsageQuery.Parse(address)));

    [Theory]
    [InlineData("&by=7")]
    [InlineData("&by=century&days=30&day=2026-02-30&split=all&view=poem")]
    [InlineData("&days=-92&by=&by=month")]
    public void Address_WithWhatThereIsNot_ShowsTheUsualView(string rest) => Assert.Equal(new UsageQuery(), UsageQuery.Parse(Start + rest));

    [Theory]
    [InlineData("", SimTab.Overview)]
    [InlineData("?tab=usage", SimTab.Usage)]
    [InlineData("?tab=1", SimTab.Overview)]
    [InlineData("?tab=nothing", SimTab.Overview)]
    public void Tab_OfAnAddress_IsOneThatThereIs(string query, SimTab tab) => Assert.Equal(tab, SimView.TabOf("https://portal.test/t/aoba/sims/8942" + query));
}
