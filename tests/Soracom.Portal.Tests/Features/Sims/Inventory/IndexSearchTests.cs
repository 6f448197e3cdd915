using FsCheck;
using FsCheck.Fluent;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Shared.Text;

namespace Soracom.Portal.Tests.Features.Sims.Inventory;

public sealed class IndexSearchTests
{
    private static readonly Config Often = Config.QuickThrowOnFailure.WithMaxTest(2000);

    [Fact]
    public void Search_OfRandomFleets_AnswersAsTheNaiveSearch() =>
        Prop.ForAll(
            FleetGenerator.Fleet.ListOf().Select(fleets => fleets.Take(4).ToArray()).ToArbitrary(),
            FleetGenerator.Lookup.ToArbitrary(),
            (fleets, lookup) => AssertSame(fleets, [.. fleets.Select(FleetIndex.Of)], lookup))
            .Check(Often);

    [Fact]
    public void Search_OfAccountsOfSeveralTenants_SortsByThemAndOnlyCountsThoseLeftOut() =>
        Prop.ForAll(
            FleetGenerator.Fleet.ListOf().Select(fleets => fleets.Take(5).ToArray()).ToArbitrary(),
            FleetGenerator.Lookup.ToArbitrary(),
            Gen.Choose(0, 4).ToArbitrary(),
            (fleets, lookup, shift) =>
            {
                var byTenant = lookup with { SortBy = shift % 2 == 0 ? SimColumn.Tenant : lookup.SortBy };
                var searched = fleets.Select((fleet, account) => new SearchedIndex(FleetIndex.Of(fleet)) { Place = Place(account), IsLeftOut = IsLeftOut(account) }).ToArray();
                AssertSame(NaiveSearch.Run(fleets, byTenant, Place, IsLeftOut), IndexSearch.Run(searched, byTenant));

                // The first two and the next two belong together, in whichever order.
                int Place(int account) => (shift + 3 - (account / 2)) % 3;
                bool IsLeftOut(int account) => (account + shift) % 4 == 1;
            })
            .Check(Often);

    [Fact]
    public void Search_AfterRandomChanges_AnswersAsTheNaiveSearchOfWhatIsLeft() =>
        Prop.ForAll(
            FleetGenerator.Fleet.Two().ToArbitrary(),
            FleetGenerator.Fleet.Two().ToArbitrary(),
            FleetGenerator.Lookup.ToArbitrary(),
            (before, changes, lookup) =>
            {
                var (index, left) = (FleetIndex.Of(before.Item1), before.Item1.ToDictionary(sim => sim.SimId));
                index.Order(lookup.RowOrder);
                foreach (var (put, gone) in new[] { (changes.Item1, before.Item1.Where((_, i) => i % 3 == 0)), (changes.Item2, changes.Item1.Take(2)) })
                {
                    var ids = gone.Select(sim => sim.SimId).Append("unknown").Except(put.Select(sim => sim.SimId)).ToArray();
                    index = index.With(put, ids);
                    foreach (var id in ids)
                    {
                        left.Remove(id);
                    }

                    foreach (var sim in put)
                    {
                        left[sim.SimId] = sim;
                    }
                }

                AssertSame([[.. left.Values]], [index], lookup);
            })
            .Check(Often);

    [Theory]
    [InlineData("ポンプ", "北浜 ﾎﾟﾝﾌﾟ場")]
    [InlineData("ﾎﾟﾝﾌﾟ", "ポンプ")]
    [InlineData("ｐｕｍｐ", "Main PUMP")]
    [InlineData("PUMP main", "Main pump")]
    [InlineData("\"main pump\"", "The Main Pump")]
    [InlineData("㈱", "(株)アオバ")]
    [InlineData("１２３", "No. 123")]
    [InlineData("café", "CAFE\u0301")]
    public void Search_TextOfAnotherWidthOrCase_IsFound(string typed, string name)
    {
        var index = FleetIndex.Of([new IndexedSim { SimId = "1", Name = name }]);
        Assert.Equal(1, IndexSearch.Run([index], new SimLookup { Words = Folding.Words(typed) }).Total);
    }

