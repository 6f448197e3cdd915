namespace Soracom.Portal.Shared.Jobs;

/// <summary>Work that somebody holds. Only the holder writes what comes of it.</summary>
/// <param name="holder">Who.</param>
/// <param name="heldFor">How long it is held without a word from its holder.</param>
/// <param name="clock">The clock.</param>
internal abstract class Turn(Guid holder, TimeSpan heldFor, TimeProvider clock)
{
    /// <summary>How long calls that are under way when the portal stops may take to come to their end; a platform that waits for less kills them.</summary>
    public static readonly TimeSpan HandOver = TimeSpan.FromSeconds(10);

    private long heldAt = clock.GetTimestamp();

    private CancellationToken stopping;

    /// <summary>Who works on it.</summary>
    public Guid Holder { get; } = holder;

    /// <summary>
    /// Ends calls whose outcome has to be known: when the turn is lost, and <see cref="HandOver"/> after the portal was asked to stop. Of
    /// what is to end at once then, the work's own token tells.
    /// </summary>
    public CancellationToken Calls { get; private set; }

    /// <summary>
    /// Whether a call that is begun now ends before somebody else may look at what it does. A program that was asleep for a minute must not
    /// go on where it was: by then another may have taken the work over. One that is asked to stop begins nothing more.
    /// </summary>
    public bool IsSafe => !stopping.IsCancellationRequested && clock.GetElapsedTime(Interlocked.Read(ref heldAt)) < SafeFor;

    /// <summary>How long after its last word the holder may begin a call: the call has ended before another takes the work over.</summary>
    private TimeSpan SafeFor => heldFor / 2;

    /// <summary>Notes that the database has confirmed the turn.</summary>
    /// <param name="askedAt">When it was asked, as the clock's timestamp.</param>
    public void Confirm(long askedAt) => Interlocked.Exchange(ref heldAt, askedAt);

    /// <summary>Works while the turn is kept, and lets go of it afterwards, whatever comes of the work.</summary>
    /// <param name="hold">Says that the holder is still there; false when the turn is lost.</param>
    /// <param name="work">Works; its token ends with the turn, and at once when the portal stops.</param>
    /// <param name="release">Lets go of the turn.</param>
    /// <param name="cancellationToken">Ends the work, as the portal stops.</param>
    /// <returns>A task that ends when the turn is let go of. A turn that was lost is no failure: somebody else goes on, and looks at what was out.</returns>
    public async Task WorkAsync(Func<CancellationToken, Task<bool>> hold, Func<CancellationToken, Task> work, Func<Task> release, CancellationToken cancellationToken)
    {
        using var ends = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var begins = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, ends.Token);
        using var holding = new CancellationTokenSource();
        using var handingOver = cancellationToken.Register(() => ends.CancelAfter(HandOver));
        (Calls, stopping) = (ends.Token, cancellationToken);
        var held = KeepAsync(hold, ends, holding.Token);
        try
        {
            await work(begins.Token);
        }
        catch (OperationCanceledException error) when (error is TurnLostException || (ends.IsCancellationRequested && !cancellationToken.IsCancellationRequested))
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

    private async Task KeepAsync(Func<CancellationToken, Task<bool>> hold, CancellationTokenSource ends, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SafeFor / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                try
                {
                    var asked = clock.GetTimestamp();
                    if (!await hold(cancellationToken))
                    {
                        await ends.CancelAsync();
                        return;
                    }

                    Confirm(asked);
                }
                catch (Exception) when (!cancellationToken.IsCancellationRequested && clock.GetElapsedTime(Interlocked.Read(ref heldAt)) < heldFor)
                {
                    // A database that is away for a moment takes no turn from anybody: the next tick asks again.
                }
                catch (Exception) when (!cancellationToken.IsCancellationRequested)
                {
                    await ends.CancelAsync();
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

/// <summary>Somebody else holds the work by now: what was to be written is not.</summary>
internal sealed class TurnLostException() : OperationCanceledException("Somebody else works on it by now.");
