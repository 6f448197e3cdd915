namespace Soracom.Sandbox.State;

/// <summary>
/// What time it is in the sandbox: another clock's time, moved ahead by what was asked for. Timers run by the other clock and
/// don't jump: what the sandbox does by itself is not done by timers but when somebody looks, see <see cref="OperatorAccount.Run"/>.
/// </summary>
internal sealed class SandboxClock(TimeProvider clock) : TimeProvider
{
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

    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        Interlocked.Add(ref offset, by.Ticks);
    }

    /// <summary>Makes it this time now; it goes on from there.</summary>
    public void StartAt(DateTimeOffset time) => Offset = time - clock.GetUtcNow();
}
