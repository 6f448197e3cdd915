namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>A job that somebody works on. Only the holder writes what came of its items.</summary>
/// <param name="jobId">The job.</param>
/// <param name="holder">Who.</param>
/// <param name="clock">The clock.</param>
internal sealed class SimJobTurn(Guid jobId, Guid holder, TimeProvider clock)
{
    private long heldAt = clock.GetTimestamp();

    /// <summary>The job.</summary>
    public Guid JobId { get; } = jobId;

    /// <summary>Who works on it.</summary>
    public Guid Holder { get; } = holder;

    /// <summary>
    /// Whether a call that is begun now ends before somebody else may look at its SIM. A program that was asleep for a minute must not
    /// go on where it was: by then another may have taken the job over.
    /// </summary>
    public bool IsSafe => clock.GetElapsedTime(Interlocked.Read(ref heldAt)) < SimJobStore.SafeFor;

    /// <summary>Notes that the database has confirmed the turn.</summary>
    /// <param name="askedAt">When it was asked, as the clock's timestamp.</param>
    public void Confirm(long askedAt) => Interlocked.Exchange(ref heldAt, askedAt);
}

/// <summary>What the holder of a job is to do next.</summary>
/// <param name="Items">Items that are marked as being sent; empty when there is nothing to do, or nobody may do it.</param>
internal sealed record SimJobBatch(IReadOnlyList<SimJobTask> Items)
{
    /// <summary>Nothing to do.</summary>
    public static readonly SimJobBatch Nothing = new([]);
}

/// <summary>A job that was taken.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Language">The language of its owner.</param>
/// <param name="Account">Whose SIMs it changes.</param>
internal sealed record SimJobTaken(SimJobTurn Turn, string Language, SimJobAccount Account);
