namespace Soracom.Portal.Shared.Jobs;

/// <summary>A job that somebody works on. Only the holder writes what comes of it.</summary>
/// <param name="jobId">The job.</param>
/// <param name="holder">Who.</param>
/// <param name="clock">The clock.</param>
internal sealed class JobTurn(Guid jobId, Guid holder, TimeProvider clock)
{
    /// <summary>How long a job is held without a word from its holder.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(90);

    /// <summary>How long after its last word the holder may begin a call: the call has ended before another takes the job over.</summary>
    public static readonly TimeSpan SafeFor = TimeSpan.FromSeconds(45);

    private long heldAt = clock.GetTimestamp();

    /// <summary>The job.</summary>
    public Guid JobId { get; } = jobId;

    /// <summary>Who works on it.</summary>
    public Guid Holder { get; } = holder;

    /// <summary>
    /// Whether a call that is begun now ends before somebody else may look at what it does. A program that was asleep for a minute must not
    /// go on where it was: by then another may have taken the job over.
    /// </summary>
    public bool IsSafe => clock.GetElapsedTime(Interlocked.Read(ref heldAt)) < SafeFor;

    /// <summary>Notes that the database has confirmed the turn.</summary>
    /// <param name="askedAt">When it was asked, as the clock's timestamp.</param>
    public void Confirm(long askedAt) => Interlocked.Exchange(ref heldAt, askedAt);

    /// <summary>Keeps the turn while calls are on their way, and ends the work where it is lost.</summary>
    /// <param name="hold">Says that the holder is still there; false when the turn is lost.</param>
    /// <param name="lost">Ends the work.</param>
    /// <param name="cancellationToken">The work has ended.</param>
    /// <returns>A task that ends with the work, or the turn.</returns>
    public async Task KeepAsync(Func<CancellationToken, Task<bool>> hold, CancellationTokenSource lost, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SafeFor / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                if (!await hold(cancellationToken))
                {
                    await lost.CancelAsync();
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work has ended.
        }
    }
}
