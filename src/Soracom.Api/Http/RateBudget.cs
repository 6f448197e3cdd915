namespace Soracom.Api.Http;

/// <summary>
/// What one operator may still call of one path group in the present window, as far as the vendor's rate headers tell. Until
/// they have told something, everything may pass.
/// </summary>
internal sealed class RateBudget(double reserve, TimeProvider time)
{
    /// <summary>The vendor counts by the minute: assumed after a refresh until an answer says more.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    /// <summary>Readings count whole seconds, so that those of one window differ by so much.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1.5);

    private readonly Lock gate = new();
    private int? allowance;
    private int remaining;
    private int inFlight;
    private long readAt;
    private TimeSpan untilRefresh;

    /// <summary>The calls of a window that background work may make; null while nothing is known.</summary>
    public int? BackgroundAllowance
    {
        get
        {
            lock (gate)
            {
                return allowance is { } limit ? limit - Reserve(limit) : null;
            }
        }
    }

    private TimeSpan TimeLeft => untilRefresh - time.GetElapsedTime(readAt);

    /// <summary>Takes one call out of the budget, after waiting for the refresh if need be.</summary>
    /// <returns>The taken call, or how long the refresh is away when that is longer than <paramref name="longestWait"/>.</returns>
    public async ValueTask<Grant> TakeAsync(CallPriority priority, TimeSpan longestWait, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (true)
        {
            var wait = TryTake(priority);
            if (wait is null)
            {
                return new Grant(new Lease(this), TimeSpan.Zero);
            }

            if (time.GetElapsedTime(since) + wait > longestWait)
            {
                return new Grant(null, wait.Value);
            }

            await Task.Delay(wait.Value, time, cancellationToken);
        }
    }

    private TimeSpan? TryTake(CallPriority priority)
    {
        lock (gate)
        {
            if (allowance is { } limit)
            {
                RefreshWhenDue(limit);
                var kept = priority == CallPriority.Background ? Reserve(limit) : 0;
                if (remaining <= kept)
                {
                    return UntilRefresh();
                }

                remaining--;
            }

            inFlight++;
            return null;
        }
    }

    private int Reserve(int limit) => (int)Math.Ceiling(limit * reserve);

    private void RefreshWhenDue(int limit)
    {
        if (TimeLeft <= TimeSpan.Zero)
        {
            remaining = limit - inFlight;
            readAt = time.GetTimestamp();
            untilRefresh = Window;
        }
    }

    /// <summary>Whole milliseconds, rounded up: a timer that fires a little early would only wait again.</summary>
    private TimeSpan UntilRefresh() => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(TimeLeft.TotalMilliseconds)));

    private void Answered(RateReading reading)
    {
        lock (gate)
        {
            inFlight--;
            if (allowance is { } limit)
            {
                RefreshWhenDue(limit);
            }

            // Within a window the remainder only falls: a higher reading is an older one that was overtaken on its way. Of a new
            // window nothing is known yet, and calls under way are taken to be missing in the reading.
            remaining = allowance is null || reading.UntilRefresh > TimeLeft + Tolerance
                ? reading.Remaining - inFlight
                : Math.Min(remaining, reading.Remaining);
            allowance = reading.Limit;
            readAt = time.GetTimestamp();
            untilRefresh = reading.UntilRefresh;
        }
    }

    private void Unanswered()
    {
        lock (gate)
        {
            inFlight--;
        }
    }

    /// <summary>A call taken, or the time to the refresh.</summary>
    internal readonly record struct Grant(Lease? Lease, TimeSpan UntilRefresh);

    /// <summary>A call under way. Disposed of when it has ended.</summary>
    internal sealed class Lease(RateBudget budget) : IDisposable
    {
        private bool answered;

        public void Answered(RateReading reading)
        {
            answered = true;
            budget.Answered(reading);
        }

        public void Dispose()
        {
            if (!answered)
            {
                answered = true;
                budget.Unanswered();
            }
        }
    }
}
