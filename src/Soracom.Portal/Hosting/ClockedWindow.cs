using System.Threading.RateLimiting;

namespace Soracom.Portal.Hosting;

/// <summary>Lets so many pass in each window of time, by the portal's clock. The framework's own goes by the machine's.</summary>
/// <param name="permits">How many.</param>
/// <param name="window">How long a window is; it begins with the first that asks after the one before.</param>
/// <param name="clock">The clock.</param>
internal sealed class ClockedWindow(int permits, TimeSpan window, TimeProvider clock) : RateLimiter
{
    private readonly Lock gate = new();
    private long began = clock.GetTimestamp();
    private int used;

    /// <summary>How long ago the last window ended: then this one is as good as new, and may be forgotten.</summary>
    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (gate)
            {
                return clock.GetElapsedTime(began) is var since && since > window ? since - window : null;
            }
        }
    }

    /// <inheritdoc />
    public override RateLimiterStatistics? GetStatistics() => null;

    /// <inheritdoc />
    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        lock (gate)
        {
            var now = clock.GetTimestamp();
            var since = clock.GetElapsedTime(began, now);
            if (since >= window)
            {
                (began, used, since) = (now, 0, TimeSpan.Zero);
            }

            if (used + permitCount > permits)
            {
                return new Lease(window - since);
            }

            used += permitCount;
            return new Lease(wait: null);
        }
    }

    /// <inheritdoc />
    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => new(AttemptAcquireCore(permitCount));

    private sealed class Lease(TimeSpan? wait) : RateLimitLease
    {
        public override bool IsAcquired => wait is null;

        public override IEnumerable<string> MetadataNames => wait is null ? [] : [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = metadataName == MetadataName.RetryAfter.Name ? wait : null;
            return metadata is not null;
        }
    }
}
