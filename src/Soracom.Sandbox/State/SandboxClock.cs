namespace Soracom.Sandbox.State;

/// <summary>
/// What time it is in the sandbox: another clock's time, moved ahead by what was asked for. Timers run by the other clock and
/// don't jump: what the sandbox does by itself is not done by timers but when somebody looks, see <see cref="OperatorAccount.Run"/>.
/// </summary>
internal sealed class SandboxClock(TimeProvider clock) : TimeProvider
{
    /// <summary>The first moment that it can be set to. What the demo remembers lies before, and has to be a date as well.</summary>
    public static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The moment before which it can be set: what is planned from there on has to be a date as well.</summary>
    public static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long offset;

    /// <summary>How far it is ahead of the other clock; negative when it was set back at the start.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref offset));
        set => Interlocked.Exchange(ref offset, value.Ticks);
    }

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + Offset;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(callback, state, dueTime, period);

    /// <summary>Whether a sandbox can be at that time.</summary>
    public static bool CanShow(DateTimeOffset time) => time >= Earliest && time < Latest;

    /// <summary>Whether it can be that far ahead of another clock.</summary>
    public static bool CanBeAhead(TimeSpan offset, DateTimeOffset now) => offset >= Earliest - now && offset < Latest - now;

    /// <exception cref="ArgumentOutOfRangeException">It would go back, or to where no sandbox can be; it stays where it is.</exception>
    public void Advance(TimeSpan by)
    {
        RequireCanAdvance(by);
        Interlocked.Add(ref offset, by.Ticks);
    }

    /// <exception cref="ArgumentOutOfRangeException">It can't be moved so far.</exception>
    public void RequireCanAdvance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(by, Latest - GetUtcNow());
    }

    /// <summary>Makes it this time now; it goes on from there.</summary>
    public void StartAt(DateTimeOffset time) => Offset = time - clock.GetUtcNow();
}
