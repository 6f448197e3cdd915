using Soracom.Api;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.List;

namespace Soracom.Portal.Tests.Features.Sims.List;

/// <summary>Stretches of rows that are selected or given up, among those that are there and among others.</summary>
public sealed class SimPicksTests
{
    private const int There = 100;

    private readonly List<(int First, int Count)> read = [];
    private readonly SimPicks picks;
    private Func<int, int> simOfRow = row => row;
    private TaskCompletionSource? held;

    public SimPicksTests() => picks = new SimPicks(
        row => row < There ? Key(row) : null,
        async (first, count) =>
        {
            read.Add((first, count));
            if (held is not null)
            {
                await held.Task;
            }

            return [.. Enumerable.Range(first, count).Select(Key)];
        });

    [Fact]
    public async Task Extend_FromTheRowThatWasSelectedLast_SelectsAllBetween_EitherWay()
    {
        picks.Toggle(10);
        await picks.ExtendAsync(14, from: null);
        Assert.Equal([10, 11, 12, 13, 14], Picked());

        await picks.ExtendAsync(8, from: null);
        Assert.Equal([8, 9, 10], Picked());
        Assert.Empty(read);
    }

    [Fact]
    public async Task Extend_KeepsWhatWasSelectedBefore()
    {
        picks.Toggle(3);
        picks.Toggle(10);
        await picks.ExtendAsync(12, from: null);
        await picks.ExtendAsync(11, from: null);

        Assert.Equal([3, 10, 11], Picked());
    }

    [Fact]
    public async Task Extend_FromARowThatWasJustGivenUp_GivesUpAllBetween()
    {
        picks.Choose(new SimSelection.Matching(SimQuery.All, 100, []));
        picks.Toggle(5);
        await picks.ExtendAsync(8, from: null);

        var all = Assert.IsType<SimSelection.Matching>(picks.Selection);
        Assert.Equal([5, 6, 7, 8], all.Except.Select(sim => int.Parse(sim.SimId, null)).Order());
        Assert.Equal(96, all.Count);
    }

    [Fact]
    public async Task Extend_ByKeys_BeginsWhereTheyBegan_AndShrinksAgain()
    {
        picks.Toggle(50);
        await picks.ExtendAsync(21, from: 20);
        await picks.ExtendAsync(22, from: 21);
        Assert.Equal([20, 21, 22, 50], Picked());

        await picks.ExtendAsync(21, from: 22);
        await picks.ExtendAsync(20, from: 21);
        await picks.ExtendAsync(19, from: 20);
        Assert.Equal([19, 20, 50], Picked());
    }

    [Fact]
    public async Task Extend_WithNothingToBeginFrom_SelectsTheRow()
    {
        await picks.ExtendAsync(7, from: null);
        Assert.Equal([7], Picked());
    }

    [Fact]
    public async Task Extend_OverRowsThatAreNotThere_ReadsThem()
    {
        picks.Toggle(90);
        await picks.ExtendAsync(5_000, from: null);

        Assert.Equal([(90, 4_911)], read);
        Assert.Equal(Enumerable.Range(90, 4_911), Picked());
    }

    [Fact]
    public async Task Extend_TooFar_SelectsNothing_AndSaysSo_UntilItIsNearer()
    {
        picks.Toggle(0);
        await picks.ExtendAsync(SimPicks.MostInRange, from: null);
        Assert.True(picks.IsTooFar);
        Assert.Equal([0], Picked());
        Assert.Empty(read);

        await picks.ExtendAsync(SimPicks.MostInRange - 1, from: SimPicks.MostInRange);
        Assert.False(picks.IsTooFar);
        Assert.Equal(SimPicks.MostInRange, picks.Selection.Count);
    }

    [Fact]
    public async Task Extend_WhileAnotherIsRead_TheLaterHolds()
    {
        held = new TaskCompletionSource();
        picks.Toggle(0);
        var far = picks.ExtendAsync(5_000, from: null);
        await picks.ExtendAsync(2, from: null);
        held.SetResult();
        await far;

        Assert.Equal([0, 1, 2], Picked());
    }

    [Fact]
    public async Task Extend_InAListWhoseRowsHaveMoved_SelectsTheRowAlone()
    {
        picks.Toggle(10);
        simOfRow = row => row + 1_000;

        await picks.ExtendAsync(14, from: null);

        Assert.Equal([10, 1_014], Picked());
    }

    [Fact]
    public async Task Forget_EndsTheStretch_AndKeepsWhatIsSelected()
    {
        picks.Toggle(10);
        await picks.ExtendAsync(11, from: null);
        picks.Forget();
        await picks.ExtendAsync(20, from: null);

        Assert.Equal([10, 11, 20], Picked());
    }

    private SimKey Key(int row) => new("aoba", SoracomCoverage.Japan, simOfRow(row).ToString(System.Globalization.CultureInfo.InvariantCulture));

    private IEnumerable<int> Picked() => Assert.IsType<SimSelection.Picked>(picks.Selection).Sims.Select(sim => int.Parse(sim.SimId, null)).Order();
}
