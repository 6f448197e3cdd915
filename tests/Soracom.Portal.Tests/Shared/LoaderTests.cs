using Soracom.Portal.Shared.Data;
using Soracom.Portal.Shared.Errors;

namespace Soracom.Portal.Tests.Shared;

public sealed class LoaderTests
{
    private readonly FakeTime clock = new();

    [Fact]
    public async Task Load_EmptyAnswer_TellsWhetherAFilterIsWhy()
    {
        using var loader = new Loader<int[]>(clock);
        Assert.IsType<Loadable<int[]>.Loading>(loader.State);

        await loader.LoadAsync(_ => Answer(1), found => found.Length == 0, filtered: true);
        Assert.Equal(clock.GetUtcNow(), Assert.IsType<Loadable<int[]>.Ready>(loader.State).At);

        await loader.LoadAsync(_ => Answer(), found => found.Length == 0, filtered: true);
        Assert.Equal(new Loadable<int[]>.Empty(Filtered: true, clock.GetUtcNow()), loader.State);

        await loader.LoadAsync(_ => Answer(), found => found.Length == 0);
        Assert.Equal(new Loadable<int[]>.Empty(Filtered: false, clock.GetUtcNow()), loader.State);
    }

    [Fact]
    public async Task Load_Error_IsShownAndTheNextQuestionClearsIt()
    {
        using var loader = new Loader<int[]>(clock);

        Assert.True(await loader.LoadAsync(_ => Task.FromResult<Result<int[]>>(new GoneError())));
        Assert.Equal(new Loadable<int[]>.Failed(new GoneError()), loader.State);

        var next = new TaskCompletionSource<Result<int[]>>();
        var loading = loader.LoadAsync(_ => next.Task);
        Assert.IsType<Loadable<int[]>.Loading>(loader.State);
        next.SetResult(new[] { 1 });
        Assert.True(await loading);
        Assert.IsType<Loadable<int[]>.Ready>(loader.State);
    }

    [Fact]
    public async Task Load_TwoQuestions_ShowsTheAnswerToTheSecondWhicheverComesFirst()
    {
        using var loader = new Loader<int[]>(clock);
        var first = new TaskCompletionSource<Result<int[]>>();
        var second = new TaskCompletionSource<Result<int[]>>();
        CancellationToken tokenOfFirst = default;
        var one = loader.LoadAsync(token =>
        {
            tokenOfFirst = token;
            return first.Task;
        });
        var two = loader.LoadAsync(_ => second.Task);
        Assert.True(tokenOfFirst.IsCancellationRequested);

        second.SetResult(new[] { 2 });
        Assert.True(await two);
        first.SetResult(new[] { 1 });
        Assert.False(await one);

        Assert.Equal([2], Assert.IsType<Loadable<int[]>.Ready>(loader.State).Value);
    }

    [Fact]
    public async Task Load_FirstQuestionIsCancelledByTheSecond_IsNoError()
    {
        using var loader = new Loader<int[]>(clock);
        var one = loader.LoadAsync(async token =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, token);
            return Array.Empty<int>();
        });

        Assert.True(await loader.LoadAsync(_ => Answer(2)));

        Assert.False(await one);
        Assert.IsType<Loadable<int[]>.Ready>(loader.State);
    }

    [Fact]
    public async Task Load_CancelledByWhoAsked_Throws()
    {
        using var loader = new Loader<int[]>(clock);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => loader.LoadAsync(_ => Task.FromCanceled<Result<int[]>>(new CancellationToken(canceled: true))));
    }

    [Fact]
    public async Task Dispose_WhileLoading_CancelsAndDropsTheAnswer()
    {
        var loader = new Loader<int[]>(clock);
        var answer = new TaskCompletionSource<Result<int[]>>();
        CancellationToken asked = default;
        var loading = loader.LoadAsync(token =>
        {
            asked = token;
            return answer.Task;
        });

        loader.Dispose();
        Assert.True(asked.IsCancellationRequested);
        answer.SetResult(new[] { 1 });

        Assert.False(await loading);
        Assert.False(await loader.LoadAsync(_ => Answer(2)));
        Assert.IsType<Loadable<int[]>.Loading>(loader.State);
    }

    private static Task<Result<int[]>> Answer(params int[] values) => Task.FromResult<Result<int[]>>(values);
}
