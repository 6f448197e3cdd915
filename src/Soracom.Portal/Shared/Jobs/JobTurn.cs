namespace Soracom.Portal.Shared.Jobs;

/// <summary>A job that somebody works on.</summary>
/// <param name="jobId">The job.</param>
/// <param name="holder">Who.</param>
/// <param name="clock">The clock.</param>
internal sealed class JobTurn(Guid jobId, Guid holder, TimeProvider clock) : Turn(holder, HeldFor, clock)
{
    /// <summary>How long a job is held without a word from its holder.</summary>
    public static readonly TimeSpan HeldFor = TimeSpan.FromSeconds(90);

    /// <summary>The job.</summary>
    public Guid JobId { get; } = jobId;
}
