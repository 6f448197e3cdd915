using System.Globalization;
using Soracom.Api;
using Soracom.Api.Sims;
using Soracom.Portal.Data.Members;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Security;
using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Features.Sims;

public sealed class SimSearchTests(SharedScene shared)
{
    private readonly PortalScene scene = shared.Scene;

    /// <summary>Addresses as the page writes them; groups are named by the place that they have among the account's groups.</summary>
    public static TheoryData<string> Queries =>
    [
        "", "?coverage=g",
        "?status=active", "?status=ready&status=terminated", "?status=inactive", "?coverage=g&status=active",
        "?session=online", "?session=offline", "?session=online&session=offline", "?coverage=g&session=online",
        "?subscription=plan-D", "?subscription=plan-D&subscription=planArc01", "?coverage=g&subscription=plan01s",
        "?module=nano", "?module=virtual&module=trio",
        "?group=0", "?group=0&group=1",
        "?status=active&session=online", "?status=active&status=standby&session=offline", "?group=0&status=active&subscription=plan-D&module=nano&session=online",
        "?q=トラック", "?q=冷蔵,倉庫ゲート", "?q=トラック&status=active", "?q=倉庫&session=offline&module=nano&module=embedded", "?q=川崎第一", "?q=品川 130",
        "?q=001100000004242", "?q=4242", "?q=トラック&subscription=plan-K2", "?q=,", "?q=ＡＢ", "?q=保守用ノート&group=3",
        "?q=%25%25", "?q=__", "?q=**", "?q=%27%20OR%201=1--", "?q=%5C%5C", "?q=%3Cscript%3E", "?q=%00%00", "?q=%22%22&status=active",
        "?status=nosuch", "?group=8a4f0000-0000-0000-0000-000000000000", "?module=%25%25",
    ];

    public static TheoryData<SoracomCoverage> Coverages => [.. Enum.GetValues<SoracomCoverage>()];

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Search_AnyQuery_FindsExactlyTheSimsThatMatch(string address)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var query = SimQuery.Parse(address);
        var coverage = query.Coverage ?? SoracomCoverage.Japan;
        var groups = (await scene.Get<GroupNames>().ListAsync(tenant, coverage, Watchdog.Token)).Value;
        query = query with { Groups = FilterValues.Of(query.Groups.Select(group => int.TryParse(group, CultureInfo.InvariantCulture, out var place) ? groups[place].Id : group)) };

        var found = await CollectAsync(tenant, coverage, query);

        var expected = (await EverythingAsync(tenant, coverage)).Where(sim => Matches(sim, query)).Select(sim => sim.SimId).Order(StringComparer.Ordinal);
        Assert.Equal(expected, found.Select(sim => sim.SimId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Queries_AreNotAllEmpty()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var everything = await EverythingAsync(tenant, SoracomCoverage.Japan);
        Assert.Equal(42, everything.Count);
        Assert.Equal(18, (await EverythingAsync(tenant, SoracomCoverage.Global)).Count);
        Assert.InRange(everything.Count(sim => Matches(sim, SimQuery.Parse("?q=トラック&status=active"))), 1, 10);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?session=online")]
    [InlineData("?q=EVC&status=inactive&status=standby")]
    public async Task Search_PageAfterPage_GivesFullPagesAndNoSimTwice(string address)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var query = SimQuery.Parse(address);
        for (var page = 0; page < 4; page++)
        {
            var hits = (await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, query, Watchdog.Token)).Value;
            Assert.All(hits.Sims, sim => Assert.True(seen.Add(sim.SimId) && Matches(sim, query)));
            Assert.True(hits.Sims.Count == SimSearch.PageSize || hits.EndedEarly || hits.NextKey is null);
            if (hits.NextKey is null)
            {
                return;
            }

            query = query with { After = hits.NextKey };
        }

        Assert.NotEmpty(seen);
    }

