using System.Collections.Concurrent;

namespace Soracom.Sandbox.Http;

/// <summary>
/// Calls per minute, counted by subject (an operator, or the address of an anonymous caller), coverage and group of paths.
/// A minute begins with the first call after the last one ended, so that a fresh window reads "60 seconds before refresh".
/// </summary>
internal sealed class RateLimiter(TimeProvider clock, int limit)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<(string Subject, Coverage Coverage, string Group), Window> windows = new();

    public RateState Count(string subject, Coverage coverage, string group)
    {
        var now = clock.GetUtcNow();
        var window = windows.GetOrAdd((subject, coverage, group), _ => new Window());
        lock (window)
        {
            if (now >= window.End)
            {
                window.End = now + Length;
                window.Used = 0;
            }

            var exceeded = window.Used >= limit;
            window.Used += exceeded ? 0 : 1;
            return new RateState(limit, limit - window.Used, (int)Math.Ceiling((window.End - now).TotalSeconds), exceeded);
        }
    }

    /// <summary>Begins anew for everybody: windows must not outlive a clock that is set back.</summary>
    public void Clear() => windows.Clear();

    private sealed class Window
    {
        public DateTimeOffset End { get; set; } = DateTimeOffset.MinValue;

        public int Used { get; set; }
    }
}

/// <summary>What the rate headers say after a call was counted.</summary>
internal readonly record struct RateState(int Limit, int Remaining, int SecondsBeforeRefresh, bool Exceeded);
