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

    /// <summary>Works while the turn is kept, and lets go of it afterwards, whatever comes of the work.</summary>
    /// <param name="hold">Says that the holder is still there; false when the turn is lost.</param>
    /// <param name="work">Works; its token ends with the turn.</param>
    /// <param name="release">Lets go of the turn.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>A task that ends when the turn is let go of. A turn that was lost is no failure: somebody else goes on, and looks at what was out.</returns>
    public async Task WorkAsync(Func<CancellationToken, Task<bool>> hold, Func<CancellationToken, Task> work, Func<Task> release, CancellationToken cancellationToken)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var holding = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var held = KeepAsync(hold, lost, holding.Token);
        try
        {
            await work(lost.Token);
        }
        catch (OperationCanceledException error) when (error is TurnLostException || (lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
        {
            // Lost. Why, where that is not somebody else, is told below.
        }
        finally
        {
            await holding.CancelAsync();
            try
            {
                await held;
            }
            finally
            {
                await release();
            }
        }
    }

    private async Task KeepAsync(Func<CancellationToken, Task<bool>> hold, CancellationTokenSource lost, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SafeFor / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    if (!await hold(cancellationToken))
                    {
                        await lost.CancelAsync();
                        return;
                    }
                }
                catch (Exception) when (!cancellationToken.IsCancellationRequested && clock.GetElapsedTime(Interlocked.Read(ref heldAt)) < HeldFor)
                {
                    // A database that is away for a moment takes no turn from anybody: the next tick asks again.
                }
                catch (Exception) when (!cancellationToken.IsCancellationRequested)
                {
                    await lost.CancelAsync();
                    throw;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The work has ended.
        }
    }
}

/// <summary>Somebody else holds the job by now: what was to be written is not.</summary>
internal sealed class TurnLostException() : OperationCanceledException("Somebody else works on it by now.");
