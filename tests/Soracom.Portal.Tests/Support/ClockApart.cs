namespace Soracom.Portal.Tests.Support;

/// <summary>A clock that goes as another does, but is ahead of it.</summary>
/// <param name="clock">The other.</param>
/// <param name="ahead">By how much; less than nothing where it is behind.</param>
internal sealed class ClockApart(TimeProvider clock, TimeSpan ahead) : TimeProvider
{
    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + ahead;

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
}
