namespace Soracom.Api.Tests;

public sealed class FakeTimeTests
{
    [Fact]
    public void Advance_SeveralTimers_FireInTheOrderTheyAreDueEachAtItsMoment()
    {
        var time = new FakeTime();
        var start = time.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = time.CreateTimer(_ => fired.Add(("late", time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);
        using var early = time.CreateTimer(_ => fired.Add(("early", time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        using var beyond = time.CreateTimer(_ => fired.Add(("beyond", time.GetUtcNow() - start)), null, TimeSpan.FromSeconds(6), Timeout.InfiniteTimeSpan);

        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("early", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(3))], fired);
        Assert.Equal(start.AddSeconds(5), time.GetUtcNow());
    }

    [Fact]
    public void Advance_PeriodicTimer_FiresOncePerPeriodUntilDisposed()
    {
        var time = new FakeTime();
        var fired = 0;
        var timer = time.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        time.Advance(TimeSpan.FromSeconds(5));
        timer.Dispose();
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(3, fired);
    }

    [Fact]
    public async Task TimersAsync_ADelayIsStarted_CompletesAndAdvanceEndsTheDelay()
    {
        var time = new FakeTime();
        var waiting = time.TimersAsync(1, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        var delay = Task.Delay(TimeSpan.FromMinutes(1), time, TestContext.Current.CancellationToken);
        await waiting;
        time.Advance(TimeSpan.FromMinutes(1));

        await delay;
    }
}