    [Theory]
    [InlineData("\"pump main\"")]
    [InlineData("pumps")]
    [InlineData("main=pump")]
    public void Search_TextThatIsNotThere_FindsNothing(string typed)
    {
        var index = FleetIndex.Of([new IndexedSim { SimId = "1", Name = "Main pump", SerialNumber = "main", Tags = new Dictionary<string, string> { ["pump"] = "main" } }]);
        Assert.Equal(0, IndexSearch.Run([index], new SimLookup { Words = Folding.Words(typed) }).Total);
    }

    [Fact]
    public void Search_WordsThatMeetOnlyAcrossFieldsOrRows_FindsNothing()
    {
        var index = FleetIndex.Of([new IndexedSim { SimId = "12", Name = "ab" }, new IndexedSim { SimId = "34", Name = "cd" }]);
        Assert.Equal(0, IndexSearch.Run([index], new SimLookup { Words = ["ab\u001f12"[..2] + "12"] }).Total);
        Assert.Equal(0, IndexSearch.Run([index], new SimLookup { Words = ["12cd"] }).Total);
    }

    [Fact]
    public void Search_OfManyBlocks_FindsEachSimWhereverItIs()
    {
        var sims = Enumerable.Range(0, (3 * SimBlock.Size) + 7).Select(i => new IndexedSim { SimId = $"89{i:000000}", Name = $"n{i}x" }).ToArray();
        var index = FleetIndex.Of(sims);
        foreach (var i in new[] { 0, 63, 64, SimBlock.Size - 1, SimBlock.Size, (2 * SimBlock.Size) - 1, sims.Length - 1 })
        {
            Assert.Equal([(0, sims[i].SimId)], IndexSearch.Run([index], new SimLookup { Words = [$"n{i}x"] }).Rows);
        }

        Assert.Equal(sims.Length, IndexSearch.Run([index], new SimLookup { Words = ["x"] }).Total);
    }

    [Fact]
    public void Search_WindowDeepInManyAccounts_IsTheOneOfTheWhole()
    {
        var fleets = Enumerable.Range(0, 9)
            .Select(account => (IReadOnlyList<IndexedSim>)[.. Enumerable.Range(0, 700).Select(i => new IndexedSim { SimId = $"{account}{i:0000}", Name = $"unit {(i * 7919) % 701:000}" })])
            .ToArray();
        SimIndex[] indexes = [.. fleets.Select(FleetIndex.Of)];
        foreach (var skip in new[] { 0, 1, 699, 3333, 6290, 6299, 6300 })
        {
            foreach (var descending in new[] { false, true })
            {
                AssertSame(fleets, indexes, new SimLookup { SortBy = SimColumn.Name, Descending = descending, Skip = skip, Take = 20 });
            }
        }
    }

    [Fact]
    public void Search_OfAnEarlierIndex_SeesNothingOfLaterChanges()
    {
        var earlier = FleetIndex.Of([new IndexedSim { SimId = "1", Name = "before", Status = "active" }]);
        var later = earlier.With([new IndexedSim { SimId = "1", Name = "after", Status = "ready" }, new IndexedSim { SimId = "2", Status = "standby" }], []);

        Assert.Equal([(0, "1")], IndexSearch.Run([earlier], new SimLookup { Words = ["before"] }).Rows);
        Assert.Equal(1, earlier.Count);
        Assert.Equal(0, IndexSearch.Run([later], new SimLookup { Words = ["before"] }).Total);
        Assert.Equal(2, later.Count);
    }

    private static void AssertSame(IReadOnlyList<IReadOnlyList<IndexedSim>> fleets, IReadOnlyList<SimIndex> indexes, SimLookup lookup) =>
        AssertSame(NaiveSearch.Run(fleets, lookup), IndexSearch.Run(indexes, lookup));

    private static void AssertSame(SimsFound expected, SimsFound actual)
    {
        Assert.Equal(expected.InEach, actual.InEach);
        Assert.Equal(expected.Total, actual.Total);
        Assert.Equal(expected.Rows, actual.Rows);
        Assert.Equal(expected.Counts.OrderBy(count => count.Key.Facet).ThenBy(count => count.Key.Value, StringComparer.Ordinal), actual.Counts.OrderBy(count => count.Key.Facet).ThenBy(count => count.Key.Value, StringComparer.Ordinal));
    }
}
