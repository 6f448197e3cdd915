using Soracom.Portal.Shared.Jobs;

namespace Soracom.Portal.Tests.Shared.Jobs;

/// <summary>How long work goes on that somebody holds.</summary>
public sealed class JobTurnTests : IDisposable
{
    private readonly FakeTime clock = new();
    private readonly TaskCompletionSource working = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim asked = new(0);
    private bool released;

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

        for (var passed = TimeSpan.Zero; passed < JobTurn.HeldFor; passed += JobTurn.SafeFor / 3)
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
        clock.Advance(JobTurn.SafeFor / 3);
        Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30), Watchdog.Token));
    }
}
