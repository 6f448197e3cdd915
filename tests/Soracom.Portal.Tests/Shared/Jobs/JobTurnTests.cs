using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Tests.Shared.Jobs;

/// <summary>How long work goes on that somebody holds.</summary>
public sealed class JobTurnTests : IDisposable
{
    private readonly FakeTime clock = new();
    private readonly TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim asked = new(0);
    private bool released;

    /// <summary>How often the holder says that it is still there.</summary>
    private static readonly TimeSpan Tick = JobTurn.HeldFor / 6;

    public void Dispose() => asked.Dispose();

    [Fact]
    public async Task Work_TheDatabaseIsAwayForAMoment_GoesOn()
    {
        var turn = new JobTurn(Guid.NewGuid(), Guid.NewGuid(), clock);
        var isAway = true;
        var work = turn.WorkAsync(
            _ => HoldAsync(() => isAway ? throw new TimeoutException("The database is busy.") : true),
            token => working.Task.WaitAsync(token),
            ReleaseAsync,
            Watchdog.Token);

        await TickAsync();
        isAway = false;
        await TickAsync();

        Assert.False(work.IsCompleted);
        working.SetResult();
        await work;
        Assert.True(released);
    }

    [Fact]
    public async Task Work_TheDatabaseStaysAway_EndsBeforeAnotherTakesItOver_AndSaysWhy()
    {
        var turn = new JobTurn(Guid.NewGuid(), Guid.NewGuid(), clock);
        var work = turn.WorkAsync(_ => HoldAsync(() => throw new TimeoutException("The database is gone.")), token => working.Task.WaitAsync(token), ReleaseAsync, Watchdog.Token);

        for (var passed = TimeSpan.Zero; passed < JobTurn.HeldFor; passed += Tick)
        {
            Assert.False(work.IsCompleted);
            await TickAsync();
        }

        await Assert.ThrowsAsync<TimeoutException>(() => work.WaitAsync(Watchdog.Token));
        Assert.True(released);
    }

    [Fact]
    public async Task Work_ThatIsTakenOver_EndsWithoutAFailure()
    {
        var turn = new JobTurn(Guid.NewGuid(), Guid.NewGuid(), clock);
        var work = turn.WorkAsync(_ => HoldAsync(() => false), token => working.Task.WaitAsync(token), ReleaseAsync, Watchdog.Token);

        await TickAsync();

        await work.WaitAsync(Watchdog.Token);
        Assert.True(released);
    }

    [Fact]
    public async Task Stop_WhileACallIsUnderWay_BeginsNothingMore_AndLetsItComeToItsEnd()
    {
        using var stop = new CancellationTokenSource();
        var turn = new JobTurn(Guid.NewGuid(), Guid.NewGuid(), clock);
        var work = turn.WorkAsync(_ => HoldAsync(() => true), _ => working.Task.WaitAsync(turn.Calls), ReleaseAsync, stop.Token);
        Assert.True(turn.IsSafe);

        await stop.CancelAsync();
        clock.Advance(Turn.HandOver - TimeSpan.FromSeconds(1));

        Assert.False(turn.IsSafe);
        Assert.False(work.IsCompleted);
        working.SetResult();
        await work;
        Assert.True(released);
    }

    [Fact]
    public async Task Stop_ACallDoesNotComeToItsEnd_IsGivenUpInTime()
    {
        using var stop = new CancellationTokenSource();
        var turn = new JobTurn(Guid.NewGuid(), Guid.NewGuid(), clock);
        var work = turn.WorkAsync(_ => HoldAsync(() => true), _ => working.Task.WaitAsync(turn.Calls), ReleaseAsync, stop.Token);

        await stop.CancelAsync();
        clock.Advance(Turn.HandOver);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Watchdog.Token));
        Assert.True(released);
    }

    [Fact]
    public async Task Stop_WhileNothingIsUnderWay_EndsAtOnce()
    {
        using var stop = new CancellationTokenSource();
        var work = new JobTurn(Guid.NewGuid(), Guid.NewGuid(), clock).WorkAsync(_ => HoldAsync(() => true), token => working.Task.WaitAsync(token), ReleaseAsync, stop.Token);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.WaitAsync(Watchdog.Token));
        Assert.True(released);
    }

    private Task<bool> HoldAsync(Func<bool> answer)
    {
        asked.Release();
        return Task.FromResult(answer());
    }

    private Task ReleaseAsync()
    {
        released = true;
        return Task.CompletedTask;
    }

    /// <summary>Lets the time pass until the turn is asked for once more.</summary>
    private async Task TickAsync()
    {
        await clock.TimersAsync(1, Watchdog.Token);
        clock.Advance(Tick);
        Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30), Watchdog.Token));
    }
}