    [Fact]
    public async Task Search_FewPassTheFilters_EndsEarlyAndGoesOnWhereItStopped()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Nagisa, TenantRole.Viewer);
        var query = SimQuery.Parse("?q=-&status=suspended&subscription=plan-DU") with { Text = "監視カメラ 沖縄" };
        var rare = SimQuery.Parse("?status=terminated&status=suspended&module=nosuch") with { Text = "00" };

        var hits = (await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, rare, Watchdog.Token)).Value;

        Assert.True(hits.EndedEarly);
        Assert.Empty(hits.Sims);
        Assert.NotNull(hits.NextKey);
        var next = (await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, rare with { After = hits.NextKey }, Watchdog.Token)).Value;
        Assert.True(string.CompareOrdinal(next.NextKey, hits.NextKey) > 0);
        Assert.Null((await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, query, Watchdog.Token)).Error);
    }

    [Theory]
    [InlineData("4", "4")]
    [InlineData("ab,c", "c")]
    [InlineData("  あ ", "あ")]
    public async Task Search_TermTooShort_SaysWhich(string text, string term)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var answer = await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, SimQuery.All with { Text = text }, Watchdog.Token);

        var error = Assert.IsType<InputError>(answer.Error);
        Assert.Equal("TooShort", error.Key);
        Assert.Equal([term, SimQuery.FewestCharacters], error.Arguments);
    }

    [Fact]
    public async Task Search_TextTooLong_IsNotPutToTheVendor()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var longest = new string('界', SimQuery.MostCharacters);
        var mostTerms = string.Join(',', Enumerable.Repeat("世界", 33));

        foreach (var text in (string[])[longest, mostTerms])
        {
            Assert.Empty((await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, SimQuery.All with { Text = text }, Watchdog.Token)).Value.Sims);
        }

        var answer = await scene.Get<SimSearch>().SearchAsync(tenant, SoracomCoverage.Japan, SimQuery.All with { Text = longest + "界" }, Watchdog.Token);
        Assert.Equal("TooLong", Assert.IsType<InputError>(answer.Error).Key);
    }

    [Theory]
    [InlineData("nosuchsim")]
    [InlineData("..")]
    [InlineData("../groups")]
    [InlineData("%2e%2e")]
    [InlineData("8942310000000000000?x=1#y")]
    public async Task Get_IdThatIsNone_IsNotFound(string simId)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var answer = await scene.Get<SimSearch>().GetAsync(tenant, SoracomCoverage.Japan, simId, Watchdog.Token);

        var error = Assert.IsType<Soracom.Portal.Shared.Vendor.VendorError>(answer.Error);
        Assert.Equal(Soracom.Portal.Shared.Vendor.VendorErrorKind.NotFound, error.Kind);
    }

    [Theory]
    [MemberData(nameof(Coverages))]
    public async Task Get_SimOfTheOtherCoverage_IsNotFound(SoracomCoverage coverage)
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var sim = (await EverythingAsync(tenant, coverage))[0].SimId;
        var other = coverage == SoracomCoverage.Japan ? SoracomCoverage.Global : SoracomCoverage.Japan;

        Assert.Equal(sim, (await scene.Get<SimSearch>().GetAsync(tenant, coverage, sim, Watchdog.Token)).Value.SimId);
        Assert.NotNull((await scene.Get<SimSearch>().GetAsync(tenant, other, sim, Watchdog.Token)).Error);
    }

    [Fact]
    public async Task Groups_AreListedByNameAndNameTheSims()
    {
        using var tenant = await scene.OpenAsync(PortalScene.Aoba, TenantRole.Viewer);
        var groups = (await scene.Get<GroupNames>().ListAsync(tenant, SoracomCoverage.Japan, Watchdog.Token)).Value;

        Assert.Equal(["予備機", "倉庫ゲート", "冷蔵設備", "遠隔保守", "配送トラック"], groups.Select(group => group.Label).Order(StringComparer.Ordinal));
        Assert.Equal("g-1", new GroupName("g-1", "").Label);
        var ids = groups.Select(group => group.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(await EverythingAsync(tenant, SoracomCoverage.Japan), sim => Assert.True(sim.GroupId is null || ids.Contains(sim.GroupId)));
    }

    /// <summary>What the search is meant to find, said in another way than it does it.</summary>
    private static bool Matches(Sim sim, SimQuery query)
    {
        var subscribers = sim.Profiles.Values.SelectMany(profile => profile.Subscribers.Values).ToList();
        string?[] texts =
        [
            sim.Name, sim.SimId, sim.SerialNumber, .. sim.Tags.Values, .. sim.Profiles.Keys,
            .. subscribers.Select(subscriber => subscriber.Imsi), .. subscribers.Select(subscriber => subscriber.Msisdn),
        ];
        return (query.Terms.Count == 0 || query.Terms.Any(term => texts.Any(text => text?.Contains(term, StringComparison.OrdinalIgnoreCase) == true)))
            && (query.Statuses.Count == 0 || query.Statuses.Contains(sim.Status!))
            && (query.Sessions.Count != 1 || query.Sessions.Contains("online") == (sim.SessionStatus?.Online == true))
            && (query.Groups.Count == 0 || (sim.GroupId is { } group && query.Groups.Contains(group)))
            && (query.ModuleTypes.Count == 0 || query.ModuleTypes.Contains(sim.ModuleType!))
            && (query.Subscriptions.Count == 0 || subscribers.Any(subscriber => query.Subscriptions.Contains(subscriber.Subscription!)));
    }

    private async Task<List<Sim>> CollectAsync(TenantContext tenant, SoracomCoverage coverage, SimQuery query)
    {
        var found = new List<Sim>();
        for (var pages = 0; pages < 20; pages++)
        {
            var hits = (await scene.Get<SimSearch>().SearchAsync(tenant, coverage, query, Watchdog.Token)).Value;
            found.AddRange(hits.Sims);
            if (hits.NextKey is null)
            {
                return found;
            }

            query = query with { After = hits.NextKey };
        }

        throw new InvalidOperationException("The pages do not end.");
    }

    private async Task<List<Sim>> EverythingAsync(TenantContext tenant, SoracomCoverage coverage)
    {
        var read = await scene.Get<Soracom.Portal.Shared.Vendor.TenantSoracom>().ReadAsync(
            tenant,
            coverage,
            async (client, token) =>
            {
                var all = new List<Sim>();
                await foreach (var sim in client.Sims.ListAllSimsAsync(token))
                {
                    all.Add(sim);
                }

                return all;
            },
            Watchdog.Token);
        return read.Value;
    }
}
