namespace Soracom.Portal.Features.Sims.Jobs;

/// <summary>How jobs over many SIMs are worked on. Configuration section <c>Jobs</c>.</summary>
public sealed class SimJobOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Jobs";

    /// <summary>Whether this instance works on jobs; one of several instances is enough.</summary>
    public bool Run { get; set; } = true;

    /// <summary>How many jobs are worked on at a time.</summary>
    public int AtOnce { get; set; } = 2;

    /// <summary>How many SIMs of a job are changed at a time.</summary>
    public int SimsAtOnce { get; set; } = 8;

    /// <summary>How long jobs are kept after they have ended, and plans that nobody starts.</summary>
    public TimeSpan KeepFor { get; set; } = TimeSpan.FromDays(365);
}
