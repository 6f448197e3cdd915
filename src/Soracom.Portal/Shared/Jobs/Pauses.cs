namespace Soracom.Portal.Shared.Jobs;

/// <summary>The pauses that a job makes between two looks. A test lets them pass.</summary>
/// <param name="clock">The clock.</param>
internal class Pauses(TimeProvider clock)
{
    /// <summary>Waits.</summary>
    /// <param name="pause">How long.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public virtual Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken) => Task.Delay(pause, clock, cancellationToken);
}
