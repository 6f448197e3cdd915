using Soracom.Api;
using Soracom.Portal.Features.Sims;
using Soracom.Portal.Features.Sims.Inventory;
using Soracom.Portal.Features.Sims.List;

namespace Soracom.Portal.Tests.Features.Sims.List;

/// <summary>What a list shows, whatever the order in which answers come.</summary>
public sealed class SimListModelTests : IDisposable
{
    private readonly FakeTime clock = new();
    private readonly List<(SimLookup Lookup, TaskCompletionSource<SimListing> Answer)> asked = [];
    private readonly SimListModel model;

    public SimListModelTests() => model = new SimListModel(
        (lookup, _) =>
        {
            var answer = new TaskCompletionSource<SimListing>();
            asked.Add((lookup, answer));
            return answer.Task;
        },
        (_, _) => throw new InvalidOperationException("Nobody selects from row to row here."),
        clock);

    public void Dispose() => model.Dispose();

    [Fact]
    public async Task Show_LateAnswerOfAnEarlierView_IsDropped()
    {
        var first = model.ShowAsync(SimQuery.All with { Text = "a" });
        var second = model.ShowAsync(SimQuery.All with { Text = "ab" });
        asked[1].Answer.SetResult(Found(2));
        asked[0].Answer.SetResult(Found(1));

        Assert.False(await first);
        Assert.True(await second);
        Assert.Equal(2, model.Total);
        Assert.False(model.IsBehind);
    }

    [Fact]
    public async Task Ask_ThePageIsLeftWhileAnEarlierQuestionEnds_IsLeftUnanswered()
    {
        SimListModel? left = null;
        left = new SimListModel(
            (_, token) =>
            {
                token.Register(() => left!.Dispose());
                return Task.Delay(Timeout.Infinite, token).ContinueWith<SimListing>(_ => throw new OperationCanceledException(), TaskScheduler.Default);
            },
            (_, _) => throw new InvalidOperationException("Nobody selects from row to row here."),
            clock);
        var first = left.ShowAsync(SimQuery.All);

        Assert.False(await left.ShowAsync(SimQuery.All with { Text = "a" }));
        Assert.False(await first);
    }

    [Fact]
    public async Task Show_UntilTheAnswerComes_KeepsWhatWasShownAndSaysSo()
    {
        await AnsweredAsync(model.ShowAsync(SimQuery.All), 7);

        var next = model.ShowAsync(SimQuery.All with { Text = "x" });

        Assert.Equal((7, true), (model.Total, model.IsBehind));
        asked[^1].Answer.SetResult(Found(0));
        Assert.True(await next);
        Assert.Equal((0, false), (model.Total, model.IsBehind));
    }

    [Fact]
    public async Task Draw_RowsThatAreThere_AsksNothing_AndOthersByTheirWindow()
    {
        await AnsweredAsync(model.ShowAsync(SimQuery.All), 1_000_000, rows: 160);

        Assert.True(await model.DrawAsync(60, 50));
        Assert.Single(asked);

        var drawn = model.DrawAsync(500_000, 50);
        Assert.Equal(2, asked.Count);
        Assert.InRange(500_000 - asked[1].Lookup.Skip, 1, 499);
        Assert.InRange(asked[1].Lookup.Skip + asked[1].Lookup.Take, 500_051, 500_500);
        asked[1].Answer.SetResult(Found(1_000_000, asked[1].Lookup.Take));
        Assert.True(await drawn);
    }

    [Fact]
    public async Task Follow_AsksAgainWhileAnAccountIsRead_AndNoLonger()
    {
        var changes = 0;
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Watchdog.Token);
        var following = model.FollowAsync(() => changes++, leaving.Token);
        await AnsweredAsync(model.ShowAsync(SimQuery.All), 1, walked: true);

        clock.Advance(TimeSpan.FromSeconds(2));
        await AskedAsync(2);
        asked[1].Answer.SetResult(Found(5));
        while (changes == 0)
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        clock.Advance(TimeSpan.FromMinutes(5));
        await leaving.CancelAsync();
        await following;
        Assert.Equal((2, 5), (asked.Count, model.Total));
    }

    [Fact]
    public async Task Selection_OfAllThatMatch_EndsWithTheFiltersButNotWithTheOrder()
    {
        await AnsweredAsync(model.ShowAsync(SimQuery.All), 8_412);
        model.SelectAll();
        Assert.Equal(8_412, model.Selection.Count);

        await AnsweredAsync(model.ShowAsync(SimQuery.All.SortedBy(SimColumn.Imsi)), 8_412);
        Assert.Equal(8_412, model.Selection.Count);

        Assert.False(model.HasSelectionEnded);

        await AnsweredAsync(model.ShowAsync(SimQuery.All with { Text = "x" }), 3);
        Assert.True(model.Selection.IsEmpty);
        Assert.True(model.HasSelectionEnded);

        model.SelectAll();
        Assert.False(model.HasSelectionEnded);
    }

    [Fact]
    public void Selection_OneByOne_AddsAndTakesAway()
    {
        var (one, other) = (new SimKey("aoba", SoracomCoverage.Japan, "1"), new SimKey("aoba", SoracomCoverage.Global, "1"));

        var picked = SimSelection.None.Toggle(one).Toggle(other);
        Assert.Equal((2, true, true), (picked.Count, picked.Contains(one), picked.Contains(other)));
        Assert.False(picked.Toggle(one).Contains(one));

        var all = new SimSelection.Matching(SimQuery.All, 10, []).Toggle(one);
        Assert.Equal((9, false, true), (all.Count, all.Contains(one), all.Contains(other)));
        Assert.Equal(10, all.Toggle(one).Count);
    }

    private static SimListing Found(int total, int rows = 0, bool walked = false) => new(total, new ListedSim?[rows], new Dictionary<(SimFacet, string), int>(), [new AccountState(null!, SoracomCoverage.Japan) { IsWalked = walked }])
    {
        GroupNames = new Dictionary<string, string>(StringComparer.Ordinal),
    };

    private async Task AnsweredAsync(Task<bool> asking, int total, int rows = 0, bool walked = false)
    {
        asked[^1].Answer.SetResult(Found(total, rows, walked));
        Assert.True(await asking);
    }

    private async Task AskedAsync(int times)
    {
        while (asked.Count < times)
        {
            Watchdog.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
