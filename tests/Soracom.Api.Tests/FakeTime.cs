namespace Soracom.Api.Tests;

/// <summary>A clock that only moves when a test says so. Timers fire inside <see cref="Advance"/>, in the order in which they are due.</summary>
internal sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<FakeTimer> pending = [];
    private readonly List<(Func<bool> Holds, TaskCompletionSource Reached)> watchers = [];
    private DateTimeOffset now = start;
    private long created;

    /// <summary>Starts at 2026-04-01T00:00:00Z.</summary>
    public FakeTime()
        : this(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state, Interlocked.Increment(ref created));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves the clock and fires what becomes due on the way, each timer at its own moment, on the caller's thread.</summary>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var target = GetUtcNow() + by;
        while (NextDue(target) is { } timer)
        {
            timer.Fire();
        }
    }

    /// <summary>Completes once at least <paramref name="count"/> timers are waiting: the code under test has reached its delay.</summary>
    public Task TimersAsync(int count, CancellationToken cancellationToken) => UntilAsync(() => pending.Count >= count, cancellationToken);

    /// <summary>Completes once a timer waits that is due within <paramref name="span"/>, and tells in how long: a delay, and not a time limit behind it.</summary>
    public async Task<TimeSpan> TimerWithinAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        var left = Timeout.InfiniteTimeSpan;
        await UntilAsync(
            () =>
            {
                var next = pending.Where(timer => timer.Due - now <= span).MinBy(timer => timer.Due);
                left = next is null ? left : next.Due - now;
                return next is not null;
            },
            cancellationToken);
        return left;
    }

    /// <summary>Completes once a timer waits that is due within <paramref name="to"/> but not within <paramref name="from"/>: a delay that is longer than a time limit.</summary>
    public Task TimerBetweenAsync(TimeSpan from, TimeSpan to, CancellationToken cancellationToken) =>
        UntilAsync(() => pending.Exists(timer => timer.Due - now > from && timer.Due - now <= to), cancellationToken);

    private Task UntilAsync(Func<bool> holds, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (holds())
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            watchers.Add((holds, reached));
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    private FakeTimer? NextDue(DateTimeOffset target)
    {
        lock (gate)
        {
            var next = pending.Where(timer => timer.Due <= target).MinBy(timer => (timer.Due, timer.Number));
            now = next is null ? target : next.Due > now ? next.Due : now;
            if (next is not null)
            {
                pending.Remove(next);
            }

            return next;
        }
    }

    private void Schedule(FakeTimer timer, TimeSpan dueTime)
    {
        lock (gate)
        {
            pending.Remove(timer);
            if (dueTime == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            timer.Due = now + dueTime;
            pending.Add(timer);
            foreach (var (_, reached) in watchers.Where(watcher => watcher.Holds()))
            {
                reached.TrySetResult();
            }

            watchers.RemoveAll(watcher => watcher.Reached.Task.IsCompleted);
        }
    }

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state, long number) : ITimer
    {
        private TimeSpan period;
        private volatile bool disposed;

        public DateTimeOffset Due { get; set; }

        public long Number => number;

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            if (disposed)
            {
                return false;
            }

            period = newPeriod == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : newPeriod;
            time.Schedule(this, dueTime);
            return true;
        }

        public void Fire()
        {
            if (period != Timeout.InfiniteTimeSpan)
            {
                time.Schedule(this, period);
            }

            callback(state);
        }

        public void Dispose()
        {
            disposed = true;
            time.Schedule(this, Timeout.InfiniteTimeSpan);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
